//! A command on one thread, with nothing else to say.

use clap::Args;

use crate::commands::shared::writing_args::WritingArgs;

/// Arguments of `release`, `close`, `dormant` and `reopen`.
#[derive(Debug, Clone, Default, Args)]
pub struct ThreadArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    #[command(flatten)]
    /// How it writes
    pub writing: WritingArgs,
}
