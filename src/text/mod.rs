//! Text files as bytes, and edits that change nothing else.
//!
//! Independent of YAML, markdown and threads: a [`Document`] is a path and a text, a [`Span`] is a
//! range of its bytes, a [`Patch`] is a list of edits.

mod document;
mod edit;
mod escape;
mod span;
pub mod suggest;

pub use document::{Document, LineEnding, Position};
pub use edit::{Edit, EditError, Patch};
pub use escape::{escape_for_terminal, escape_path, is_control};
pub use span::{Span, Spanned};
