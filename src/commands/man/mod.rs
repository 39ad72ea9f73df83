//! `thread man`.

pub mod args;
pub mod run;
