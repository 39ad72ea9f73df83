//! `thread set add`.

pub mod edit;

use clap::{Args, Subcommand};

use crate::commands::shared::args::WritingArgs;
use crate::commands::shared::selection_arg::SelectionArg;

/// Arguments of `set`.
#[derive(Debug, Clone, Args)]
pub struct SetArgs {
    /// Command to run
    #[command(subcommand)]
    pub command: SetCommand,
}

/// The commands on sets.
#[derive(Debug, Clone, Subcommand)]
pub enum SetCommand {
    /// Add a set of items, which triggers can count
    Add(SetAddArgs),
}

/// Arguments of `set add`.
#[derive(Debug, Clone, Args)]
pub struct SetAddArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// Name of the set
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The items, such as `tag=kelp,org=lab|harbour` or `title="export control*"`
    #[arg(value_name = "SELECTION")]
    pub selection: SelectionArg,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}
