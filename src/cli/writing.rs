//! What all commands share that write.

use clap::Args;

/// How a command writes.
#[derive(Debug, Clone, Args)]
pub struct WritingArgs {
    /// Print what would change as a unified diff and write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Wait so many seconds for another `thread` that is writing
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub wait: u64,
}
