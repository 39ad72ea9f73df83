//! Edits of a document that are too narrow to do harm, and their application.
//!
//! There are two kinds and no third: whole new lines between two lines, and one value inside one
//! line. No edit can delete a line, join two, or reach over a line ending; what is not named by an
//! edit is copied byte for byte.

use std::fmt;

use crate::text::document::BOM;
use crate::text::{Document, Span};

/// One narrow change of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edit {
    /// Whole new lines between two lines.
    NewLines {
        /// Start of the line before which they go, or the end of the text.
        at: usize,
        /// The lines, without line endings.
        lines: Vec<String>,
    },
    /// Another value for a piece of one line; an empty span inserts.
    Value {
        /// What is replaced.
        span: Span,
        /// What stands there afterwards; no line ending.
        text: String,
    },
}

/// Why edits do not fit a document. Each is a defect of the planner, never of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// New lines would begin in the middle of a line.
    NotAtLineStart(usize),
    /// A value, or what it replaces, holds a line ending.
    SpansLines(Span),
    /// An offset lies outside the text or inside a character.
    OutsideText(usize),
    /// Two edits touch the same bytes.
    Overlap(Span),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAtLineStart(at) => {
                write!(f, "new lines would begin inside a line, at byte {at}")
            }
            Self::SpansLines(span) => {
                write!(f, "a value reaches over a line ending, at byte {}", span.start)
            }
            Self::OutsideText(at) => write!(f, "byte {at} is not a place in the text"),
            Self::Overlap(span) => write!(f, "two edits touch byte {}", span.start),
        }
    }
}

impl std::error::Error for EditError {}

/// Disjoint edits of one document, in the order of their places.
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
                let line_start = *at == text.len() || document.line_start(*at) == *at;
                if !line_start {
                    return Err(EditError::NotAtLineStart(*at));
                }
                match lines.iter().any(|line| has_line_ending(line)) {
                    true => Err(EditError::SpansLines(span)),
                    false => Ok(()),
                }
            }
            Self::Value { span, text: new } => {
                let splits_an_ending =
                    text[..span.start].ends_with('\r') && text[span.end..].starts_with('\n');
                let reaches_over = has_line_ending(new) || has_line_ending(&text[span.range()]);
                match reaches_over || splits_an_ending {
                    true => Err(EditError::SpansLines(*span)),
                    false => Ok(()),
                }
            }
        }
    }

    /// The text that takes the place of [`Edit::span`].
    pub fn rendered(&self, document: &Document) -> String {
        match self {
            Self::Value { text, .. } => text.clone(),
            Self::NewLines { at, lines } => {
                let ending = document.line_ending_at(*at).as_str();
                let unfinished = *at > 0 && !document.text[..*at].ends_with('\n');
                if unfinished {
                    // The file has no final newline, and keeps having none.
                    lines.iter().map(|line| format!("{ending}{line}")).collect()
                } else {
                    lines.iter().map(|line| format!("{line}{ending}")).collect()
                }
            }
        }
    }
}

impl Patch {
    /// Orders `edits` by place and refuses any that do not fit `document` or touch one another.
    ///
    /// New lines for the same place keep the order in which they are given.
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

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The edits, in the order of their places.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The text with the edits made, and where in it each edit now stands.
    pub fn apply(&self, document: &Document) -> (String, Vec<Span>) {
        let mut patched = String::with_capacity(document.text.len() + 256);
        let mut places = Vec::with_capacity(self.edits.len());
        let mut copied = 0;
        for edit in &self.edits {
            let span = edit.span();
            patched.push_str(&document.text[copied..span.start]);
            let start = patched.len();
            patched.push_str(&edit.rendered(document));
            places.push(Span::new(start, patched.len()));
            copied = span.end;
        }
        patched.push_str(&document.text[copied..]);
        (patched, places)
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
    fn new_lines_take_the_ending_above_and_keep_a_missing_final_newline() {
        assert_eq!(applied("a\r\nb", vec![lines(4, &["c"])]).unwrap(), "a\r\nb\r\nc");
        assert_eq!(applied("a\nb\n", vec![lines(2, &["x", "y"])]).unwrap(), "a\nx\ny\nb\n");
        assert_eq!(applied("", vec![lines(0, &["x"])]).unwrap(), "x\n");
    }

    #[test]
    fn edits_given_out_of_order_are_applied_in_place() {
        let edits = vec![value(4, 5, "C"), value(0, 1, "A")];
        assert_eq!(applied("a b c", edits).unwrap(), "A b C");
    }

    #[test]
    fn an_edit_that_reaches_too_far_is_refused() {
        assert_eq!(applied("ab\n", vec![lines(1, &["x"])]), Err(EditError::NotAtLineStart(1)));
        assert!(matches!(applied("a\nb", vec![value(0, 3, "x")]), Err(EditError::SpansLines(_))));
        assert!(matches!(applied("ab", vec![value(0, 1, "x\ny")]), Err(EditError::SpansLines(_))));
        assert!(matches!(applied("a\n", vec![lines(2, &["x\ry"])]), Err(EditError::SpansLines(_))));
        assert_eq!(applied("é", vec![value(1, 2, "x")]), Err(EditError::OutsideText(1)));
        let overlapping = vec![value(0, 2, "x"), value(1, 3, "y")];
        assert!(matches!(applied("abc", overlapping), Err(EditError::Overlap(_))));
    }
}
