//! `thread catalog`

use anyhow::Result;

use super::args::{CatalogArgs, CatalogCommand, CatalogListArgs};
use super::report::{ScansReport, UnmappedReport, scans, unmapped};
use super::text;
use crate::commands::shared::findings;
use crate::evaluate::CatalogIndex;
use crate::text::escape_for_terminal;
use crate::text::suggest::unknown_name_help;
use crate::workspace::Workspace;

use crate::commands::shared::edit::run::edit;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;

/// Runs `thread catalog add`, `list` or `unmapped`.
///
/// # Errors
/// There is no catalog of a source, or a file cannot be written.
pub fn run(session: &Session, args: &CatalogArgs) -> Result<Output> {
    match &args.command {
        CatalogCommand::Add(args) => {
            edit(session, &args.writing, true, |context| super::edit::add(context, args))
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
