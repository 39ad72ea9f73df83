//! The known sections of a thread, found by the texts of their headings, at any level.

use std::ops::Range;

use super::markdown::{Block, BlockKind, List, ListItem, Outline};

/// A known section of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SectionKind {
    /// The items of the thread, grouped by source.
    Evidence,
    /// The log of the changes of level.
    Ripeness,
    /// Notes on what to read or to look for next.
    Watching,
    /// The drafts of the thread.
    Drafts,
    /// The user's notes, which are not read.
    Notes,
}

impl SectionKind {
    /// The heading with which the tool creates the section.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Evidence => "Evidence",
            Self::Ripeness => "Ripeness",
            Self::Watching => "Watching",
            Self::Drafts => "Drafts",
            Self::Notes => "Notes",
        }
    }

    /// Returns the section with this heading: `What I’m watching for (soon):` gives `Watching`.
    pub fn from_heading(heading: &str) -> Option<Self> {
        let text = heading.split('(').next().unwrap_or(heading);
        let text = text.trim().trim_end_matches(':').replace('’', "'").to_lowercase();
        match text.as_str() {
            "evidence" => Some(Self::Evidence),
            "ripeness" => Some(Self::Ripeness),
            "watching" | "what i'm watching for" | "watch list" | "watchlist" | "reading queue" => {
                Some(Self::Watching)
            }
            "drafts" => Some(Self::Drafts),
            "notes" => Some(Self::Notes),
            _ => None,
        }
    }
}

/// A section: a heading, and the blocks up to the next heading that ends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its kind.
    pub kind: SectionKind,
    /// Index of its heading in the blocks of the outline.
    pub heading: usize,
    /// Level of its heading.
    pub level: u8,
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
pub fn find_sections(outline: &Outline) -> Vec<Section> {
    let mut sections = Vec::new();
    for (index, block) in outline.blocks.iter().enumerate() {
        let BlockKind::Heading { level, text } = &block.kind else {
            continue;
        };
        if let Some(kind) = SectionKind::from_heading(text) {
            let parts = parts(outline, index, *level);
            sections.push(Section { kind, heading: index, level: *level, parts });
        }
    }
    sections
}

/// Returns the title: the text of the first heading of level 1 that is not a known section.
pub fn find_title(outline: &Outline) -> Option<&str> {
    outline.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Heading { level: 1, text } if SectionKind::from_heading(text).is_none() => {
            Some(text.as_str())
        }
        _ => None,
    })
}

/// Returns the level of a heading, and the largest number for other blocks.
fn heading_level(block: &Block) -> u8 {
    match block.kind {
        BlockKind::Heading { level, .. } => level,
        _ => u8::MAX,
    }
}

/// Splits the blocks after a heading at the highest headings among them.
fn parts(outline: &Outline, heading: usize, level: u8) -> Vec<Part> {
    let start = heading + 1;
    let length = outline.blocks[start..].iter().position(|block| ends_section(block, level));
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
fn ends_section(block: &Block, section_level: u8) -> bool {
    match &block.kind {
        BlockKind::Heading { level, text } => {
            *level <= section_level || SectionKind::from_heading(text).is_some()
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
