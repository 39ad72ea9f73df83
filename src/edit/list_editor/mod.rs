//! A text whose lists take new bullets: the body of a thread or of a catalog.

pub mod appends;
pub mod rows;

use std::collections::BTreeMap;

use crate::edit::refusal::{REPORT, Refusal};
use crate::model::{CatalogItem, Date, Diagnostic};
use crate::parse::markdown::{BlockKind, List, ListItem, Outline};
use crate::parse::{CatalogFile, ThreadFile, bullet};
use crate::text::{Document, Span};

pub use appends::Tails;
pub use rows::{Order, Rows, Slot};

/// The body of a file, with its lists and what their bullets are dated.
pub struct Page<'f> {
    /// The file.
    pub document: &'f Document,
    /// Its blocks.
    pub outline: &'f Outline,
    /// Where they stand.
    pub body: Span,
    dates: BTreeMap<usize, Date>,
}

impl<'f> Page<'f> {
    /// The body of a thread.
    pub fn of_thread(file: &'f ThreadFile) -> Self {
        let thread = &file.thread;
        let held = thread.evidence.iter().map(|line| (line.item.span, line.item.date));
        let logged = thread.log.iter().map(|entry| (entry.span, Some(entry.date)));
        let drafted = thread.drafts.iter().map(|draft| (draft.span, Some(draft.date)));
        let dates = dates(held.chain(logged).chain(drafted));
        Self { document: &file.document, outline: &file.outline, body: file.parts.body, dates }
    }

    /// The body of a catalog.
    pub fn of_catalog(file: &'f CatalogFile) -> Self {
        let listed = |listed: &CatalogItem| (listed.item.span, listed.item.date);
        let dates = dates(file.catalog.items.iter().map(listed));
        Self { document: &file.document, outline: &file.outline, body: file.body, dates }
    }

    /// The date of an item, where it is read as something dated.
    pub fn date_of(&self, item: &ListItem) -> Option<Date> {
        self.dates.get(&item.head.start).copied()
    }

    /// The bullet whose line begins at `start`, taken apart.
    pub fn bullet(&self, start: usize) -> Result<bullet::Bullet<'f>, Refusal> {
        let lists = self.outline.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::List(list) => Some(list),
            _ => None,
        });
        let item = find(lists, start)
            .ok_or_else(|| Refusal::new(Span::at(start), "there is no bullet to edit", REPORT))?;
        let mut known: Vec<Diagnostic> = Vec::new();
        Ok(bullet::parse(self.document, item, &mut known))
    }

    /// The marker of the page's lists, for a list that is new.
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

/// The item whose head begins at `start`, at whatever depth.
fn find<'l>(lists: impl IntoIterator<Item = &'l List>, start: usize) -> Option<&'l ListItem> {
    lists.into_iter().flat_map(|list| &list.items).find_map(|item| match item.head.start == start {
        true => Some(item),
        false => find(&item.children, start),
    })
}
