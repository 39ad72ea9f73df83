//! New lines behind what is there: lists under empty headings, headings at the end of a section,
//! sections at the end of the text. What goes to one place is one edit, set apart by blank lines.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::edit::list_editor::Page;
use crate::text::Edit;

/// What goes behind sections and parts.
pub struct Tails<'p> {
    page: &'p Page<'p>,
    behind: BTreeMap<usize, Vec<Vec<String>>>,
    before: Vec<Edit>,
}

impl<'p> Tails<'p> {
    /// Nothing yet.
    pub fn new(page: &'p Page<'p>) -> Self {
        Self { page, behind: BTreeMap::new(), before: Vec::new() }
    }

    /// Lines behind some blocks, and behind their heading where there is none.
    ///
    /// Link definitions and the like are no blocks, but belong to what stands above them: the end is
    /// the last line that is not blank before the next block, or before the end of the text.
    pub fn behind(&mut self, blocks: Range<usize>, heading: Option<usize>, lines: Vec<String>) {
        let start = heading
            .map_or(self.page.body.start, |heading| self.page.outline.blocks[heading].span.end);
        let next = self.page.outline.blocks.get(blocks.end);
        let end = next.map_or(self.page.document.text.len(), |block| {
            self.page.document.line_start(block.span.start)
        });
        let at = self.last_line_of(start, end);
        self.behind.entry(at).or_default().push(lines);
    }

    /// Lines at the end of the text; behind its blank lines where it holds nothing else.
    pub fn at_end(&mut self, lines: Vec<String>) {
        let body = self.page.body;
        let text = &self.page.document.text;
        let at = match text[body.range()].trim().is_empty() {
            true => text.len(),
            false => self.last_line_of(body.start, text.len()),
        };
        self.behind.entry(at).or_default().push(lines);
    }

    /// Lines before a heading.
    pub fn before(&mut self, heading: usize, mut lines: Vec<String>) {
        let document = self.page.document;
        let at = document.line_start(self.page.outline.blocks[heading].span.start);
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
            let next = self.page.document.text[*at..].lines().next().unwrap_or("");
            if !next.trim().is_empty() {
                lines.push(String::new());
            }
            edits.push(Edit::NewLines { at: *at, lines });
        }
        edits.extend(self.before);
        edits
    }

    /// Where the line behind the last one between `start` and `end` that is not blank begins.
    fn last_line_of(&self, start: usize, end: usize) -> usize {
        let text = &self.page.document.text;
        let words = text[start..end.max(start)].trim_end();
        self.page.document.next_line(start + words.len())
    }

    fn is_blank_above(&self, at: usize) -> bool {
        let above = &self.page.document.text[..at];
        let line = above.strip_suffix('\n').map(|above| above.rsplit('\n').next().unwrap_or(above));
        line.is_some_and(|line| line.trim().is_empty())
    }
}
