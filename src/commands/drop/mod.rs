//! `thread drop`.

pub mod edit;

use clap::Args;

use crate::commands::shared::args::WritingArgs;

/// Arguments of `drop`.
#[derive(Debug, Clone, Default, Args)]
#[command(after_help = "\
A dropped item keeps its line, with `[-]`, the date and the reason. It counts for no trigger and no set from \
that date on, is not read next, and does not come back with a scan. `thread skip` marks an item that counts \
but will not be read.")]
pub struct DropArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// Item: its id, URL, label (`#455`), the start of its id, or a part of its title
    #[arg(value_name = "ITEM")]
    pub item: String,
    /// Reason, kept on the item's line
    #[arg(
        long,
        value_name = "TEXT",
        visible_alias = "why",
        required_unless_present = "undo",
        conflicts_with = "undo",
        allow_hyphen_values = true
    )]
    pub reason: Option<String>,
    /// Make the item evidence again
    #[arg(long)]
    pub undo: bool,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}
