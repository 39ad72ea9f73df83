//! `thread attest`.

pub mod args;
pub mod edit;
pub mod run;
