//! `thread map` and `thread unmap`.

pub mod edit;

use clap::Args;

use crate::commands::shared::args::WritingArgs;

/// Arguments of `map` and `unmap`.
#[derive(Debug, Clone, Default, Args)]
pub struct MapArgs {
    /// Catalog item: its id, URL, label (`#455`), the start of its id, or a part of its title
    #[arg(value_name = "ITEM")]
    pub item: String,
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}
