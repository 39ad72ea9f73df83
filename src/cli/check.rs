//! `thread check` as typed.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `check`.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// Report only on these files; they are checked against the whole workspace all the same
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Fail on warnings too
    #[arg(long)]
    pub strict: bool,
}
