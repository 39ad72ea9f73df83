//! All catalogs, filed so that a question about items need not look at every one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{Catalog, CatalogItem, Configuration, Date, Item, Selection, url};
use crate::text::Spanned;

/// Where an item is known: two records with a name in common are the same item.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Name {
    /// An item id.
    Id(String),
    /// A canonical address.
    Url(String),
}

impl Name {
    /// A name as `same-as`, `item` and `read` give it: an address or an id.
    pub fn from_word(word: &str) -> Self {
        match word.contains("://") {
            true => Self::Url(url::canonical(word)),
            false => Self::Id(word.to_string()),
        }
    }

    /// All names of an item.
    pub fn all_of(item: &Item) -> Vec<Self> {
        let id = std::iter::once(Self::Id(item.id.clone()));
        let address = item.url.iter().map(|address| Self::Url(url::canonical(address)));
        let elsewhere = item.same_as.iter().map(|word| Self::from_word(word));
        id.chain(address).chain(elsewhere).collect()
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
    by_name: HashMap<Name, Vec<usize>>,
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
        let mut archive = Self {
            entries: Vec::new(),
            by_name: HashMap::new(),
            by_thread: HashMap::new(),
            by_source: HashMap::new(),
            by_org: HashMap::new(),
            by_tag: HashMap::new(),
            scans: BTreeMap::new(),
            turns: BTreeSet::new(),
        };
        for catalog in sorted {
            archive.scans.entry(&catalog.source).or_default().push(catalog.scanned);
            archive.turns.insert(catalog.scanned);
            for listed in &catalog.items {
                archive.file(catalog, listed, configuration);
            }
        }
        archive
    }

    fn file(
        &mut self,
        catalog: &'a Catalog,
        listed: &'a CatalogItem,
        configuration: &'a Configuration,
    ) {
        let order = self.entries.len();
        self.turns.extend(listed.item.reading.day());
        self.entries.push(Entry { catalog, listed, order });
        for name in Name::all_of(&listed.item) {
            self.by_name.entry(name).or_default().push(order);
        }
        for thread in &listed.threads {
            self.by_thread.entry(&thread.value).or_default().push(order);
        }
        let org = listed.item.org.as_deref().or_else(|| configuration.source_org(&catalog.source));
        self.by_source.entry(&catalog.source).or_default().push(order);
        if let Some(org) = org {
            self.by_org.entry(org).or_default().push(order);
        }
        for tag in &listed.item.tags {
            self.by_tag.entry(tag).or_default().push(order);
        }
    }

    /// All records that had landed on `day`, earliest first.
    pub fn all(&self, day: Date) -> impl Iterator<Item = Entry<'a>> {
        self.entries.iter().copied().filter(move |entry| entry.catalog.scanned <= day)
    }

    /// The records of one name that had landed on `day`, earliest first.
    pub fn named(&self, name: &Name, day: Date) -> Vec<Entry<'a>> {
        self.pick(self.by_name.get(name), day)
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
            .map(|(filed, words)| places(filed, words))
            .min_by_key(Vec::len)
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

/// Where any of `words` is filed, earliest first.
fn places(filed: &Filed<'_>, words: &[Spanned<String>]) -> Vec<usize> {
    let lists = words.iter().filter_map(|word| filed.get(word.value.as_str()));
    let mut places: Vec<usize> = lists.flatten().copied().collect();
    places.sort_unstable();
    places.dedup();
    places
}
