//! A text whose lists take new bullets: the body of a thread or of a catalog.

pub mod bullets;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::edit::{REPORT, Refusal};
use crate::model::{CatalogItem, Date, DateOrder, Diagnostic};
use crate::parse::markdown::{BlockKind, List, ListItem, Outline};
use crate::parse::{CatalogFile, ThreadFile, bullet, table};
use crate::text::{Document, Edit, Span};

pub use bullets::{Bullets, Order, Slot};

/// The body of a file, with its lists and the dates of their bullets.
pub struct ListEditor<'f> {
    /// The file.
    pub document: &'f Document,
    /// Its blocks.
    pub outline: &'f Outline,
    /// The span of the body.
    pub body: Span,
    dates: BTreeMap<usize, Date>,
    order: Option<DateOrder>,
}

impl<'f> ListEditor<'f> {
    /// The body of a thread.
    pub fn of_thread(file: &'f ThreadFile) -> Self {
        let thread = &file.thread;
        let held = thread.evidence.iter().map(|line| (line.item.span, line.item.date));
        let logged = thread.log.iter().map(|entry| (entry.span, Some(entry.date)));
        let drafted = thread.drafts.iter().map(|draft| (draft.span, Some(draft.date)));
        let dates = dates(held.chain(logged).chain(drafted));
        Self {
            document: &file.document,
            outline: &file.outline,
            body: file.parts.body,
            dates,
            order: file.notation.dates,
        }
    }

    /// The body of a catalog.
    pub fn of_catalog(file: &'f CatalogFile) -> Self {
        let listed = |listed: &CatalogItem| (listed.item.span, listed.item.date);
        let dates = dates(file.catalog.items.iter().map(listed));
        Self {
            document: &file.document,
            outline: &file.outline,
            body: file.body,
            dates,
            order: file.notation.dates,
        }
    }

    /// Returns the date of an item.
    pub fn date_of(&self, item: &ListItem) -> Option<Date> {
        self.dates.get(&item.head.start).copied()
    }

    /// Parses the bullet at `start`.
    pub fn bullet(&self, start: usize) -> Result<bullet::Bullet<'f>, Refusal> {
        let lists = self.outline.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::List(list) => Some(list),
            _ => None,
        });
        let mut known: Vec<Diagnostic> = Vec::new();
        find(lists, start)
            .map(|item| bullet::parse(self.document, item, self.order, &mut known))
            .or_else(|| self.row(start))
            .ok_or_else(|| Refusal::new(Span::at(start), "there is no bullet to edit", REPORT))
    }

    /// Parses the row of a table at `start`.
    fn row(&self, start: usize) -> Option<bullet::Bullet<'f>> {
        let tables = self.outline.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Table(table) => Some(table),
            _ => None,
        });
        let mut rows = tables.flat_map(|table| table.rows.iter().map(move |row| (table, row)));
        let (table, row) = rows.find(|(_, row)| row.span.start == start)?;
        let columns = table::columns(self.document, table);
        let found = table::bullet(self.document, &columns, row, self.order, &mut Vec::new());
        found.map(|row| row.bullet)
    }

    /// The marker of the editor's lists, for a list that is new.
    pub fn style(&self) -> String {
        let lists = self.outline.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::List(list) => list.items.first(),
            _ => None,
        });
        let mut markers =
            lists.filter_map(|item| self.document.text[item.span.range()].chars().next());
        format!("{} ", markers.find(|c| "-*+".contains(*c)).unwrap_or('-'))
    }
}

fn dates(bullets: impl Iterator<Item = (Span, Option<Date>)>) -> BTreeMap<usize, Date> {
    bullets.filter_map(|(span, date)| Some((span.start, date?))).collect()
}

/// Returns the item whose head begins at `start`, at any depth.
fn find<'l>(lists: impl IntoIterator<Item = &'l List>, start: usize) -> Option<&'l ListItem> {
    lists.into_iter().flat_map(|list| &list.items).find_map(|item| {
        if item.head.start == start { Some(item) } else { find(&item.children, start) }
    })
}

/// Lines to add at the end of sections and parts.
pub struct Appends<'p> {
    editor: &'p ListEditor<'p>,
    behind: BTreeMap<usize, Vec<Vec<String>>>,
    before: Vec<Edit>,
}

impl<'p> Appends<'p> {
    /// Nothing yet.
    pub fn new(editor: &'p ListEditor<'p>) -> Self {
        Self { editor, behind: BTreeMap::new(), before: Vec::new() }
    }

    /// Adds lines after some blocks, or after their heading if there are none.
    ///
    /// Link definitions are not blocks, but belong to the text before them, so the lines are added
    /// after the last line that is not blank before the next block or the end of the text.
    pub fn behind(&mut self, blocks: Range<usize>, heading: Option<usize>, lines: Vec<String>) {
        let start = heading
            .map_or(self.editor.body.start, |heading| self.editor.outline.blocks[heading].span.end);
        let next = self.editor.outline.blocks.get(blocks.end);
        let end = next.map_or(self.editor.document.text.len(), |block| {
            self.editor.document.line_start(block.span.start)
        });
        let at = self.last_line_of(start, end);
        self.behind.entry(at).or_default().push(lines);
    }

    /// Adds lines at the end of the text; a text of blank lines only is replaced.
    pub fn at_end(&mut self, lines: Vec<String>) {
        let body = self.editor.body;
        let text = &self.editor.document.text;
        let at = if text[body.range()].trim().is_empty() {
            text.len()
        } else {
            self.last_line_of(body.start, text.len())
        };
        self.behind.entry(at).or_default().push(lines);
    }

    /// Lines before a heading.
    pub fn before(&mut self, heading: usize, mut lines: Vec<String>) {
        let document = self.editor.document;
        let at = document.line_start(self.editor.outline.blocks[heading].span.start);
        if !self.is_blank_above(at) {
            lines.insert(0, String::new());
        }
        lines.push(String::new());
        self.before.push(Edit::NewLines { at, lines });
    }

    /// All of it.
    pub fn edits(self) -> Vec<Edit> {
        let mut edits = Vec::new();
        for (at, contents) in &self.behind {
            let mut lines = Vec::new();
            for content in contents {
                if !lines.is_empty() || !self.is_blank_above(*at) {
                    lines.push(String::new());
                }
                lines.extend(content.iter().cloned());
            }
            let next = self.editor.document.text[*at..].lines().next().unwrap_or("");
            if !next.trim().is_empty() {
                lines.push(String::new());
            }
            edits.push(Edit::NewLines { at: *at, lines });
        }
        edits.extend(self.before);
        edits
    }

    /// Returns the start of the line after the last non-blank line between `start` and `end`.
    fn last_line_of(&self, start: usize, end: usize) -> usize {
        let text = &self.editor.document.text;
        let words = text[start..end.max(start)].trim_end();
        self.editor.document.next_line(start + words.len())
    }

    fn is_blank_above(&self, at: usize) -> bool {
        let above = &self.editor.document.text[..at];
        let line = above.strip_suffix('\n').map(|above| above.rsplit('\n').next().unwrap_or(above));
        line.is_some_and(|line| line.trim().is_empty())
    }
}
