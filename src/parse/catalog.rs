//! A catalog: `backlogs/YYYY-MM-DD-<source>-backlog.md`.

use std::sync::Arc;

use crate::model::{Catalog, CatalogItem, Configuration, Date, Diagnostic, Rule, Safety, date};
use crate::parse::fence::{Fenced, Parts};
use crate::parse::fields::Reader;
use crate::parse::markdown::{BlockKind, List, Outline};
use crate::parse::value_fix::replacement;
use crate::parse::yaml::Node;
use crate::parse::{bullet, fence, item, markdown, unread, yaml};
use crate::text::{Document, Span, Spanned};

/// A catalog with the text it was parsed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogFile {
    /// The file as it was loaded.
    pub document: Document,
    /// The parsed catalog.
    pub catalog: Catalog,
    /// The span of its body.
    pub body: Span,
    /// The blocks of its body, for edits.
    pub outline: Outline,
}

/// Parses a catalog. Returns `None` if its source or date cannot be determined; a diagnostic gives
/// the reason. Items with an error are reported and left out.
pub fn parse(
    document: &Document,
    configuration: &Configuration,
) -> (Option<Catalog>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let read = read(document, configuration, &mut diagnostics);
    (read.map(|(catalog, _, _)| catalog), diagnostics)
}

/// Parses a catalog for an edit.
pub fn parse_for_edit(
    document: Document,
    configuration: &Configuration,
) -> (Option<CatalogFile>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let read = read(&document, configuration, &mut diagnostics);
    let file =
        read.map(|(catalog, body, outline)| CatalogFile { document, catalog, body, outline });
    (file, diagnostics)
}

fn read(
    document: &Document,
    configuration: &Configuration,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Catalog, Span, Outline)> {
    if let Some(conflict) = fence::find_conflict(document) {
        diagnostics.push(conflict);
        return None;
    }
    let (root, body) = front_matter(document, diagnostics)?;
    let (scanned, source, url) = identity(document, root.as_ref(), configuration, diagnostics)?;
    let outline = markdown::parse(document, body);
    let Items { items, read } = items(document, &outline, &Arc::from(&*source), diagnostics);
    diagnostics.extend(unread::in_catalog(document, &outline, &read));
    let path = document.path.clone();
    Some((Catalog { path, source, scanned, url, items }, body, outline))
}

fn front_matter(
    document: &Document,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Option<Node>, Span)> {
    match fence::split(&document.text) {
        Fenced::Absent => Some((None, Span::new(0, document.text.len()))),
        Fenced::Unclosed { fence } => {
            diagnostics.push(fence::unclosed(document, fence));
            None
        }
        Fenced::Parts(Parts { front_matter, body }) => {
            let root = yaml::parse(document, front_matter, diagnostics)?;
            Some((Some(root), body))
        }
    }
}

/// Returns the date, the source and the URL, from the front matter and the file name.
fn identity(
    document: &Document,
    root: Option<&Node>,
    configuration: &Configuration,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Date, String, Option<String>)> {
    let named = from_name(&document.path);
    let mut source = None;
    let mut scanned = None;
    let mut url = None;
    if let Some(root) = root {
        let mut reader = Reader { document, diagnostics: &mut *diagnostics };
        let mut fields = reader.map(root, "the front matter")?;
        source = fields.take("source").and_then(|node| reader.word(node));
        let date = fields.take("scanned").map(|node| (reader.date(node), node.span));
        if let Some((None, _)) = date {
            return None;
        }
        scanned = date.and_then(|(date, span)| date.map(|date| Spanned::new(date, span)));
        url = fields.take("url").and_then(|node| reader.text(node)).map(|text| text.value);
        reader.finish_leniently(&fields);
    }
    if let (Some((date, _)), Some(scanned)) = (&named, &scanned)
        && *date != scanned.value
    {
        let message = format!("the file name says {date}, `scanned` says {}", scanned.value);
        diagnostics.push(contradiction(document, scanned.span, &message));
    }
    if let (Some((_, name)), Some(source)) = (&named, &source)
        && configuration.source_slug(name) != configuration.source_slug(&source.value)
    {
        let message = format!("the file name says `{name}`, `source` says `{}`", source.value);
        let fix = replacement(document, Safety::Unsafe, source, name);
        diagnostics.push(contradiction(document, source.span, &message).fix(fix));
    }
    let date = scanned.map(|scanned| scanned.value).or(named.as_ref().map(|(date, _)| *date));
    let name = source.map(|source| source.value).or(named.map(|(_, name)| name));
    let (Some(date), Some(name)) = (date, name) else {
        let message = "nothing says which source was scanned, and when";
        let help = "name the file YYYY-MM-DD-<source>-backlog.md, or give `source:` and `scanned:` in its front matter";
        diagnostics.push(
            Diagnostic::new(Rule::CatalogName, &document.path, Span::at(0), message).help(help),
        );
        return None;
    };
    Some((date, configuration.source_slug(&name), url))
}

fn contradiction(document: &Document, span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Rule::CatalogName, &document.path, span, message)
        .label("the front matter is used")
        .help("rename the file or correct the front matter")
}

/// Parses a file name: `2026-05-10-metr-backlog.md` gives 2026-05-10 and `metr`.
fn from_name(path: &str) -> Option<(Date, String)> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.strip_suffix(".md").unwrap_or(name);
    let (date, rest) = stem.split_at_checked(10)?;
    let source = rest.strip_prefix('-')?;
    let source = source.strip_suffix("-backlog").unwrap_or(source);
    let date = date::parse(date).ok()?;
    (!source.is_empty()).then(|| (date, source.to_string()))
}

/// The items of a catalog.
#[derive(Default)]
struct Items {
    items: Vec<CatalogItem>,
    /// Offsets of the list items that were read as items, including those with errors.
    read: Vec<usize>,
}

fn items(
    document: &Document,
    outline: &Outline,
    source: &Arc<str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Items {
    let mut items = Items::default();
    for block in &outline.blocks {
        if let BlockKind::List(list) = &block.kind {
            take_items(document, list, source, &mut items, diagnostics);
        }
    }
    items
}

/// Collects the items of a list. A bullet without date, URL and id is a remark. Lists inside a
/// remark are read as lists of items; lists inside an item belong to the item.
fn take_items(
    document: &Document,
    list: &List,
    source: &Arc<str>,
    items: &mut Items,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for entry in &list.items {
        let before = diagnostics.len();
        let bullet = bullet::parse(document, entry, diagnostics);
        let threads: Vec<_> = bullet.list_values(&["thread"]).map(Spanned::to_owned).collect();
        let is_item = bullet.date.is_some()
            || bullet.url.is_some()
            || bullet.field("id").is_some()
            || !threads.is_empty();
        if !is_item {
            for children in &entry.children {
                take_items(document, children, source, items, diagnostics);
            }
            continue;
        }
        items.read.push(bullet.span.start);
        if let Some(finding) = item::unnamed(&bullet, &document.path) {
            let help = "put a title before its date, or add `[id:: …]`; it is left out until then";
            diagnostics.push(finding.help(help));
            continue;
        }
        diagnostics.extend(unread::html_link(document, &bullet));
        let item = item::parse_item(bullet, Some(source), false, &document.path, diagnostics);
        // An item that was not fully understood must not be added to a thread.
        if !diagnostics[before..].iter().any(Diagnostic::is_error) {
            items.items.push(CatalogItem { item, threads });
        }
    }
}
