//! Result of planning an edit: the new files, or an error.

use std::fmt;

use crate::commands::shared::edit::context::EditContext;
use crate::edit::{Change, Refusal, Rewrite};
use crate::evaluate::{Consequences, evaluate};
use crate::model::Diagnostic;
use crate::model::reference::LookupError;
use crate::parse::thread;
use crate::text::{Document, escape_for_terminal};

/// The files that a verb changes, all or none. Nothing at all where everything is so already.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EditPlan {
    /// Files that are there.
    pub rewrites: Vec<Rewrite>,
    /// Files that are not.
    pub new_files: Vec<NewFile>,
    /// Sentences for the user on how the request was taken.
    pub notes: Vec<String>,
    /// Leaves out the hint that a scan applies ready triggers.
    pub no_scan_hint: bool,
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
    /// A draft, which stays out of the directories of the others.
    Draft,
}

/// The reason why an edit cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// The request cannot be fulfilled: exit code 2.
    Misuse {
        /// The message, with the argument in backticks.
        message: String,
        /// The remedy.
        help: String,
    },
    /// A file does not permit the edit: exit code 1.
    File(Box<Diagnostic>),
}

impl EditError {
    /// Returns the error for a request that cannot be fulfilled.
    pub fn misuse(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Misuse { message: message.into(), help: help.into() }
    }

    /// A refusal of the planner, as a finding of a file.
    pub fn file(path: &str) -> impl Fn(Refusal) -> Self {
        move |refusal| Self::File(Box::new(refusal.diagnostic(path)))
    }
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Misuse { message, help } => {
                write!(f, "{}\nhelp: {}", escape_for_terminal(message), escape_for_terminal(help))
            }
            Self::File(finding) => {
                write!(
                    f,
                    "{}: {}",
                    escape_for_terminal(&finding.path),
                    escape_for_terminal(&finding.message)
                )
            }
        }
    }
}

impl std::error::Error for EditError {}

impl From<LookupError> for EditError {
    fn from(LookupError { message, help }: LookupError) -> Self {
        Self::Misuse { message, help }
    }
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
    let new = Document::new(path.clone(), rewrite.after.clone());
    let new = thread::parse(new, configuration).0?;
    let before = context.evaluate(old);
    let after = evaluate(&new.thread, context.index, configuration, context.day(old));
    let mut consequences = Consequences::between(&before, &after);
    // That a release ends the hold need not be said twice.
    if rewrite.changes.iter().any(|change| matches!(change, Change::Release { .. })) {
        consequences.released = None;
    }
    let slug = old.thread.slug.clone();
    (!consequences.is_empty()).then_some(ThreadConsequences { slug, consequences })
}
