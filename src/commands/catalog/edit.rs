//! `thread catalog add`: lists an item in today's catalog of a source.

use super::{CatalogAddArgs, ids};
use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::edit::plan::{EditPlan, NewFile, NewFileKind};
use crate::commands::shared::new_item::{known_source, new_item};
use crate::edit::catalog;
use crate::model::Error;
use crate::model::change::{Change, Listing};
use crate::parse::looks::is_looks;
use crate::text::Document;

/// Adds an item to today's catalog of a source, which is created if necessary. Without an item, the
/// catalog states that the source had nothing new.
pub fn add(context: &EditContext<'_>, args: &CatalogAddArgs) -> Result<EditPlan, Error> {
    let source = known_source(context, &args.source)?;
    let slugs: Result<Vec<String>, _> =
        args.threads.iter().map(|word| context.workspace.slug(word).map(str::to_string)).collect();
    let threads = slugs?;
    let (item, notes) =
        args.what.as_ref().map(|what| new_item(what, &args.about, &source)).transpose()?.unzip();
    let notes = notes.unwrap_or_default();
    let listings: Vec<Listing> = item.map(|item| Listing { item, threads }).into_iter().collect();
    let thread = listings.iter().find_map(|listing| listing.threads.first());
    let thread = thread.map_or("THREAD", String::as_str);
    let next = (!context.has_triggers())
        .then(|| format!("`thread trigger add {thread}` decides when a thread moves"));
    let Added { plan, .. } = add_listings(context, &source, false, &listings)?;
    Ok(EditPlan { next, notes, ..plan })
}

/// An edit of today's catalog.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Added {
    /// The edit.
    pub plan: EditPlan,
    /// The ids of the new items after the edit, in order. They may be longer than those of their lines.
    pub ids: Vec<String>,
}

/// Adds items to today's catalog of a source, which is created if necessary; a new one may be a
/// baseline.
pub fn add_listings(
    context: &EditContext<'_>,
    source: &str,
    baseline: bool,
    listings: &[Listing],
) -> Result<Added, Error> {
    let catalogs = context.workspace.catalogs.iter();
    let mut todays = catalogs.filter(|known| {
        known.source == *source && known.scanned == context.today && !is_looks(&known.path)
    });
    let Some(file) = todays.next().and_then(|known| context.catalog(&known.path)) else {
        return Ok(new_catalog(context, source, baseline, listings));
    };
    if listings.is_empty() {
        return Ok(Added::default());
    }
    for listing in listings {
        let mut listed = file.catalog.items.iter();
        if let Some(known) = listed.find(|known| known.item.is_same(&listing.item)) {
            let line = file.document.position(known.item.span.start).line;
            let message = format!("today's catalog already lists `{}`", known.item.id);
            return Err(Error::request(message, format!("see {}:{line}", file.document.path)));
        }
    }
    let changes = listings.iter().cloned().map(Change::Listing).collect();
    let mut rewrite = context.rewrite_catalog(&file, changes)?;
    let after = Document::new(rewrite.before.path.clone(), rewrite.after.as_str());
    let ids = ids::after(context, source, &after, listings);
    // The report names the items by these ids.
    for (change, id) in rewrite.changes.iter_mut().zip(&ids) {
        if let Change::Listing(listing) = change {
            listing.item.id.clone_from(id);
        }
    }
    Ok(Added { plan: EditPlan { rewrites: vec![rewrite], ..EditPlan::default() }, ids })
}

fn new_catalog(
    context: &EditContext<'_>,
    source: &str,
    baseline: bool,
    listings: &[Listing],
) -> Added {
    let configuration = &context.workspace.configuration;
    let (directory, today) = (&configuration.backlogs, context.today);
    let path = format!("{directory}/{today}-{source}-backlog.md");
    let text = catalog::new_text(source, today, baseline, listings, configuration);
    let ids = ids::after(context, source, &Document::new(path.clone(), text.as_str()), listings);
    let what = match ids.as_slice() {
        [id] => format!("a catalog with `{id}`"),
        [] => "a scan without items".to_string(),
        ids => format!("a catalog with {} items", ids.len()),
    };
    let file = NewFile { path, text, kind: NewFileKind::Catalog, what };
    Added { plan: EditPlan { new_files: vec![file], ..EditPlan::default() }, ids }
}
