//! `thread scan`.

pub mod args;
pub mod edit;
pub mod report;
pub mod run;
mod text;
