//! `thread status`.

mod next_step;
pub mod report;
mod text;

use anyhow::Result;
use clap::Args;

use self::report::{StatusReport, StatusRow, overdue_sources, sort_rows};
use crate::commands::shared::findings::findings;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::{Session, evaluate_each, threads, wanted};
use crate::evaluate::CatalogIndex;

/// Arguments of `status`.
#[derive(Debug, Clone, Default, Args)]
pub struct StatusArgs {
    /// Show only these threads
    #[arg(value_name = "THREAD")]
    pub threads: Vec<String>,
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
    let mut rows =
        evaluate_each(&workspace, &index, session.date_of_thread(), &wanted, |_, evaluation| {
            StatusRow::new(&evaluation, configuration)
        });
    sort_rows(&mut rows);
    let report = StatusReport {
        today: session.today,
        ahead: session.ahead(threads(&workspace, &wanted), session.date_of_thread()),
        threads: rows,
        overdue: overdue_sources(&index, configuration, session.today),
        problems: findings(&workspace, workspace.errors()),
    };
    let has_conflict = report.threads.iter().any(|row| row.conflict);
    let output = session.respond(&workspace, &report, |report| text::render(report, session.width));
    Ok(output.failing_if(has_conflict))
}
