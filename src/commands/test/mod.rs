//! `thread test`.

pub mod args;
pub mod report;
pub mod run;
mod test_run;
mod text;
