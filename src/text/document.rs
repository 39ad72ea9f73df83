//! A file as it was loaded: its path and its text, unchanged.

use std::sync::OnceLock;

use crate::text::Span;

/// A text file of the workspace, byte for byte as it was read. Another text is another document.
#[derive(Debug, Clone)]
pub struct Document {
    /// Path relative to the workspace, with `/` between its parts.
    pub path: String,
    /// The whole text, with its byte-order mark and line endings.
    pub text: String,
    /// Where its lines begin, from the first time that somebody asks.
    lines: OnceLock<Vec<usize>>,
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        (&self.path, &self.text) == (&other.path, &other.text)
    }
}

impl Eq for Document {}

/// A place for a person: both count from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, counted from the top of the file.
    pub line: usize,
    /// Column, in Unicode scalar values; a byte-order mark is not counted.
    pub column: usize,
}

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnding {
    /// `\n`
    Lf,
    /// `\r\n`
    CrLf,
}

impl LineEnding {
    /// The characters themselves.
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
    /// A document of this path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), lines: OnceLock::new() }
    }

    /// The text of `span`, clamped to what there is.
    pub fn slice(&self, span: Span) -> &str {
        let span = self.clamp(span);
        &self.text[span.range()]
    }

    /// `span` moved inside the text and onto character boundaries, so that slicing cannot fail.
    pub fn clamp(&self, span: Span) -> Span {
        let start = floor_boundary(&self.text, span.start);
        let end = floor_boundary(&self.text, span.end).max(start);
        Span::new(start, end)
    }

    /// Line and column of a byte offset; an offset behind the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor_boundary(&self.text, offset);
        let lines = self.lines.get_or_init(|| {
            let behind = self.text.match_indices('\n').map(|(newline, _)| newline + 1);
            std::iter::once(0).chain(behind).collect()
        });
        let line = lines.partition_point(|&start| start <= offset);
        let before = &self.text[lines[line - 1]..offset];
        Position { line, column: before.chars().count() - before.matches(BOM).count() + 1 }
    }

    /// Offset of the first byte of the line that holds `offset`.
    pub fn line_start(&self, offset: usize) -> usize {
        self.text[..floor_boundary(&self.text, offset)].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// Offset behind the line ending of the line that holds `offset`: the start of the next line.
    pub fn next_line(&self, offset: usize) -> usize {
        let offset = floor_boundary(&self.text, offset);
        self.text[offset..].find('\n').map_or(self.text.len(), |newline| offset + newline + 1)
    }

    /// Whether a whole blank line lies between two offsets, the lines that hold them not counted.
    pub fn has_blank_line(&self, span: Span) -> bool {
        let mut lines: Vec<&str> = self.slice(span).split('\n').skip(1).collect();
        lines.pop();
        lines.iter().any(|line| line.trim().is_empty())
    }

    /// The line ending in use just before `offset`, else the first one of the document, else `\n`.
    ///
    /// In a file of mixed endings a new line so takes after its neighbour above.
    pub fn line_ending_at(&self, offset: usize) -> LineEnding {
        let before = &self.text[..floor_boundary(&self.text, offset)];
        let newline = before.rfind('\n').or_else(|| self.text.find('\n'));
        match newline {
            Some(at) if at > 0 && self.text.as_bytes()[at - 1] == b'\r' => LineEnding::CrLf,
            _ => LineEnding::Lf,
        }
    }
}

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
    fn positions_count_characters_from_one_and_skip_the_byte_order_mark() {
        let document = Document::new("t.md", "\u{feff}añb\r\nc");
        assert_eq!(document.position(3), Position { line: 1, column: 1 }, "behind the mark");
        assert_eq!(document.position(6), Position { line: 1, column: 3 });
        assert_eq!(document.position(9), Position { line: 2, column: 1 });
        assert_eq!(document.position(999), Position { line: 2, column: 2 });
    }

    #[test]
    fn a_span_off_the_text_or_inside_a_character_is_clamped() {
        let document = Document::new("t.md", "é!");
        assert_eq!(document.slice(Span::new(1, 99)), "é!");
        assert_eq!(document.slice(Span::new(50, 60)), "");
    }

    #[test]
    fn a_new_line_takes_the_ending_of_the_line_above() {
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
