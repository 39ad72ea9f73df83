//! `thread close`, `dormant` and `reopen`.

pub mod edit;

use clap::Args;

use crate::commands::shared::args::WritingArgs;

/// Arguments of `close`, `dormant` and `reopen`.
#[derive(Debug, Clone, Default, Args)]
pub struct StatusChangeArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// Reason for the log, one sentence; without it, the log gets no entry
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub reason: Option<String>,
    /// Person who decides; by default `THREAD_BY`
    #[arg(long, value_name = "PERSON", requires = "reason")]
    pub by: Option<String>,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}
