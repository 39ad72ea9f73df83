//! `thread add` as typed.

use clap::Args;

use crate::model::{Date, date};

use super::WritingArgs;

/// Arguments of `add`.
#[derive(Debug, Clone, Args)]
pub struct AddArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// What was found: its address or its title
    #[arg(value_name = "URL|TITLE", allow_hyphen_values = true)]
    pub what: String,
    /// Who published it; without it the source of thread.yaml that the address names
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    #[command(flatten)]
    /// What else is known of it
    pub about: AboutArgs,
    #[command(flatten)]
    /// How it writes
    pub writing: WritingArgs,
}

/// What is known of a new item, beside its address or title.
#[derive(Debug, Clone, Default, Args)]
pub struct AboutArgs {
    /// Its title, beside an address
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub title: Option<String>,
    /// The day on which it was published
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub date: Option<Date>,
    /// Who speaks, where the source does not tell
    #[arg(long, value_name = "ORG", allow_hyphen_values = true)]
    pub org: Option<String>,
    /// A tag; may be given again
    #[arg(long = "tag", value_name = "TAG", allow_hyphen_values = true)]
    pub tags: Vec<String>,
}
