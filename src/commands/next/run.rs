//! `thread next`

use anyhow::Result;

use super::args::NextArgs;
use super::report;
use super::text;
use crate::commands::shared::findings;
use crate::evaluate::CatalogIndex;
use crate::evaluate::reading_queue::queue;

use crate::commands::shared::output::Output;
use crate::commands::shared::session::{Session, evaluate_each, threads, wanted};

/// Runs `thread next`.
///
/// # Errors
/// The workspace cannot be read, an argument is wrong, or a file cannot be written.
pub fn run(session: &Session, args: &NextArgs) -> Result<Output> {
    let workspace = session.workspace()?;
    let wanted = wanted(&workspace, &args.threads)?;
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let evaluations =
        evaluate_each(&workspace, &index, session.shown_day(), &wanted, |_, evaluation| evaluation);
    let queue = queue(&evaluations, &index, &workspace.configuration);
    let problems = findings::findings(&workspace, workspace.errors());
    let limit = (args.limit > 0).then_some(args.limit);
    let mut report =
        report::report(&queue, session.today, limit, |path| workspace.document(path), problems);
    report.ahead = session.ahead(threads(&workspace, &wanted), session.shown_day());
    Ok(session.respond(&workspace, &report, |report| text::render(report, session.width)))
}
