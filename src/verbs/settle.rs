//! What a verb settles: the triggers that are ready now and were not before, the hold that is over.

use crate::evaluate::{Judgement, State, judge};
use crate::parse::thread;
use crate::plan::{Change, Rewrite};
use crate::text::Document;

use super::deed::Deed;
use super::desk::Desk;

/// What became of one thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The thread.
    pub slug: String,
    /// The triggers that the next scan acts on, and would not have.
    pub ready: Vec<ReadyTrigger>,
    /// Why the hold stood that is over now.
    pub released: Option<String>,
}

/// A trigger that is ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyTrigger {
    /// Its id.
    pub id: String,
    /// `raise-to`, `lower-to` or `stay-at`.
    pub effect: &'static str,
    /// The level it names.
    pub level: String,
    /// Its reason for a person.
    pub why: String,
    /// What to do now.
    pub next: Option<String>,
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
    let after = judge(&new.thread, desk.archive, configuration, desk.today);
    // That a release ends the hold need not be said twice.
    let is_released = rewrite.changes.iter().any(|change| matches!(change, Change::Release { .. }));
    let released = match (before.hold, after.hold) {
        (Some(hold), None) if !is_released => Some(hold.why.clone()),
        _ => None,
    };
    let settled =
        Settled { slug: old.thread.slug.clone(), ready: newly_ready(&before, &after), released };
    (!settled.ready.is_empty() || settled.released.is_some()).then_some(settled)
}

fn newly_ready(before: &Judgement<'_>, after: &Judgement<'_>) -> Vec<ReadyTrigger> {
    let was_ready =
        |id: &str| before.verdict(id).is_some_and(|verdict| verdict.state == State::Ready);
    let is_new = |verdict: &&crate::evaluate::Verdict<'_>| {
        verdict.state == State::Ready && !was_ready(&verdict.trigger.id.value)
    };
    let ready = after.verdicts.iter().filter(is_new).map(|verdict| verdict.trigger);
    ready
        .map(|trigger| ReadyTrigger {
            id: trigger.id.value.clone(),
            effect: trigger.effect.key(),
            level: trigger.effect.level().value.clone(),
            why: trigger.why.clone(),
            next: trigger.next.clone(),
        })
        .collect()
}
