//! `thread adopt`.

pub mod args;
pub mod report;
pub mod run;
pub mod text;
