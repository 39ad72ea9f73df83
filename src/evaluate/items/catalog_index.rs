//! All catalogs, filed so that a question about items need not look at every one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use foldhash::HashMap;

use crate::evaluate::items::name_index::Names;
use crate::evaluate::items::naming::longer_ids;
use crate::model::item::is_url;
use crate::model::{Catalog, CatalogItem, Configuration, Date, Name, Selection};
use crate::text::Spanned;

/// One item of one catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The scan that found it.
    pub catalog: &'a Catalog,
    /// The item with its mapping.
    pub listed: &'a CatalogItem,
    /// Its position in the order of (date of landing, file name, line).
    pub order: usize,
}

impl Entry<'_> {
    /// The date on which the item of the record landed.
    pub fn landed(&self) -> Date {
        self.catalog.landed(&self.listed.item)
    }
}

/// All catalogs of a workspace.
pub struct CatalogIndex<'a> {
    entries: Vec<Entry<'a>>,
    names: Names,
    /// The ids of records that cannot keep the id of their line.
    longer: HashMap<usize, String>,
    /// The records by the ids that their titles would give; computed when first needed.
    titles: OnceLock<Names>,
    has_addressless: bool,
    by_thread: Filed<'a>,
    by_source: Filed<'a>,
    by_org: Filed<'a>,
    by_tag: Filed<'a>,
    scans: BTreeMap<&'a str, Vec<Date>>,
    turns: BTreeSet<Date>,
}

/// Positions of records by a string.
type Filed<'a> = HashMap<&'a str, Vec<usize>>;

impl<'a> CatalogIndex<'a> {
    /// Indexes all catalogs. Their order does not matter.
    pub fn new(catalogs: &'a [Catalog], configuration: &'a Configuration) -> Self {
        let mut sorted: Vec<&Catalog> = catalogs.iter().collect();
        sorted.sort_by(|a, b| (a.scanned, &a.path).cmp(&(b.scanned, &b.path)));
        let listed = sorted
            .iter()
            .flat_map(|&catalog| catalog.items.iter().map(move |listed| (catalog, listed)));
        let mut listed: Vec<(&Catalog, &CatalogItem)> = listed.collect();
        if catalogs.iter().any(|catalog| catalog.baseline) {
            listed.sort_by_key(|(catalog, listed)| {
                (catalog.landed(&listed.item), catalog.path.as_str())
            });
        }
        let entries: Vec<Entry<'a>> = listed
            .into_iter()
            .enumerate()
            .map(|(order, (catalog, listed))| Entry { catalog, listed, order })
            .collect();
        let org = |entry: &Entry<'a>| {
            let said = entry.listed.item.org.as_deref();
            said.or_else(|| configuration.source_org(&entry.catalog.source))
        };
        let ((names, longer), (by_tag, (by_thread, (by_source, by_org)))) = rayon::join(
            || named(&entries),
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
        let read = entries.iter().filter_map(|entry| entry.listed.item.reading.date());
        let baselines = entries.iter().filter(|entry| entry.catalog.baseline);
        let landed = baselines.map(Entry::landed);
        let turns =
            sorted.iter().map(|catalog| catalog.scanned).chain(read).chain(landed).collect();
        let has_addressless = entries.iter().any(|entry| !entry.listed.item.has_url());
        Self {
            entries,
            names,
            longer,
            titles: OnceLock::new(),
            has_addressless,
            by_thread,
            by_source,
            by_org,
            by_tag,
            scans,
            turns,
        }
    }

    /// Returns all records that had landed by `date`, earliest first.
    pub fn all(&self, date: Date) -> impl Iterator<Item = Entry<'a>> {
        self.entries.iter().copied().filter(move |entry| entry.landed() <= date)
    }

    /// Returns the number of items that the catalogs of a source list up to `date`. An item that
    /// several of them list counts once.
    pub fn listed_items(&self, source: &str, date: Date) -> usize {
        let orders = self.by_source.get(source).into_iter().flatten();
        let entries = orders.map(|order| &self.entries[*order]);
        let listed = entries.filter(|entry| entry.catalog.scanned <= date);
        listed.map(|entry| self.id(entry)).collect::<BTreeSet<_>>().len()
    }

    /// Returns the record at a position.
    pub fn entry(&self, order: usize) -> Entry<'a> {
        self.entries[order]
    }

    /// The id of a record's item: the id of its line, or a longer one where that id belongs to
    /// another page that landed earlier.
    pub fn id(&self, entry: &Entry<'a>) -> &str {
        self.longer.get(&entry.order).map_or(&entry.listed.item.id, String::as_str)
    }

    /// The id of the line of a record whose item has another id.
    pub fn replaced_id(&self, order: usize) -> Option<&'a str> {
        let item = &self.entries[order].listed.item;
        self.longer.contains_key(&order).then_some(&item.id)
    }

    /// Returns the records of one name that had landed by `date`, earliest first. A record that
    /// refers to a name by `same-as` is one of them.
    pub fn named(&self, name: &Name<'_>, date: Date) -> Vec<Entry<'a>> {
        let entries = self.names.get(name).map(|order| self.entries[order]);
        entries.filter(|entry| self.has_name(entry, name, date)).collect()
    }

    /// Returns whether a later record that had landed by `date` has this name too; if `with_url`,
    /// one with a URL.
    pub fn is_named_later(
        &self,
        entry: &Entry<'_>,
        name: &Name<'_>,
        date: Date,
        with_url: bool,
    ) -> bool {
        let mut later = self.names.get_after(name, entry.order).map(|order| self.entries[order]);
        later.any(|later| {
            (!with_url || later.listed.item.has_url()) && self.has_name(&later, name, date)
        })
    }

    /// Returns whether a record had landed by `date` and has this name. Different names may have
    /// the same hash.
    fn has_name(&self, entry: &Entry<'a>, name: &Name<'_>, date: Date) -> bool {
        let item = &entry.listed.item;
        let is_its = match name {
            Name::Derived(id) => {
                self.id(entry) == id.as_ref() || item.same_as.iter().any(|word| word == id)
            }
            Name::Id(_) | Name::Url(_) => Name::all_of(item).any(|known| known == *name),
        };
        is_its && entry.landed() <= date
    }

    /// Returns whether a reference (id or URL) means the item of a record.
    pub fn is_called(&self, entry: &Entry<'a>, word: &str) -> bool {
        self.has_name(entry, &Name::from_reference(word), Date::MAX)
    }

    /// Returns the records with a URL that had landed by `date` and whose titles alone would give
    /// this id.
    pub fn titled(&self, id: &str, date: Date) -> Vec<Entry<'a>> {
        let titles = self.titles.get_or_init(|| {
            let title_id = |entry: &Entry<'a>| entry.listed.item.title_id();
            Names::new(&self.entries, |entry| title_id(entry).map(|id| Name::Derived(id.into())))
        });
        let name = Name::Derived(id.into());
        let entries = titles.get(&name).map(|order| self.entries[order]);
        let is_titled = |entry: &Entry<'a>| {
            let item = &entry.listed.item;
            entry.landed() <= date
                && item.has_url()
                && item.title_id().is_some_and(|known| known == id)
        };
        entries.filter(is_titled).collect()
    }

    /// Returns whether any record has no URL.
    pub fn has_addressless(&self) -> bool {
        self.has_addressless
    }

    /// Returns the records that are mapped to a thread by a field, landed by `date`.
    pub fn mapped_to(&self, thread: &str, date: Date) -> Vec<Entry<'a>> {
        self.pick(self.by_thread.get(thread), date)
    }

    /// Returns the records that a selection may match, landed by `date`: those of its rarest key.
    pub fn candidates(&self, selection: &Selection, date: Date) -> Vec<Entry<'a>> {
        if !selection.item.is_empty() {
            let names = selection.item.iter().map(|word| Name::from_reference(&word.value));
            return names.flat_map(|name| self.named(&name, date)).collect();
        }
        if [&selection.source, &selection.org, &selection.tag].iter().all(|words| words.is_empty())
        {
            // Titles have no index.
            let entries = self.entries.iter().copied();
            return entries.filter(|entry| entry.landed() <= date).collect();
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
        self.pick(Some(&rarest), date)
    }

    fn pick(&self, orders: Option<&Vec<usize>>, date: Date) -> Vec<Entry<'a>> {
        let orders = orders.map(Vec::as_slice).unwrap_or_default();
        let entries = orders.iter().map(|&order| self.entries[order]);
        entries.filter(|entry| entry.landed() <= date).collect()
    }

    /// Returns the date of the newest scan of a source on or before `date`.
    pub fn last_scan(&self, source: &str, date: Date) -> Option<Date> {
        let scans = self.scans(source);
        scans[..scans.partition_point(|scan| *scan <= date)].last().copied()
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

/// Returns the names of all records, and longer ids for records that cannot keep the id of their
/// line.
fn named(entries: &[Entry<'_>]) -> (Names, HashMap<usize, String>) {
    let mut names = Names::new(entries, |entry| {
        let item = &entry.listed.item;
        let ids = std::iter::once(&item.id).chain(item.same_as.iter().filter(|word| !is_url(word)));
        Name::all_of(item).chain(ids.map(|id| Name::Derived(id.as_str().into())))
    });
    let longer = longer_ids(entries, &names);
    if !longer.is_empty() {
        let item = |order: &usize| &entries[*order].listed.item;
        let taken = longer.keys().filter(|order| !item(order).same_as.contains(&item(order).id));
        let taken = taken.map(|order| (Name::Derived(item(order).id.as_str().into()), *order));
        let given = longer.iter().map(|(order, id)| (Name::Derived(id.into()), *order));
        names.replace(taken.collect(), given.collect());
    }
    (names, longer)
}

/// Indexes records by strings.
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

/// Returns the positions for each of `words`.
fn lists<'f>(
    filed: &'f Filed<'_>,
    words: &'f [Spanned<String>],
) -> impl Iterator<Item = &'f Vec<usize>> {
    words.iter().filter_map(|word| filed.get(word.value.as_str()))
}

/// Returns the positions for any of `words`, earliest first.
fn places(filed: &Filed<'_>, words: &[Spanned<String>]) -> Vec<usize> {
    let mut places: Vec<usize> = lists(filed, words).flatten().copied().collect();
    if words.len() > 1 {
        places.sort_unstable();
        places.dedup();
    }
    places
}
