//! `thread log`

use anyhow::Result;

use crate::cli::LogArgs;
use crate::render;
use crate::report::{self, diagnostics, log};

use super::{Exit, Output, Run, wanted};

pub(super) fn run(run: &Run, args: &LogArgs) -> Result<Output> {
    let workspace = match run.workspace() {
        Ok(workspace) => workspace,
        Err(output) => return Ok(output),
    };
    let wanted = wanted(&workspace, &args.threads)?;
    let threads = workspace.threads.iter().map(|file| &file.thread);
    let threads: Vec<_> = threads
        .filter(|thread| wanted.is_empty() || wanted.contains(&thread.slug.as_str()))
        .collect();
    let problems = diagnostics::findings(&workspace, workspace.errors());
    let exit = if problems.is_empty() { Exit::Well } else { Exit::NeedsPerson };
    let ladder = &workspace.configuration.ladder;
    let report = log::report(&threads, ladder, args.since, run.today, problems);
    let stdout = match run.json {
        true => report::json("log", &report),
        false => render::log::render(&report, run.width),
    };
    Ok(Output::new(stdout, run.problems(&workspace, workspace.errors()), exit))
}
