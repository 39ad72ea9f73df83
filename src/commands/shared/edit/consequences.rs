//! What a verb settles in the threads that it changed.

use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::edit::plan::EditPlan;
use crate::edit::{Change, Rewrite};
use crate::evaluate::{Consequences, evaluate};
use crate::parse::thread;
use crate::text::Document;

/// What became of one thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadConsequences {
    /// The thread.
    pub slug: String,
    /// What is settled in it.
    pub consequences: Consequences,
}

/// What a deed settles, thread by thread; threads where it settles nothing are left out.
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
