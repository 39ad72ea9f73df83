//! `thread status` as typed.

use clap::Args;

/// Arguments of `status`.
#[derive(Debug, Clone, Default, Args)]
pub struct StatusArgs {
    /// Only these threads
    #[arg(value_name = "THREAD")]
    pub threads: Vec<String>,
}
