//! What all commands share that write.

use clap::Args;

/// Seconds to wait for another `thread` that is writing.
pub const WAIT: u64 = 10;

/// How a command writes.
#[derive(Debug, Clone, Default, Args)]
pub struct WritingArgs {
    /// Print what would change as a unified diff and write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Wait so many seconds for another `thread` that is writing
    #[arg(long, value_name = "SECONDS", default_value_t = WAIT)]
    pub wait: u64,
}
