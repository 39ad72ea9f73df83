//! `thread source add` and `list`.

pub mod edit;
pub mod report;
pub mod text;

use anyhow::Result;
use clap::{Args, Subcommand};

use self::report::SourcesReport;
use crate::commands::shared::args::WritingArgs;
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;
use crate::fetch::Cache;
use crate::model::Days;

/// Arguments of `source`.
#[derive(Debug, Clone, Args)]
pub struct SourceArgs {
    /// Command to run
    #[command(subcommand)]
    pub command: SourceCommand,
}

/// The commands on sources.
#[derive(Debug, Clone, Subcommand)]
pub enum SourceCommand {
    /// Declare a source in thread.yaml
    Add(SourceAddArgs),
    /// Show all sources with their last scans
    List,
}

/// Arguments of `source add`.
#[derive(Debug, Clone, Default, Args)]
pub struct SourceAddArgs {
    /// Slug of the source: lower-case letters and digits, joined by `-`
    #[arg(value_name = "SLUG")]
    pub slug: String,
    /// Name in headings and output
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub name: Option<String>,
    /// Org of its items, unless an item names another one
    #[arg(long, value_name = "ORG", allow_hyphen_values = true)]
    pub org: Option<String>,
    /// Expected time between two catalogs, such as 7d
    #[arg(long, value_name = "DAYS", value_parser = Days::parse)]
    pub every: Option<Days>,
    /// URL of a feed of the source; may be given again
    #[arg(long = "feed", value_name = "URL")]
    pub feeds: Vec<String>,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}

/// Runs `thread source add` or `list`.
///
/// # Errors
/// The workspace cannot be read, or thread.yaml cannot be edited.
pub fn run(session: &Session, args: &SourceArgs) -> Result<Output> {
    match &args.command {
        SourceCommand::Add(args) => {
            edit(session, &args.writing, |context| edit::add(context, args))
        }
        SourceCommand::List => {
            let workspace = session.workspace()?;
            let cache = Cache::of_workspace(session.cache.as_deref(), &session.root);
            let report = SourcesReport::new(&workspace, &cache, session.today);
            Ok(session.respond(&workspace, &report, text::render))
        }
    }
}
