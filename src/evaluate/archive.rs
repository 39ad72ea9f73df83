//! All catalogs, filed so that a question about items need not look at every one.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasher, RandomState};

use rayon::prelude::*;

use crate::model::{Catalog, CatalogItem, Configuration, Date, Item, Selection, url};
use crate::text::Spanned;

/// Where an item is known: two records with a name in common are the same item.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Name<'a> {
    /// An item id.
    Id(Cow<'a, str>),
    /// A canonical address.
    Url(Cow<'a, str>),
}

impl<'a> Name<'a> {
    /// A name as `same-as`, `item` and `read` give it: an address or an id.
    pub fn from_word(word: &'a str) -> Self {
        match word.contains("://") {
            true => Self::Url(url::canonical(word)),
            false => Self::Id(word.into()),
        }
    }

    /// All names of an item.
    pub fn all_of(item: &'a Item) -> impl Iterator<Item = Self> {
        let id = std::iter::once(Self::Id(item.id.as_str().into()));
        let address = item.address().map(Self::Url);
        let elsewhere = item.same_as.iter().map(|word| Self::from_word(word));
        id.chain(address).chain(elsewhere)
    }

    /// Whether it is a name of this item.
    pub fn is_of(&self, item: &Item) -> bool {
        Name::all_of(item).any(|name| name == *self)
    }

    /// The same name, to be kept when the item is gone.
    pub fn into_owned(self) -> Name<'static> {
        match self {
            Self::Id(id) => Name::Id(Cow::Owned(id.into_owned())),
            Self::Url(address) => Name::Url(Cow::Owned(address.into_owned())),
        }
    }
}

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

/// Places in the archive by the hashes of names, in order: a tenth of what the names would take. Who
/// finds a place asks the record itself.
struct Names {
    state: RandomState,
    places: Vec<(u64, usize)>,
}

impl Names {
    fn new<'a>(entries: &[Entry<'a>]) -> Self {
        let state = RandomState::new();
        let hash = |name: Name<'_>| state.hash_one(name);
        let hashed = |entry: &Entry<'a>| {
            let Entry { listed, order, .. } = *entry;
            Name::all_of(&listed.item).map(move |name| (hash(name), order))
        };
        let mut places: Vec<(u64, usize)> = entries.par_iter().flat_map_iter(hashed).collect();
        places.par_sort_unstable();
        places.dedup();
        Self { state, places }
    }

    /// The places of records that may have this name, earliest first.
    fn get(&self, name: &Name<'_>) -> impl Iterator<Item = usize> {
        let hash = self.state.hash_one(name);
        let first = self.places.partition_point(|(known, _)| *known < hash);
        let same = self.places[first..].iter().take_while(move |(known, _)| *known == hash);
        same.map(|(_, order)| *order)
    }
}

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
            || Names::new(&entries),
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
        let orders = self.names.get(name).filter(|&order| self.has_name(order, name, day));
        orders.map(|order| self.entries[order]).collect()
    }

    /// Whether a later record that had landed on `day` has this name too.
    pub fn is_named_later(&self, entry: &Entry<'_>, name: &Name<'_>, day: Date) -> bool {
        let mut later = self.names.get(name).filter(|order| *order > entry.order);
        later.any(|order| self.has_name(order, name, day))
    }

    fn has_name(&self, order: usize, name: &Name<'_>, day: Date) -> bool {
        let Entry { catalog, listed, .. } = self.entries[order];
        catalog.scanned <= day && name.is_of(&listed.item)
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

    /// The last day up to `day` on which a scan, or a reading noted in a catalog, came in.
    pub fn last_turn(&self, day: Date) -> Option<Date> {
        self.turns.range(..=day).next_back().copied()
    }

    /// The newest scan of a source on or before `day`.
    pub fn last_scan(&self, source: &str, day: Date) -> Option<Date> {
        let scans = self.scans.get(source)?;
        scans.iter().copied().filter(|&scan| scan <= day).max()
    }
}

/// Files entries by the words that they have.
fn filed<'a, W: IntoIterator<Item = &'a str>>(
    entries: &[Entry<'a>],
    words: impl Fn(&Entry<'a>) -> W,
) -> Filed<'a> {
    let mut filed = Filed::new();
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
