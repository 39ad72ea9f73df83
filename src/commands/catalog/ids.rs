//! The ids that new items have after an edit.
//!
//! The id of a line may belong to another page: `item?id=101` and `item?id=102` are both `forum/item`. The
//! page that landed later then has a longer id.

use std::collections::BTreeSet;

use foldhash::HashMap;

use crate::commands::shared::edit::context::EditContext;
use crate::evaluate::CatalogIndex;
use crate::model::change::Listing;
use crate::model::{Catalog, Date, Name};
use crate::parse::catalog;
use crate::text::Document;

/// Returns the ids of new items, in order. `after` is the catalog of the source with the new lines at its
/// end.
pub(super) fn after(
    context: &EditContext<'_>,
    source: &str,
    after: &Document,
    listings: &[Listing],
) -> Vec<String> {
    let written = || listings.iter().map(|listing| listing.item.id.clone());
    if !is_shared(context, listings) {
        return written().collect();
    }
    let configuration = &context.workspace.configuration;
    let Some(new) = catalog::parse(after, configuration).0 else {
        return written().collect();
    };
    let lines: Vec<usize> = new.items.iter().map(|listed| listed.item.span.start).collect();
    let lines = &lines[lines.len().saturating_sub(listings.len())..];
    // Ids begin with their source, so that catalogs without such an id do not matter.
    let begins = format!("{source}/");
    let is_relevant = |catalog: &&Catalog| {
        catalog.path != after.path
            && catalog.items.iter().any(|listed| listed.item.id.starts_with(&begins))
    };
    let catalogs: Vec<Catalog> =
        context.workspace.catalogs.iter().filter(is_relevant).cloned().collect();
    let catalogs = [catalogs, vec![new]].concat();
    let index = CatalogIndex::new(&catalogs, configuration);
    let of_file = index.all(Date::MAX).filter(|entry| entry.catalog.path == after.path);
    let ids: HashMap<usize, String> =
        of_file.map(|entry| (entry.listed.item.span.start, index.id(&entry).to_string())).collect();
    let assigned = lines.iter().map(|line| ids.get(line).cloned());
    written().zip(assigned).map(|(written, assigned)| assigned.unwrap_or(written)).collect()
}

/// Returns whether the id of a new line is also that of another one.
fn is_shared(context: &EditContext<'_>, listings: &[Listing]) -> bool {
    let mut seen = BTreeSet::new();
    listings.iter().any(|listing| {
        let id = listing.item.id.as_str();
        let named = context.index.named(&Name::Derived(id.into()), Date::MAX);
        !seen.insert(id) || !named.is_empty()
    })
}
