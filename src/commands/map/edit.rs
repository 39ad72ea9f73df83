//! `map` and `unmap`: which threads an item of the catalogs belongs to.

use std::collections::BTreeMap;

use super::{Mapping, UnmapArgs};
use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::edit::plan::EditPlan;
use crate::edit::Change;
use crate::evaluate::items::catalog_index::Entry;
use crate::evaluate::items::identity::records_of;
use crate::model::item::is_url;
use crate::model::reference::Candidate;
use crate::model::{Error, Name, reference};

/// Maps items to threads, each in the newest catalog that lists it.
pub fn map(context: &EditContext<'_>, mappings: &[Mapping]) -> Result<EditPlan, Error> {
    let mut changes = Changes::default();
    for Mapping { item, thread } in mappings {
        let slug = context.workspace.slug(thread)?;
        let records = records(context, item)?;
        if !records.iter().any(|record| is_mapped(record, slug)) {
            let newest = &records[records.len() - 1..];
            changes.add(context, newest, |threads| threads.push(slug.to_string()));
        }
    }
    changes.plan(context)
}

/// Takes a mapping out of all catalogs that have it. The evidence line of the thread stays.
pub fn unmap(context: &EditContext<'_>, args: &UnmapArgs) -> Result<EditPlan, Error> {
    let slug = context.workspace.slug(&args.thread)?;
    let mut records = records(context, &args.item)?;
    records.retain(|record| is_mapped(record, slug));
    if records.is_empty() {
        let message = format!("no catalog maps `{}` to `{slug}`", args.item);
        return Err(Error::request(message, "nothing is to be undone"));
    }
    let mut changes = Changes::default();
    changes.add(context, &records, |threads| threads.retain(|known| known != slug));
    let mut plan = changes.plan(context)?;
    plan.notes.extend(evidence_that_stays(context, &records, slug));
    Ok(plan)
}

/// Returns a note that the thread keeps its evidence line of an unmapped item.
fn evidence_that_stays(
    context: &EditContext<'_>,
    records: &[Entry<'_>],
    slug: &str,
) -> Option<String> {
    let file = context.workspace.threads.iter().find(|file| file.thread.slug == slug)?;
    let evaluation = context.evaluate(file);
    let is_it = |order: &usize| records.iter().any(|record| record.order == *order);
    let mut items = evaluation.items.items.iter();
    let item = items.find(|item| item.records.iter().any(is_it))?;
    let line = item.evidence.first().map(|&at| file.thread.evidence[at].item.span.start)?;
    let line = file.document.position(line).line;
    Some(format!("its evidence line stays ({}:{line})", file.document.path))
}

fn is_mapped(record: &Entry<'_>, slug: &str) -> bool {
    record.listed.threads.iter().any(|known| known.value == slug)
}

/// The records of the item that a reference means, earliest first; at least one.
fn records<'a>(context: &EditContext<'a>, word: &str) -> Result<Vec<Entry<'a>>, Error> {
    let index = context.index;
    if is_url(word)
        && let Some(entry) = index.named(&Name::from_reference(word), context.today).last()
    {
        return Ok(records_of(index, *entry, context.today));
    }
    let mut by_id: BTreeMap<&str, Entry<'a>> = BTreeMap::new();
    for entry in index.all(context.today) {
        // A line without a URL may belong to another page than the one that is called by its id.
        let page = by_id.get(index.id(&entry)).filter(|known| known.listed.item.has_url());
        if page.is_none() || entry.listed.item.has_url() {
            by_id.insert(index.id(&entry), entry);
        }
    }
    let (ids, newest): (Vec<&str>, Vec<Entry<'a>>) = by_id.into_iter().unzip();
    let candidates: Vec<Candidate<'_>> = ids
        .into_iter()
        .zip(&newest)
        .map(|(id, entry)| {
            let item = &entry.listed.item;
            Candidate {
                id,
                url: item.url.as_deref(),
                label: item.label.as_deref(),
                title: item.title.as_deref(),
            }
        })
        .collect();
    let found = newest[reference::look_up(word, "catalog item", &candidates)?];
    Ok(records_of(index, found, context.today))
}

/// Changes of mappings, by the path of the catalog.
#[derive(Default)]
struct Changes<'a> {
    by_path: BTreeMap<&'a str, Vec<Change>>,
}

impl<'a> Changes<'a> {
    /// Adds the change of the threads of each record by `change`.
    fn add(
        &mut self,
        context: &EditContext<'a>,
        records: &[Entry<'a>],
        change: impl Fn(&mut Vec<String>),
    ) {
        for record in records {
            let listed = record.listed;
            let mut threads = listed.threads.iter().map(|thread| thread.value.clone()).collect();
            change(&mut threads);
            let (line, item) = (listed.item.span.start, context.index.id(record).to_string());
            let mapping = Change::Mapping { line, item, threads };
            self.by_path.entry(&record.catalog.path).or_default().push(mapping);
        }
    }

    fn plan(self, context: &EditContext<'_>) -> Result<EditPlan, Error> {
        let mut plan = EditPlan::default();
        for (path, changes) in self.by_path {
            if let Some(catalog) = context.catalog(path) {
                plan.rewrites.push(context.rewrite_catalog(&catalog, changes)?);
            }
        }
        Ok(plan)
    }
}
