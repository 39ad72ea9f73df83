//! Bytes that a person wrote, and edits that leave the rest alone.
//!
//! Nothing here knows YAML, markdown or threads: a [`Document`] is a path and its text, a
//! [`Span`] is a piece of it, a [`Patch`] is what is to become of it.

mod document;
mod edit;
mod escape;
mod span;
pub mod suggest;

pub use document::{Document, LineEnding, Position};
pub use edit::{Edit, EditError, Patch};
pub use escape::{escape_for_terminal, escape_path, is_control};
pub use span::{Span, Spanned};
