//! `thread draft`.

pub mod args;
pub mod edit;
pub mod path;
pub mod run;
