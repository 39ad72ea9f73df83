//! The sections of a note that become its evidence.

use std::collections::HashSet;
use std::ops::Range;

use crate::model::{DateOrder, SectionNames};
use crate::parse::heading_dates::{HeadingDates, heading_date};
use crate::parse::markdown::{BlockKind, List, Outline};
use crate::parse::{bullet, sections, table};
use crate::text::Document;
use crate::text::suggest::unknown_name_help;

/// The choice of the evidence of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum EvidenceChoice {
    /// The note has a section of evidence, or nothing that looks like an item.
    Unchanged,
    /// The sections with these headings are declared as evidence.
    Declared(Vec<String>),
    /// A heading is inserted before the block with this index.
    Inserted(usize),
}

/// More headings than this are not listed: the title is declared as the heading of the evidence.
const MOST_HEADINGS: usize = 8;

/// Returns the headings of a note with these texts, in any case.
///
/// # Errors
/// A message and a help line if the note has no such heading.
pub(super) fn named(outline: &Outline, wanted: &[String]) -> Result<Vec<String>, (String, String)> {
    let headings = outline.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading { text, .. } => Some(text.as_str()),
        _ => None,
    });
    let headings: Vec<&str> = headings.collect();
    let find = |wanted: &String| {
        let lower = wanted.to_lowercase();
        let found = headings.iter().find(|heading| heading.to_lowercase() == lower);
        found.map(|heading| (*heading).to_string()).ok_or_else(|| {
            let help = unknown_name_help(wanted, headings.iter().copied());
            (format!("this note has no heading `{wanted}`"), help)
        })
    };
    wanted.iter().map(find).collect()
}

/// A section of a note.
struct Candidate<'o> {
    heading: &'o str,
    found: Found,
}

/// Numbers of bullets and rows.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    linked: usize,
    dated: usize,
}

/// Chooses the evidence: the sections at the highest level below the title that have an item with a
/// link or a date, except for known sections and those of housekeeping, such as "About".
///
/// If the headings are dates, repeated, or many, the title itself is declared, so that the whole
/// note is evidence. A list directly below the title gets a heading of its own.
pub(super) fn choose(
    document: &Document,
    outline: &Outline,
    names: &SectionNames,
    order: Option<DateOrder>,
) -> EvidenceChoice {
    let counter = Counter { document, outline, order };
    let (title, start) = title(outline, names);
    let heading = |at: usize| match &outline.blocks[at].kind {
        BlockKind::Heading { level, text } => Some((*level, text.as_str())),
        _ => None,
    };
    let below = start..outline.blocks.len();
    let level = below.clone().filter_map(heading).map(|(level, _)| level).min();
    let starts: Vec<usize> = below
        .clone()
        .filter(|at| heading(*at).map(|(level, _)| level) == level && level.is_some())
        .collect();
    let ends = starts.iter().skip(1).copied().chain([outline.blocks.len()]);
    let candidates = starts.iter().zip(ends).filter_map(|(&at, end)| {
        let (_, text) = heading(at)?;
        let is_free = names.kind_of(text).is_none();
        is_free.then(|| Candidate { heading: text, found: counter.count(at..end) })
    });
    let candidates: Vec<Candidate<'_>> = candidates.collect();
    let preamble = start..starts.first().copied().unwrap_or(outline.blocks.len());
    let before = counter.count(preamble.clone());
    let chosen = chosen(&candidates);
    let has_preamble = before.linked > 0 || (before.dated > 0 && chosen.is_empty());
    if chosen.is_empty() {
        let list = preamble.clone().find(|at| counter.count(*at..at + 1).dated_or_linked() > 0);
        return list
            .filter(|_| has_preamble)
            .map_or(EvidenceChoice::Unchanged, EvidenceChoice::Inserted);
    }
    let is_date = |candidate: &&Candidate<'_>| heading_date(candidate.heading, order).is_some();
    let distinct: HashSet<&str> = chosen.iter().map(|candidate| candidate.heading).collect();
    let is_cut = below
        .filter_map(heading)
        .any(|(_, text)| names.kind_of(text).is_some() || is_housekeeping(text));
    let is_whole = has_preamble
        || distinct.len() < chosen.len()
        || chosen.len() > MOST_HEADINGS
        || chosen.iter().all(is_date);
    match title.filter(|_| is_whole && !is_cut) {
        Some(title) => EvidenceChoice::Declared(vec![title.to_string()]),
        None => {
            let mut headings: Vec<String> = Vec::new();
            for candidate in chosen {
                if !headings.iter().any(|known| known == candidate.heading) {
                    headings.push(candidate.heading.to_string());
                }
            }
            EvidenceChoice::Declared(headings)
        }
    }
}

/// Returns the title, if other headings are below it, and the index of the block after it.
fn title<'o>(outline: &'o Outline, names: &SectionNames) -> (Option<&'o str>, usize) {
    let title = sections::find_title(outline, names);
    let at = outline.blocks.iter().position(
        |block| matches!(&block.kind, BlockKind::Heading { level: 1, text } if Some(text.as_str()) == title),
    );
    let tops = outline
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading { level: 1, .. }));
    match at {
        // Several headings of level 1 are sections and no title.
        Some(at) if tops.count() == 1 => (title, at + 1),
        _ => (None, 0),
    }
}

/// Returns the sections with items. A section of housekeeping, such as "About", has none.
fn chosen<'c, 'o>(candidates: &'c [Candidate<'o>]) -> Vec<&'c Candidate<'o>> {
    let with_items = candidates.iter().filter(|candidate| candidate.found.dated_or_linked() > 0);
    with_items.filter(|candidate| !is_housekeeping(candidate.heading)).collect()
}

/// Headings, in lower case, of sections whose links are not evidence.
const HOUSEKEEPING: [&str; 10] = [
    "about",
    "contents",
    "contributing",
    "credits",
    "footer",
    "license",
    "related",
    "see also",
    "subscribe",
    "table of contents",
];

fn is_housekeeping(heading: &str) -> bool {
    let words = heading.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    HOUSEKEEPING.contains(&words.as_str())
}

impl Found {
    fn dated_or_linked(self) -> usize {
        self.linked + self.dated
    }

    fn add(&mut self, is_linked: bool, is_dated: bool) {
        self.linked += usize::from(is_linked);
        self.dated += usize::from(is_dated);
    }
}

/// Counts bullets and rows as the parser reads them in the evidence.
struct Counter<'a> {
    document: &'a Document,
    outline: &'a Outline,
    order: Option<DateOrder>,
}

impl Counter<'_> {
    fn count(&self, blocks: Range<usize>) -> Found {
        let mut found = Found::default();
        let mut headings = HeadingDates::new(self.order);
        for block in &self.outline.blocks[blocks] {
            let is_dated = headings.date().is_some();
            match &block.kind {
                BlockKind::Heading { level, text } => headings.enter(*level, text),
                BlockKind::List(list) => self.list(list, is_dated, &mut found),
                BlockKind::Table(table) => {
                    let columns = table::columns(self.document, table);
                    for row in &table.rows {
                        let mut ignored = Vec::new();
                        let row =
                            table::bullet(self.document, &columns, row, self.order, &mut ignored);
                        if let Some(bullet) = row.map(|row| row.bullet) {
                            found.add(bullet.url.is_some(), is_dated || bullet.date.is_some());
                        }
                    }
                }
                BlockKind::Paragraph(_) | BlockKind::Other(_) => {}
            }
        }
        found
    }

    fn list(&self, list: &List, is_dated: bool, found: &mut Found) {
        for item in &list.items {
            let bullet = bullet::parse(self.document, item, self.order, &mut Vec::new());
            if bullet.url.is_some() || bullet.date.is_some() {
                found.add(bullet.url.is_some(), is_dated || bullet.date.is_some());
            } else {
                item.children.iter().for_each(|list| self.list(list, is_dated, found));
            }
        }
    }
}
