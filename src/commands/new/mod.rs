//! `thread new`.

pub mod args;
pub mod edit;
pub mod run;
