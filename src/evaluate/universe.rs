//! What a thread knows on a day: its evidence and the catalog items mapped to it, merged by
//! identity. Facts dated after that day are invisible.

use std::collections::BTreeSet;

use foldhash::HashSet;
use rayon::prelude::*;

use crate::model::{Configuration, Date, Item, Reading, Thread};

use super::archive::{Archive, Entry};
use super::history::Version;
use super::identity::{Named, groups};
use super::merged_item::MergedItem;
use super::names::Names;
use super::selection;
use crate::model::Name;

/// The items of a thread on a day.
#[derive(Debug, Clone)]
pub struct Universe {
    /// The items, by id.
    pub items: Vec<MergedItem>,
    by_name: Names,
}

impl PartialEq for Universe {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
    }
}

impl Eq for Universe {}

impl Universe {
    /// The item that a word names.
    pub fn find(&self, word: &str) -> Option<&MergedItem> {
        let name = Name::from_word(word);
        let places = self.by_name.get(&name, false).map(|place| &self.items[place]);
        places.filter(|item| item.names.contains(&name)).last()
    }

    /// The items of `thread` on `day`.
    pub fn new(
        thread: &Thread,
        archive: &Archive<'_>,
        configuration: &Configuration,
        day: Date,
    ) -> Self {
        let records = records(thread, archive, configuration, day);
        let mut items = items(&records, thread, configuration, day);
        items.sort_by(|a, b| a.id.cmp(&b.id));
        let by_name =
            Names::new(&items, |item| item.names.iter().map(|name| (name.clone(), false)));
        Self { items, by_name }
    }
}

/// Everything that tells of an item of the thread on a date, the earliest landing first.
fn records<'a>(
    thread: &'a Thread,
    archive: &Archive<'a>,
    configuration: &Configuration,
    day: Date,
) -> Vec<Record<'a>> {
    let mut records: Vec<Record<'_>> = evidence_records(thread, day);
    let mapped = archive.mapped_to(&thread.slug, day);
    let collected = thread.collect.iter().flat_map(|selection| {
        let candidates = archive.candidates(selection, day).into_iter();
        candidates.filter(|entry| selection::takes(selection, entry, configuration))
    });
    let mut queue: Vec<Entry<'_>> = mapped.into_iter().chain(collected).collect();
    let here: HashSet<usize> = queue.iter().map(|entry| entry.order).collect();
    let mut known: HashSet<usize> = HashSet::default();
    let mut asked: HashSet<(Name<'_>, bool)> = HashSet::default();
    // Every record that shares a name with one that belongs here tells of the same item.
    let mut told: Vec<&Item> = records.iter().map(|record| record.item).collect();
    while !told.is_empty() || !queue.is_empty() {
        for item in told.drain(..) {
            for name in Name::all_of(item) {
                let is_made = name.is_made_of(item);
                if asked.insert((name.clone(), is_made)) {
                    queue.extend(match is_made {
                        // The others that got it from their addresses are other items.
                        true => archive.named_otherwise(&name, day),
                        false => archive.named(&name, day),
                    });
                }
            }
        }
        for entry in queue.drain(..) {
            if known.insert(entry.order) {
                told.push(&entry.listed.item);
                records.push(Record::of_catalog(entry, here.contains(&entry.order)));
            }
        }
    }
    records.sort_by_key(|record| (record.landed, record.rank));
    records
}

/// The items that records tell of, as known on a date.
fn items(
    records: &[Record<'_>],
    thread: &Thread,
    configuration: &Configuration,
    day: Date,
) -> Vec<MergedItem> {
    groups(records)
        .into_iter()
        .map(|group| group.into_iter().map(|place| &records[place]).collect::<Vec<_>>())
        .filter(|group| group.iter().any(|record| record.belongs))
        .map(|group| merge(&group, thread, configuration, day))
        .collect()
}

/// Every item of a thread as it was at every time, whatever the date of evaluation.
///
/// An item changes only on dates on which one of its records lands or is read. Records that are
/// one item at the end may have been several before (a later `same-as` joins them), so each group
/// of records is divided anew for each of its dates.
pub(super) fn versions(
    thread: &Thread,
    archive: &Archive<'_>,
    configuration: &Configuration,
) -> Vec<Version> {
    let records = records(thread, archive, configuration, Date::MAX);
    let mut versions = Vec::new();
    for group in groups(&records) {
        let group: Vec<Record<'_>> = group.into_iter().map(|place| records[place]).collect();
        let landings = group.iter().map(|record| record.landed.unwrap_or(Date::MIN));
        let readings = group.iter().filter_map(|record| record.item.reading.day());
        let dates: BTreeSet<Date> = landings.chain(readings).collect();
        let ends = dates.iter().skip(1).filter_map(Date::pred_opt);
        for (&first, last) in dates.iter().zip(ends.chain([Date::MAX])) {
            let known: Vec<Record<'_>> = group
                .iter()
                .filter(|record| record.landed.is_none_or(|landed| landed <= first))
                .copied()
                .collect();
            let items = items(&known, thread, configuration, first);
            versions.extend(items.into_iter().map(|item| Version { item, first, last }));
        }
    }
    versions
}

/// The records of catalogs up to a day that belong to no thread, by mapping, by `collect` or as
/// evidence: the newest of each item.
pub fn unclaimed<'a>(
    threads: &[&Thread],
    archive: &Archive<'a>,
    configuration: &Configuration,
    day: Date,
) -> Vec<Entry<'a>> {
    let taken: HashSet<Name> = threads
        .par_iter()
        .flat_map_iter(|thread| Universe::new(thread, archive, configuration, day).items)
        .flat_map_iter(|item| item.names)
        .collect();
    not_taken(|name| taken.contains(name), archive, day)
}

/// The same, where it is known already under which names threads have items.
pub fn not_taken<'a>(
    is_taken: impl Fn(&Name<'_>) -> bool + Sync,
    archive: &Archive<'a>,
    day: Date,
) -> Vec<Entry<'a>> {
    // A mapping to a thread that cannot be read is a mapping.
    let is_free = |entry: &Entry<'_>| {
        let is_known = |name: &Name<'_>| is_taken(name) || archive.is_named_later(entry, name, day);
        entry.listed.threads.is_empty()
            && !Name::all_of(&entry.listed.item).any(|name| is_known(&name))
    };
    let entries: Vec<Entry<'a>> = archive.all(day).collect();
    entries.into_par_iter().rev().filter(is_free).collect()
}

/// One bullet that tells of an item.
#[derive(Clone, Copy)]
struct Record<'a> {
    item: &'a Item,
    /// When it was written, as far as that can be known.
    landed: Option<Date>,
    /// Order among records that landed on one day: catalogs by file and line, then evidence, so
    /// that a person's own line is the later word.
    rank: (bool, usize),
    catalog: Option<Entry<'a>>,
    evidence: Option<usize>,
    /// Whether it is here because it belongs to the thread, and not only because it tells of an
    /// item that does.
    belongs: bool,
}

impl<'a> Record<'a> {
    fn of_catalog(entry: Entry<'a>, belongs: bool) -> Self {
        Self {
            item: &entry.listed.item,
            landed: Some(entry.catalog.scanned),
            rank: (false, entry.order),
            catalog: Some(entry),
            evidence: None,
            belongs,
        }
    }
}

impl Named for Record<'_> {
    fn names(&self) -> impl Iterator<Item = Name<'_>> {
        Name::all_of(self.item)
    }

    fn made_id(&self) -> Option<&str> {
        self.item.id_from_url.then_some(&*self.item.id)
    }
}

/// The evidence lines that were there on `day`: by their `landed`, else by their date.
fn evidence_records(thread: &Thread, day: Date) -> Vec<Record<'_>> {
    let lines = thread.evidence.iter().enumerate();
    let records = lines.map(|(index, evidence)| Record {
        item: &evidence.item,
        landed: evidence.landed.or(evidence.item.date),
        rank: (true, index),
        catalog: None,
        evidence: Some(index),
        belongs: true,
    });
    records.filter(|record| record.landed.is_none_or(|landed| landed <= day)).collect()
}

fn merge(
    group: &[&Record<'_>],
    thread: &Thread,
    configuration: &Configuration,
    day: Date,
) -> MergedItem {
    let first_line = group
        .iter()
        .filter(|record| record.evidence.is_some())
        .min_by_key(|record| record.evidence);
    // Until it is evidence, it has the name under which it came here: its line will have it too.
    let brought = || group.iter().find(|record| record.belongs);
    let first =
        first_line.or_else(brought).or_else(|| group.first()).expect("a group has a record");
    let items = || group.iter().map(|record| record.item);
    let sources: BTreeSet<String> =
        items().filter_map(|item| item.source.as_deref()).map(str::to_string).collect();
    let said = items().rev().find_map(|item| item.org.clone());
    let implied = || {
        let source = first.item.source.as_deref()?;
        configuration.source_org(source).map(str::to_string)
    };
    let evidence: Vec<usize> = group.iter().filter_map(|record| record.evidence).collect();
    let (reading, verdict) = reading(group, &evidence, thread, day);
    MergedItem {
        id: first.item.id.clone(),
        id_from_url: first.item.id_from_url,
        names: items().flat_map(Name::all_of).map(Name::into_owned).collect(),
        title: first.item.name().to_string(),
        url: first.item.url.clone().or_else(|| items().find_map(|item| item.url.clone())),
        sources,
        org: said.clone().or_else(implied),
        said_org: said,
        tags: items().flat_map(|item| item.tags.iter().cloned()).collect(),
        date: items().rev().find_map(|item| item.date),
        landed: landed(group, thread),
        reading,
        verdict,
        evidence,
        catalogs: catalogs(group),
    }
}

fn catalogs(group: &[&Record<'_>]) -> Vec<String> {
    let mut paths: Vec<String> = Vec::new();
    for entry in group.iter().filter_map(|record| record.catalog) {
        if !paths.contains(&entry.catalog.path) {
            paths.push(entry.catalog.path.clone());
        }
    }
    paths
}

/// The day it came to the thread: the earliest scan that brought it here or `landed` that was
/// noted; for a line that nothing brought here the earliest scan that lists it, else its date.
fn landed(group: &[&Record<'_>], thread: &Thread) -> Option<Date> {
    let noted = |record: &&&Record<'_>| match record.evidence {
        Some(index) => thread.evidence[index].landed,
        None => record.landed,
    };
    let brought = group.iter().filter(|record| record.belongs).filter_map(|record| noted(&record));
    let listed = || group.iter().filter_map(|record| noted(&record)).min();
    let dated = || group.iter().filter_map(|record| record.landed).min();
    brought.min().or_else(listed).or_else(dated)
}

/// What its evidence lines say of the reading by `day`, else what the scan says that brought it here.
/// The latest reading wins; of one day, the last in the file.
fn reading(
    group: &[&Record<'_>],
    evidence: &[usize],
    thread: &Thread,
    day: Date,
) -> (Reading, Option<String>) {
    let as_of = |reading: Reading| match reading {
        Reading::Read { on: Some(on) } if on > day => Reading::Unread,
        other => other,
    };
    let mut lines: Vec<usize> = evidence.to_vec();
    let rank = |index: &usize| match as_of(thread.evidence[*index].item.reading) {
        Reading::Read { on } => (2, on, *index),
        Reading::Dropped | Reading::Unread => (1, None, *index),
        Reading::Unknown => (0, None, *index),
    };
    lines.sort_by_key(rank);
    match lines.last() {
        Some(&last) => {
            let line = &thread.evidence[last];
            let later = matches!(line.item.reading, Reading::Read { on: Some(on) } if on > day);
            let verdict = line.verdict.as_ref().filter(|_| !later);
            (as_of(line.item.reading), verdict.map(|word| word.value.clone()))
        }
        // Until it is evidence, what the scan says that brought it here: its line will say the same.
        None => {
            let first = group.iter().find(|record| record.belongs).or(group.first());
            (first.map_or(Reading::Unknown, |record| as_of(record.item.reading)), None)
        }
    }
}
