//! `thread scan` as typed.

use clap::Args;

use crate::commands::shared::writing_args::WritingArgs;

/// Arguments of `scan`.
#[derive(Debug, Clone, Args)]
pub struct ScanArgs {
    /// Not a word when nothing changed (for cron)
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    /// How it writes
    pub writing: WritingArgs,
}
