//! `thread skip`.

pub mod edit;

use clap::Args;

use crate::commands::shared::args::WritingArgs;

/// Arguments of `skip`.
#[derive(Debug, Clone, Default, Args)]
pub struct SkipArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// Item: its id, URL, label (`#455`), the start of its id, or a part of its title
    #[arg(value_name = "ITEM")]
    pub item: String,
    /// Reason, kept on the item's line
    #[arg(long, value_name = "TEXT", conflicts_with = "undo", allow_hyphen_values = true)]
    pub reason: Option<String>,
    /// Mark the item as unread again
    #[arg(long)]
    pub undo: bool,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}
