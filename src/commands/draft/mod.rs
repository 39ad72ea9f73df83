//! `thread draft`.

pub mod edit;
pub mod path;

use clap::Args;

use crate::commands::shared::args::WritingArgs;

/// Arguments of `draft`.
#[derive(Debug, Clone, Default, Args)]
pub struct DraftArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// The draft: a path relative to the workspace, or a part of the path of one that is recorded
    #[arg(value_name = "PATH")]
    pub path: Option<String>,
    /// New state, one of `draft-states`
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
    /// The title of a new draft; without it that of the thread
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub title: Option<String>,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}
