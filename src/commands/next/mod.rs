//! `thread next`.

pub mod report;
mod text;

use anyhow::Result;
use clap::Args;

use self::report::{NextReport, entries};
use crate::commands::shared::findings::findings;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::{Session, evaluate_each, threads, wanted};
use crate::evaluate::CatalogIndex;
use crate::evaluate::reading_queue::queue;

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
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let evaluations =
        evaluate_each(&workspace, &index, session.date_of_thread(), &wanted, |_, evaluation| {
            evaluation
        });
    let mut queue = queue(&evaluations, &index, &workspace.configuration);
    if !args.sources.is_empty() {
        let names = args.sources.iter();
        let slugs: Vec<String> =
            names.map(|name| workspace.configuration.source_slug(name)).collect();
        queue.items.retain(|unread| slugs.iter().any(|slug| unread.item.sources.contains(slug)));
        queue.watching.clear();
    }
    let total = queue.items.len() + queue.watching.len();
    let limit = if args.limit == 0 { total } else { args.limit };
    let report = NextReport {
        today: session.today,
        ahead: session.ahead(threads(&workspace, &wanted), session.date_of_thread()),
        entries: entries(&queue, session.today, &workspace).take(limit).collect(),
        more: total.saturating_sub(limit),
        problems: findings(&workspace, workspace.errors()),
    };
    Ok(session.respond(&workspace, &report, |report| text::render(report, session.width)))
}
