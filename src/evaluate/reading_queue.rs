//! The queue of items to read next, over all threads.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::evaluate::evaluation::Evaluation;
use crate::evaluate::impact::{Impact, Open, open_items};
use crate::evaluate::items::catalog_index::CatalogIndex;
use crate::evaluate::items::identity::{Named, groups};
use crate::evaluate::items::item::Item;
use crate::model::date::days_between;
use crate::model::{Configuration, Date, Name, Status, Thread, Watch};

/// The reading queue, the most pressing first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue<'j> {
    /// Items to read.
    pub items: Vec<Unread<'j>>,
    /// Lines of watch lists.
    pub watching: Vec<Watched<'j>>,
}

/// An item to read, with the reasons to read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread<'j> {
    /// The item in the first of its threads.
    pub item: &'j Item,
    /// The effect of reading it in each thread.
    pub impacts: Vec<Impact<'j>>,
}

/// An open line of a watch list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched<'t> {
    /// The thread.
    pub thread: &'t Thread,
    /// The line.
    pub line: &'t Watch,
}

impl Unread<'_> {
    /// Returns the number of triggers and holds that a reading could settle.
    pub fn settles(&self) -> usize {
        let of_thread = |impact: &Impact<'_>| impact.ready().len() + usize::from(impact.releases());
        self.impacts.iter().map(of_thread).sum()
    }

    /// Returns the number of triggers whose count a reading or a date would change.
    pub fn counts(&self) -> usize {
        let of_thread = |impact: &Impact<'_>| impact.counts.len() + impact.counts_once_dated.len();
        self.impacts.iter().map(of_thread).sum()
    }

    /// Returns the number of days since it landed, if that date is known.
    pub fn waited(&self, date: Date) -> Option<i64> {
        Some(days_between(self.since()?, date))
    }

    fn since(&self) -> Option<Date> {
        self.item.landed.or(self.item.date)
    }
}

/// Returns the queue for evaluated threads.
///
/// Items that could settle most come first, then those that change most counts, then the others,
/// the longest waiting first, so that an item that will never be read is dropped instead of
/// sinking. Dormant and closed threads are left out.
pub fn queue<'j>(
    evaluations: &'j [Evaluation<'j>],
    index: &CatalogIndex<'_>,
    configuration: &Configuration,
) -> Queue<'j> {
    let open = evaluations.iter().flat_map(|evaluated| open_items(evaluated, index, configuration));
    let mut items = united(open.collect());
    items.sort_by_cached_key(|entry| {
        let age = (entry.since().is_none(), entry.since(), entry.item.date);
        (Reverse(entry.settles()), Reverse(entry.counts()), age, entry.item.id.clone())
    });
    let active = evaluations.iter().map(|evaluated| evaluated.thread);
    let mut watching: Vec<Watched<'_>> = active
        .filter(|thread| thread.status == Status::Active)
        .flat_map(|thread| thread.watching.iter().map(move |line| Watched { thread, line }))
        .filter(|watched| !watched.line.done)
        .collect();
    watching.sort_by_key(|watched| !is_top(&watched.line.text));
    Queue { items, watching }
}

/// Returns whether a watch line calls itself the top priority.
pub fn is_top(text: &str) -> bool {
    text.to_lowercase().contains("top priority")
}

impl Named for Open<'_> {
    fn identities(&self) -> impl Iterator<Item = Name<'_>> {
        let names = self.item.names.iter();
        names.filter(|name| !matches!(name, Name::Derived(_))).cloned()
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.item.id.as_str())
    }

    fn same_as(&self) -> impl Iterator<Item = &str> {
        // Each thread has followed the references of its items.
        std::iter::empty()
    }

    fn title_id(&self) -> Option<String> {
        None
    }

    fn has_url(&self) -> bool {
        self.item.names.iter().any(|name| matches!(name, Name::Url(_)))
    }
}

/// An item of several threads is one entry.
fn united(open: Vec<Open<'_>>) -> Vec<Unread<'_>> {
    let groups = groups(&open);
    let first = groups.iter().flat_map(|group| group.iter().map(|&place| (place, group[0])));
    let first: BTreeMap<usize, usize> = first.collect();
    let mut entries: BTreeMap<usize, Unread<'_>> = BTreeMap::new();
    for (place, Open { item, impact }) in open.into_iter().enumerate() {
        let entry = entries.entry(first[&place]).or_insert(Unread { item, impacts: Vec::new() });
        entry.impacts.push(impact);
    }
    entries.into_values().collect()
}
