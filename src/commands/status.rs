//! `thread status`

use anyhow::Result;

use crate::evaluate::Archive;
use crate::render;
use crate::report::{self, diagnostics, status};

use super::{Exit, Output, Run, judge_each, threads, wanted};

pub(super) fn run(run: &Run, only: &[String]) -> Result<Output> {
    let workspace = match run.workspace_to_judge() {
        Ok(workspace) => workspace,
        Err(output) => return Ok(output),
    };
    let wanted = wanted(&workspace, only)?;
    let archive = Archive::new(&workspace.catalogs, &workspace.configuration);
    let configuration = &workspace.configuration;
    let rows = judge_each(&workspace, &archive, run.shown_day(), &wanted, |_, judgement| {
        status::row(&judgement, configuration)
    });
    let problems = diagnostics::findings(&workspace, workspace.errors());
    let mut report = status::report(rows, &archive, configuration, run.today, problems);
    report.ahead = run.ahead(threads(&workspace, &wanted), run.shown_day());
    let conflict = report.threads.iter().any(|row| row.conflict);
    let exit = match conflict || !report.problems.is_empty() {
        true => Exit::NeedsPerson,
        false => Exit::Well,
    };
    let stdout = match run.json {
        true => report::json("status", &report),
        false => render::status::render(&report, run.width),
    };
    Ok(Output::new(stdout, run.problems(&workspace, workspace.errors()), exit))
}
