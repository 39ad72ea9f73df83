//! `thread status`.

mod filter;
mod next_step;
pub mod report;
mod text;

use anyhow::Result;
use clap::Args;

use self::filter::FilterArgs;
use self::report::{StatusReport, StatusRow, overdue_sources, sort_rows};
use crate::commands::shared::findings::findings;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::{Session, evaluate_each, threads, wanted};
use crate::evaluate::CatalogIndex;
use crate::evaluate::items::thread_items::{Records, not_taken};

/// Arguments of `status`.
#[derive(Debug, Clone, Default, Args)]
pub struct StatusArgs {
    /// Show only these threads
    #[arg(value_name = "THREAD")]
    pub threads: Vec<String>,
    #[command(flatten)]
    /// Options that choose and sort threads
    pub filter: FilterArgs,
    /// Exit with 3 if a thread that is shown is ripe, or the next scan acts on it
    #[arg(long)]
    pub exit_code: bool,
}

/// Runs `thread status`.
///
/// # Errors
/// The workspace cannot be read, or an argument is wrong.
pub fn run(session: &Session, args: &StatusArgs) -> Result<Output> {
    let workspace = session.workspace_without_texts()?;
    let wanted = wanted(&workspace, &args.threads)?;
    let configuration = &workspace.configuration;
    let index = CatalogIndex::new(&workspace.catalogs, configuration);
    let found =
        evaluate_each(&workspace, &index, session.date_of_thread(), &wanted, |_, evaluation| {
            let row = StatusRow::new(&evaluation, configuration);
            let is_shown = args.filter.keeps(&row, &evaluation, configuration);
            let records = wanted.is_empty().then(|| evaluation.items.records.clone());
            (is_shown.then_some(row), records)
        });
    let unmapped = wanted.is_empty().then(|| {
        let taken: Records =
            found.iter().flat_map(|(_, records)| records).flatten().copied().collect();
        not_taken(&taken, &index, session.today).len()
    });
    let all = found.len();
    let mut rows: Vec<StatusRow> = found.into_iter().filter_map(|(row, _)| row).collect();
    sort_rows(&mut rows);
    args.filter.sort(&mut rows);
    let report = StatusReport {
        hidden: all - rows.len(),
        today: session.today,
        ahead: session.ahead(threads(&workspace, &wanted), session.date_of_thread()),
        threads: rows,
        unmapped,
        overdue: overdue_sources(&index, configuration, session.today),
        problems: findings(&workspace, workspace.errors()),
    };
    let has_conflict = report.threads.iter().any(|row| row.conflict);
    let is_ripe = report.threads.iter().any(|row| row.ripe || row.is_ready());
    let output = session.respond(&workspace, &report, |report| text::render(report, session.width));
    let output = output.failing_if(has_conflict);
    if args.exit_code && is_ripe && output.exit == Exit::Success {
        return Ok(Output { exit: Exit::Ripe, ..output });
    }
    Ok(output)
}
