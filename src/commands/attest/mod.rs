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
    /// The claim, as a trigger of the thread asks for it
    #[arg(value_name = "CLAIM")]
    pub claim: String,
    /// Who attests; without it `THREAD_BY`
    #[arg(long, value_name = "PERSON")]
    pub by: Option<String>,
    /// What was seen, in one sentence for the log; without it the trigger's own reason
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<String>,
    /// Take it back
    #[arg(long)]
    pub withdraw: bool,
    #[command(flatten)]
    /// How it writes
    pub writing: WritingArgs,
}
