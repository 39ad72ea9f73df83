//! `thread next` as typed.

use clap::Args;

/// Arguments of `next`.
#[derive(Debug, Clone, Args)]
pub struct NextArgs {
    /// Only these threads
    #[arg(value_name = "THREAD")]
    pub threads: Vec<String>,
    /// Show so many entries; 0 for all
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
}
