//! `thread catalog add`: lists an item in today's catalog of a source.

use super::args::CatalogAddArgs;
use crate::commands::shared::edit::context::Desk;
use crate::commands::shared::edit::plan::{Deed, NewFile, NewFileKind, Refused};
use crate::commands::shared::new_item::{known_source, new_item};
use crate::edit::catalog;
use crate::model::change::{Change, Listing};

/// Lists an item in today's catalog of a source, which is created if need be. Without an item the
/// catalog says that somebody looked and found nothing.
pub fn add(desk: &Desk<'_>, args: &CatalogAddArgs) -> Result<Deed, Refused> {
    let source = known_source(desk, &args.source)?;
    let slugs: Result<Vec<String>, _> =
        args.threads.iter().map(|word| desk.workspace.slug(word).map(str::to_string)).collect();
    let threads = slugs?;
    let (item, notes) =
        args.what.as_ref().map(|what| new_item(what, &args.about, &source)).transpose()?.unzip();
    let notes = notes.unwrap_or_default();
    let listings: Vec<Listing> = item.map(|item| Listing { item, threads }).into_iter().collect();
    let catalogs = desk.workspace.catalogs.iter();
    let mut todays = catalogs.filter(|known| known.source == source && known.scanned == desk.today);
    let Some(file) = todays.next().and_then(|known| desk.catalog(&known.path)) else {
        return Ok(Deed { notes, ..new_catalog(desk, &source, &listings) });
    };
    let Some(listing) = listings.into_iter().next() else {
        return Ok(Deed::default());
    };
    let mut listed = file.catalog.items.iter();
    if let Some(known) = listed.find(|known| known.item.is_same(&listing.item)) {
        let line = file.document.position(known.item.span.start).line;
        let message = format!("today's catalog lists `{}` already", known.item.id);
        return Err(Refused::misuse(
            message,
            format!("it stands in {}:{line}", file.document.path),
        ));
    }
    let rewrite = desk.rewrite_catalog(&file, vec![Change::Listing(listing)])?;
    Ok(Deed { rewrites: vec![rewrite], notes, ..Deed::default() })
}

fn new_catalog(desk: &Desk<'_>, source: &str, listings: &[Listing]) -> Deed {
    let configuration = &desk.workspace.configuration;
    let (folder, today) = (&configuration.backlogs, desk.today);
    let what = match listings.first() {
        Some(listing) => format!("a catalog with `{}`", listing.item.id),
        None => "an empty catalog: somebody looked".to_string(),
    };
    let file = NewFile {
        path: format!("{folder}/{today}-{source}-backlog.md"),
        text: catalog::new_text(source, today, listings, configuration),
        kind: NewFileKind::Catalog,
        what,
    };
    Deed { new_files: vec![file], ..Deed::default() }
}
