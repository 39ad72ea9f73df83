//! Runs an edit command: plans the edit, and writes all of its files or none.

use anyhow::{Result, bail};

use crate::commands::draft::path;
use crate::commands::shared::args::WritingArgs;
use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::edit::plan::{
    EditPlan, MovedFile, NewFileKind, ThreadConsequences, consequences,
};
use crate::commands::shared::edit::report::{EditReport, changed, settles};
use crate::commands::shared::edit::text;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::{ATTEMPTS, Ahead, LeakedWorkspace, Session};
use crate::commands::shared::{diff, findings, json};
use crate::evaluate::{CatalogIndex, day_of};
use crate::model::{Diagnostic, Error, ErrorKind, Thread};
use crate::store::new_file;
use crate::store::save::{Job, Move, save_and_move};
use crate::workspace::Workspace;

/// A planned edit with its consequences.
struct Edited {
    workspace: LeakedWorkspace,
    plan: EditPlan,
    consequences: Vec<ThreadConsequences>,
}

/// Plans an edit and writes it. An edit that was made succeeds even if other files of the workspace
/// have errors. If another process saves one of its files in the meantime, everything is read and
/// planned again.
///
/// # Errors
/// The request cannot be fulfilled, or a file cannot be written.
pub(crate) fn edit(
    session: &Session,
    writing: &WritingArgs,
    verb: impl Fn(&EditContext<'_>) -> Result<EditPlan, Error>,
) -> Result<Output> {
    let planned = |context: &EditContext<'_>| {
        let plan = verb(context)?;
        let consequences = consequences(context, &plan);
        Ok((plan, consequences))
    };
    match write_plan(session, writing, planned) {
        Ok((workspace, plan, consequences)) => {
            Ok(output(session, writing, &Edited { workspace, plan, consequences }))
        }
        Err(failure) => match failure.downcast_ref() {
            Some(Error { kind: ErrorKind::File(finding), .. }) => {
                let workspace = session.workspace()?;
                Ok(error(session, &workspace, finding))
            }
            _ => Err(failure),
        },
    }
}

/// Plans an edit and writes it, unless it is a dry run. Returns the workspace before the edit, the
/// plan, and what the caller needs of the planning. If another process saves one of the files in the
/// meantime, everything is read and planned again.
///
/// # Errors
/// The request cannot be fulfilled, or a file cannot be written.
pub(crate) fn write_plan<T>(
    session: &Session,
    writing: &WritingArgs,
    verb: impl Fn(&EditContext<'_>) -> Result<(EditPlan, T), Error>,
) -> Result<(LeakedWorkspace, EditPlan, T)> {
    // Held until the end of this function.
    let _lock = session.lock(writing)?;
    for _ in 0..ATTEMPTS {
        let workspace = session.workspace()?;
        let (plan, facts) = {
            let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
            let (today, me) = (session.today, session.me.as_deref());
            verb(&EditContext { workspace: &workspace, index: &index, today, me })?
        };
        check_new_files(session, &workspace, &plan)?;
        let saved = if writing.dry_run { Ok(()) } else { save(session, &plan) };
        match saved {
            Ok(()) => return Ok((workspace, plan, facts)),
            Err(Error { kind: ErrorKind::Changed, .. }) => {}
            Err(error) => bail!(error),
        }
    }
    bail!(Error::request(
        format!("the files kept changing during the edit (gave up after {ATTEMPTS} attempts)"),
        "run the command again when nothing else is writing to them",
    ))
}

/// Refuses new files that cannot be created, or that are drafts where drafts must not be. A dry run
/// refuses the same.
fn check_new_files(session: &Session, workspace: &Workspace, plan: &EditPlan) -> Result<()> {
    for file in &plan.new_files {
        let path = session.root.join(&file.path);
        if file.kind == NewFileKind::Draft {
            let configuration = &workspace.configuration;
            let directory = |name: &str| {
                let directory = new_file::without_links(&session.root.join(name));
                directory.map(|directory| (name.to_string(), directory))
            };
            let directories =
                [directory(&configuration.threads)?, directory(&configuration.backlogs)?];
            let root = new_file::without_links(&session.root)?;
            let real = new_file::without_links(&path)?;
            path::check_real(&file.path, &real, &root, &directories)?;
        }
        new_file::check(&path)?;
    }
    if let Some(moved) = &plan.moved {
        new_file::check(&session.root.join(&moved.to))?;
    }
    Ok(())
}

/// Writes the files of a plan, all of them or none, and moves the one that gets another name.
fn save(session: &Session, plan: &EditPlan) -> Result<(), Error> {
    let moved = plan.moved.as_ref().map(|MovedFile { from, to }| Move {
        from: session.root.join(&from.path),
        to: session.root.join(to),
        loaded: from.text.clone().into_bytes(),
    });
    save_and_move(&jobs(session, plan), moved.as_ref())
}

/// New files come first: that one is there already is the likeliest failure.
fn jobs(session: &Session, plan: &EditPlan) -> Vec<Job> {
    let created = plan.new_files.iter().map(|file| Job {
        path: session.root.join(&file.path),
        loaded: None,
        new: file.text.clone().into_bytes(),
    });
    let rewritten =
        plan.rewrites.iter().map(|rewrite| session.job(&rewrite.before, &rewrite.after));
    created.chain(rewritten).collect()
}

fn output(session: &Session, writing: &WritingArgs, edited: &Edited) -> Output {
    let Edited { workspace, plan, consequences } = edited;
    plan.notes.iter().for_each(|note| session.note(note));
    let report = EditReport {
        today: session.today,
        ahead: ahead(session, workspace, plan),
        dry_run: writing.dry_run,
        changed: changed(plan),
        details: plan.details.clone(),
        next: plan.next.clone(),
        settles: settles(consequences),
        problems: findings::findings(workspace, workspace.errors()),
    };
    let text = text::render(&report, !plan.no_scan_hint);
    let (stdout, stderr) = match (session.json, writing.dry_run) {
        (true, _) => (json::document(&report), String::new()),
        (false, false) => (text, String::new()),
        (false, true) => (session.diff(&diff(plan)), text),
    };
    let problems = session.problems(workspace, workspace.errors());
    let exact = !session.styled && writing.dry_run;
    Output { exact, ..Output::new(stdout, format!("{problems}{stderr}"), Exit::Success) }
}

/// The threads that an edit changes and whose today is another date.
fn ahead(session: &Session, workspace: &Workspace, plan: &EditPlan) -> Vec<Ahead> {
    let is_changed = |thread: &&Thread| {
        let mut changed = plan.rewrites.iter().map(|rewrite| &rewrite.before.path);
        changed.any(|path| *path == thread.path)
    };
    let threads = workspace.threads.iter().map(|file| &file.thread).filter(is_changed);
    session.ahead(threads, |thread| day_of(thread, session.today))
}

fn diff(plan: &EditPlan) -> String {
    let created = plan.new_files.iter().map(|file| diff::exact_new(&file.path, &file.text));
    let moved = plan.moved.iter().map(|moved| diff::moved(&moved.from.path, &moved.to));
    created.chain(plan.rewrites.iter().map(diff::exact)).chain(moved).collect()
}

/// Output of an edit that a file does not allow. The errors of other files are named as well.
fn error(session: &Session, workspace: &Workspace, finding: &Diagnostic) -> Output {
    let others = workspace.errors().filter(|other| *other != finding);
    let problems: Vec<&Diagnostic> = std::iter::once(finding).chain(others).collect();
    let report = EditReport {
        today: session.today,
        ahead: Vec::new(),
        dry_run: false,
        changed: Vec::new(),
        details: Vec::new(),
        next: None,
        settles: Vec::new(),
        problems: findings::findings(workspace, problems.iter().copied()),
    };
    let stdout = if session.json { json::document(&report) } else { String::new() };
    Output::new(stdout, session.problems(workspace, problems), Exit::Findings)
}
