//! Result of planning an edit: the new files, or an error.

use crate::commands::shared::edit::context::EditContext;
use crate::edit::{Change, Rewrite};
use crate::evaluate::{Consequences, evaluate};
use crate::text::Document;

/// The files that a verb changes, all or none. Nothing at all where everything is so already.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EditPlan {
    /// Files that are there.
    pub rewrites: Vec<Rewrite>,
    /// Files that are not.
    pub new_files: Vec<NewFile>,
    /// A file that gets another name after the others are written.
    pub moved: Option<MovedFile>,
    /// Lines about the change for stdout.
    pub details: Vec<String>,
    /// The next step of a new user, if the workspace lacks it.
    pub next: Option<String>,
    /// Sentences for the user on how the request was taken.
    pub notes: Vec<String>,
    /// Leaves out the hint that a scan applies ready triggers.
    pub no_scan_hint: bool,
}

/// A file that gets another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedFile {
    /// The file as it was loaded.
    pub from: Document,
    /// Its new path relative to the workspace.
    pub to: String,
}

/// A file to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Path relative to the workspace.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Its description.
    pub kind: NewFileKind,
    /// Its description for the user: `a draft of …`.
    pub what: String,
}

/// The kind of a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewFileKind {
    /// A thread.
    Thread,
    /// A catalog.
    Catalog,
    /// `thread.yaml`.
    Configuration,
    /// A draft, which stays out of the directories of the others.
    Draft,
}

/// The consequences of an edit in one thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadConsequences {
    /// The thread.
    pub slug: String,
    /// The consequences.
    pub consequences: Consequences,
}

/// Returns the consequences of an edit by thread, without threads that have none.
pub fn consequences(context: &EditContext<'_>, plan: &EditPlan) -> Vec<ThreadConsequences> {
    plan.rewrites.iter().filter_map(|rewrite| of_thread(context, rewrite)).collect()
}

fn of_thread(context: &EditContext<'_>, rewrite: &Rewrite) -> Option<ThreadConsequences> {
    let path = &rewrite.before.path;
    let old = context.workspace.threads.iter().find(|file| file.document.path == *path)?;
    let configuration = &context.workspace.configuration;
    let new = rewrite.parsed(configuration)?;
    let before = context.evaluate(old);
    let after = evaluate(&new.thread, context.index, configuration, context.date(old));
    let mut consequences = Consequences::between(&before, &after);
    // A release already states that the hold ends.
    if rewrite.changes.iter().any(|change| matches!(change, Change::Release { .. })) {
        consequences.released = None;
    }
    let slug = old.thread.slug.clone();
    (!consequences.is_empty()).then_some(ThreadConsequences { slug, consequences })
}
