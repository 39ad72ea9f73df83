//! `thread init` as typed.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `init`.
#[derive(Debug, Clone, Args)]
pub struct InitArgs {
    /// The folder that becomes a workspace; without it the working directory
    #[arg(value_name = "DIR")]
    pub target: Option<PathBuf>,
}
