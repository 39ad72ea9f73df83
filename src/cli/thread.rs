//! A command on one thread, with nothing else to say.

use clap::Args;

use super::WritingArgs;

/// Arguments of `release`, `close`, `dormant` and `reopen`.
#[derive(Debug, Clone, Args)]
pub struct ThreadArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    #[command(flatten)]
    /// How it writes
    pub writing: WritingArgs,
}
