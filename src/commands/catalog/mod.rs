//! `thread catalog add`, `list` and `unmapped`.

pub mod args;
pub mod edit;
pub mod report;
pub mod run;
pub mod text;
