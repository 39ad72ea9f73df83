//! Parsing: mistakes in YAML and markdown are named with their position.

mod condition;
mod formatters;
mod front_matter;
mod mistakes;
pub mod unread;
mod yaml;
