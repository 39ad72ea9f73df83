//! Arguments of `thread backtest`.

use clap::Args;

use crate::model::{Date, date};

/// Arguments of `backtest`.
#[derive(Debug, Clone, Args)]
pub struct BacktestArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// First date; by default the date on which the thread was opened
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub from: Option<Date>,
    /// Last date; by default today
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub to: Option<Date>,
}
