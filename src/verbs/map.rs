//! `map` and `unmap`: which threads an item of the catalogs belongs to.

use std::collections::BTreeMap;

use crate::evaluate::archive::Entry;
use crate::handle::{self, Handle};
use crate::model::Name;
use crate::plan::Change;

use super::deed::{Deed, Refused};
use super::desk::Desk;

/// Maps an item to a thread, in the newest catalog that lists it.
pub fn map(desk: &Desk<'_>, item: &str, thread: &str) -> Result<Deed, Refused> {
    let slug = desk.workspace.slug(thread)?;
    let records = records(desk, item)?;
    if records.iter().any(|record| is_mapped(record, slug)) {
        return Ok(Deed::default());
    }
    rewrite(desk, &records[records.len() - 1..], |threads| threads.push(slug.to_string()))
}

/// Takes a mapping out of all catalogs that have it. What a thread holds as evidence stays.
pub fn unmap(desk: &Desk<'_>, item: &str, thread: &str) -> Result<Deed, Refused> {
    let slug = desk.workspace.slug(thread)?;
    let mut records = records(desk, item)?;
    records.retain(|record| is_mapped(record, slug));
    if records.is_empty() {
        let message = format!("no catalog maps `{item}` to `{slug}`");
        return Err(Refused::misuse(message, "nothing is to be undone"));
    }
    rewrite(desk, &records, |threads| threads.retain(|known| known != slug))
}

fn is_mapped(record: &Entry<'_>, slug: &str) -> bool {
    record.listed.threads.iter().any(|known| known.value == slug)
}

/// The records of the item that a word calls, earliest first; at least one.
fn records<'a>(desk: &Desk<'a>, word: &str) -> Result<Vec<Entry<'a>>, Refused> {
    let mut by_id: BTreeMap<&'a str, Entry<'a>> = BTreeMap::new();
    for entry in desk.archive.all(desk.today) {
        by_id.insert(&entry.listed.item.id, entry);
    }
    let newest: Vec<Entry<'a>> = by_id.into_values().collect();
    let handles: Vec<Handle<'_>> = newest
        .iter()
        .map(|entry| {
            let item = &entry.listed.item;
            Handle {
                id: &item.id,
                address: item.url.as_deref(),
                label: item.label.as_deref(),
                title: item.title.as_deref(),
            }
        })
        .collect();
    let found = &newest[handle::find(word, "catalog item", &handles)?];
    let mut records: Vec<Entry<'a>> = Name::all_of(&found.listed.item)
        .flat_map(|name| desk.archive.named(&name, desk.today))
        .filter(|record| !record.listed.item.only_shares_id(&found.listed.item))
        .collect();
    records.sort_by_key(|record| record.order);
    records.dedup_by_key(|record| record.order);
    Ok(records)
}

/// Gives each record the threads that `change` makes of those it has.
fn rewrite(
    desk: &Desk<'_>,
    records: &[Entry<'_>],
    change: impl Fn(&mut Vec<String>),
) -> Result<Deed, Refused> {
    let mut by_path: BTreeMap<&str, Vec<Change>> = BTreeMap::new();
    for record in records {
        let listed = record.listed;
        let mut threads = listed.threads.iter().map(|thread| thread.value.clone()).collect();
        change(&mut threads);
        let (line, item) = (listed.item.span.start, listed.item.id.clone());
        let mapping = Change::Mapping { line, item, threads };
        by_path.entry(&record.catalog.path).or_default().push(mapping);
    }
    let mut deed = Deed::default();
    for (path, changes) in by_path {
        if let Some(catalog) = desk.catalog(path) {
            deed.rewrites.push(desk.rewrite_catalog(&catalog, changes)?);
        }
    }
    Ok(deed)
}
