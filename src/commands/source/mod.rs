//! `thread source add`, `list`, `import` and `export`.

pub mod edit;
mod import;
pub mod report;
pub mod text;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};

use self::report::SourcesReport;
use crate::commands::shared::args::WritingArgs;
use crate::commands::shared::body::Body;
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::Session;
use crate::feed::opml;
use crate::fetch::Cache;
use crate::model::{Days, Error};
use crate::text::escape_for_terminal;

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
    /// Declare the feeds of an OPML file, as feed readers export it, as sources in thread.yaml
    Import(SourceImportArgs),
    /// Print the sources with their feeds as OPML, for feed readers and other workspaces
    Export,
}

/// Arguments of `source import`.
#[derive(Debug, Clone, Default, Args)]
#[command(after_help = "\
The title of a feed becomes the name of the source, and its slug. Folders are not kept. A source that is \
declared already is not changed.")]
pub struct SourceImportArgs {
    /// The OPML file; without it, the standard input is read
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
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

/// Runs `thread source add`, `list`, `import` or `export`.
///
/// # Errors
/// The workspace or a file cannot be read, or thread.yaml cannot be edited.
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
        SourceCommand::Import(args) => {
            let body = match &args.file {
                Some(file) => Body::of_file(session, file)?,
                None => Body::of_stdin()?,
            };
            let subscriptions = match opml::read(&body.bytes) {
                Ok(subscriptions) => subscriptions,
                Err(error) => {
                    let name = escape_for_terminal(&body.name);
                    let separator = if error.position.is_some() { ":" } else { ": " };
                    let message = format!("{name}{separator}{error}");
                    bail!(Error::request(message, "nothing was imported; export the list again"));
                }
            };
            edit(session, &args.writing, |context| import::import(context, &subscriptions))
        }
        SourceCommand::Export => export(session),
    }
}

fn export(session: &Session) -> Result<Output> {
    let workspace = session.workspace_without_texts()?;
    let sources = workspace.configuration.sources.iter();
    let (with, without): (Vec<_>, Vec<_>) =
        sources.partition(|(_, source)| !source.feed.feeds.is_empty());
    if with.is_empty() {
        let help = "`thread source add SOURCE --feed URL` declares one";
        bail!(Error::request("no source has a feed", help));
    }
    if !without.is_empty() {
        let slugs: Vec<&str> = without.iter().map(|(slug, _)| slug.as_str()).collect();
        session.note(&format!("left out, because they have no feed: {}", slugs.join(", ")));
    }
    let opml = opml::write(with.into_iter().map(|(slug, source)| (slug.as_str(), source)));
    Ok(Output::new(opml, String::new(), Exit::Success))
}
