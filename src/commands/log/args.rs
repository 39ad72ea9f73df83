//! Arguments of `thread log`.

use clap::Args;

use crate::model::{Date, date};

/// Arguments of `log`.
#[derive(Debug, Clone, Args)]
pub struct LogArgs {
    /// Show events of these threads only
    #[arg(value_name = "THREAD")]
    pub threads: Vec<String>,
    /// Show events on this date or later
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub since: Option<Date>,
}
