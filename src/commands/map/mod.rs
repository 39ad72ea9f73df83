//! `thread map` and `thread unmap`.

pub mod args;
pub mod edit;
pub mod run;
