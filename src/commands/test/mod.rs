//! `thread test`.

pub mod args;
pub mod report;
pub mod run;
pub mod text;
