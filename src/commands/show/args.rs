//! `thread show` as typed.

use clap::Args;

/// Arguments of `show`.
#[derive(Debug, Clone, Args)]
pub struct ShowArgs {
    /// The thread: its slug, its file, or the only slug that begins so
    #[arg(value_name = "THREAD")]
    pub thread: String,
}
