//! `thread init`.

pub mod args;
pub mod report;
pub mod run;
