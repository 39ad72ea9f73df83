//! A loaded file: its path and its unchanged text.

use std::sync::OnceLock;

use super::Span;

/// A text file of the workspace, byte for byte as it was read. Immutable: an edit makes a new one.
#[derive(Debug, Clone)]
pub struct Document {
    /// Path relative to the workspace, separated by `/`.
    pub path: String,
    /// The whole text, including byte-order mark and line endings.
    pub text: String,
    /// Offsets of the starts of lines, computed on first use.
    lines: OnceLock<Vec<usize>>,
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        (&self.path, &self.text) == (&other.path, &other.text)
    }
}

impl Eq for Document {}

/// A line and a column for display, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line number.
    pub line: usize,
    /// Column in characters; a byte-order mark is not counted.
    pub column: usize,
}

/// A line ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnding {
    /// `\n`
    Lf,
    /// `\r\n`
    CrLf,
}

impl LineEnding {
    /// The characters of the line ending.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
        }
    }
}

/// The byte-order mark that some editors write at the start of a file.
pub(crate) const BOM: char = '\u{feff}';

impl Document {
    /// Creates a document from a path and a text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), lines: OnceLock::new() }
    }

    /// Returns the text of `span`, clamped to the document.
    pub fn slice(&self, span: Span) -> &str {
        let span = self.clamp(span);
        &self.text[span.range()]
    }

    /// Moves `span` into the text and onto character boundaries, so that slicing cannot fail.
    pub fn clamp(&self, span: Span) -> Span {
        let start = floor_boundary(&self.text, span.start);
        let end = floor_boundary(&self.text, span.end).max(start);
        Span::new(start, end)
    }

    /// Returns the line and column of a byte offset; an offset after the end counts as the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor_boundary(&self.text, offset);
        let lines = self.lines.get_or_init(|| {
            let next_lines = self.text.match_indices('\n').map(|(newline, _)| newline + 1);
            std::iter::once(0).chain(next_lines).collect()
        });
        let line = lines.partition_point(|&start| start <= offset);
        let before = &self.text[lines[line - 1]..offset];
        Position { line, column: before.chars().count() - before.matches(BOM).count() + 1 }
    }

    /// Returns the offset of the first byte of the line that contains `offset`.
    pub fn line_start(&self, offset: usize) -> usize {
        self.text[..floor_boundary(&self.text, offset)].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// Returns the start of the line after the one that contains `offset`.
    pub fn next_line(&self, offset: usize) -> usize {
        let offset = floor_boundary(&self.text, offset);
        self.text[offset..].find('\n').map_or(self.text.len(), |newline| offset + newline + 1)
    }

    /// Returns whether a blank line is strictly between the first and the last line of `span`.
    pub fn has_blank_line(&self, span: Span) -> bool {
        let mut lines: Vec<&str> = self.slice(span).split('\n').skip(1).collect();
        lines.pop();
        lines.iter().any(|line| line.trim().is_empty())
    }

    /// Returns the last line ending before `offset`, else the first one of the document, else `\n`.
    ///
    /// A line inserted at `offset` thus gets the line ending of the line before it.
    pub fn line_ending_at(&self, offset: usize) -> LineEnding {
        let before = &self.text[..floor_boundary(&self.text, offset)];
        let newline = before.rfind('\n').or_else(|| self.text.find('\n'));
        match newline {
            Some(index) if self.text[..index].ends_with('\r') => LineEnding::CrLf,
            _ => LineEnding::Lf,
        }
    }
}

/// Returns the last character boundary at or before `offset`.
fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_counts_characters_from_one_and_skips_the_byte_order_mark() {
        let document = Document::new("t.md", "\u{feff}añb\r\nc");
        assert_eq!(
            document.position(3),
            Position { line: 1, column: 1 },
            "after the byte-order mark"
        );
        assert_eq!(document.position(6), Position { line: 1, column: 3 });
        assert_eq!(document.position(9), Position { line: 2, column: 1 });
        assert_eq!(document.position(999), Position { line: 2, column: 2 });
    }

    #[test]
    fn slice_outside_the_text_or_inside_a_character_is_clamped() {
        let document = Document::new("t.md", "é!");
        assert_eq!(document.slice(Span::new(1, 99)), "é!");
        assert_eq!(document.slice(Span::new(50, 60)), "");
    }

    #[test]
    fn line_ending_at_returns_that_of_the_line_above() {
        let document = Document::new("t.md", "a\r\nb\nc");
        assert_eq!(document.line_ending_at(3), LineEnding::CrLf);
        assert_eq!(document.line_ending_at(5), LineEnding::Lf);
        assert_eq!(
            Document::new("t", "x").line_ending_at(1),
            LineEnding::Lf,
            "no line ending at all"
        );
    }
}
