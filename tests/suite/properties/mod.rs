//! Properties of random workspaces.

mod edits;
mod evaluation;
pub mod history;
mod ids;
mod imported_titles;
mod over_time;
mod parsing;
mod unread_lines;
