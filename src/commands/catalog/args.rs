//! `thread catalog` as typed.

use clap::{Args, Subcommand};

use crate::commands::shared::new_item::AboutArgs;
use crate::commands::shared::writing_args::WritingArgs;

/// Arguments of `catalog`.
#[derive(Debug, Clone, Args)]
pub struct CatalogArgs {
    /// What to do
    #[command(subcommand)]
    pub command: CatalogCommand,
}

/// The commands on catalogs.
#[derive(Debug, Clone, Subcommand)]
pub enum CatalogCommand {
    /// List an item in today's catalog of a source, or note that somebody looked
    Add(CatalogAddArgs),
    /// Show all scans, newest first
    List(CatalogListArgs),
    /// Show the items that no thread has, newest scan first
    Unmapped(CatalogListArgs),
}

/// Arguments of `catalog add`.
#[derive(Debug, Clone, Default, Args)]
pub struct CatalogAddArgs {
    /// The source that was scanned: its slug or its name
    #[arg(value_name = "SOURCE")]
    pub source: String,
    /// What was found: its address or its title; without it the catalog says that somebody looked
    #[arg(value_name = "URL|TITLE", allow_hyphen_values = true)]
    pub what: Option<String>,
    /// A thread that it belongs to; may be given again
    #[arg(long = "thread", value_name = "THREAD", requires = "what")]
    pub threads: Vec<String>,
    #[command(flatten)]
    /// What else is known of it
    pub about: AboutArgs,
    #[command(flatten)]
    /// How it writes
    pub writing: WritingArgs,
}

/// Arguments of `catalog list` and `catalog unmapped`.
#[derive(Debug, Clone, Args)]
pub struct CatalogListArgs {
    /// Only these sources
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<String>,
}
