//! `thread catalog add`, `import`, `tag`, `list` and `unmapped`.

pub mod edit;
mod ids;
pub mod import;
pub mod import_feed;
pub mod intake;
pub mod report;
pub mod tag;
pub mod text;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};

use self::report::{ScansReport, UnmappedReport, scans, unmapped};
use crate::commands::shared::args::WritingArgs;
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::findings;
use crate::commands::shared::new_item::AboutArgs;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;
use crate::evaluate::CatalogIndex;
use crate::model::{Date, Error, date};
use crate::text::suggest::unknown_name_help;
use crate::workspace::Workspace;

/// Arguments of `catalog`.
#[derive(Debug, Clone, Args)]
pub struct CatalogArgs {
    /// Command to run
    #[command(subcommand)]
    pub command: CatalogCommand,
}

/// The commands on catalogs.
#[derive(Debug, Clone, Subcommand)]
pub enum CatalogCommand {
    /// Add an item to today's catalog of a source, or record a scan without items
    Add(CatalogAddArgs),
    /// Add the items of a feed, list or saved page to today's catalog of a source
    Import(CatalogImportArgs),
    /// Add the tags of the rules in `tagging` to the lines of all catalogs
    Tag(CatalogTagArgs),
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
    /// URL or title of the item; without it, the catalog records a scan without items
    #[arg(value_name = "URL|TITLE", allow_hyphen_values = true)]
    pub what: Option<String>,
    /// A thread that it belongs to; may be given again
    #[arg(long = "thread", value_name = "THREAD", requires = "what")]
    pub threads: Vec<String>,
    #[command(flatten)]
    /// Further details
    pub about: AboutArgs,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}

/// Arguments of `catalog import`.
#[derive(Debug, Clone, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
#[command(after_help = "\
A file is a feed (RSS, Atom, JSON Feed), JSON (an array of objects, or one object on each line), a \
sitemap, which has to be asked for, or a page in markdown. The keys of an object are title, url, date, \
id, summary, author, org, tags, thread and read.

Of a page, the items are the list items and table rows with a link, as in a catalog, and the links of paragraphs \
whose text is more than a word such as \"here\". Items that a catalog of the source lists already, or \
that are evidence under it, are left out.")]
pub struct CatalogImportArgs {
    /// The source that was scanned: its slug or its name
    #[arg(value_name = "SOURCE")]
    pub source: String,
    /// Feeds, lists or saved pages; without any, the standard input is read
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Format of the files; `auto` is by their content
    #[arg(long, value_name = "FORMAT", default_value = "auto",
          value_parser = ["auto", "feed", "json", "sitemap", "markdown"])]
    pub format: String,
    /// URL of the feed, against which relative links are resolved [default: the first `feed` of the
    /// source]
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Write the items of a feed as a baseline, which lands on its own dates [default: if the source
    /// has no catalog]
    #[arg(long, overrides_with = "no_baseline")]
    pub baseline: bool,
    /// Let the items of the first feed of a source land today
    #[arg(long)]
    pub no_baseline: bool,
    /// Print nothing unless an item of a feed is new or the feed is damaged
    #[arg(short, long)]
    pub quiet: bool,
    /// Print also known items that differ in the feed, and the reasons for tags
    #[arg(short, long)]
    pub verbose: bool,
    /// Date of publication of items that have none of their own
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub date: Option<Date>,
    /// A tag of every item; may be given again
    #[arg(long = "tag", value_name = "TAG", allow_hyphen_values = true)]
    pub tags: Vec<String>,
    /// A thread that every item belongs to; may be given again
    #[arg(long = "thread", value_name = "THREAD")]
    pub threads: Vec<String>,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}

/// Arguments of `catalog tag`.
#[derive(Debug, Clone, Args)]
pub struct CatalogTagArgs {
    /// Only the catalogs of these sources
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<String>,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}

/// Arguments of `catalog list` and `catalog unmapped`.
#[derive(Debug, Clone, Args)]
pub struct CatalogListArgs {
    /// Only these sources
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<String>,
}

/// Runs `thread catalog add`, `import`, `list` or `unmapped`.
///
/// # Errors
/// There is no catalog of a source, or a file cannot be written.
pub fn run(session: &Session, args: &CatalogArgs) -> Result<Output> {
    match &args.command {
        CatalogCommand::Add(args) => {
            edit(session, &args.writing, |context| edit::add(context, args))
        }
        CatalogCommand::Import(args) => {
            let bodies = import::bodies(session, args)?;
            let is_page = match args.format.as_str() {
                "markdown" => true,
                "auto" => !bodies.iter().any(|body| import_feed::is_feed(&body.bytes)),
                _ => false,
            };
            if !is_page {
                return import_feed::import(session, args, &bodies);
            }
            let pages = import::pages(bodies)?;
            edit(session, &args.writing, |context| import::import(context, args, &pages))
        }
        CatalogCommand::Tag(args) => {
            edit(session, &args.writing, |context| tag::tag(context, args))
        }
        CatalogCommand::List(args) => list(session, args),
        CatalogCommand::Unmapped(args) => list_unmapped(session, args),
    }
}

/// Returns the slugs of the sources; each must have a catalog.
fn sources(workspace: &Workspace, words: &[String]) -> Result<Vec<String>, Error> {
    let known: Vec<&str> =
        workspace.catalogs.iter().map(|catalog| catalog.source.as_str()).collect();
    let slug = |word: &String| {
        let slug = workspace.configuration.source_slug(word);
        if known.contains(&slug.as_str()) {
            return Ok(slug);
        }
        let message = format!("there is no catalog of the source `{word}`");
        Err(Error::request(message, unknown_name_help("catalog", &slug, known.iter().copied())))
    };
    words.iter().map(slug).collect()
}

fn list(session: &Session, args: &CatalogListArgs) -> Result<Output> {
    let workspace = session.workspace()?;
    let only = sources(&workspace, &args.sources)?;
    let report = ScansReport {
        today: session.today,
        catalogs: scans(&workspace, session.today, &only),
        problems: findings::findings(&workspace, workspace.errors()),
    };
    Ok(session.respond(&workspace, &report, text::scans))
}

fn list_unmapped(session: &Session, args: &CatalogListArgs) -> Result<Output> {
    let workspace = session.workspace()?;
    let only = sources(&workspace, &args.sources)?;
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let report = UnmappedReport {
        today: session.today,
        items: unmapped(&workspace, &index, session.today, &only),
        problems: findings::findings(&workspace, workspace.errors()),
    };
    Ok(session.respond(&workspace, &report, text::unmapped))
}
