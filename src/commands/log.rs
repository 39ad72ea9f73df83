//! `thread log`

use anyhow::Result;

use crate::cli::LogArgs;
use crate::render;
use crate::report::{self, diagnostics, log};

use super::{Exit, Output, Run, threads, wanted};

pub(super) fn run(run: &Run, args: &LogArgs) -> Result<Output> {
    let workspace = match run.workspace() {
        Ok(workspace) => workspace,
        Err(output) => return Ok(output),
    };
    let wanted = wanted(&workspace, &args.threads)?;
    let threads: Vec<_> = threads(&workspace, &wanted).collect();
    let problems = diagnostics::findings(&workspace, workspace.errors());
    let exit = if problems.is_empty() { Exit::Well } else { Exit::NeedsPerson };
    let ladder = &workspace.configuration.ladder;
    let day = run.shown_day();
    let mut report = log::report(&threads, ladder, args.since, run.today, &day, problems);
    report.ahead = run.ahead(threads.into_iter(), day);
    let stdout = match run.json {
        true => report::json("log", &report),
        false => render::log::render(&report, run.width),
    };
    Ok(Output::new(stdout, run.problems(&workspace, workspace.errors()), exit))
}
