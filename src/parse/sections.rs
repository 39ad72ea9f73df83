//! The known sections of a thread, found by the texts of their headings, at any level.

use std::ops::Range;

use super::markdown::{Block, BlockKind, List, ListItem, Outline};
use crate::model::{SectionKind, SectionNames};

/// A section: a heading, and the blocks up to the next heading that ends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its kind.
    pub kind: SectionKind,
    /// Index of its heading in the blocks of the outline.
    pub heading: usize,
    /// Level of its heading.
    pub level: u8,
    /// True if it is read: the first section of its kind, and each further section of evidence whose
    /// own heading `sections:` declares.
    pub is_read: bool,
    /// Its parts: the blocks before the first sub-heading, then one part for each sub-heading.
    /// Never empty.
    pub parts: Vec<Part>,
}

/// The blocks of a section under a sub-heading, or before the first sub-heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Index of the sub-heading; `None` for the part before the first one.
    pub heading: Option<usize>,
    /// Indices of its blocks, without the sub-heading.
    pub blocks: Range<usize>,
}

impl Section {
    /// Returns the indices of all its blocks, without its heading.
    pub fn blocks(&self) -> Range<usize> {
        let end = self.parts.last().map_or(self.heading + 1, |part| part.blocks.end);
        self.heading + 1..end
    }

    /// Returns the level of its sub-headings, or the next lower level if it has none.
    pub fn part_level(&self, outline: &Outline) -> u8 {
        let found = self.parts.iter().find_map(|part| part.heading);
        found.map_or((self.level + 1).min(6), |index| heading_level(&outline.blocks[index]))
    }
}

/// Returns all known sections, in order.
pub fn find_sections(outline: &Outline, names: &SectionNames) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut headings: Vec<(SectionKind, &str)> = Vec::new();
    for (index, block) in outline.blocks.iter().enumerate() {
        let BlockKind::Heading { level, text } = &block.kind else {
            continue;
        };
        if let Some(kind) = names.kind_of(text) {
            let parts = parts(outline, index, *level, names);
            let is_first = headings.iter().all(|(known, _)| *known != kind);
            let is_further = kind == SectionKind::Evidence
                && names.declares(text)
                && !headings.contains(&(kind, text.as_str()));
            let is_read = is_first || is_further;
            sections.push(Section { kind, heading: index, level: *level, is_read, parts });
            headings.push((kind, text));
        }
    }
    sections
}

/// Returns the title: the text of the first heading of level 1, unless it is the heading of a known
/// section. The first heading may be declared as a section and is the title as well.
pub fn find_title<'o>(outline: &'o Outline, names: &SectionNames) -> Option<&'o str> {
    let headings = outline.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading { level: 1, text } => Some(text.as_str()),
        _ => None,
    });
    let mut titles = headings
        .enumerate()
        .filter(|(at, text)| names.kind_of(text).is_none() || (*at == 0 && names.declares(text)));
    titles.next().map(|(_, text)| text)
}

/// Returns the level of a heading, and the largest number for other blocks.
fn heading_level(block: &Block) -> u8 {
    match block.kind {
        BlockKind::Heading { level, .. } => level,
        _ => u8::MAX,
    }
}

/// Splits the blocks after a heading at the highest headings among them.
fn parts(outline: &Outline, heading: usize, level: u8, names: &SectionNames) -> Vec<Part> {
    let start = heading + 1;
    let length = outline.blocks[start..].iter().position(|block| ends_section(block, level, names));
    let end = length.map_or(outline.blocks.len(), |length| start + length);
    let part_level = (start..end).map(|block| heading_level(&outline.blocks[block])).min();
    let part_level = part_level.unwrap_or(u8::MAX);
    let mut parts = vec![Part { heading: None, blocks: start..end }];
    for block in start..end {
        if part_level < u8::MAX && heading_level(&outline.blocks[block]) == part_level {
            if let Some(last) = parts.last_mut() {
                last.blocks.end = block;
            }
            parts.push(Part { heading: Some(block), blocks: block + 1..end });
        }
    }
    parts
}

/// Returns whether a block ends a section of a level: a heading of the same or a higher level, or
/// the heading of a known section, which a formatter may have moved to a lower level.
fn ends_section(block: &Block, section_level: u8, names: &SectionNames) -> bool {
    match &block.kind {
        BlockKind::Heading { level, text } => {
            *level <= section_level || names.kind_of(text).is_some()
        }
        _ => false,
    }
}

/// Returns the items of the lists among some blocks, in order.
pub fn list_items(outline: &Outline, blocks: Range<usize>) -> Vec<&ListItem> {
    lists_in(outline, blocks).into_iter().flat_map(|(_, list)| &list.items).collect()
}

/// Returns the lists among some blocks, with their indices.
pub fn lists_in(outline: &Outline, blocks: Range<usize>) -> Vec<(usize, &List)> {
    blocks
        .filter_map(|index| match &outline.blocks[index].kind {
            BlockKind::List(list) => Some((index, list)),
            _ => None,
        })
        .collect()
}
