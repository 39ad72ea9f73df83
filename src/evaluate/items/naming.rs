//! Unique names for the pages that catalogs list.
//!
//! The id that a line gives may belong to several pages: `item?id=101` and `item?id=102` are both
//! `forum/item`. The record that landed first keeps the short id; each later page gets a longer
//! one. A name depends on earlier records only, so a later catalog never changes it.

use std::collections::BTreeSet;

use foldhash::HashMap;
use rayon::prelude::*;

use crate::evaluate::items::catalog_index::Entry;
use crate::evaluate::items::name_index::Names;
use crate::model::item::{id_of, is_url};
use crate::model::url::distinguishing_parts;
use crate::model::{ItemRecord, Name};

/// Returns longer ids for the records that cannot keep the id of their line, by position.
///
/// Cost: one pass over the names that several records share, and a few lookups for each record
/// whose name belongs to several pages.
pub(crate) fn longer_ids(entries: &[Entry<'_>], names: &Names) -> HashMap<usize, String> {
    let todo = names.shared().flat_map_iter(|(hash, places)| {
        let has_this_id = |place: &usize| names.hash(&called(entries, *place)) == hash;
        let places: Vec<usize> =
            places.iter().map(|(_, place)| *place).filter(has_this_id).collect();
        if is_of_several_pages(entries, &places) { places } else { Vec::new() }
    });
    let todo: Vec<usize> = todo.collect();
    let mut naming = Naming {
        entries,
        names,
        longer: HashMap::default(),
        owners: HashMap::default(),
        known: HashMap::default(),
        last_number: HashMap::default(),
        todo: todo.into_iter().collect(),
    };
    while let Some(place) = naming.todo.pop_first() {
        naming.name(place);
    }
    naming.longer
}

/// Returns the id of the line at a position, as a name.
fn called<'a>(entries: &[Entry<'a>], place: usize) -> Name<'a> {
    Name::Derived(entries[place].listed.item.id.as_str().into())
}

fn is_of_several_pages(entries: &[Entry<'_>], places: &[usize]) -> bool {
    let mut items =
        places.iter().map(|&place| &entries[place].listed.item).filter(|item| item.has_url());
    let first = items.next();
    first.is_some_and(|first| items.any(|item| !is_same_page(first, item)))
}

/// Returns whether two records with the same id are of one page. A line without a URL is of the
/// page that has its id.
fn is_same_page(a: &ItemRecord, b: &ItemRecord) -> bool {
    let is_addressless = !a.has_url() || !b.has_url();
    (a.url.is_some() && a.canonical_url() == b.canonical_url())
        || is_addressless
        || Name::all_of(a).any(|name| Name::all_of(b).any(|known| known == name))
}

struct Naming<'n, 'a> {
    entries: &'n [Entry<'a>],
    names: &'n Names,
    /// The result.
    longer: HashMap<usize, String>,
    /// The first record of the page that has a name, for the names of records dealt with so far.
    owners: HashMap<String, usize>,
    /// The longer id of a page, by the id of its line and its canonical URL.
    known: HashMap<(&'a str, &'a str), String>,
    /// The last number that was appended to an id.
    last_number: HashMap<&'a str, u32>,
    /// Records whose id may belong to another page.
    todo: BTreeSet<usize>,
}

impl<'a> Naming<'_, 'a> {
    fn item(&self, place: usize) -> &'a ItemRecord {
        &self.entries[place].listed.item
    }

    /// Decides the name of a record; those before it are decided.
    fn name(&mut self, place: usize) {
        let item = self.item(place);
        let owner = match self.owner(&item.id, place) {
            Some(owner) if !is_same_page(self.item(owner), item) => owner,
            owner => return self.keep_short(place, owner),
        };
        let page = if item.has_written_id { "" } else { address(item) };
        if let Some(id) = self.known.get(&(item.id.as_str(), page)) {
            self.longer.insert(place, id.clone());
            return;
        }
        let longer = longer_names(item, self.item(owner)).into_iter();
        let mut longer = longer.filter(|id| self.owner(id, place).is_none());
        let id = longer.next().unwrap_or_else(|| self.numbered(&item.id, place));
        self.known.insert((&item.id, page), id.clone());
        self.owners.insert(id.clone(), place);
        // A later page whose line gives this id has to give way.
        let name = Name::Derived(id.as_str().into());
        let entries = self.entries;
        let has_id = |at: &usize| entries[*at].listed.item.id == id;
        let later = self.names.get_after(&name, place).filter(has_id);
        self.todo.extend(later);
        self.longer.insert(place, id);
    }

    /// The record keeps the id of its line: it is the first, or its page has the id.
    fn keep_short(&mut self, place: usize, owner: Option<usize>) {
        let has_page = owner.is_some_and(|owner| self.item(owner).has_url());
        if !has_page {
            self.owners.insert(self.item(place).id.clone(), place);
        } else if let Some(owner) = owner {
            self.owners.entry(self.item(place).id.clone()).or_insert(owner);
        }
    }

    /// Returns the first record before `place` of the page that has a name.
    fn owner(&self, id: &str, place: usize) -> Option<usize> {
        let by_index = || {
            let name = Name::Derived(id.into());
            let places = self.names.get(&name).take_while(|&at| at < place);
            let mut places = places.filter(|&at| self.item(at).id == id).peekable();
            let first = places.peek().copied();
            places.find(|&at| self.item(at).has_url()).or(first)
        };
        self.owners.get(id).copied().or_else(by_index)
    }

    /// `forum/item-2`, or the next number that is free.
    fn numbered(&mut self, id: &'a str, place: usize) -> String {
        let mut number = self.last_number.get(id).copied().unwrap_or(1);
        loop {
            number += 1;
            let numbered = format!("{id}-{number}");
            if self.owner(&numbered, place).is_none() {
                self.last_number.insert(id, number);
                return numbered;
            }
        }
    }
}

/// Its URL, else the first that `same-as` names.
fn address(item: &ItemRecord) -> &str {
    let elsewhere = || item.same_as.iter().find(|word| is_url(word)).map(String::as_str);
    item.canonical_url().or_else(elsewhere).unwrap_or_default()
}

/// A longer part of a URL than this makes no name.
const LONGEST_PART: usize = 40;

/// Returns longer ids for a page whose short id belongs to another page, the best one first. They
/// contain the parts of the URL that differ: a value of the query, the fragment, or parts of the
/// path from the right.
///
/// Next to `item?id=101`, the page `item?id=102` may be `forum/item-102`; next to
/// `/2026/11/minutes`, the page `/2026/12/minutes` may be `board/2026-12-minutes`.
pub fn longer_names(item: &ItemRecord, other: &ItemRecord) -> Vec<String> {
    let (Some(page), Some(other)) = (item.canonical_url(), other.canonical_url()) else {
        return Vec::new();
    };
    let (values, path) = distinguishing_parts(page);
    let (other_values, other_path) = distinguishing_parts(other);
    let (source, name) = match item.id.split_once('/') {
        Some((source, name)) => (format!("{source}/"), name),
        None => (String::new(), item.id.as_str()),
    };
    let telling = values.iter().filter(|value| !other_values.contains(value));
    let telling = telling.filter(|(_, value)| value.len() <= LONGEST_PART);
    let mut ids: Vec<String> =
        telling.map(|(_, value)| format!("{}-{}", item.id, part_of_id(value))).collect();
    let mut parts: Vec<String> = Vec::new();
    let mut differs = false;
    for (at, part) in path.iter().enumerate() {
        differs |= other_path.get(at) != Some(part);
        if at > 0 || part_of_id(part) != name {
            parts.insert(0, part_of_id(part));
        }
        let is_whole = at + 1 == path.len();
        if differs && !parts.is_empty() && (is_whole || !is_day_or_month(part)) {
            ids.push(format!("{source}{}-{name}", parts.join("-")));
        }
    }
    ids
}

/// Returns whether a part of a path needs the part before it: the `12` of `2026/12`.
fn is_day_or_month(part: &str) -> bool {
    part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// A part of a URL as a part of an id.
fn part_of_id(part: &str) -> String {
    id_of(part.replace('/', "-"))
}
