//! `thread hook install`.

pub mod args;
pub mod git_setup;
pub mod report;
pub mod run;
pub mod scripts;
pub mod text;
