//! `thread log` as typed.

use clap::Args;

use crate::model::{Date, date};

/// Arguments of `log`.
#[derive(Debug, Clone, Args)]
pub struct LogArgs {
    /// Only these threads
    #[arg(value_name = "THREAD")]
    pub threads: Vec<String>,
    /// Only what happened on this day or later
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub since: Option<Date>,
}
