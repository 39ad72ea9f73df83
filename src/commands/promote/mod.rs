//! `thread promote` and `thread demote`.

pub mod args;
pub mod edit;
pub mod run;
