//! `thread hold` and `thread release`.

pub mod edit;

use clap::{ArgGroup, Args};

use crate::commands::shared::args::WritingArgs;
use crate::model::{Date, date};

/// Arguments of `hold`.
#[derive(Debug, Clone, Default, Args)]
#[command(group(ArgGroup::new("end").args(["until", "until_read"]).required(true)))]
pub struct HoldArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// The lowest level that is kept out of reach
    #[arg(long, value_name = "LEVEL")]
    pub below: String,
    /// Hold only these triggers (repeat it, or separate ids by commas); without it, all raises
    #[arg(long, value_name = "TRIGGER", value_delimiter = ',')]
    pub only: Vec<String>,
    /// First date on which the hold has ended
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub until: Option<Date>,
    /// End the hold when this item has been read
    #[arg(long, value_name = "ITEM")]
    pub until_read: Option<String>,
    /// Reason, one sentence
    #[arg(long, visible_alias = "reason", value_name = "TEXT", allow_hyphen_values = true)]
    pub why: String,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}
