//! `thread read`.

pub mod edit;

use clap::Args;

use crate::commands::shared::args::WritingArgs;
use crate::model::{Date, date};

/// Arguments of `read`.
#[derive(Debug, Clone, Default, Args)]
pub struct ReadArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// Item: its id, URL, label (`#455`), the start of its id, or a part of its title
    #[arg(value_name = "ITEM")]
    pub item: String,
    /// Conclusion of the reading, a verdict that the thread declares for the item
    #[arg(long, value_name = "VERDICT", conflicts_with = "undo")]
    pub verdict: Option<String>,
    /// A remark, kept on the item's line
    #[arg(long, value_name = "TEXT", conflicts_with = "undo", allow_hyphen_values = true)]
    pub note: Option<String>,
    /// Date of the reading; by default today
    #[arg(long, value_name = "DATE", value_parser = date::parse, conflicts_with = "undo")]
    pub on: Option<Date>,
    /// Mark the item as unread, and remove the date and the verdict
    #[arg(long)]
    pub undo: bool,
    /// Leave out the hint that `thread scan` applies ready triggers
    #[arg(long)]
    pub no_scan: bool,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}
