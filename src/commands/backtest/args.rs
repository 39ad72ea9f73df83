//! `thread backtest` as typed.

use clap::Args;

use crate::model::{Date, date};

/// Arguments of `backtest`.
#[derive(Debug, Clone, Args)]
pub struct BacktestArgs {
    /// The thread: its slug, its file, or the only slug that begins so
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// The first day; without it the day the thread was opened
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub from: Option<Date>,
    /// The last day; without it today
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub to: Option<Date>,
}
