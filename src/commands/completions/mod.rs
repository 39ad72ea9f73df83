//! `thread completions`, and the completions themselves.

pub mod args;
pub mod known;
pub mod run;
