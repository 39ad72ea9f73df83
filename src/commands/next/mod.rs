//! `thread next`.

pub mod args;
pub mod report;
pub mod run;
mod text;
