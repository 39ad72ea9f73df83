//! `thread status`.

pub mod args;
mod next_step;
pub mod report;
pub mod run;
mod text;
