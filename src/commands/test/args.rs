//! Arguments of `thread test`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `test`.
#[derive(Debug, Clone, Args)]
pub struct TestArgs {
    /// Files of trigger tests (YAML; see docs/triggers.md)
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// List the conditions that no test saw true, or false
    #[arg(long)]
    pub coverage: bool,
}
