//! `thread scan`

use anyhow::Result;

use super::args::ScanArgs;
use super::edit;
use super::report::{ScanReport, changed};
use super::text;
use crate::commands::shared::findings;
use crate::commands::shared::{diff, json};
use crate::edit::Rewrite;
use crate::evaluate::{CatalogIndex, day_of};
use crate::model::{Diagnostic, Rule, Thread};
use crate::store::save;
use crate::store::save::SaveError;
use crate::text::Span;
use crate::workspace;
use crate::workspace::Workspace;
use crate::workspace::load;

use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::{
    ATTEMPTS, LeakedWorkspace, Session, evaluate_each, threads,
};

/// Runs `thread scan`.
///
/// # Errors
/// The workspace cannot be read, an argument is wrong, or a file cannot be written.
pub fn run(session: &Session, args: &ScanArgs) -> Result<Output> {
    // Held until the end of this function.
    let _lock = session.lock(&args.writing)?;
    let workspace = session.workspace_to_judge()?;
    let plan = plan_all(session, &workspace);
    let scanned = if args.writing.dry_run {
        Scanned { workspace, done: plan.rewrites, problems: plan.problems }
    } else {
        write(session, workspace, plan)?
    };
    Ok(output(session, args, scanned))
}

/// What is to be written, and what must not be.
struct Plan {
    rewrites: Vec<Rewrite>,
    problems: Vec<Diagnostic>,
}

/// What became of it.
struct Scanned {
    workspace: LeakedWorkspace,
    done: Vec<Rewrite>,
    problems: Vec<Diagnostic>,
}

/// Writes a plan. Where an editor saved a file meanwhile, everything is read and planned anew, so
/// that what is written always follows from what is there.
fn write(session: &Session, mut workspace: LeakedWorkspace, mut plan: Plan) -> Result<Scanned> {
    let mut done = Vec::new();
    for _ in 0..ATTEMPTS {
        done.extend(save_all(session, &mut plan));
        if plan.rewrites.is_empty() {
            break;
        }
        workspace = session.workspace_to_judge()?;
        plan = plan_all(session, &workspace);
    }
    plan.problems.extend(plan.rewrites.iter().map(overtaken));
    Ok(Scanned { workspace, done, problems: plan.problems })
}

fn plan_all(session: &Session, workspace: &Workspace) -> Plan {
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let today = session.today;
    let day = |thread: &Thread| day_of(thread, today);
    let planned = evaluate_each(workspace, &index, day, &[], |file, evaluation| {
        edit::plan(file, &evaluation, &index, &workspace.configuration)
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
fn save_all(session: &Session, plan: &mut Plan) -> Vec<Rewrite> {
    let mut written = Vec::new();
    for rewrite in std::mem::take(&mut plan.rewrites) {
        let path = session.root.join(&rewrite.before.path);
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
fn keep_texts(session: &Session, workspace: &mut Workspace, problems: &[Diagnostic]) {
    for Diagnostic { path, .. } in problems {
        if workspace.document(path).is_none()
            && let Ok(document) = load::read(&session.root.join(path), path)
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

fn output(session: &Session, args: &ScanArgs, scanned: Scanned) -> Output {
    let Scanned { mut workspace, done, mut problems } = scanned;
    workspace::sort(&mut problems);
    keep_texts(session, &mut workspace, &problems);
    let report = ScanReport {
        today: session.today,
        ahead: match args.quiet && !session.json && done.is_empty() {
            true => Vec::new(),
            false => {
                session.ahead(threads(&workspace, &[]), |thread| day_of(thread, session.today))
            }
        },
        dry_run: args.writing.dry_run,
        threads: workspace.threads.len(),
        changed: done.iter().map(changed).collect(),
        problems: findings::findings(&workspace, &problems),
    };
    let mut stderr = session.problems(&workspace, &problems);
    let stdout = match (session.json, args.writing.dry_run) {
        (true, _) => json::document(&report),
        (false, false) => text::render(&report, args.quiet),
        (false, true) => {
            stderr.push_str(&text::render(&report, args.quiet));
            session.diff(&done.iter().map(diff::exact).collect::<String>())
        }
    };
    let exit = if problems.is_empty() { Exit::Success } else { Exit::Findings };
    let exact = !session.styled && args.writing.dry_run;
    Output { exact, ..Output::new(stdout, stderr, exit) }
}
