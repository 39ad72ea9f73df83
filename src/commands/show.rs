//! `thread show`

use anyhow::Result;

use crate::evaluate::{Archive, Decision, judge};
use crate::render;
use crate::report::show::{self, ShowDocument, UnreadableReport};
use crate::report::{self, diagnostics};
use crate::workspace::Workspace;

use super::{Exit, Output, Resolved, Run, resolve};

pub(super) fn run(run: &Run, word: &str) -> Result<Output> {
    let workspace = match run.workspace_to_judge() {
        Ok(workspace) => workspace,
        Err(output) => return Ok(output),
    };
    let stderr = run.problems(&workspace, workspace.errors());
    let file = match resolve(&workspace, word)? {
        Resolved::Read(file) => file,
        Resolved::Broken(slug) => return Ok(unreadable(run, &workspace, slug, stderr)),
    };
    let archive = Archive::new(&workspace.catalogs, &workspace.configuration);
    let day = run.shown_day();
    let judgement = judge(&file.thread, &archive, &workspace.configuration, day(&file.thread))
        .looking_beyond(&archive, &workspace.configuration);
    let problems = diagnostics::findings(&workspace, workspace.errors());
    let conflict = matches!(judgement.decision, Decision::Conflict { .. });
    let exit = match conflict || !problems.is_empty() {
        true => Exit::NeedsPerson,
        false => Exit::Well,
    };
    let mut report = show::report(&judgement, &workspace.configuration, problems);
    report.ahead = run.ahead([&file.thread].into_iter(), day);
    let stdout = match run.json {
        true => report::json("show", &ShowDocument::Read(Box::new(report))),
        false => render::show::render(&report, run.width),
    };
    Ok(Output::new(stdout, stderr, exit))
}

fn unreadable(run: &Run, workspace: &Workspace, slug: &str, stderr: String) -> Output {
    let problems = diagnostics::findings(workspace, workspace.errors());
    let report = ShowDocument::Unreadable(UnreadableReport { thread: slug.to_string(), problems });
    let stdout = if run.json { report::json("show", &report) } else { String::new() };
    Output::new(stdout, stderr, Exit::NeedsPerson)
}
