//! The items of a thread on a date: its evidence and the catalog items mapped to it, grouped by
//! identity. Facts with a later date are ignored.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashSet;
use rayon::prelude::*;

use crate::evaluate::history::Version;
use crate::evaluate::items::catalog_index::{CatalogIndex, Entry};
use crate::evaluate::items::identity::related;
use crate::evaluate::items::item::{Item, Record, divided, evidence_records, merge, names_of};
use crate::evaluate::items::name_index::Names;
use crate::evaluate::items::selection;
use crate::model::{Configuration, Date, ItemRecord, Name, Thread};

/// The items of a thread on a date.
#[derive(Debug, Clone)]
pub struct ThreadItems {
    /// The items, by id.
    pub items: Vec<Item>,
    /// The items that were dropped by the date, by id. They count for nothing.
    pub dropped: Vec<Item>,
    by_name: Names,
    /// Short ids that several items share, with the indices of these items.
    shared_ids: BTreeMap<String, Vec<usize>>,
    /// Positions of the catalog records of the items.
    pub records: Records,
}

impl PartialEq for ThreadItems {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items && self.dropped == other.dropped
    }
}

impl Eq for ThreadItems {}

/// The items of a thread that a reference fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResolvedItem<'u> {
    /// It means this item.
    One(&'u Item),
    /// The thread has no such item.
    Nothing,
    /// It is the short id of several items, and the id of none.
    Several(Vec<&'u Item>),
}

impl ThreadItems {
    /// The item that a reference means: its id, another of its names, or a URL.
    pub fn find(&self, word: &str) -> Option<&Item> {
        let name = Name::from_reference(word);
        let mut places = self.by_name.get(&name).map(|place| &self.items[place]);
        places.find(|item| item.names.contains(&name))
    }

    /// Returns the items and the dropped items.
    pub fn with_dropped(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().chain(&self.dropped)
    }

    /// The dropped item that a reference means.
    pub fn find_dropped(&self, word: &str) -> Option<&Item> {
        self.dropped.iter().find(|item| item.is_named(word))
    }

    /// The items that a reference fits.
    pub fn resolve(&self, word: &str) -> ResolvedItem<'_> {
        match (self.find(word), self.shared_ids.get(word)) {
            (Some(item), _) => ResolvedItem::One(item),
            (None, Some(places)) => {
                ResolvedItem::Several(places.iter().map(|&place| &self.items[place]).collect())
            }
            (None, None) => ResolvedItem::Nothing,
        }
    }

    /// Returns whether two references mean one item: an id may be the name of a URL.
    pub fn is_same_reference(&self, a: &str, b: &str) -> bool {
        let found = self.find(a).map(|item| &item.id);
        Name::from_reference(a) == Name::from_reference(b)
            || (found.is_some() && found == self.find(b).map(|item| &item.id))
    }

    /// Returns whether any id is short for several items.
    pub fn has_shared_ids(&self) -> bool {
        !self.shared_ids.is_empty()
    }

    /// Returns whether a catalog record describes one of the items.
    pub fn holds(&self, entry: &Entry<'_>) -> bool {
        self.records.contains(&entry.order)
    }

    /// Returns the items of `thread` on `date`.
    pub fn new(
        thread: &Thread,
        index: &CatalogIndex<'_>,
        configuration: &Configuration,
        date: Date,
    ) -> Self {
        let records = records(thread, index, configuration, date);
        let mut items = items(&records, thread, configuration, date);
        items.sort_by(|a, b| a.id.cmp(&b.id));
        // A dropped item keeps its records, so that it neither arrives again nor is unmapped.
        let records = items.iter().flat_map(|item| item.records.iter().copied()).collect();
        let (dropped, items): (Vec<Item>, Vec<Item>) =
            items.into_iter().partition(|item| item.dropped.is_some());
        let by_name = Names::new(&items, |item| item.names.iter().cloned());
        let mut items = Self { items, dropped, by_name, shared_ids: BTreeMap::new(), records };
        items.shared_ids = items.shared_ids(index);
        items
    }

    /// Returns the ids that several lines give and that therefore refer to no item, with the
    /// indices of these items.
    fn shared_ids(&self, index: &CatalogIndex<'_>) -> BTreeMap<String, Vec<usize>> {
        let mut shared: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, item) in self.items.iter().enumerate() {
            for id in item.records.iter().filter_map(|&order| index.replaced_id(order)) {
                let places = shared.entry(id).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        let shared = shared.into_iter();
        let shared = shared.filter(|(id, places)| places.len() > 1 && self.find(id).is_none());
        shared.map(|(id, places)| (id.to_string(), places)).collect()
    }
}

/// Returns all records of the items of the thread on a date, earliest landing first.
fn records<'a>(
    thread: &'a Thread,
    index: &'a CatalogIndex<'a>,
    configuration: &Configuration,
    date: Date,
) -> Vec<Record<'a>> {
    let mut records: Vec<Record<'_>> = evidence_records(thread, date);
    let mapped = index.mapped_to(&thread.slug, date);
    let collected = thread.collect.iter().flat_map(|selection| {
        let candidates = index.candidates(selection, date).into_iter();
        candidates.filter(|entry| selection::takes(selection, entry, index, configuration))
    });
    let here: Vec<Entry<'_>> = mapped.into_iter().chain(collected).collect();
    let belongs: HashSet<usize> = here.iter().map(|entry| entry.order).collect();
    let lines: Vec<&ItemRecord> = records.iter().map(|record| record.item).collect();
    let entries = related(index, &lines, here, date).into_iter();
    records.extend(entries.map(|entry| {
        let belongs = belongs.contains(&entry.order);
        Record::of_catalog(entry, index.id(&entry), belongs)
    }));
    records.sort_by_key(|record| (record.landed, record.rank));
    records
}

/// Returns the items that records describe, as known on a date.
fn items(
    records: &[Record<'_>],
    thread: &Thread,
    configuration: &Configuration,
    date: Date,
) -> Vec<Item> {
    let mut groups = divided(records);
    groups.retain(|group| group.iter().any(|record| record.belongs));
    let named = names_of(&groups);
    let items = groups.iter().zip(named).map(|(group, (id, names))| {
        let item = merge(group, thread, configuration, date);
        Item { id, names, ..item }
    });
    items.collect()
}

/// Returns every item of a thread as it was during each period, independent of the date of
/// evaluation.
///
/// An item changes only on dates on which one of its records lands or is read. Records of one item
/// may have been of several items before (a later `same-as` joins them), so each group of records
/// is grouped again for each of its dates. The names of a version are those of all its records; if
/// another item has the same name, the items of the date decide which one it refers to.
pub(crate) fn versions(
    thread: &Thread,
    index: &CatalogIndex<'_>,
    configuration: &Configuration,
) -> Vec<Version> {
    let records = records(thread, index, configuration, Date::MAX);
    let mut versions = Vec::new();
    for group in divided(&records) {
        let landings = group.iter().map(|record| record.landed.unwrap_or(Date::MIN));
        let readings = group.iter().filter_map(|record| record.item.reading.date());
        let lines = group.iter().filter_map(|record| record.evidence);
        let drops = lines.filter_map(|line| Some(thread.evidence[line].dropped.as_ref()?.on));
        let dates: BTreeSet<Date> = landings.chain(readings).chain(drops).collect();
        let ends = dates.iter().skip(1).filter_map(Date::pred_opt);
        for (&first, last) in dates.iter().zip(ends.chain([Date::MAX])) {
            let known: Vec<Record<'_>> = group
                .iter()
                .filter(|record| record.landed.is_none_or(|landed| landed <= first))
                .map(|record| **record)
                .collect();
            let mut items = items(&known, thread, configuration, first);
            items.retain(|item| item.dropped.is_none());
            versions.extend(items.into_iter().map(|item| Version { item, first, last }));
        }
    }
    versions
}

/// Returns the catalog records up to `date` that belong to no thread by mapping, by `collect` or as
/// evidence: the newest one of each item.
pub fn unclaimed<'a>(
    threads: &[&Thread],
    index: &CatalogIndex<'a>,
    configuration: &Configuration,
    date: Date,
) -> Vec<Entry<'a>> {
    let taken: Records = threads
        .par_iter()
        .flat_map_iter(|thread| ThreadItems::new(thread, index, configuration, date).records)
        .collect();
    not_taken(&taken, index, date)
}

/// Positions of catalog records.
pub type Records = HashSet<usize>;

/// Returns the catalog records up to `date` that are not in `taken`: the newest one of each item.
pub fn not_taken<'a>(taken: &Records, index: &CatalogIndex<'a>, date: Date) -> Vec<Entry<'a>> {
    // A mapping to a thread that cannot be read is a mapping.
    let is_free = |entry: &Entry<'a>| {
        entry.listed.threads.is_empty()
            && !taken.contains(&entry.order)
            && !is_told_elsewhere(entry, index, date)
    };
    let entries: Vec<Entry<'a>> = index.all(date).collect();
    entries.into_par_iter().rev().filter(is_free).collect()
}

/// Returns whether another record of the same item is listed instead of this one: a later one, and
/// of a record without a URL that of the page it belongs to.
fn is_told_elsewhere<'a>(entry: &Entry<'a>, index: &CatalogIndex<'a>, date: Date) -> bool {
    let item = &entry.listed.item;
    let id = index.id(entry);
    let ids = item.same_as.iter().map(String::as_str).chain([id]);
    let names: Vec<Name<'_>> = Name::all_of(item).chain(ids.map(Name::from_reference)).collect();
    let has_url = item.has_url();
    let is_page = |other: &Entry<'a>| other.listed.item.has_url();
    // Nearly all records that are not listed have a later one.
    names.iter().any(|name| index.is_named_later(entry, name, date, has_url))
        || (!has_url
            && (names.iter().any(|name| index.named(name, date).iter().any(is_page))
                || !index.titled(id, date).is_empty()))
}
