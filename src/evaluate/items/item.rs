//! An item, combined from all of its records.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashSet};

use crate::evaluate::items::catalog_index::Entry;
use crate::evaluate::items::identity::{Called, groups};
use crate::evaluate::items::naming::longer_names;
use crate::model::url::Url;
use crate::model::{
    Configuration, Date, DateOrigin, Dropped, Evidence, ItemRecord, Name, Reading, Thread,
};

/// A published item, described by one or more records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id, unique among the items of the thread: that of its first evidence line, else that of
    /// the record that brought it.
    pub id: String,
    /// All names that refer to it and to no other item of the thread.
    pub names: BTreeSet<Name<'static>>,
    /// The title, label or id.
    pub title: String,
    /// The URL in the record that names the item, else the first URL.
    pub url: Option<Url>,
    /// The source of its first evidence line, else of the record that brought it.
    pub source: Option<String>,
    /// The sources that list it.
    pub sources: BTreeSet<String>,
    /// The org of the item, from the record with the highest precedence (see `org`).
    pub org: Option<String>,
    /// All tags of all records.
    pub tags: BTreeSet<String>,
    /// The publication date that the latest record gives. A date of the line itself has precedence
    /// over one that the line inherits, such as that of a heading.
    pub date: Option<Date>,
    /// The origin of the date.
    pub dated_by: DateOrigin,
    /// The date on which it landed.
    pub landed: Option<Date>,
    /// Its reading state on the date.
    pub reading: Reading,
    /// The verdict of the reading.
    pub verdict: Option<String>,
    /// Indices of its evidence lines in the thread.
    pub evidence: Vec<usize>,
    /// Paths of the catalogs that list it, earliest first.
    pub catalogs: Vec<String>,
    /// Positions of its records in the catalog index.
    pub records: Vec<usize>,
    /// The decision, made by the date, that it is no evidence.
    pub dropped: Option<Dropped>,
    /// Its arrival in the thread, if a catalog brought it.
    pub arrival: Option<Arrived>,
}

/// An item as it was known on the date it landed. A scan on any later date writes this version;
/// what later catalogs state counts from their dates on, as with daily scans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Position of the record that brought it.
    pub by: usize,
    /// The org that spoke.
    pub org: Option<String>,
    /// All tags of the records of that date.
    pub tags: BTreeSet<String>,
    /// The publication date.
    pub date: Option<Date>,
}

impl Item {
    /// Returns whether a reference (id or URL) means this item.
    pub fn is_named(&self, word: &str) -> bool {
        self.names.contains(&Name::from_reference(word))
    }
}

/// A bullet that describes an item.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    pub(crate) item: &'a ItemRecord,
    /// The id of its item: for a line of the thread the id that the line gives.
    id: &'a str,
    /// The date of the bullet, if it is known.
    pub(crate) landed: Option<Date>,
    /// Order among records of one date: catalogs by file and line, then evidence, so that the
    /// evidence line overrides the catalogs.
    pub(crate) rank: (bool, usize),
    catalog: Option<Entry<'a>>,
    pub(crate) evidence: Option<usize>,
    /// True if the record itself belongs to the thread; false if it only describes an item of the
    /// thread.
    pub(crate) belongs: bool,
}

impl<'a> Record<'a> {
    pub(crate) fn of_catalog(entry: Entry<'a>, id: &'a str, belongs: bool) -> Self {
        Self {
            item: &entry.listed.item,
            id,
            landed: Some(entry.landed()),
            rank: (false, entry.order),
            catalog: Some(entry),
            evidence: None,
            belongs,
        }
    }

    fn called(&self) -> Called<'a> {
        Called { item: self.item, id: self.id }
    }

    /// All names that refer to its item, if no other item has them.
    fn all_names(&self) -> impl Iterator<Item = Name<'a>> {
        let ids = self.item.same_as.iter().map(String::as_str).chain([self.id]);
        Name::all_of(self.item).chain(ids.map(Name::from_reference))
    }

    /// Returns the org of the record, else that of its source.
    fn voice(&self, configuration: &Configuration) -> Option<String> {
        let implied = || configuration.source_org(self.item.source.as_deref()?);
        self.item.org.as_deref().or_else(implied).map(str::to_string)
    }
}

/// Groups records by item, in the order of the records.
pub(crate) fn divided<'r, 'a>(records: &'r [Record<'a>]) -> Vec<Vec<&'r Record<'a>>> {
    let called: Vec<Called<'a>> = records.iter().map(Record::called).collect();
    let groups = groups(&called).into_iter();
    groups.map(|group| group.into_iter().map(|at| &records[at]).collect()).collect()
}

/// Returns the evidence lines that existed on `date`: by their `landed`, else by their date.
pub(crate) fn evidence_records(thread: &Thread, date: Date) -> Vec<Record<'_>> {
    let lines = thread.evidence.iter().enumerate();
    let records = lines.map(|(index, evidence)| Record {
        item: &evidence.item,
        id: &evidence.item.id,
        landed: evidence.landed.or(evidence.item.date),
        rank: (true, index),
        catalog: None,
        evidence: Some(index),
        belongs: true,
    });
    records.filter(|record| record.landed.is_none_or(|landed| landed <= date)).collect()
}

/// The records of one item, earliest first.
pub(crate) type Group<'g, 'a> = [&'g Record<'a>];

/// The id of each item, unique in the thread, with all names that refer to this item alone.
pub(crate) fn names_of(groups: &[Vec<&Record<'_>>]) -> Vec<(String, BTreeSet<Name<'static>>)> {
    let ids = unique_ids(groups);
    let taken: HashSet<&str> = ids.iter().map(String::as_str).collect();
    let mut places_of: HashMap<Name<'_>, Vec<usize>> = HashMap::default();
    for (place, group) in groups.iter().enumerate() {
        for name in group.iter().flat_map(|record| record.all_names()) {
            let places = places_of.entry(name).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }
    let own = |id: &String| BTreeSet::from([Name::Derived(id.clone().into())]);
    let mut names: Vec<BTreeSet<Name<'static>>> = ids.iter().map(own).collect();
    for (name, places) in places_of {
        let is_taken = matches!(&name, Name::Derived(id) if taken.contains(id.as_ref()));
        if let ([place], false) = (places.as_slice(), is_taken) {
            names[*place].insert(name.into_owned());
        }
    }
    ids.into_iter().zip(names).collect()
}

/// An id for each item. A written id goes before a derived one, a line of the thread before a
/// record of a catalog, the one that landed first before a later one. An item whose id is taken
/// gets a longer one.
fn unique_ids(groups: &[Vec<&Record<'_>>]) -> Vec<String> {
    let naming: Vec<&Record<'_>> = groups.iter().map(|group| naming(group)).collect();
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_cached_key(|&place| precedence(naming[place], &groups[place]));
    let mut ids: Vec<String> = vec![String::new(); groups.len()];
    let mut taken: HashMap<String, usize> = HashMap::default();
    let mut last_number: HashMap<&str, u32> = HashMap::default();
    for place in order {
        let record = naming[place];
        let mut id = record.id.to_string();
        if let Some(&other) = taken.get(record.id) {
            let mut longer = longer_names(record.item, naming[other].item).into_iter();
            let free = longer.find(|id| !taken.contains_key(id));
            let number = last_number.entry(record.id).or_insert(1);
            id = free.unwrap_or_else(|| numbered(record.id, number, &taken));
        }
        taken.insert(id.clone(), place);
        ids[place] = id;
    }
    ids
}

/// `forum/item-2`, or the next number that is free.
fn numbered(id: &str, last: &mut u32, taken: &HashMap<String, usize>) -> String {
    loop {
        *last += 1;
        let numbered = format!("{id}-{last}");
        if !taken.contains_key(&numbered) {
            return numbered;
        }
    }
}

/// Sorts the items by their claim to an id; `naming` is the record of the group that has the id.
fn precedence(naming: &Record<'_>, group: &Group<'_, '_>) -> impl Ord + use<> {
    let kind = match (naming.evidence, naming.item.has_written_id) {
        (Some(_), true) => 0,
        (Some(_), false) => 1,
        (None, _) => 2,
    };
    // A catalog that lands later than the line must not change the name of the line.
    let listed = group.iter().filter(|record| record.landed <= naming.landed);
    let listed = listed.filter_map(|record| Some(record.catalog?.order)).min();
    (kind, naming.landed, listed.unwrap_or(usize::MAX), naming.rank)
}

/// Returns the record that names an item: its first evidence line, else the first record that
/// belongs to the thread. A record without a URL has the name of its page, if the page had landed
/// before.
fn naming<'g, 'a>(group: &Group<'g, 'a>) -> &'g Record<'a> {
    let first = first_line(group).or_else(|| {
        let at = group.iter().position(|record| record.belongs)?;
        let page = group[..at].iter().find(|record| record.item.has_url());
        let is_page = group[at].item.has_url();
        page.filter(|_| !is_page).or(group.get(at)).copied()
    });
    first.unwrap_or(group[0])
}

fn first_line<'g, 'a>(group: &Group<'g, 'a>) -> Option<&'g Record<'a>> {
    let lines = group.iter().copied().filter(|record| record.evidence.is_some());
    lines.min_by_key(|record| record.evidence)
}

/// Returns the record that describes an item: the first mapped or collected one whose org is known,
/// so that the post of a lab is preferred to a channel that reported it first; else the first one.
/// Of the records of the landing date, it is the one that brought the item.
fn bringing<'g, 'a>(
    group: &Group<'g, 'a>,
    configuration: &Configuration,
) -> Option<&'g Record<'a>> {
    let brought =
        || group.iter().copied().filter(|record| record.belongs && record.catalog.is_some());
    brought().find(|record| record.voice(configuration).is_some()).or_else(|| brought().next())
}

/// Puts the records of an item together; its id and names are those of its naming record.
pub(crate) fn merge(
    group: &Group<'_, '_>,
    thread: &Thread,
    configuration: &Configuration,
    date: Date,
) -> Item {
    let landed = landed(group, thread);
    let first: Vec<&Record<'_>> =
        group.iter().copied().filter(|record| record.landed <= landed).collect();
    let brought_by = bringing(&first, configuration);
    let telling = first_line(group).or(brought_by).unwrap_or(group[0]);
    let items = || group.iter().map(|record| record.item);
    let catalogs = || group.iter().filter_map(|record| record.catalog);
    let evidence: Vec<usize> = group.iter().filter_map(|record| record.evidence).collect();
    let (reading, verdict) = reading(group, &evidence, thread, date);
    let drops = evidence.iter().filter_map(|&line| thread.evidence[line].dropped.as_ref());
    let dropped = drops.filter(|dropped| dropped.on <= date).min_by_key(|dropped| dropped.on);
    Item {
        dropped: dropped.cloned(),
        id: telling.id.to_string(),
        names: BTreeSet::new(),
        title: telling.item.name().to_string(),
        url: telling.item.url.clone().or_else(|| items().find_map(|item| item.url.clone())),
        source: telling.item.source.as_deref().map(str::to_string),
        sources: items().filter_map(|item| item.source.as_deref()).map(str::to_string).collect(),
        org: org(group, configuration),
        tags: tags(group),
        date: date_of(group).map(|(date, _)| date),
        dated_by: date_of(group).map_or(DateOrigin::Line, |(_, origin)| origin),
        landed,
        reading,
        verdict,
        evidence,
        catalogs: paths(group),
        records: catalogs().map(|entry| entry.order).collect(),
        arrival: brought_by.and_then(|record| record.catalog).map(|entry| Arrived {
            by: entry.order,
            org: org(&first, configuration),
            tags: tags(&first),
            date: date_of(&first).map(|(date, _)| date),
        }),
    }
}

fn tags(group: &Group<'_, '_>) -> BTreeSet<String> {
    group.iter().flat_map(|record| record.item.tags.iter().cloned()).collect()
}

/// Returns the date that the last record gives, and its origin.
fn date_of(group: &Group<'_, '_>) -> Option<(Date, DateOrigin)> {
    let dates =
        || group.iter().rev().filter_map(|record| Some((record.item.date?, record.item.dated_by)));
    dates().find(|(_, origin)| *origin == DateOrigin::Line).or_else(|| dates().next())
}

/// Returns the org of an item: that of the last evidence line with one, else that of the record
/// that describes the item, of the source of the first line, or of any other record.
fn org(group: &Group<'_, '_>, configuration: &Configuration) -> Option<String> {
    let speaking = bringing(group, configuration);
    let mut lines = group.iter().rev().filter(|record| record.evidence.is_some());
    let said = lines.find_map(|record| record.item.org.clone());
    let spoken = || speaking?.item.org.clone();
    let of_line = || first_line(group)?.voice(configuration);
    let implied = || speaking?.voice(configuration);
    let other = || group.iter().find_map(|record| record.voice(configuration));
    said.or_else(spoken).or_else(of_line).or_else(implied).or_else(other)
}

fn paths(group: &Group<'_, '_>) -> Vec<String> {
    let mut paths: Vec<String> = Vec::new();
    for entry in group.iter().filter_map(|record| record.catalog) {
        if !paths.contains(&entry.catalog.path) {
            paths.push(entry.catalog.path.clone());
        }
    }
    paths
}

/// Returns the date on which an item landed: the earliest catalog that brought it or `landed`
/// field; for a line that no catalog brought, the earliest catalog that lists it, else its own
/// date.
fn landed(group: &Group<'_, '_>, thread: &Thread) -> Option<Date> {
    let noted = |record: &&&Record<'_>| match record.evidence {
        Some(index) => thread.evidence[index].landed,
        None => record.landed,
    };
    let brought = group.iter().filter(|record| record.belongs).filter_map(|record| noted(&record));
    let listed = || group.iter().filter_map(|record| noted(&record)).min();
    let dated = || group.iter().filter_map(|record| record.landed).min();
    brought.min().or_else(listed).or_else(dated)
}

/// Returns the reading state on `date` and the verdict: those of the evidence lines, or of the
/// catalogs if there are none. A reading overrides other states, and a later reading overrides an
/// earlier one.
fn reading(
    group: &Group<'_, '_>,
    evidence: &[usize],
    thread: &Thread,
    date: Date,
) -> (Reading, Option<String>) {
    if evidence.is_empty() {
        let readings = group.iter().enumerate();
        let readings = readings.map(|(at, record)| (as_of(record.item.reading, date), at));
        let told = readings.max_by_key(|(reading, at)| reading_rank(*reading, *at));
        return (told.map_or(Reading::Unknown, |(reading, _)| reading), None);
    }
    let lines = evidence.iter().map(|&index| (index, &thread.evidence[index]));
    let told = lines.max_by_key(|(index, line)| reading_rank(line_as_of(line, date), *index));
    told.map_or((Reading::Unknown, None), |(_, line)| {
        let is_later = matches!(line.item.reading, Reading::Read { on: Some(on) } if on > date);
        let verdict = line.verdict.as_ref().filter(|_| !is_later);
        (line_as_of(line, date), verdict.map(|word| word.value.clone()))
    })
}

/// Returns the reading state of a line on `date`. The box of a line that is dropped later was not
/// set yet.
fn line_as_of(line: &Evidence, date: Date) -> Reading {
    match (line.item.reading, &line.dropped) {
        (Reading::Dropped, Some(dropped)) if dropped.on > date => Reading::Unread,
        (reading, _) => as_of(reading, date),
    }
}

/// Returns the reading state on `date`; a later reading has not happened.
fn as_of(reading: Reading, date: Date) -> Reading {
    match reading {
        Reading::Read { on: Some(on) } if on > date => Reading::Unread,
        other => other,
    }
}

/// Returns the precedence of a reading state: read, then marked, then not marked.
fn reading_rank(reading: Reading, at: usize) -> (u8, Option<Date>, usize) {
    match reading {
        Reading::Read { on } => (2, on, at),
        Reading::Dropped | Reading::Unread => (1, None, at),
        Reading::Unknown => (0, None, at),
    }
}
