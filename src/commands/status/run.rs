//! `thread status`

use anyhow::Result;

use super::args::StatusArgs;
use super::{report, text};
use crate::commands::shared::findings;
use crate::evaluate::Archive;

use crate::commands::shared::output::Output;
use crate::commands::shared::session::{Session, judge_each, threads, wanted};

/// Runs `thread status`.
///
/// # Errors
/// The workspace cannot be read, an argument is wrong, or a file cannot be written.
pub fn run(session: &Session, args: &StatusArgs) -> Result<Output> {
    let workspace = session.workspace_to_judge()?;
    let wanted = wanted(&workspace, &args.threads)?;
    let archive = Archive::new(&workspace.catalogs, &workspace.configuration);
    let configuration = &workspace.configuration;
    let rows = judge_each(&workspace, &archive, session.shown_day(), &wanted, |_, judgement| {
        report::row(&judgement, configuration)
    });
    let problems = findings::findings(&workspace, workspace.errors());
    let mut report = report::report(rows, &archive, configuration, session.today, problems);
    report.ahead = session.ahead(threads(&workspace, &wanted), session.shown_day());
    let conflict = report.threads.iter().any(|row| row.conflict);
    Ok(session
        .respond(&workspace, "status", &report, |report| text::render(report, session.width))
        .failing_if(conflict))
}
