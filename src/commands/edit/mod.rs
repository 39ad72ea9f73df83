//! `thread edit`.

mod editor;

use anyhow::{Result, bail};
use clap::Args;

use crate::check::check_files;
use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::edit::plan::ThreadConsequences;
use crate::commands::shared::edit::report::{ChangedFile, EditReport, settles};
use crate::commands::shared::edit::text;
use crate::commands::shared::findings::findings;
use crate::commands::shared::json;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::{LeakedWorkspace, Session};
use crate::evaluate::{CatalogIndex, Consequences};
use crate::model::{Diagnostic, Error};
use crate::workspace::Workspace;

/// Arguments of `edit`.
#[derive(Debug, Clone, Default, Args)]
#[command(after_help = "\
The editor is the program in `VISUAL`, else in `EDITOR`, else vi. The variable is split into words as \
a shell does it, and no shell is involved. When the editor ends, the file is checked, and the command \
says what the changes settle.

Exit codes: 0 success; 1 the file has an error; 2 the editor failed, or another error.")]
pub struct EditArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title; or the path
    /// of a draft
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// Item, whose line is shown: its id, URL, label (`#455`), the start of its id, or a part of its
    /// title
    #[arg(value_name = "ITEM")]
    pub item: Option<String>,
}

/// Runs `thread edit`.
///
/// # Errors
/// There is no such thread or item, or the editor cannot be started or fails.
pub fn run(session: &Session, args: &EditArgs) -> Result<Output> {
    let workspace = session.workspace()?;
    let place = place(session, &workspace, args)?;
    let path = session.root.join(&place.path);
    let text = || session.read_argument(&path).ok().map(|document| document.text);
    let before = text();
    editor::open(session.editor.as_deref(), &path, place.line)?;
    let is_changed = text() != before;
    let after = session.workspace()?;
    Ok(output(session, &workspace, &after, &place.path, is_changed))
}

/// A line of a file that the editor shows.
struct Place {
    /// Relative to the workspace.
    path: String,
    /// From 1.
    line: usize,
}

/// Returns the line of an item, or the first line of a thread or draft.
fn place(session: &Session, workspace: &Workspace, args: &EditArgs) -> Result<Place> {
    if let Some(path) = draft(session, workspace, &args.thread) {
        if args.item.is_some() {
            bail!(Error::request(format!("{path} is a draft and has no items"), "leave it out"));
        }
        return Ok(Place { path, line: 1 });
    }
    let slug = workspace.slug(&args.thread)?;
    let path = format!("{}/{slug}.md", workspace.configuration.threads);
    let Some(word) = &args.item else {
        return Ok(Place { path, line: 1 });
    };
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let (today, me) = (session.today, session.me.as_deref());
    let context = EditContext { workspace, index: &index, today, me };
    let file = context.thread(slug)?;
    let evaluation = context.evaluate(file);
    let item = context.item(&evaluation, word)?;
    let Some(&at) = item.evidence.first() else {
        let help = "`thread scan` adds it";
        bail!(Error::request(format!("`{}` is not in the thread yet", item.id), help));
    };
    let line = file.document.position(file.thread.evidence[at].item.span.start).line;
    Ok(Place { path: file.document.path.clone(), line })
}

/// Returns the path of a draft, relative to the workspace, if a thread lists it and the file exists.
fn draft(session: &Session, workspace: &Workspace, word: &str) -> Option<String> {
    let drafts = workspace.threads.iter().flat_map(|file| &file.thread.drafts);
    let mut paths = drafts.filter_map(|draft| draft.path.as_ref().map(ToString::to_string));
    let given = session.below(std::path::Path::new(word));
    paths.find(|path| (path == word || *path == given) && session.root.join(path).is_file())
}

/// Returns the findings of the file, and what the changes settle.
fn output(
    session: &Session,
    before: &LeakedWorkspace,
    after: &LeakedWorkspace,
    path: &str,
    is_changed: bool,
) -> Output {
    let found: Vec<Diagnostic> =
        check_files(after, &after.configuration.rule_levels, &[path.to_string()]);
    let what = if is_changed { vec!["edited".to_string()] } else { Vec::new() };
    let changed = ChangedFile { path: path.to_string(), lines: Vec::new(), created: false, what };
    let report = EditReport {
        today: session.today,
        ahead: Vec::new(),
        dry_run: false,
        changed: if is_changed { vec![changed] } else { Vec::new() },
        details: Vec::new(),
        next: None,
        settles: settles(&consequences(session, before, after, path)),
        problems: findings(after, &found),
    };
    let stdout = if session.json { json::document(&report) } else { text::render(&report, true) };
    let has_error = found.iter().any(Diagnostic::is_error);
    let exit = if has_error { Exit::Findings } else { Exit::Success };
    Output::new(stdout, session.problems(after, &found), exit)
}

/// Returns the difference that the changes make for the triggers of the thread.
fn consequences(
    session: &Session,
    before: &Workspace,
    after: &Workspace,
    path: &str,
) -> Vec<ThreadConsequences> {
    let (today, me) = (session.today, session.me.as_deref());
    let old_index = CatalogIndex::new(&before.catalogs, &before.configuration);
    let old = EditContext { workspace: before, index: &old_index, today, me };
    let new_index = CatalogIndex::new(&after.catalogs, &after.configuration);
    let new = EditContext { workspace: after, index: &new_index, today, me };
    let find = |workspace: &'_ Workspace| {
        workspace.threads.iter().position(|file| file.document.path == path)
    };
    let (Some(was), Some(is)) = (find(before), find(after)) else {
        return Vec::new();
    };
    let (was, is) = (&before.threads[was], &after.threads[is]);
    let consequences = Consequences::between(&old.evaluate(was), &new.evaluate(is));
    let slug = is.thread.slug.clone();
    if consequences.is_empty() {
        Vec::new()
    } else {
        vec![ThreadConsequences { slug, consequences }]
    }
}
