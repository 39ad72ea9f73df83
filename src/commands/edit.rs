//! An edit by a verb: planned on what is there, written to all its files or to none.

use anyhow::{Result, bail};

use crate::cli::WritingArgs;
use crate::evaluate::{Archive, day_of};
use crate::model::{Diagnostic, Thread};
use crate::render;
use crate::report::ahead::Ahead;
use crate::report::edit::{EditReport, changed, settles};
use crate::report::{self, diagnostics};
use crate::store::new_file;
use crate::store::save::{self, Job, SaveError};
use crate::verbs::{Deed, Desk, NewFileKind, Refused, Settled, draft_path, settled};
use crate::workspace::Workspace;

use super::{ATTEMPTS, Exit, Lasting, Output, Run};

/// What an edit came to, and what there is to say of it.
struct Edited {
    workspace: Lasting,
    deed: Deed,
    settled: Vec<Settled>,
}

/// Plans an edit and writes it. An edit that was made succeeds, also if other files of the workspace are broken.
/// If another process saves one of its files meanwhile, everything is read and planned again.
///
/// # Errors
/// What was asked makes no sense, or a file cannot be written.
pub(super) fn edit(
    run: &Run,
    writing: &WritingArgs,
    how_to_apply: bool,
    verb: impl Fn(&Desk<'_>) -> Result<Deed, Refused>,
) -> Result<Output> {
    // Held until the end of this function.
    let _lock = run.lock(writing)?;
    for _ in 0..ATTEMPTS {
        let workspace = match run.workspace() {
            Ok(workspace) => workspace,
            Err(output) => return Ok(output),
        };
        let (deed, settled) = match plan(run, &workspace, &verb) {
            Ok(planned) => planned,
            Err(Refused::File(finding)) => return Ok(refused(run, &workspace, &finding)),
            Err(misuse) => bail!(misuse),
        };
        check_new_files(run, &workspace, &deed)?;
        let saved = if writing.dry_run { Ok(()) } else { save::all(&jobs(run, &deed)) };
        match saved {
            Ok(()) => {
                let edited = Edited { workspace, deed, settled };
                return Ok(output(run, writing, how_to_apply, &edited));
            }
            Err(SaveError::Changed { .. }) => {}
            Err(error) => bail!(error),
        }
    }
    bail!(
        "its files are saved by somebody else again and again\nhelp: try again when they are at rest"
    )
}

fn plan(
    run: &Run,
    workspace: &Workspace,
    verb: impl Fn(&Desk<'_>) -> Result<Deed, Refused>,
) -> Result<(Deed, Vec<Settled>), Refused> {
    let archive = Archive::new(&workspace.catalogs, &workspace.configuration);
    let desk = Desk { workspace, archive: &archive, today: run.today, me: run.me.as_deref() };
    let deed = verb(&desk)?;
    let settled = settled(&desk, &deed);
    Ok((deed, settled))
}

/// Refuses new files that cannot be created, or that are drafts where drafts must not be. A dry run
/// refuses the same.
fn check_new_files(run: &Run, workspace: &Workspace, deed: &Deed) -> Result<()> {
    for file in &deed.new_files {
        let path = run.root.join(&file.path);
        if file.kind == NewFileKind::Draft {
            let configuration = &workspace.configuration;
            let folder = |name: &str| {
                let folder = new_file::without_links(&run.root.join(name));
                folder.map(|folder| (name.to_string(), folder))
            };
            let folders = [folder(&configuration.threads)?, folder(&configuration.backlogs)?];
            let root = new_file::without_links(&run.root)?;
            let real = new_file::without_links(&path)?;
            draft_path::check_real(&file.path, &real, &root, &folders)?;
        }
        new_file::check(&path)?;
    }
    Ok(())
}

/// New files come first: that one is there already is the likeliest failure.
fn jobs(run: &Run, deed: &Deed) -> Vec<Job> {
    let created = deed.new_files.iter().map(|file| Job {
        path: run.root.join(&file.path),
        loaded: None,
        new: file.text.clone().into_bytes(),
    });
    let rewritten = deed.rewrites.iter().map(|rewrite| run.job(&rewrite.before, &rewrite.after));
    created.chain(rewritten).collect()
}

fn output(run: &Run, writing: &WritingArgs, how_to_apply: bool, edited: &Edited) -> Output {
    let Edited { workspace, deed, settled } = edited;
    deed.notes.iter().for_each(|note| run.note(note));
    let report = EditReport {
        today: run.today,
        ahead: ahead(run, workspace, deed),
        dry_run: writing.dry_run,
        changed: changed(deed),
        settles: settles(settled),
        problems: diagnostics::findings(workspace, workspace.errors()),
    };
    let text = render::edit::render(&report, how_to_apply);
    let (stdout, stderr) = match (run.json, writing.dry_run) {
        (true, _) => (report::json("edit", &report), String::new()),
        (false, false) => (text, String::new()),
        (false, true) => (run.diff(&diff(deed)), text),
    };
    let problems = run.problems(workspace, workspace.errors());
    let exact = !run.styled && writing.dry_run;
    Output { exact, ..Output::new(stdout, format!("{problems}{stderr}"), Exit::Well) }
}

/// The threads that an edit changes and whose today is another date.
fn ahead(run: &Run, workspace: &Workspace, deed: &Deed) -> Vec<Ahead> {
    let is_changed = |thread: &&Thread| {
        let mut changed = deed.rewrites.iter().map(|rewrite| &rewrite.before.path);
        changed.any(|path| *path == thread.path)
    };
    let threads = workspace.threads.iter().map(|file| &file.thread).filter(is_changed);
    run.ahead(threads, |thread| day_of(thread, run.today))
}

fn diff(deed: &Deed) -> String {
    let created = deed.new_files.iter().map(|file| render::diff::exact_new(&file.path, &file.text));
    created.chain(deed.rewrites.iter().map(render::diff::exact)).collect()
}

/// Output of an edit that a file does not allow. The errors of other files are named as well.
fn refused(run: &Run, workspace: &Workspace, finding: &Diagnostic) -> Output {
    let others = workspace.errors().filter(|other| *other != finding);
    let problems: Vec<&Diagnostic> = std::iter::once(finding).chain(others).collect();
    let report = EditReport {
        today: run.today,
        ahead: Vec::new(),
        dry_run: false,
        changed: Vec::new(),
        settles: Vec::new(),
        problems: diagnostics::findings(workspace, problems.iter().copied()),
    };
    let stdout = if run.json { report::json("edit", &report) } else { String::new() };
    Output::new(stdout, run.problems(workspace, problems), Exit::NeedsPerson)
}
