//! Verdicts to patches: what is to be written, where, and the proof that nothing else changes.

pub mod body;
pub mod bullet_edit;
pub mod bullet_line;
pub mod catalog;
pub mod front_matter;
pub mod list_editor;
pub mod refusal;
pub mod rewrite;
pub mod verify;
pub mod wording;
pub mod yaml_edit;

pub use crate::model::change;
pub use change::{Arrival, Change};
pub use refusal::Refusal;
pub use rewrite::Rewrite;
