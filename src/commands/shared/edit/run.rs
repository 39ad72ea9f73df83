//! An edit by a verb: planned on what is there, written to all its files or to none.

use anyhow::{Result, bail};

use crate::commands::draft::path;
use crate::commands::shared::ahead::Ahead;
use crate::commands::shared::edit::consequences::{Settled, settled};
use crate::commands::shared::edit::context::Desk;
use crate::commands::shared::edit::plan::{Deed, NewFileKind, Refused};
use crate::commands::shared::edit::report::{EditReport, changed, settles};
use crate::commands::shared::edit::text;
use crate::commands::shared::findings;
use crate::commands::shared::writing_args::WritingArgs;
use crate::commands::shared::{diff, json};
use crate::evaluate::{Archive, day_of};
use crate::model::{Diagnostic, Thread};
use crate::store::new_file;
use crate::store::save;
use crate::store::save::{Job, SaveError};
use crate::workspace::Workspace;

use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::{ATTEMPTS, Lasting, Session};

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
pub(crate) fn edit(
    session: &Session,
    writing: &WritingArgs,
    how_to_apply: bool,
    verb: impl Fn(&Desk<'_>) -> Result<Deed, Refused>,
) -> Result<Output> {
    // Held until the end of this function.
    let _lock = session.lock(writing)?;
    for _ in 0..ATTEMPTS {
        let workspace = session.workspace()?;
        let (deed, settled) = match plan(session, &workspace, &verb) {
            Ok(planned) => planned,
            Err(Refused::File(finding)) => return Ok(refused(session, &workspace, &finding)),
            Err(misuse) => bail!(misuse),
        };
        check_new_files(session, &workspace, &deed)?;
        let saved = if writing.dry_run { Ok(()) } else { save::all(&jobs(session, &deed)) };
        match saved {
            Ok(()) => {
                let edited = Edited { workspace, deed, settled };
                return Ok(output(session, writing, how_to_apply, &edited));
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
    session: &Session,
    workspace: &Workspace,
    verb: impl Fn(&Desk<'_>) -> Result<Deed, Refused>,
) -> Result<(Deed, Vec<Settled>), Refused> {
    let archive = Archive::new(&workspace.catalogs, &workspace.configuration);
    let desk =
        Desk { workspace, archive: &archive, today: session.today, me: session.me.as_deref() };
    let deed = verb(&desk)?;
    let settled = settled(&desk, &deed);
    Ok((deed, settled))
}

/// Refuses new files that cannot be created, or that are drafts where drafts must not be. A dry run
/// refuses the same.
fn check_new_files(session: &Session, workspace: &Workspace, deed: &Deed) -> Result<()> {
    for file in &deed.new_files {
        let path = session.root.join(&file.path);
        if file.kind == NewFileKind::Draft {
            let configuration = &workspace.configuration;
            let folder = |name: &str| {
                let folder = new_file::without_links(&session.root.join(name));
                folder.map(|folder| (name.to_string(), folder))
            };
            let folders = [folder(&configuration.threads)?, folder(&configuration.backlogs)?];
            let root = new_file::without_links(&session.root)?;
            let real = new_file::without_links(&path)?;
            path::check_real(&file.path, &real, &root, &folders)?;
        }
        new_file::check(&path)?;
    }
    Ok(())
}

/// New files come first: that one is there already is the likeliest failure.
fn jobs(session: &Session, deed: &Deed) -> Vec<Job> {
    let created = deed.new_files.iter().map(|file| Job {
        path: session.root.join(&file.path),
        loaded: None,
        new: file.text.clone().into_bytes(),
    });
    let rewritten =
        deed.rewrites.iter().map(|rewrite| session.job(&rewrite.before, &rewrite.after));
    created.chain(rewritten).collect()
}

fn output(session: &Session, writing: &WritingArgs, how_to_apply: bool, edited: &Edited) -> Output {
    let Edited { workspace, deed, settled } = edited;
    deed.notes.iter().for_each(|note| session.note(note));
    let report = EditReport {
        today: session.today,
        ahead: ahead(session, workspace, deed),
        dry_run: writing.dry_run,
        changed: changed(deed),
        settles: settles(settled),
        problems: findings::findings(workspace, workspace.errors()),
    };
    let text = text::render(&report, how_to_apply);
    let (stdout, stderr) = match (session.json, writing.dry_run) {
        (true, _) => (json::document("edit", &report), String::new()),
        (false, false) => (text, String::new()),
        (false, true) => (session.diff(&diff(deed)), text),
    };
    let problems = session.problems(workspace, workspace.errors());
    let exact = !session.styled && writing.dry_run;
    Output { exact, ..Output::new(stdout, format!("{problems}{stderr}"), Exit::Well) }
}

/// The threads that an edit changes and whose today is another date.
fn ahead(session: &Session, workspace: &Workspace, deed: &Deed) -> Vec<Ahead> {
    let is_changed = |thread: &&Thread| {
        let mut changed = deed.rewrites.iter().map(|rewrite| &rewrite.before.path);
        changed.any(|path| *path == thread.path)
    };
    let threads = workspace.threads.iter().map(|file| &file.thread).filter(is_changed);
    session.ahead(threads, |thread| day_of(thread, session.today))
}

fn diff(deed: &Deed) -> String {
    let created = deed.new_files.iter().map(|file| diff::exact_new(&file.path, &file.text));
    created.chain(deed.rewrites.iter().map(diff::exact)).collect()
}

/// Output of an edit that a file does not allow. The errors of other files are named as well.
fn refused(session: &Session, workspace: &Workspace, finding: &Diagnostic) -> Output {
    let others = workspace.errors().filter(|other| *other != finding);
    let problems: Vec<&Diagnostic> = std::iter::once(finding).chain(others).collect();
    let report = EditReport {
        today: session.today,
        ahead: Vec::new(),
        dry_run: false,
        changed: Vec::new(),
        settles: Vec::new(),
        problems: findings::findings(workspace, problems.iter().copied()),
    };
    let stdout = if session.json { json::document("edit", &report) } else { String::new() };
    Output::new(stdout, session.problems(workspace, problems), Exit::NeedsPerson)
}
