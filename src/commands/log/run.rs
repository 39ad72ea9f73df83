//! `thread log`

use anyhow::Result;

use super::args::LogArgs;
use super::report;
use super::text;
use crate::commands::shared::findings;

use crate::commands::shared::output::Output;
use crate::commands::shared::session::{Session, threads, wanted};

/// Runs `thread log`.
///
/// # Errors
/// The workspace cannot be read, an argument is wrong, or a file cannot be written.
pub fn run(session: &Session, args: &LogArgs) -> Result<Output> {
    let workspace = session.workspace()?;
    let wanted = wanted(&workspace, &args.threads)?;
    let threads: Vec<_> = threads(&workspace, &wanted).collect();
    let problems = findings::findings(&workspace, workspace.errors());
    let ladder = &workspace.configuration.ladder;
    let day = session.shown_day();
    let mut report = report::report(&threads, ladder, args.since, session.today, &day, problems);
    report.ahead = session.ahead(threads.into_iter(), day);
    Ok(session.respond(&workspace, &report, |report| text::render(report, session.width)))
}
