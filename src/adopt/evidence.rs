//! The sections of a note that become its evidence.

use std::ops::Range;

use crate::model::{DateOrder, SectionNames};
use crate::parse::bullet::Bullet;
use crate::parse::heading_dates::heading_date;
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
            let help = unknown_name_help("heading", wanted, headings.iter().copied());
            (format!("this note has no heading `{wanted}`"), help)
        })
    };
    wanted.iter().map(find).collect()
}

/// Chooses the evidence: the outermost sections below the title that have an item with a
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
    let reader = ItemReader { document, outline, order };
    let (title, start) = title(outline, names);
    let heading = |at: usize| match &outline.blocks[at].kind {
        BlockKind::Heading { level, text } => Some((*level, text.as_str())),
        _ => None,
    };
    let below = start..outline.blocks.len();
    let levels = below.clone().filter_map(|at| Some((at, heading(at)?.0)));
    let starts = outermost(levels);
    let ends = starts.iter().skip(1).copied().chain([outline.blocks.len()]);
    let sections = starts.iter().zip(ends).filter_map(|(&at, end)| {
        let (_, text) = heading(at)?;
        let is_free = names.kind_of(text).is_none() && !is_housekeeping(text);
        (is_free && reader.any(at..end, &|_| true)).then_some(text)
    });
    let chosen: Vec<&str> = sections.collect();
    let preamble = start..starts.first().copied().unwrap_or(outline.blocks.len());
    if chosen.is_empty() {
        let list = preamble.clone().find(|at| reader.any(*at..at + 1, &|_| true));
        return list.map_or(EvidenceChoice::Unchanged, EvidenceChoice::Inserted);
    }
    let mut headings: Vec<String> = Vec::new();
    for text in &chosen {
        if !headings.iter().any(|known| known == text) {
            headings.push((*text).to_string());
        }
    }
    let is_cut = below
        .filter_map(heading)
        .any(|(_, text)| names.kind_of(text).is_some() || is_housekeeping(text));
    let is_whole = reader.any(preamble, &|bullet| bullet.url.is_some())
        || headings.len() < chosen.len()
        || chosen.len() > MOST_HEADINGS
        || chosen.iter().all(|text| heading_date(text, order).is_some());
    EvidenceChoice::Declared(match title.filter(|_| is_whole && !is_cut) {
        Some(title) => vec![title.to_string()],
        None => headings,
    })
}

/// Returns the positions of the headings that are inside no other one: those whose level no heading
/// before them has passed. The pairs are positions and levels.
///
/// The levels 2, 3, 2, 1, 2, 1 give the first, third, fourth and sixth heading.
fn outermost(headings: impl Iterator<Item = (usize, u8)>) -> Vec<usize> {
    let mut top = u8::MAX;
    let mut found = Vec::new();
    for (at, level) in headings {
        if level <= top {
            top = level;
            found.push(at);
        }
    }
    found
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

/// Reads bullets and rows as the parser reads them in the evidence.
struct ItemReader<'a> {
    document: &'a Document,
    outline: &'a Outline,
    order: Option<DateOrder>,
}

impl ItemReader<'_> {
    /// Returns whether one of the items among some blocks meets a condition.
    fn any(&self, blocks: Range<usize>, is_meant: &dyn Fn(&Bullet<'_>) -> bool) -> bool {
        self.outline.blocks[blocks].iter().any(|block| match &block.kind {
            BlockKind::List(list) => self.any_in_list(list, is_meant),
            BlockKind::Table(table) => {
                let columns = table::columns(self.document, table);
                table.rows.iter().any(|row| {
                    let mut ignored = Vec::new();
                    let row = table::bullet(self.document, &columns, row, self.order, &mut ignored);
                    row.is_some_and(|row| is_item(&row.bullet) && is_meant(&row.bullet))
                })
            }
            BlockKind::Heading { .. } | BlockKind::Paragraph(_) | BlockKind::Other(_) => false,
        })
    }

    fn any_in_list(&self, list: &List, is_meant: &dyn Fn(&Bullet<'_>) -> bool) -> bool {
        list.items.iter().any(|item| {
            let bullet = bullet::parse(self.document, item, self.order, &mut Vec::new());
            if bullet.outer_date(item).is_none() && is_item(&bullet) {
                is_meant(&bullet)
            } else {
                item.children.iter().any(|list| self.any_in_list(list, is_meant))
            }
        })
    }
}

fn is_item(bullet: &Bullet<'_>) -> bool {
    bullet.url.is_some() || bullet.date.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outermost_headings_are_inside_no_other() {
        let found = |levels: &[u8]| outermost(levels.iter().copied().enumerate());
        assert_eq!(found(&[2, 3, 2, 1, 2, 1]), [0, 2, 3, 5]);
        assert_eq!(found(&[1, 1, 2]), [0, 1]);
        assert_eq!(found(&[]), [0; 0]);
    }
}
