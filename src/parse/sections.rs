//! The known sections of a thread's body, found by the text of their headings at whatever level.

use std::ops::Range;

use crate::parse::markdown::{Block, BlockKind, List, ListItem, Outline};

/// A section that the tool reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Known {
    /// What the thread stands on, by source.
    Evidence,
    /// The log of the level.
    Ripeness,
    /// What to read or look out for next.
    Watching,
    /// What the thread produced.
    Drafts,
    /// The writer's own.
    Notes,
}

impl Known {
    /// The heading that the tool writes.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Evidence => "Evidence",
            Self::Ripeness => "Ripeness",
            Self::Watching => "Watching",
            Self::Drafts => "Drafts",
            Self::Notes => "Notes",
        }
    }

    /// The section that a heading's text names.
    pub fn named(heading: &str) -> Option<Self> {
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

/// One section: its heading and the blocks behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Which one.
    pub known: Known,
    /// Index of its heading among the outline's blocks.
    pub heading: usize,
    /// Level of its heading.
    pub level: u8,
    /// Its parts: first what stands before any sub-heading, then one part a sub-heading.
    pub parts: Vec<Part>,
}

/// The blocks of a section under one sub-heading, or before the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Index of the sub-heading; `None` for what stands before the first.
    pub heading: Option<usize>,
    /// Indices of its blocks, without the sub-heading.
    pub blocks: Range<usize>,
}

impl Section {
    /// Indices of all its blocks, without its heading.
    pub fn blocks(&self) -> Range<usize> {
        let end = self.parts.last().map_or(self.heading + 1, |part| part.blocks.end);
        self.heading + 1..end
    }

    /// Level of its sub-headings: as found, else the next level down.
    pub fn part_level(&self, outline: &Outline) -> u8 {
        let found = self.parts.iter().find_map(|part| part.heading);
        found.map_or((self.level + 1).min(6), |at| level(&outline.blocks[at]))
    }
}

/// All known sections, in order. The first heading of level 1 that names none is the title.
pub fn find(outline: &Outline) -> Vec<Section> {
    let mut sections = Vec::new();
    for (at, block) in outline.blocks.iter().enumerate() {
        let BlockKind::Heading { level, text } = &block.kind else {
            continue;
        };
        if let Some(known) = Known::named(text) {
            let parts = parts(outline, at, *level);
            sections.push(Section { known, heading: at, level: *level, parts });
        }
    }
    sections
}

/// The text of the title heading.
pub fn title(outline: &Outline) -> Option<&str> {
    outline.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Heading { level: 1, text } if Known::named(text).is_none() => {
            Some(text.as_str())
        }
        _ => None,
    })
}

fn level(block: &Block) -> u8 {
    match block.kind {
        BlockKind::Heading { level, .. } => level,
        _ => u8::MAX,
    }
}

/// Divides what stands behind the heading at `at` by the headings of the next level down.
fn parts(outline: &Outline, at: usize, own: u8) -> Vec<Part> {
    let behind = &outline.blocks[at + 1..];
    // A known section that some formatter demoted below this one still ends it.
    let ends = |block: &Block| match &block.kind {
        BlockKind::Heading { level, text } => *level <= own || Known::named(text).is_some(),
        _ => false,
    };
    let end = behind.iter().position(ends).map_or(outline.blocks.len(), |length| at + 1 + length);
    let inside = at + 1..end;
    let next_level = inside.clone().map(|block| level(&outline.blocks[block])).min();
    let next_level = next_level.unwrap_or(u8::MAX);
    let mut parts = vec![Part { heading: None, blocks: at + 1..end }];
    for block in inside {
        if next_level < u8::MAX && level(&outline.blocks[block]) == next_level {
            if let Some(last) = parts.last_mut() {
                last.blocks.end = block;
            }
            parts.push(Part { heading: Some(block), blocks: block + 1..end });
        }
    }
    parts
}

/// The list items of some blocks, in order.
pub fn items(outline: &Outline, blocks: Range<usize>) -> Vec<&ListItem> {
    lists(outline, blocks).into_iter().flat_map(|(_, list)| &list.items).collect()
}

/// The lists among some blocks, with their indices.
pub fn lists(outline: &Outline, blocks: Range<usize>) -> Vec<(usize, &List)> {
    blocks
        .filter_map(|at| match &outline.blocks[at].kind {
            BlockKind::List(list) => Some((at, list)),
            _ => None,
        })
        .collect()
}
