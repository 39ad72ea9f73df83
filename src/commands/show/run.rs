//! `thread show`

use anyhow::Result;

use super::args::ShowArgs;
use super::report;
use super::report::{ShowDocument, UnreadableReport};
use super::text;
use crate::commands::shared::findings;
use crate::commands::shared::json;
use crate::evaluate::{CatalogIndex, Decision, evaluate};
use crate::workspace::Workspace;

use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::{Resolved, Session, resolve};

/// Runs `thread show`.
///
/// # Errors
/// The workspace cannot be read, an argument is wrong, or a file cannot be written.
pub fn run(session: &Session, args: &ShowArgs) -> Result<Output> {
    let workspace = session.workspace_to_judge()?;
    let stderr = session.problems(&workspace, workspace.errors());
    let file = match resolve(&workspace, &args.thread)? {
        Resolved::Read(file) => file,
        Resolved::Broken(slug) => return Ok(unreadable(session, &workspace, slug, stderr)),
    };
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let day = session.shown_day();
    let evaluation = evaluate(&file.thread, &index, &workspace.configuration, day(&file.thread))
        .looking_beyond(&index, &workspace.configuration);
    let problems = findings::findings(&workspace, workspace.errors());
    let conflict = matches!(evaluation.decision, Decision::Conflict { .. });
    let exit = match conflict || !problems.is_empty() {
        true => Exit::Findings,
        false => Exit::Success,
    };
    let mut report = report::report(&evaluation, &workspace.configuration, problems);
    report.ahead = session.ahead([&file.thread].into_iter(), day);
    let stdout = match session.json {
        true => json::document(&ShowDocument::Read(Box::new(report))),
        false => text::render(&report, session.width),
    };
    Ok(Output::new(stdout, stderr, exit))
}

fn unreadable(session: &Session, workspace: &Workspace, slug: &str, stderr: String) -> Output {
    let problems = findings::findings(workspace, workspace.errors());
    let report = ShowDocument::Unreadable(UnreadableReport { thread: slug.to_string(), problems });
    let stdout = if session.json { json::document(&report) } else { String::new() };
    Output::new(stdout, stderr, Exit::Findings)
}
