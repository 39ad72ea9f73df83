//! What a verb settles in the threads that it changed.

use crate::edit::{Change, Rewrite};
use crate::evaluate::{Settlement, judge};
use crate::parse::thread;
use crate::text::Document;

use crate::commands::shared::edit::context::Desk;
use crate::commands::shared::edit::plan::Deed;

/// What became of one thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The thread.
    pub slug: String,
    /// What is settled in it.
    pub settlement: Settlement,
}

/// What a deed settles, thread by thread; threads where it settles nothing are left out.
pub fn settled(desk: &Desk<'_>, deed: &Deed) -> Vec<Settled> {
    deed.rewrites.iter().filter_map(|rewrite| of_thread(desk, rewrite)).collect()
}

fn of_thread(desk: &Desk<'_>, rewrite: &Rewrite) -> Option<Settled> {
    let path = &rewrite.before.path;
    let old = desk.workspace.threads.iter().find(|file| file.document.path == *path)?;
    let configuration = &desk.workspace.configuration;
    let new = Document::new(path.clone(), rewrite.after.clone());
    let new = thread::parse(new, configuration).0?;
    let before = desk.judge(old);
    let after = judge(&new.thread, desk.archive, configuration, desk.day(old));
    let mut settlement = Settlement::between(&before, &after);
    // That a release ends the hold need not be said twice.
    if rewrite.changes.iter().any(|change| matches!(change, Change::Release { .. })) {
        settlement.released = None;
    }
    let slug = old.thread.slug.clone();
    (!settlement.is_empty()).then_some(Settled { slug, settlement })
}
