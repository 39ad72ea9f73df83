//! The records of catalogs that may tell of the same items as some others.

use foldhash::HashSet;

use crate::model::item::is_url;
use crate::model::{Date, ItemRecord, Name};

use crate::evaluate::items::catalog_index::{CatalogIndex, Entry};
use crate::evaluate::items::identity::{Called, groups};

/// All records up to `day` that have a name in common with one of `lines` or `entries`, or with a record
/// that is found so. More than those of the same items: whether two of them tell of one item is for
/// [`groups`] to say.
pub(crate) fn related<'a>(
    index: &CatalogIndex<'a>,
    lines: &[&ItemRecord],
    entries: Vec<Entry<'a>>,
    day: Date,
) -> Vec<Entry<'a>> {
    let mut search = Search {
        index,
        day,
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

/// A search by names that asks for each name once.
struct Search<'s, 'a> {
    index: &'s CatalogIndex<'a>,
    day: Date,
    queue: Vec<Entry<'a>>,
    asked: HashSet<Name<'static>>,
    /// Ids of lines without a URL whose titled pages were asked for.
    asked_titles: HashSet<String>,
    /// Title ids of pages whose lines without a URL were asked for.
    asked_lines: HashSet<String>,
}

impl Search<'_, '_> {
    /// Adds the records that have a name of `item`, which is called `id`, to the queue.
    fn ask(&mut self, item: &ItemRecord, id: &str) {
        let ids = item.same_as.iter().filter(|word| !is_url(word)).map(String::as_str);
        let called = std::iter::once(id).chain(ids).map(|id| Name::Derived(id.into()));
        for name in Name::all_of(item).chain(called) {
            if !self.asked.contains(&name) {
                self.queue.extend(self.index.named(&name, self.day));
                self.asked.insert(name.into_owned());
            }
        }
        if !item.has_url() {
            if self.asked_titles.insert(id.to_string()) {
                self.queue.extend(self.index.titled(id, self.day));
            }
        } else if self.index.has_addressless()
            && let Some(title) = item.title_id()
            && !self.asked_lines.contains(&title)
        {
            let called = self.index.named(&Name::Derived(title.as_str().into()), self.day);
            let lines = called.into_iter().filter(|entry| !entry.listed.item.has_url());
            self.queue.extend(lines);
            self.asked_lines.insert(title);
        }
    }
}

/// All records up to `day` of the item that a record tells of, earliest first.
pub fn records_of<'a>(index: &CatalogIndex<'a>, entry: Entry<'a>, day: Date) -> Vec<Entry<'a>> {
    let mut entries = related(index, &[], vec![entry], day);
    entries.sort_by_key(|entry| entry.order);
    let called = |entry: &Entry<'a>| Called { item: &entry.listed.item, id: index.id(entry) };
    let records: Vec<Called<'_>> = entries.iter().map(called).collect();
    let mut groups = groups(&records).into_iter();
    let of_it = groups.find(|group| group.iter().any(|&at| entries[at].order == entry.order));
    of_it.into_iter().flatten().map(|at| entries[at]).collect()
}
