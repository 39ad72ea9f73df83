//! Groups records of the same item (union-find over shared names).
//!
//! Two records are of one item if they share a URL or a written id, or if one names the other by
//! `same-as`. The relation is transitive. A record without a URL also belongs to the page that has
//! its id or its title: to the first such page only, so that it never joins two pages.

use foldhash::{HashMap, HashSet};

use crate::evaluate::items::catalog_index::{CatalogIndex, Entry};
use crate::model::item::is_url;
use crate::model::{Date, ItemRecord, Name};

/// A record, or an item made of several records.
pub trait Named {
    /// The names that make it one with everything that has one of them: [`Name::Id`],
    /// [`Name::Url`].
    fn identities(&self) -> impl Iterator<Item = Name<'_>>;

    /// Its ids.
    fn ids(&self) -> impl Iterator<Item = &str>;

    /// The ids by which it refers to others that are the same.
    fn same_as(&self) -> impl Iterator<Item = &str>;

    /// The id that its title would give.
    fn title_id(&self) -> Option<String>;

    /// Returns whether it has a URL.
    fn has_url(&self) -> bool;
}

/// A record with the id of its item: for a line of a thread the id that the line gives.
#[derive(Debug, Clone, Copy)]
pub struct Called<'r> {
    /// The record.
    pub item: &'r ItemRecord,
    /// The id of its item.
    pub id: &'r str,
}

impl<'r> Called<'r> {
    /// A line of a thread, called by the id that the line gives.
    pub fn line(item: &'r ItemRecord) -> Self {
        Self { item, id: &item.id }
    }
}

impl Named for Called<'_> {
    fn identities(&self) -> impl Iterator<Item = Name<'_>> {
        Name::all_of(self.item)
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.id)
    }

    fn same_as(&self) -> impl Iterator<Item = &str> {
        self.item.same_as.iter().map(String::as_str)
    }

    fn title_id(&self) -> Option<String> {
        self.item.title_id()
    }

    fn has_url(&self) -> bool {
        self.item.has_url()
    }
}

/// Groups values by identity, as lists of indices. Groups and indices keep the order of the values.
pub fn groups<T: Named>(things: &[T]) -> Vec<Vec<usize>> {
    let mut union = Union::new(things.len());
    union_by_identity(things, &mut union);
    union_by_reference(things, &mut union);
    union_addressless(things, &mut union);
    union.groups()
}

fn union_by_identity<T: Named>(things: &[T], union: &mut Union) {
    let mut first: HashMap<Name<'_>, usize> = HashMap::default();
    for (index, thing) in things.iter().enumerate() {
        for name in thing.identities() {
            let known = *first.entry(name).or_insert(index);
            union.join(known, index);
        }
    }
}

/// Joins a value with the first one that its `same-as` names: a page before a line without a URL.
fn union_by_reference<T: Named>(things: &[T], union: &mut Union) {
    if things.iter().all(|thing| thing.same_as().next().is_none()) {
        return;
    }
    let called = First::new(things, |_, thing| thing.has_url());
    let any = First::new(things, |_, _| true);
    for (index, thing) in things.iter().enumerate() {
        for word in thing.same_as() {
            if let Some(other) = called.by_id(word).or_else(|| any.by_id(word)) {
                union.join(other, index);
            }
        }
    }
}

/// Each group without a URL joins those without a URL that have a name in common, then the first
/// page that has one of their names.
fn union_addressless<T: Named>(things: &[T], union: &mut Union) {
    let mut has_url = vec![false; things.len()];
    for (index, thing) in things.iter().enumerate() {
        has_url[union.root(index)] |= thing.has_url();
    }
    let addressless: Vec<usize> =
        (0..things.len()).filter(|&index| !has_url[union.root(index)]).collect();
    if addressless.is_empty() {
        return;
    }
    let pages = First::new(things, |index, _| has_url[union.root(index)]);
    let titles = pages.titles(things);
    let mut first: HashMap<&str, usize> = HashMap::default();
    for &index in &addressless {
        for id in things[index].ids() {
            let known = *first.entry(id).or_insert(index);
            union.join(known, index);
        }
    }
    let mut page_of: HashMap<usize, usize> = HashMap::default();
    for &index in &addressless {
        for id in things[index].ids() {
            let called = pages.by_id(id).into_iter().chain(titles.get(id).copied());
            for page in called {
                let known = page_of.entry(union.root(index)).or_insert(page);
                *known = page.min(*known);
            }
        }
    }
    for (index, page) in page_of {
        union.join(page, index);
    }
}

/// The first page for each name.
struct First<'n> {
    by_id: HashMap<&'n str, usize>,
    pages: Vec<usize>,
}

impl<'n> First<'n> {
    fn new<T: Named>(things: &'n [T], mut is_page: impl FnMut(usize, &T) -> bool) -> Self {
        let mut first = Self { by_id: HashMap::default(), pages: Vec::new() };
        for (index, thing) in things.iter().enumerate() {
            if is_page(index, thing) {
                first.pages.push(index);
                for id in thing.ids() {
                    first.by_id.entry(id).or_insert(index);
                }
            }
        }
        first
    }

    fn by_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    fn titles<T: Named>(&self, things: &[T]) -> HashMap<String, usize> {
        let mut first = HashMap::default();
        for &index in &self.pages {
            if let Some(id) = things[index].title_id() {
                first.entry(id).or_insert(index);
            }
        }
        first
    }
}

/// A union-find over indices. The root of a group is its smallest index.
struct Union {
    leader: Vec<usize>,
}

impl Union {
    fn new(number: usize) -> Self {
        Self { leader: (0..number).collect() }
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.leader[index] != index {
            self.leader[index] = self.leader[self.leader[index]];
            index = self.leader[index];
        }
        index
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.leader[a.max(b)] = a.min(b);
    }

    fn groups(mut self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut place: HashMap<usize, usize> = HashMap::default();
        for index in 0..self.leader.len() {
            let root = self.root(index);
            let at = *place.entry(root).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[at].push(index);
        }
        groups
    }
}

/// Returns all records up to `date` that share a name with one of `lines` or `entries`, directly or
/// through other records. Not all of them are of the same items: [`groups`] decides that.
pub(crate) fn related<'a>(
    index: &CatalogIndex<'a>,
    lines: &[&ItemRecord],
    entries: Vec<Entry<'a>>,
    date: Date,
) -> Vec<Entry<'a>> {
    let mut search = Search {
        index,
        date,
        queue: entries,
        asked: HashSet::default(),
        asked_titles: HashSet::default(),
        asked_lines: HashSet::default(),
    };
    for line in lines {
        search.ask(line, &line.id);
    }
    let mut found: Vec<Entry<'a>> = Vec::new();
    let mut known: HashSet<usize> = HashSet::default();
    while let Some(entry) = search.queue.pop() {
        if known.insert(entry.order) {
            found.push(entry);
            search.ask(&entry.listed.item, index.id(&entry));
        }
    }
    found
}

/// A search by names that looks up each name once.
struct Search<'s, 'a> {
    index: &'s CatalogIndex<'a>,
    date: Date,
    queue: Vec<Entry<'a>>,
    asked: HashSet<Name<'static>>,
    /// Ids of lines without a URL whose titled pages were looked up.
    asked_titles: HashSet<String>,
    /// Title ids of pages whose lines without a URL were looked up.
    asked_lines: HashSet<String>,
}

impl Search<'_, '_> {
    /// Adds the records that have a name of `item`, which is called `id`, to the queue.
    fn ask(&mut self, item: &ItemRecord, id: &str) {
        let ids = item.same_as.iter().filter(|word| !is_url(word)).map(String::as_str);
        let called = std::iter::once(id).chain(ids).map(|id| Name::Derived(id.into()));
        for name in Name::all_of(item).chain(called) {
            if !self.asked.contains(&name) {
                self.queue.extend(self.index.named(&name, self.date));
                self.asked.insert(name.into_owned());
            }
        }
        if !item.has_url() {
            if self.asked_titles.insert(id.to_string()) {
                self.queue.extend(self.index.titled(id, self.date));
            }
        } else if self.index.has_addressless()
            && let Some(title) = item.title_id()
            && !self.asked_lines.contains(&title)
        {
            let called = self.index.named(&Name::Derived(title.as_str().into()), self.date);
            let lines = called.into_iter().filter(|entry| !entry.listed.item.has_url());
            self.queue.extend(lines);
            self.asked_lines.insert(title);
        }
    }
}

/// Returns all records up to `date` of the item of a record, earliest first.
pub fn records_of<'a>(index: &CatalogIndex<'a>, entry: Entry<'a>, date: Date) -> Vec<Entry<'a>> {
    let mut entries = related(index, &[], vec![entry], date);
    entries.sort_by_key(|entry| entry.order);
    let called = |entry: &Entry<'a>| Called { item: &entry.listed.item, id: index.id(entry) };
    let records: Vec<Called<'_>> = entries.iter().map(called).collect();
    let mut groups = groups(&records).into_iter();
    let of_it = groups.find(|group| group.iter().any(|&at| entries[at].order == entry.order));
    of_it.into_iter().flatten().map(|at| entries[at]).collect()
}
