//! Edits: what a scan or a command writes into a text, byte for byte.

mod adopt;
mod apply;
pub mod free_text;
pub mod in_place;
mod note_corpus;
mod patch;
mod proof;
mod style;
mod yaml_quoting;
