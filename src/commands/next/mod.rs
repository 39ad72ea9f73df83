//! `thread next`.

pub mod report;
mod text;

use anyhow::Result;
use clap::Args;

use self::report::{NextReport, QueueEntry, entries, unmapped_entry};
use crate::commands::catalog::report::unmapped;
use crate::commands::shared::findings::findings;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::{Session, evaluate_each, threads, wanted};
use crate::evaluate::CatalogIndex;
use crate::evaluate::reading_queue::queue;
use crate::workspace::Workspace;

/// Arguments of `next`.
#[derive(Debug, Clone, Args)]
pub struct NextArgs {
    /// Show only items of these threads
    #[arg(value_name = "THREAD")]
    pub threads: Vec<String>,
    /// Show only items of this source; may be repeated
    #[arg(long = "source", value_name = "SOURCE")]
    pub sources: Vec<String>,
    /// Show at most N entries; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
}

/// Runs `thread next`.
///
/// # Errors
/// The workspace cannot be read, or an argument is wrong.
pub fn run(session: &Session, args: &NextArgs) -> Result<Output> {
    let workspace = session.workspace()?;
    let wanted = wanted(&workspace, &args.threads)?;
    let names = args.sources.iter();
    let sources: Vec<String> =
        names.map(|name| workspace.configuration.source_slug(name)).collect();
    let mut entries = all_entries(session, &workspace, &wanted, &sources);
    let total = entries.len();
    let limit = if args.limit == 0 { total } else { args.limit };
    entries.truncate(limit);
    let report = NextReport {
        today: session.today,
        ahead: session.ahead(threads(&workspace, &wanted), session.date_of_thread()),
        entries,
        more: total.saturating_sub(limit),
        problems: findings(&workspace, workspace.errors()),
    };
    Ok(session.respond(&workspace, &report, |report| text::render(report, session.width)))
}

/// Returns the reading queue of some threads and sources; of all, if none is given. Items that belong
/// to no thread are its last entries, unless threads are given.
pub fn all_entries(
    session: &Session,
    workspace: &Workspace,
    threads: &[&str],
    sources: &[String],
) -> Vec<QueueEntry> {
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let evaluations =
        evaluate_each(workspace, &index, session.date_of_thread(), threads, |_, evaluation| {
            evaluation
        });
    let mut queue = queue(&evaluations, &index, &workspace.configuration);
    if !sources.is_empty() {
        queue.items.retain(|unread| sources.iter().any(|slug| unread.item.sources.contains(slug)));
        queue.watching.clear();
    }
    let mut all: Vec<QueueEntry> = entries(&queue, session.today, workspace).collect();
    if threads.is_empty() {
        let unmapped = unmapped(workspace, &index, session.today, sources).into_iter();
        all.extend(unmapped.map(|item| unmapped_entry(item, session.today)));
    }
    all
}
