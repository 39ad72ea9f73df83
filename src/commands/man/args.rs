//! Arguments of `man`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `man`.
#[derive(Debug, Clone, Args)]
pub struct ManArgs {
    /// Write a page for each command into this folder; without it the main page goes to stdout
    #[arg(value_name = "DIR")]
    pub target: Option<PathBuf>,
}
