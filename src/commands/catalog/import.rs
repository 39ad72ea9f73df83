//! `thread catalog import`: the links of a saved page as items of today's catalog.

use anyhow::Result;

use super::CatalogImportArgs;
use super::edit::{Added, add_listings};
use crate::commands::shared::body::Body;
use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::edit::plan::EditPlan;
use crate::commands::shared::matching::first_items;
use crate::commands::shared::new_item::{AboutArgs, known_source, new_item};
use crate::commands::shared::session::Session;
use crate::model::change::Listing;
use crate::model::url::is_web;
use crate::model::{Configuration, Date, Error, ItemRecord};
use crate::parse::markdown::{BlockKind, Inline};
use crate::parse::{bullet, catalog, markdown};
use crate::text::{Document, Span, escape_for_terminal};

/// A link of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageItem {
    title: Option<String>,
    url: Option<String>,
    date: Option<Date>,
}

/// Reads the files that the arguments name; without any, the standard input.
///
/// # Errors
/// A file cannot be read.
pub fn bodies(session: &Session, args: &CatalogImportArgs) -> Result<Vec<Body>> {
    match args.files.as_slice() {
        [] => Ok(vec![Body::of_stdin()?]),
        files => files.iter().map(|file| Body::of_file(session, file)).collect(),
    }
}

/// Returns the files as pages.
///
/// # Errors
/// A file is not UTF-8.
pub fn pages(bodies: Vec<Body>) -> Result<Vec<Document>> {
    let page = |body: Body| match String::from_utf8(body.bytes) {
        Ok(text) => Ok(Document::new(body.name, text)),
        Err(_) => {
            let message = format!("{} is not UTF-8", escape_for_terminal(&body.name));
            Err(Error::request(message, "save the page as UTF-8").into())
        }
    };
    bodies.into_iter().map(page).collect()
}

/// Returns the items of a page: its bullets and rows like those of a catalog, and the links of its
/// paragraphs whose text is more than a word for a link. Each URL counts once.
pub fn items(page: &Document, configuration: &Configuration) -> Vec<PageItem> {
    // The name gives the parser a source and a date, which are not used.
    let body = Document::new("1970-01-01-page-backlog.md", without_front_matter(page));
    let (parsed, _) = catalog::parse(&body, configuration);
    let listed = parsed.into_iter().flat_map(|catalog| catalog.items);
    let mut found: Vec<(usize, PageItem)> =
        listed.map(|listed| (listed.item.span.start, PageItem::of(&listed.item))).collect();
    let outline = markdown::parse(&body, Span::new(0, body.text.len()));
    for block in &outline.blocks {
        if let BlockKind::Paragraph(inline) = &block.kind {
            found.extend(links(inline));
        }
    }
    found.sort_by_key(|(start, _)| *start);
    let mut items: Vec<PageItem> = Vec::new();
    for (_, item) in found {
        if item.url.is_none() || !items.iter().any(|known| known.url == item.url) {
            items.push(item);
        }
    }
    items
}

fn links(inline: &Inline) -> impl Iterator<Item = (usize, PageItem)> {
    let is_page = |link: &&markdown::Link| {
        is_web(&link.destination)
            && link.text != link.destination
            && !bullet::is_link_label(&link.text)
    };
    inline.links.iter().filter(is_page).map(|link| {
        let title = Some(link.text.trim().to_string()).filter(|title| !title.is_empty());
        (link.span.start, PageItem { title, url: Some(link.destination.clone()), date: None })
    })
}

fn without_front_matter(page: &Document) -> String {
    use crate::parse::fence::{Fenced, split};
    match split(&page.text) {
        Fenced::Parts(parts) => page.text[parts.body.range()].to_string(),
        Fenced::Absent | Fenced::Unclosed { .. } => page.text.clone(),
    }
}

impl PageItem {
    fn of(item: &ItemRecord) -> Self {
        Self {
            title: item.title.clone(),
            url: item.url.as_deref().map(str::to_string),
            date: item.date,
        }
    }
}

/// Adds the items of pages to today's catalog of a source. Items that a catalog of the source lists,
/// or that are evidence under it, are left out.
pub fn import(
    context: &EditContext<'_>,
    args: &CatalogImportArgs,
    pages: &[Document],
) -> Result<EditPlan, Error> {
    let source = known_source(context, &args.source)?;
    let slugs: Result<Vec<String>, _> =
        args.threads.iter().map(|word| context.workspace.slug(word).map(str::to_string)).collect();
    let threads = slugs?;
    let found: Vec<PageItem> =
        pages.iter().flat_map(|page| items(page, &context.workspace.configuration)).collect();
    if found.is_empty() {
        let message = "no item was found: there is no list item, row or paragraph with a link";
        return Err(Error::request(message, "`thread catalog add SOURCE URL` adds one by hand"));
    }
    let mut listings: Vec<Listing> = Vec::new();
    let mut refused = Vec::new();
    let mut known = 0;
    for item in found {
        let about = AboutArgs {
            title: item.title.clone().filter(|_| item.url.is_some()),
            date: item.date.or(args.date),
            org: None,
            tags: args.tags.clone(),
        };
        let Some(what) = item.url.or(item.title) else {
            continue;
        };
        match new_item(&what, &about, &source) {
            Ok((new, _)) if is_known(context, &source, &new) => known += 1,
            Ok((new, _)) if listings.iter().any(|listing| listing.item.is_same(&new)) => known += 1,
            Ok((item, _)) => listings.push(Listing { item, threads: threads.clone() }),
            Err(error) => refused.push(format!("not added: {}", error.message)),
        }
    }
    let titles: Vec<String> =
        listings.iter().map(|listing| listing.item.title.clone().unwrap_or_default()).collect();
    let Added { plan, ids } = if listings.is_empty() {
        Added::default()
    } else {
        add_listings(context, &source, false, &listings)?
    };
    let titles = ids.iter().zip(&titles).map(|(id, title)| (id.as_str(), title.as_str()));
    let shown = first_items(titles, MOST_SHOWN);
    let counts = format!("{} new, {known} known, {} not added", ids.len(), refused.len());
    let details: Vec<String> = std::iter::once(counts).chain(shown).chain(refused).collect();
    Ok(EditPlan { details, ..plan })
}

/// At most this many new items are shown.
const MOST_SHOWN: usize = 10;

/// Returns whether a catalog of the source lists an item, or a thread has it under the source.
fn is_known(context: &EditContext<'_>, source: &str, item: &ItemRecord) -> bool {
    let catalogs = context.workspace.catalogs.iter().filter(|catalog| catalog.source == source);
    let mut listed = catalogs.flat_map(|catalog| &catalog.items).map(|listed| &listed.item);
    let threads = context.workspace.threads.iter().flat_map(|file| &file.thread.evidence);
    let mut evidence =
        threads.map(|line| &line.item).filter(|known| known.source.as_deref() == Some(source));
    listed.any(|known| known.is_same(item)) || evidence.any(|known| known.is_same(item))
}
