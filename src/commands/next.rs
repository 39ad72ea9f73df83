//! `thread next`

use anyhow::Result;

use crate::cli::NextArgs;
use crate::evaluate::Archive;
use crate::evaluate::queue::queue;
use crate::render;
use crate::report::{self, diagnostics, next};

use super::{Exit, Output, Run, judge_each, threads, wanted};

pub(super) fn run(run: &Run, args: &NextArgs) -> Result<Output> {
    let workspace = match run.workspace() {
        Ok(workspace) => workspace,
        Err(output) => return Ok(output),
    };
    let wanted = wanted(&workspace, &args.threads)?;
    let archive = Archive::new(&workspace.catalogs, &workspace.configuration);
    let judgements =
        judge_each(&workspace, &archive, run.shown_day(), &wanted, |_, judgement| judgement);
    let queue = queue(&judgements, &archive, &workspace.configuration);
    let problems = diagnostics::findings(&workspace, workspace.errors());
    let exit = if problems.is_empty() { Exit::Well } else { Exit::NeedsPerson };
    let limit = (args.limit > 0).then_some(args.limit);
    let mut report =
        next::report(&queue, run.today, limit, |path| workspace.document(path), problems);
    report.ahead = run.ahead(threads(&workspace, &wanted), run.shown_day());
    let stdout = match run.json {
        true => report::json("next", &report),
        false => render::next::render(&report, run.width),
    };
    Ok(Output::new(stdout, run.problems(&workspace, workspace.errors()), exit))
}
