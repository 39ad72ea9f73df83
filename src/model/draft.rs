//! Drafts of a thread: the bullets of its Drafts section, grouped by path.

use std::collections::{BTreeSet, HashMap};

use super::{Date, Thread};
use crate::text::{Span, Spanned};

/// A bullet of the Drafts section: the state of a draft since a date.
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

/// A draft: all bullets with its path. A bullet without a path is a draft of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftHistory<'t> {
    first: &'t Draft,
    /// Sorted by date, then in the order of the file. Never empty.
    bullets: Vec<&'t Draft>,
}

impl Draft {
    /// Returns the state for display and for fact ids: `no state` if the bullet has none.
    pub fn state_name(&self) -> &str {
        self.state.as_ref().map_or("no state", |state| state.value.as_str())
    }

    /// Returns whether the bullet has this path. A leading `./` does not count.
    pub fn is_of(&self, path: &str) -> bool {
        self.path.as_deref().is_some_and(|known| normalized(known) == normalized(path))
    }
}

/// Removes a leading `./`: `./drafts/a.md` gives `drafts/a.md`.
fn normalized(path: &str) -> &str {
    path.trim_start_matches("./")
}

impl<'t> DraftHistory<'t> {
    /// Returns the last bullet in time, which gives the state.
    pub fn newest(&self) -> &'t Draft {
        self.bullets.last().unwrap_or(&self.first)
    }

    /// The bullets, sorted by date.
    pub fn bullets(&self) -> &[&'t Draft] {
        &self.bullets
    }

    /// Returns the first bullet in time.
    pub fn begun(&self) -> &'t Draft {
        self.first
    }

    /// Returns the title of the last bullet that has one. The parser takes the path of a bullet
    /// without a title for the title; such a title does not count.
    pub fn title(&self) -> Option<&'t str> {
        let own = |bullet: &&'t Draft| bullet.title.as_deref().filter(|title| !bullet.is_of(title));
        self.bullets.iter().rev().find_map(own)
    }

    /// Returns the anchors of all bullets, each once.
    pub fn anchors(&self) -> Vec<&'t Spanned<String>> {
        let mut seen = BTreeSet::new();
        let anchors = self.bullets.iter().flat_map(|bullet| &bullet.anchors);
        anchors.filter(|anchor| seen.insert(&anchor.value)).collect()
    }
}

impl Thread {
    /// Returns the drafts that exist on a date, in the order of their first bullets in the file.
    pub fn drafts_on(&self, date: Date) -> Vec<DraftHistory<'_>> {
        histories(self.drafts.iter().filter(|draft| draft.date <= date))
    }

    /// Returns all drafts, in the order of their first bullets in the file.
    pub fn all_drafts(&self) -> Vec<DraftHistory<'_>> {
        histories(self.drafts.iter())
    }
}

fn histories<'t>(bullets: impl Iterator<Item = &'t Draft>) -> Vec<DraftHistory<'t>> {
    let mut drafts: Vec<DraftHistory<'t>> = Vec::new();
    let mut by_path: HashMap<&str, usize> = HashMap::new();
    for bullet in bullets {
        let new = drafts.len();
        let path = bullet.path.as_deref().map(normalized);
        let index = path.map_or(new, |path| *by_path.entry(path).or_insert(new));
        if index == new {
            drafts.push(DraftHistory { first: bullet, bullets: Vec::new() });
        }
        drafts[index].bullets.push(bullet);
    }
    for draft in &mut drafts {
        draft.bullets.sort_by_key(|bullet| bullet.date);
        draft.first = draft.bullets.first().unwrap_or(&draft.first);
    }
    drafts
}
