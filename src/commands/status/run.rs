//! `thread status`

use anyhow::Result;

use super::args::StatusArgs;
use super::{report, text};
use crate::commands::shared::findings;
use crate::evaluate::CatalogIndex;

use crate::commands::shared::output::Output;
use crate::commands::shared::session::{Session, evaluate_each, threads, wanted};

/// Runs `thread status`.
///
/// # Errors
/// The workspace cannot be read, an argument is wrong, or a file cannot be written.
pub fn run(session: &Session, args: &StatusArgs) -> Result<Output> {
    let workspace = session.workspace_to_judge()?;
    let wanted = wanted(&workspace, &args.threads)?;
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let configuration = &workspace.configuration;
    let rows = evaluate_each(&workspace, &index, session.shown_day(), &wanted, |_, evaluation| {
        report::row(&evaluation, configuration)
    });
    let problems = findings::findings(&workspace, workspace.errors());
    let mut report = report::report(rows, &index, configuration, session.today, problems);
    report.ahead = session.ahead(threads(&workspace, &wanted), session.shown_day());
    let conflict = report.threads.iter().any(|row| row.conflict);
    Ok(session
        .respond(&workspace, &report, |report| text::render(report, session.width))
        .failing_if(conflict))
}
