//! `thread scan`

use anyhow::Result;

use crate::cli::ScanArgs;
use crate::evaluate::{Archive, day_of};
use crate::model::{Diagnostic, Rule, Thread};
use crate::plan::{Rewrite, scan};
use crate::render;
use crate::report::scan::{ScanReport, changed};
use crate::report::{self, diagnostics};
use crate::store::load;
use crate::store::save::{self, SaveError};
use crate::text::Span;
use crate::workspace::{self, Workspace};

use super::{ATTEMPTS, Exit, Lasting, Output, Run, judge_each, threads};

pub(super) fn run(run: &Run, args: &ScanArgs) -> Result<Output> {
    // Held until the end of this function.
    let _lock = run.lock(&args.writing)?;
    let workspace = match run.workspace_to_judge() {
        Ok(workspace) => workspace,
        Err(output) => return Ok(output),
    };
    let plan = plan_all(run, &workspace);
    let scanned = match args.writing.dry_run {
        true => Ok(Scanned { workspace, done: plan.rewrites, problems: plan.problems }),
        false => write(run, workspace, plan),
    };
    Ok(scanned.map_or_else(|output| output, |scanned| output(run, args, scanned)))
}

/// What is to be written, and what must not be.
struct Plan {
    rewrites: Vec<Rewrite>,
    problems: Vec<Diagnostic>,
}

/// What became of it.
struct Scanned {
    workspace: Lasting,
    done: Vec<Rewrite>,
    problems: Vec<Diagnostic>,
}

/// Writes a plan. Where an editor saved a file meanwhile, everything is read and planned anew, so
/// that what is written always follows from what is there.
fn write(run: &Run, mut workspace: Lasting, mut plan: Plan) -> Result<Scanned, Output> {
    let mut done = Vec::new();
    for _ in 0..ATTEMPTS {
        done.extend(save_all(run, &mut plan));
        if plan.rewrites.is_empty() {
            break;
        }
        workspace = run.workspace_to_judge()?;
        plan = plan_all(run, &workspace);
    }
    plan.problems.extend(plan.rewrites.iter().map(overtaken));
    Ok(Scanned { workspace, done, problems: plan.problems })
}

fn plan_all(run: &Run, workspace: &Workspace) -> Plan {
    let archive = Archive::new(&workspace.catalogs, &workspace.configuration);
    let today = run.today;
    let day = |thread: &Thread| day_of(thread, today);
    let planned = judge_each(workspace, &archive, day, &[], |file, judgement| {
        scan::plan(file, &judgement, &archive, &workspace.configuration)
    });
    let mut plan = Plan { rewrites: Vec::new(), problems: workspace.errors().cloned().collect() };
    for planned in planned {
        plan.rewrites.extend(planned.rewrite);
        plan.problems.extend(planned.problems);
    }
    plan
}

/// Saves all rewrites. Those that an editor overtook stay in the plan; other failures become
/// problems.
fn save_all(run: &Run, plan: &mut Plan) -> Vec<Rewrite> {
    let mut written = Vec::new();
    for rewrite in std::mem::take(&mut plan.rewrites) {
        let path = run.root.join(&rewrite.before.path);
        let (before, after) = (rewrite.before.text.as_bytes(), rewrite.after.as_bytes());
        match save::replace(&path, before, after) {
            Ok(_) => written.push(rewrite),
            Err(SaveError::Changed { .. }) => plan.rewrites.push(rewrite),
            Err(error) => plan.problems.push(unwritable(&rewrite, &error)),
        }
    }
    written
}

/// Reads the catalogs again in which a plan found a problem: until then there was nothing to say of them.
fn keep_texts(run: &Run, workspace: &mut Workspace, problems: &[Diagnostic]) {
    for Diagnostic { path, .. } in problems {
        if workspace.document(path).is_none()
            && let Ok(document) = load::read(&run.root.join(path), path)
        {
            workspace.keep(document);
        }
    }
}

fn unwritable(rewrite: &Rewrite, error: &SaveError) -> Diagnostic {
    let help = error.help().unwrap_or("see to the file and scan again");
    Diagnostic::new(Rule::UnwritableFile, &rewrite.before.path, Span::at(0), error.message())
        .help(help)
}

fn overtaken(rewrite: &Rewrite) -> Diagnostic {
    let message = "this file was saved by somebody else again and again while it was being scanned";
    Diagnostic::new(Rule::FileChanged, &rewrite.before.path, Span::at(0), message)
        .label("nothing was written")
        .help("scan again when it is at rest")
}

fn output(run: &Run, args: &ScanArgs, scanned: Scanned) -> Output {
    let Scanned { mut workspace, done, mut problems } = scanned;
    workspace::sort(&mut problems);
    keep_texts(run, &mut workspace, &problems);
    let report = ScanReport {
        today: run.today,
        ahead: match args.quiet && !run.json && done.is_empty() {
            true => Vec::new(),
            false => run.ahead(threads(&workspace, &[]), |thread| day_of(thread, run.today)),
        },
        dry_run: args.writing.dry_run,
        threads: workspace.threads.len(),
        changed: done.iter().map(changed).collect(),
        problems: diagnostics::findings(&workspace, &problems),
    };
    let mut stderr = run.problems(&workspace, &problems);
    let stdout = match (run.json, args.writing.dry_run) {
        (true, _) => report::json("scan", &report),
        (false, false) => render::scan::render(&report, args.quiet),
        (false, true) => {
            stderr.push_str(&render::scan::render(&report, args.quiet));
            run.diff(&done.iter().map(render::diff::exact).collect::<String>())
        }
    };
    let exit = if problems.is_empty() { Exit::Well } else { Exit::NeedsPerson };
    let exact = !run.styled && args.writing.dry_run;
    Output { exact, ..Output::new(stdout, stderr, exit) }
}
