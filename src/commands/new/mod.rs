//! `thread new`.

pub mod edit;

use clap::Args;

use crate::commands::shared::args::WritingArgs;

/// Arguments of `new`.
#[derive(Debug, Clone, Default, Args)]
pub struct NewArgs {
    /// The title of the thread
    #[arg(value_name = "TITLE", allow_hyphen_values = true)]
    pub title: String,
    /// The name of its file, without `.md`; without it made from the title
    #[arg(long, value_name = "SLUG")]
    pub slug: Option<String>,
    /// The level to begin from; without it the lowest of the ladder
    #[arg(long, value_name = "LEVEL")]
    pub level: Option<String>,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}
