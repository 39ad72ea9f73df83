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
    /// URL or title of the item
    #[arg(value_name = "URL|TITLE", allow_hyphen_values = true)]
    pub what: String,
    /// Source that published it; by default the source of thread.yaml that the URL contains
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    #[command(flatten)]
    /// Further details
    pub about: AboutArgs,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}
