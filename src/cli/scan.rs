//! `thread scan` as typed.

use clap::Args;

/// Arguments of `scan`.
#[derive(Debug, Clone, Args)]
pub struct ScanArgs {
    /// Print what would change as a unified diff and write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Not a word when nothing changed (for cron)
    #[arg(short, long)]
    pub quiet: bool,
    /// Wait so many seconds for another `thread` that is writing
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub wait: u64,
}
