//! `thread schema`.

pub mod args;
pub mod run;
pub mod schemas;
