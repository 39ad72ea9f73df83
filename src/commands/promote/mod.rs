//! `thread promote` and `thread demote`.

pub mod edit;

use clap::Args;

use crate::commands::shared::args::WritingArgs;

/// Arguments of `promote` and `demote`.
#[derive(Debug, Clone, Default, Args)]
pub struct LevelArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// New level, one of the ladder
    #[arg(value_name = "LEVEL")]
    pub level: String,
    /// Reason for the log, one sentence
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub reason: String,
    /// Person who decides; by default `THREAD_BY`
    #[arg(long, value_name = "PERSON")]
    pub by: Option<String>,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}
