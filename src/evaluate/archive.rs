//! All catalogs, filed so that a question about items need not look at every one.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;

use crate::model::{Catalog, CatalogItem, Configuration, Date, Name, Selection};
use crate::text::Spanned;

use super::names::Names;

/// One item of one catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The scan that found it.
    pub catalog: &'a Catalog,
    /// The item with its mapping.
    pub listed: &'a CatalogItem,
    /// Its place in the order of (scan date, file name, line): the earlier record is the smaller.
    pub order: usize,
}

/// All catalogs of a workspace.
pub struct Archive<'a> {
    entries: Vec<Entry<'a>>,
    names: Names,
    by_thread: Filed<'a>,
    by_source: Filed<'a>,
    by_org: Filed<'a>,
    by_tag: Filed<'a>,
    scans: BTreeMap<&'a str, Vec<Date>>,
    turns: BTreeSet<Date>,
}

/// Places in the archive, by a word.
type Filed<'a> = HashMap<&'a str, Vec<usize>>;

impl<'a> Archive<'a> {
    /// Files all catalogs, whatever the order they come in.
    pub fn new(catalogs: &'a [Catalog], configuration: &'a Configuration) -> Self {
        let mut sorted: Vec<&Catalog> = catalogs.iter().collect();
        sorted.sort_by(|a, b| (a.scanned, &a.path).cmp(&(b.scanned, &b.path)));
        let listed = sorted
            .iter()
            .flat_map(|&catalog| catalog.items.iter().map(move |listed| (catalog, listed)));
        let entries: Vec<Entry<'a>> = listed
            .enumerate()
            .map(|(order, (catalog, listed))| Entry { catalog, listed, order })
            .collect();
        let org = |entry: &Entry<'a>| {
            let said = entry.listed.item.org.as_deref();
            said.or_else(|| configuration.source_org(&entry.catalog.source))
        };
        let (names, (by_tag, (by_thread, (by_source, by_org)))) = rayon::join(
            || {
                Names::new(&entries, |entry| {
                    let item = &entry.listed.item;
                    Name::all_of(item).map(move |name| {
                        let is_made = name.is_made_of(item);
                        (name, is_made)
                    })
                })
            },
            || {
                let tag = |entry: &Entry<'a>| entry.listed.item.tags.iter().map(String::as_str);
                let thread = |entry: &Entry<'a>| entry.listed.threads.iter().map(|t| &*t.value);
                let source = |entry: &Entry<'a>| Some(entry.catalog.source.as_str());
                (
                    filed(&entries, tag),
                    (filed(&entries, thread), (filed(&entries, source), filed(&entries, org))),
                )
            },
        );
        let mut scans: BTreeMap<&str, Vec<Date>> = BTreeMap::new();
        for catalog in &sorted {
            scans.entry(&catalog.source).or_default().push(catalog.scanned);
        }
        let read = entries.iter().filter_map(|entry| entry.listed.item.reading.day());
        let turns = sorted.iter().map(|catalog| catalog.scanned).chain(read).collect();
        Self { entries, names, by_thread, by_source, by_org, by_tag, scans, turns }
    }

    /// All records that had landed on `day`, earliest first.
    pub fn all(&self, day: Date) -> impl Iterator<Item = Entry<'a>> {
        self.entries.iter().copied().filter(move |entry| entry.catalog.scanned <= day)
    }

    /// The records of one name that had landed on `day`, earliest first.
    pub fn named(&self, name: &Name<'_>, day: Date) -> Vec<Entry<'a>> {
        let mut entries = self.named_otherwise(name, day);
        let made = self.names.get(name, true).map(|order| self.entries[order]);
        let made = made.filter(|entry| has_name(entry, name, day));
        let before = entries.len();
        entries.extend(made);
        if before > 0 {
            entries.sort_by_key(|entry| entry.order);
        }
        entries
    }

    /// The same without those that have the name as an id that they got from their addresses.
    pub fn named_otherwise(&self, name: &Name<'_>, day: Date) -> Vec<Entry<'a>> {
        let entries = self.names.get(name, false).map(|order| self.entries[order]);
        entries.filter(|entry| has_name(entry, name, day)).collect()
    }

    /// Whether a later record that had landed on `day` has this name too.
    pub fn is_named_later(&self, entry: &Entry<'_>, name: &Name<'_>, day: Date) -> bool {
        let later = |is_made| self.names.get_behind(name, is_made, entry.order);
        let mut later = [false, true].into_iter().flat_map(later);
        later.any(|order| has_name(&self.entries[order], name, day))
    }

    /// The records that somebody mapped to a thread, landed on `day`.
    pub fn mapped_to(&self, thread: &str, day: Date) -> Vec<Entry<'a>> {
        self.pick(self.by_thread.get(thread), day)
    }

    /// The records that a selection may match, landed on `day`: those of its rarest key.
    pub fn candidates(&self, selection: &Selection, day: Date) -> Vec<Entry<'a>> {
        if !selection.item.is_empty() {
            let names = selection.item.iter().map(|word| Name::from_word(&word.value));
            return names.flat_map(|name| self.named(&name, day)).collect();
        }
        let filed = [
            (&self.by_source, &selection.source),
            (&self.by_org, &selection.org),
            (&self.by_tag, &selection.tag),
        ];
        let rarest = filed
            .into_iter()
            .filter(|(_, words)| !words.is_empty())
            .min_by_key(|(filed, words)| lists(filed, words).map(Vec::len).sum::<usize>())
            .map(|(filed, words)| places(filed, words))
            .unwrap_or_default();
        self.pick(Some(&rarest), day)
    }

    fn pick(&self, orders: Option<&Vec<usize>>, day: Date) -> Vec<Entry<'a>> {
        let orders = orders.map(Vec::as_slice).unwrap_or_default();
        let entries = orders.iter().map(|&order| self.entries[order]);
        entries.filter(|entry| entry.catalog.scanned <= day).collect()
    }

    /// The newest scan of a source on or before `day`.
    pub fn last_scan(&self, source: &str, day: Date) -> Option<Date> {
        let scans = self.scans(source);
        scans[..scans.partition_point(|scan| *scan <= day)].last().copied()
    }

    /// The dates on which a source was scanned, ascending.
    pub fn scans(&self, source: &str) -> &[Date] {
        self.scans.get(source).map(Vec::as_slice).unwrap_or_default()
    }

    /// The dates on which a scan, or a reading noted in a catalog, came in.
    pub fn turns(&self) -> &BTreeSet<Date> {
        &self.turns
    }
}

/// Whether a record had landed on `day` and has this name: hashes may be the same by chance.
fn has_name(entry: &Entry<'_>, name: &Name<'_>, day: Date) -> bool {
    entry.catalog.scanned <= day && name.is_of(&entry.listed.item)
}

/// Files entries by the words that they have.
fn filed<'a, W: IntoIterator<Item = &'a str>>(
    entries: &[Entry<'a>],
    words: impl Fn(&Entry<'a>) -> W,
) -> Filed<'a> {
    let mut filed = Filed::default();
    for entry in entries {
        for word in words(entry) {
            filed.entry(word).or_default().push(entry.order);
        }
    }
    filed
}

/// Where each of `words` is filed.
fn lists<'f>(
    filed: &'f Filed<'_>,
    words: &'f [Spanned<String>],
) -> impl Iterator<Item = &'f Vec<usize>> {
    words.iter().filter_map(|word| filed.get(word.value.as_str()))
}

/// Where any of `words` is filed, earliest first.
fn places(filed: &Filed<'_>, words: &[Spanned<String>]) -> Vec<usize> {
    let mut places: Vec<usize> = lists(filed, words).flatten().copied().collect();
    if words.len() > 1 {
        places.sort_unstable();
        places.dedup();
    }
    places
}
