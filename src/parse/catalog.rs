//! A catalog: `backlogs/YYYY-MM-DD-<source>-backlog.md`.

use std::sync::Arc;

use crate::model::{
    Catalog, CatalogItem, Configuration, Date, DateOrigin, Diagnostic, Notation, Rule, Safety, date,
};
use crate::parse::bullet::Bullet;
use crate::parse::fence::{Fenced, Parts};
use crate::parse::fields::Reader;
use crate::parse::heading_dates::HeadingDates;
use crate::parse::markdown::{BlockKind, List, Outline, Table};
use crate::parse::plain::Line;
use crate::parse::value_fix::replacement;
use crate::parse::yaml::Node;
use crate::parse::{bullet, fence, item, markdown, plain, table, unread, yaml};
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
    /// Its notation, for edits.
    pub notation: Notation,
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
    let catalog = parts(document, configuration, &mut diagnostics).map(|(identity, body)| {
        let source = Arc::from(&*identity.source);
        let notation = &configuration.notation;
        let mut reader = CatalogReader::new(document, &source, notation, &mut diagnostics);
        if reader.plain_lines(body).is_none() {
            reader.restart();
            reader.blocks(&markdown::parse(document, body));
        }
        identity.catalog(document, reader.items)
    });
    (catalog, diagnostics)
}

/// Parses a catalog for an edit.
pub fn parse_for_edit(
    document: Document,
    configuration: &Configuration,
) -> (Option<CatalogFile>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let file = parts(&document, configuration, &mut diagnostics).map(|(identity, body)| {
        let source = Arc::from(&*identity.source);
        let notation = configuration.notation.clone();
        let outline = markdown::parse(&document, body);
        let mut reader = CatalogReader::new(&document, &source, &notation, &mut diagnostics);
        reader.blocks(&outline);
        let catalog = identity.catalog(&document, reader.items);
        CatalogFile { document, catalog, body, notation, outline }
    });
    (file, diagnostics)
}

/// Returns the keys of a catalog and the span of its body.
fn parts(
    document: &Document,
    configuration: &Configuration,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Identity, Span)> {
    if let Some(conflict) = fence::find_conflict(document) {
        diagnostics.push(conflict);
        return None;
    }
    let (root, body) = front_matter(document, diagnostics)?;
    let identity = identity(document, root.as_ref(), configuration, diagnostics)?;
    Some((identity, body))
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

/// The keys of a catalog.
struct Identity {
    scanned: Date,
    source: String,
    url: Option<String>,
    baseline: bool,
}

impl Identity {
    fn catalog(self, document: &Document, items: Vec<CatalogItem>) -> Catalog {
        let Self { scanned, source, url, baseline } = self;
        Catalog { path: document.path.clone(), source, scanned, baseline, url, items }
    }
}

/// Returns the keys of a catalog, from the front matter and the file name.
fn identity(
    document: &Document,
    root: Option<&Node>,
    configuration: &Configuration,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Identity> {
    let named = from_name(&document.path);
    let mut source = None;
    let mut scanned = None;
    let mut url = None;
    let mut baseline = false;
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
        let truth = fields.take("baseline").and_then(|node| reader.truth(node));
        baseline = truth.unwrap_or(false);
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
    let source = configuration.source_slug(&name);
    Some(Identity { scanned: date, source, url, baseline })
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

/// Reads the items of a catalog.
struct CatalogReader<'a> {
    document: &'a Document,
    source: &'a Arc<str>,
    notation: &'a Notation,
    items: Vec<CatalogItem>,
    /// Offsets of the list items and rows that were read as items, including those with errors.
    read: Vec<usize>,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// Number of diagnostics before the first one of the body.
    earlier: usize,
}

impl<'a> CatalogReader<'a> {
    fn new(
        document: &'a Document,
        source: &'a Arc<str>,
        notation: &'a Notation,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let (items, read, earlier) = (Vec::new(), Vec::new(), diagnostics.len());
        Self { document, source, notation, items, read, diagnostics, earlier }
    }

    /// Forgets all that was read.
    fn restart(&mut self) {
        self.items.clear();
        self.read.clear();
        self.diagnostics.truncate(self.earlier);
    }

    /// Reads a body of plain lines. Returns `None` at the first line that is not plain, or that must be
    /// reported because it looks like an item and is none.
    fn plain_lines(&mut self, body: Span) -> Option<()> {
        let (document, notation) = (self.document, self.notation);
        let is_remark = |span| unread::is_remark(document.slice(span), notation).then_some(());
        let mut headings = HeadingDates::new(notation.dates);
        plain::lines(document, body, |line| match line {
            Line::Heading { level, text, span } => {
                headings.enter(level, text);
                is_remark(span)
            }
            Line::Words(span) => is_remark(span),
            Line::Bullet(span) => {
                let inherited = headings.date().map(|date| (date, DateOrigin::Heading));
                let before = self.diagnostics.len();
                let raw = document.slice(span);
                if let Some((bullet, _)) = plain::read_bullet(raw, span.start, notation.dates) {
                    // Every bullet that the fast reader reads has a date or a URL.
                    self.item(bullet, inherited, before);
                    return Some(());
                }
                let entry = plain::blocks::list_item(raw.strip_prefix("- ")?, span)?;
                let order = notation.dates;
                let bullet = bullet::parse_any(document, &entry, order, self.diagnostics);
                if is_item(&bullet) {
                    self.item(bullet, inherited, before);
                    return Some(());
                }
                is_remark(span)
            }
        })
    }

    /// Reads the blocks of any body, and reports lines that look like items and are not read.
    fn blocks(&mut self, outline: &Outline) {
        let mut headings = HeadingDates::new(self.notation.dates);
        for block in &outline.blocks {
            let inherited = headings.date().map(|date| (date, DateOrigin::Heading));
            match &block.kind {
                BlockKind::Heading { level, text } => {
                    headings.enter(*level, text);
                }
                BlockKind::List(list) => self.list(list, inherited, false),
                BlockKind::Table(table) => self.table(table, inherited),
                BlockKind::Paragraph(_) | BlockKind::Other(_) => {}
            }
        }
        let unread = unread::in_catalog(self.document, outline, &self.read, self.notation);
        self.diagnostics.extend(unread);
    }

    /// Reads a list. A bullet without date, URL and id is a remark. A list inside an item has
    /// further items only where its bullets have a URL; they have the date of the outer item.
    fn list(&mut self, list: &List, inherited: Option<(Date, DateOrigin)>, is_inside_item: bool) {
        for entry in &list.items {
            let before = self.diagnostics.len();
            let bullet = bullet::parse(self.document, entry, self.notation.dates, self.diagnostics);
            let is_item = is_item(&bullet) && (!is_inside_item || has_name_of_its_own(&bullet));
            let date = bullet.date;
            let is_outer = is_item || is_inside_item;
            if is_item {
                self.item(bullet, inherited, before);
            } else if is_inside_item {
                // Mistakes of the author's notes on an item are not reported.
                self.diagnostics.truncate(before);
            }
            let date = date.map(|date| (date, DateOrigin::OuterItem)).or(inherited);
            for children in &entry.children {
                self.list(children, date, is_outer);
            }
        }
    }

    fn table(&mut self, table: &Table, inherited: Option<(Date, DateOrigin)>) {
        let columns = table::columns(self.document, table);
        for row in &table.rows {
            let before = self.diagnostics.len();
            let found =
                table::bullet(self.document, &columns, row, self.notation.dates, self.diagnostics);
            if let Some(bullet) = found.map(|row| row.bullet).filter(is_item) {
                self.item(bullet, inherited, before);
            }
        }
    }

    /// Adds an item. Its diagnostics begin at the index `before`.
    fn item(&mut self, bullet: Bullet<'_>, inherited: Option<(Date, DateOrigin)>, before: usize) {
        let path = &self.document.path;
        self.read.push(bullet.span.start);
        if let Some(finding) = item::unnamed(&bullet, path) {
            let help = "put a title before its date, or add `[id:: …]`; it is left out until then";
            self.diagnostics.push(finding.help(help));
            return;
        }
        let threads = bullet.list_values(&["thread"]).map(Spanned::to_owned).collect();
        self.diagnostics.extend(unread::html_link(self.document, &bullet));
        let source = Some(self.source);
        let item = item::parse_item(bullet, source, false, inherited, path, self.diagnostics);
        // An item that was not fully understood must not be added to a thread.
        if !self.diagnostics[before..].iter().any(Diagnostic::is_error) {
            self.items.push(CatalogItem { item, threads });
        }
    }
}

/// Returns whether a bullet is an item and not a remark.
fn is_item(bullet: &Bullet<'_>) -> bool {
    bullet.date.is_some() || has_name_of_its_own(bullet)
}

/// Returns whether a bullet has a URL, an id or a mapping, and not only a date.
fn has_name_of_its_own(bullet: &Bullet<'_>) -> bool {
    bullet.url.is_some() || bullet.field("id").is_some() || bullet.field("thread").is_some()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    const LINES: [&str; 24] = [
        "- [A](https://e.org/a) (2026-05-04) — words [tags:: a, b]",
        "- [B](https://e.org/b) (2026-05-05) [thread:: t]",
        "- **#455** (2026-05-04) — “Title.” More.",
        "- Unlinked (2026-05-04)",
        "- [C](https://e.org/c) — no date",
        "- [D](https://e.org/d), 4 May 2026",
        "- (2026-05-04)",
        "- a remark",
        "- a remark, 2026-05-04",
        "- a remark on https://e.org",
        "- [E](https://e.org/e) (2026-05-32)",
        "- an unclosed [org:: x (2026-05-04)",
        "- ",
        "## 2026-05-03",
        "# A title",
        "## See https://e.org",
        "## Mapped thread:: t",
        "Words of a paragraph.",
        "Words with https://e.org in them",
        "  - [F](https://e.org/f) (2026-05-04)",
        "> - [G](https://e.org/g) (2026-05-04)",
        "===",
        "| a | b |",
        "<!-- - [H](https://e.org/h) -->",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn plain_lines_of_any_body_give_the_items_of_the_complete_parser(
            lines in vec((select(&LINES[..]), select(&["\n", "\n", "\n\n", "\r\n"][..])), 0..7)
        ) {
            let text: String = lines.iter().flat_map(|(line, end)| [*line, *end]).collect();
            let document = Document::new("backlogs/2026-05-10-lab-backlog.md", text);
            let (source, notation) = (Arc::from("lab"), Notation::default());
            let body = Span::new(0, document.text.len());
            let (mut found, mut expected) = (Vec::new(), Vec::new());
            let mut plain = CatalogReader::new(&document, &source, &notation, &mut found);
            if plain.plain_lines(body).is_some() {
                let mut any = CatalogReader::new(&document, &source, &notation, &mut expected);
                any.blocks(&markdown::parse(&document, body));
                prop_assert_eq!(plain.items, any.items);
                prop_assert_eq!(found, expected);
            } else {
                plain.restart();
                prop_assert!(plain.items.is_empty() && plain.read.is_empty() && found.is_empty());
            }
        }
    }
}
