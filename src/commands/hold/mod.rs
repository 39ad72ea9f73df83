//! `thread hold` and `thread release`.

pub mod args;
pub mod edit;
pub mod run;
