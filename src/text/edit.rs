//! Narrow edits of a document, and their application.
//!
//! There are exactly two kinds: whole new lines between two lines, and a replacement inside one
//! line. No edit can delete a line, join two lines or replace a line ending. All other bytes are
//! copied.

use std::fmt;

use super::document::BOM;
use super::{Document, Span};

/// A narrow edit of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edit {
    /// Whole new lines between two lines.
    NewLines {
        /// Start of the line to insert before, or the end of the text.
        at: usize,
        /// The lines, without line endings.
        lines: Vec<String>,
    },
    /// A replacement inside one line.
    Value {
        /// The replaced bytes; an empty span inserts.
        span: Span,
        /// The new text, without line endings.
        text: String,
    },
}

/// The reason why edits do not fit a document. Always a bug in the caller, never in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// New lines would begin in the middle of a line.
    NotAtLineStart(usize),
    /// A replacement, or the text that it replaces, contains a line ending.
    SpansLines(Span),
    /// An offset is outside the text or inside a character.
    OutsideText(usize),
    /// Two edits touch the same bytes.
    Overlap(Span),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAtLineStart(at) => {
                write!(f, "new lines cannot be inserted inside a line, at byte {at}")
            }
            Self::SpansLines(span) => {
                write!(f, "an edit contains a line ending, at byte {}", span.start)
            }
            Self::OutsideText(at) => {
                write!(f, "byte {at} is outside the text or inside a character")
            }
            Self::Overlap(span) => write!(f, "two edits touch byte {}", span.start),
        }
    }
}

impl std::error::Error for EditError {}

/// Disjoint edits of one document, sorted by offset.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Patch {
    edits: Vec<Edit>,
}

impl Edit {
    /// The bytes of the old text that the edit replaces; empty for an insertion.
    pub fn span(&self) -> Span {
        match self {
            Self::NewLines { at, .. } => Span::at(*at),
            Self::Value { span, .. } => *span,
        }
    }

    fn validate(&self, document: &Document) -> Result<(), EditError> {
        let (text, span) = (&document.text, self.span());
        for offset in [span.start, span.end] {
            if !text.is_char_boundary(offset) {
                return Err(EditError::OutsideText(offset));
            }
        }
        if span.start == 0 && text.starts_with(BOM) {
            return Err(EditError::OutsideText(0));
        }
        match self {
            Self::NewLines { at, lines } => {
                let is_line_start = *at == text.len() || document.line_start(*at) == *at;
                if !is_line_start {
                    Err(EditError::NotAtLineStart(*at))
                } else if lines.iter().any(|line| has_line_ending(line)) {
                    Err(EditError::SpansLines(span))
                } else {
                    Ok(())
                }
            }
            Self::Value { span, text: new } => {
                let splits_crlf =
                    text[..span.start].ends_with('\r') && text[span.end..].starts_with('\n');
                if splits_crlf || has_line_ending(new) || has_line_ending(&text[span.range()]) {
                    Err(EditError::SpansLines(*span))
                } else {
                    Ok(())
                }
            }
        }
    }

    /// Returns the text that replaces [`Edit::span`].
    pub fn rendered(&self, document: &Document) -> String {
        match self {
            Self::Value { text, .. } => text.clone(),
            Self::NewLines { at, lines } => {
                let ending = document.line_ending_at(*at).as_str();
                let lacks_final_newline = *at > 0 && !document.text[..*at].ends_with('\n');
                if lacks_final_newline {
                    // The edited file will lack it too.
                    lines.iter().map(|line| format!("{ending}{line}")).collect()
                } else {
                    lines.iter().map(|line| format!("{line}{ending}")).collect()
                }
            }
        }
    }
}

impl Patch {
    /// Sorts `edits` by offset. New lines at the same offset keep their order.
    ///
    /// # Errors
    /// An edit does not fit `document`, or two edits overlap.
    pub fn new(document: &Document, mut edits: Vec<Edit>) -> Result<Self, EditError> {
        edits.sort_by_key(Edit::span);
        for edit in &edits {
            edit.validate(document)?;
        }
        for pair in edits.windows(2) {
            let (left, right) = (pair[0].span(), pair[1].span());
            let both_insert = left.is_empty() && right.is_empty();
            if right.start < left.end || (left == right && !both_insert) {
                return Err(EditError::Overlap(right));
            }
        }
        Ok(Self { edits })
    }

    /// Returns whether there are no edits.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The edits, sorted by offset.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Returns the new text, and the span in it of each edit's new text.
    pub fn apply(&self, document: &Document) -> (String, Vec<Span>) {
        let mut patched = String::with_capacity(document.text.len() + 256);
        let mut new_spans = Vec::with_capacity(self.edits.len());
        let mut copied = 0;
        for edit in &self.edits {
            let span = edit.span();
            patched.push_str(&document.text[copied..span.start]);
            let start = patched.len();
            patched.push_str(&edit.rendered(document));
            new_spans.push(Span::new(start, patched.len()));
            copied = span.end;
        }
        patched.push_str(&document.text[copied..]);
        (patched, new_spans)
    }
}

fn has_line_ending(text: &str) -> bool {
    text.contains(['\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(at: usize, lines: &[&str]) -> Edit {
        Edit::NewLines { at, lines: lines.iter().map(ToString::to_string).collect() }
    }

    fn value(start: usize, end: usize, text: &str) -> Edit {
        Edit::Value { span: Span::new(start, end), text: text.into() }
    }

    fn applied(text: &str, edits: Vec<Edit>) -> Result<String, EditError> {
        let document = Document::new("t.md", text);
        Ok(Patch::new(&document, edits)?.apply(&document).0)
    }

    #[test]
    fn apply_new_lines_uses_the_ending_above_and_keeps_a_missing_final_newline() {
        assert_eq!(applied("a\r\nb", vec![lines(4, &["c"])]).unwrap(), "a\r\nb\r\nc");
        assert_eq!(applied("a\nb\n", vec![lines(2, &["x", "y"])]).unwrap(), "a\nx\ny\nb\n");
        assert_eq!(applied("", vec![lines(0, &["x"])]).unwrap(), "x\n");
    }

    #[test]
    fn apply_of_unsorted_edits_edits_each_at_its_offset() {
        let edits = vec![value(4, 5, "C"), value(0, 1, "A")];
        assert_eq!(applied("a b c", edits).unwrap(), "A b C");
    }

    #[test]
    fn new_with_an_edit_that_does_not_fit_is_an_error() {
        assert_eq!(applied("ab\n", vec![lines(1, &["x"])]), Err(EditError::NotAtLineStart(1)));
        assert!(matches!(applied("a\nb", vec![value(0, 3, "x")]), Err(EditError::SpansLines(_))));
        assert!(matches!(applied("ab", vec![value(0, 1, "x\ny")]), Err(EditError::SpansLines(_))));
        assert!(matches!(applied("a\n", vec![lines(2, &["x\ry"])]), Err(EditError::SpansLines(_))));
        assert_eq!(applied("é", vec![value(1, 2, "x")]), Err(EditError::OutsideText(1)));
        let overlapping = vec![value(0, 2, "x"), value(1, 3, "y")];
        assert!(matches!(applied("abc", overlapping), Err(EditError::Overlap(_))));
    }
}
