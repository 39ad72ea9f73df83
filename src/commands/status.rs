//! `thread status`

use anyhow::Result;

use crate::evaluate::Archive;
use crate::render;
use crate::report::{self, diagnostics, status};

use super::{Exit, Output, Run, judge_all, wanted};

pub(super) fn run(run: &Run, only: &[String]) -> Result<Output> {
    let workspace = match run.workspace() {
        Ok(workspace) => workspace,
        Err(output) => return Ok(output),
    };
    let wanted = wanted(&workspace, only)?;
    let archive = Archive::new(&workspace.catalogs, &workspace.configuration);
    let mut judgements = judge_all(&workspace, &archive, run.today);
    judgements
        .retain(|judgement| wanted.is_empty() || wanted.contains(&judgement.thread.slug.as_str()));
    let problems = diagnostics::findings(&workspace, workspace.errors());
    let report =
        status::report(&judgements, &archive, &workspace.configuration, run.today, problems);
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
