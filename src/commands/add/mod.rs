//! `thread add`.

pub mod edit;

use clap::Args;

use crate::commands::shared::args::WritingArgs;
use crate::commands::shared::new_item::AboutArgs;

/// Arguments of `add`.
#[derive(Debug, Clone, Default, Args)]
pub struct AddArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// What was found: its address or its title
    #[arg(value_name = "URL|TITLE", allow_hyphen_values = true)]
    pub what: String,
    /// Who published it; without it the source of thread.yaml that the address names
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    #[command(flatten)]
    /// What else is known of it
    pub about: AboutArgs,
    #[command(flatten)]
    /// How it writes
    pub writing: WritingArgs,
}
