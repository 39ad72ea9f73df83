//! `thread catalog add`, `list` and `unmapped`.

pub mod edit;
pub mod report;
pub mod text;

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
use crate::text::escape_for_terminal;
use crate::text::suggest::unknown_name_help;
use crate::workspace::Workspace;

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

/// Runs `thread catalog add`, `list` or `unmapped`.
///
/// # Errors
/// There is no catalog of a source, or a file cannot be written.
pub fn run(session: &Session, args: &CatalogArgs) -> Result<Output> {
    match &args.command {
        CatalogCommand::Add(args) => {
            edit(session, &args.writing, |context| edit::add(context, args))
        }
        CatalogCommand::List(args) => list(session, args),
        CatalogCommand::Unmapped(args) => list_unmapped(session, args),
    }
}

/// The slugs of the sources that were asked for; each must have been scanned.
fn sources(workspace: &Workspace, words: &[String]) -> Result<Vec<String>> {
    let known: Vec<&str> =
        workspace.catalogs.iter().map(|catalog| catalog.source.as_str()).collect();
    let slug = |word: &String| {
        let slug = workspace.configuration.source_slug(word);
        match known.contains(&slug.as_str()) {
            true => Ok(slug),
            false => {
                let help = unknown_name_help(&slug, known.iter().copied());
                anyhow::bail!(
                    "there is no catalog of `{word}`\nhelp: {}",
                    escape_for_terminal(&help)
                )
            }
        }
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
