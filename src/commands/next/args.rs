//! Arguments of `thread next`.

use clap::Args;

/// Arguments of `next`.
#[derive(Debug, Clone, Args)]
pub struct NextArgs {
    /// Show items of these threads only
    #[arg(value_name = "THREAD")]
    pub threads: Vec<String>,
    /// Show at most N entries; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
}
