//! The drafts of a thread, and the bullets of its Drafts section that tell of them.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use crate::model::{Date, Thread};
use crate::text::{Span, Spanned};

/// A bullet of the Drafts section: a draft has a state since a date.
///
/// ```text
/// - 2026-05-12 — drafts/arrival.md — "Arrival" [state:: drafting] [anchors:: import-ai/456]
/// - 2026-05-20 — drafts/arrival.md — "Arrival" [state:: awaiting-review]
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The bullet.
    pub span: Span,
    /// The date since which the draft has the state.
    pub date: Date,
    /// Its path.
    pub path: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// `[state:: …]`
    pub state: Option<Spanned<String>>,
    /// `[anchors:: …]`: ids of the items that it cites.
    pub anchors: Vec<Spanned<String>>,
}

/// All bullets of one path. A bullet without a path is a draft of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftHistory<'t> {
    first: &'t Draft,
    /// From the first bullet in time to the last; of one date, in the order of the file.
    bullets: Vec<&'t Draft>,
}

impl Draft {
    /// The state, for a person and in fact ids: `no state` if the bullet has none.
    pub fn state_name(&self) -> &str {
        self.state.as_ref().map_or("no state", |state| state.value.as_str())
    }

    /// Returns whether the bullet tells of the draft at a path.
    pub fn is_of(&self, path: &str) -> bool {
        self.path.as_deref().is_some_and(|known| plain(known) == plain(path))
    }
}

/// A path without the `./` that it may begin with.
fn plain(path: &str) -> &str {
    path.trim_start_matches("./")
}

impl<'t> DraftHistory<'t> {
    /// The bullet that tells the state: the last in time.
    pub fn newest(&self) -> &'t Draft {
        self.bullets.last().unwrap_or(&self.first)
    }

    /// The bullets, from the first in time to the last.
    pub fn bullets(&self) -> &[&'t Draft] {
        &self.bullets
    }

    /// The bullet with which the draft was begun.
    pub fn begun(&self) -> &'t Draft {
        self.first
    }

    /// The title in the last bullet that has one. A bullet without a title is read with its path
    /// as the title, which does not count.
    pub fn title(&self) -> Option<&'t str> {
        let own = |bullet: &&'t Draft| bullet.title.as_deref().filter(|title| !bullet.is_of(title));
        self.bullets.iter().rev().find_map(own)
    }

    /// The anchors of all bullets, each once.
    pub fn anchors(&self) -> Vec<&'t Spanned<String>> {
        let mut seen = BTreeSet::new();
        let anchors = self.bullets.iter().flat_map(|bullet| &bullet.anchors);
        anchors.filter(|anchor| seen.insert(&anchor.value)).collect()
    }
}

impl Thread {
    /// The drafts that are known on a date, in the order of their first bullets in the file.
    pub fn drafts_on(&self, date: Date) -> Vec<DraftHistory<'_>> {
        histories(self.drafts.iter().filter(|draft| draft.date <= date))
    }

    /// All drafts, in the order of their first bullets in the file.
    pub fn all_drafts(&self) -> Vec<DraftHistory<'_>> {
        histories(self.drafts.iter())
    }
}

fn histories<'t>(bullets: impl Iterator<Item = &'t Draft>) -> Vec<DraftHistory<'t>> {
    let mut drafts: Vec<DraftHistory<'t>> = Vec::new();
    let mut by_path: HashMap<&str, usize> = HashMap::new();
    for bullet in bullets {
        let known = bullet.path.as_deref().map(|path| by_path.entry(plain(path)));
        match known {
            Some(Entry::Occupied(at)) => drafts[*at.get()].bullets.push(bullet),
            new => {
                if let Some(Entry::Vacant(place)) = new {
                    place.insert(drafts.len());
                }
                drafts.push(DraftHistory { first: bullet, bullets: vec![bullet] });
            }
        }
    }
    for draft in &mut drafts {
        draft.bullets.sort_by_key(|bullet| bullet.date);
        draft.first = draft.bullets.first().unwrap_or(&draft.first);
    }
    drafts
}
