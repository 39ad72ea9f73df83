//! Arguments of `thread scan`.

use clap::Args;

use crate::commands::shared::writing_args::WritingArgs;

/// Arguments of `scan`.
#[derive(Debug, Clone, Args)]
pub struct ScanArgs {
    /// Print nothing if nothing changed, for example in a cron job
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    /// Options for writing files
    pub writing: WritingArgs,
}
