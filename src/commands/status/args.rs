//! Arguments of `thread status`.

use clap::Args;

/// Arguments of `status`.
#[derive(Debug, Clone, Default, Args)]
pub struct StatusArgs {
    /// Show these threads only
    #[arg(value_name = "THREAD")]
    pub threads: Vec<String>,
}
