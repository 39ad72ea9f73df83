//! `thread attest`.

pub mod edit;

use clap::Args;

use crate::commands::shared::args::WritingArgs;

/// Arguments of `attest`.
#[derive(Debug, Clone, Default, Args)]
pub struct AttestArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// Claim that a trigger of the thread waits for
    #[arg(value_name = "CLAIM")]
    pub claim: String,
    /// Person who attests it; by default `THREAD_BY`
    #[arg(long, value_name = "PERSON")]
    pub by: Option<String>,
    /// Reason for the log, one sentence; by default the reason of the trigger
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<String>,
    /// Take it back
    #[arg(long)]
    pub withdraw: bool,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}
