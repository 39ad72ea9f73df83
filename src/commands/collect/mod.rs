//! `thread collect add`.

pub mod edit;

use clap::{Args, Subcommand};

use crate::commands::shared::args::WritingArgs;
use crate::commands::shared::selection_arg::SelectionArg;

/// Arguments of `collect`.
#[derive(Debug, Clone, Args)]
pub struct CollectArgs {
    /// Command to run
    #[command(subcommand)]
    pub command: CollectCommand,
}

/// The commands on `collect`.
#[derive(Debug, Clone, Subcommand)]
pub enum CollectCommand {
    /// Let a thread take catalog items that match a selection
    Add(CollectAddArgs),
}

/// Arguments of `collect add`.
#[derive(Debug, Clone, Args)]
pub struct CollectAddArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// The items, such as `tag=kelp,org=lab|harbour` or `title="export control*"`
    #[arg(value_name = "SELECTION")]
    pub selection: SelectionArg,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}
