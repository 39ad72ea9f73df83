//! Comparison of bytes and of markdown events outside of the edits.

use crate::edit::rewrite::Patched;
use crate::parse::markdown;
use crate::parse::markdown::Event;
use crate::text::{Document, Edit, Span};

/// Everything outside the edits is the same, byte for byte.
pub(super) fn bytes(before: &Document, patched: &Patched) -> Result<(), String> {
    let Patched { patch, places, after } = patched;
    let mut restored = String::with_capacity(before.text.len());
    let mut copied = 0;
    for (edit, place) in patch.edits().iter().zip(places) {
        restored.push_str(&after[copied..place.start]);
        restored.push_str(&before.text[edit.span().range()]);
        copied = place.end;
    }
    restored.push_str(&after[copied..]);
    if restored == before.text {
        Ok(())
    } else {
        Err("the edit would change other bytes of the file".into())
    }
}

/// Checks that the markdown events outside of the edits are unchanged: no list has become loose, no
/// paragraph continues into a new line, no text has become part of a code block.
pub(super) fn markdown(
    before: (&Document, Span),
    after: (&Document, Span),
    patched: &Patched,
) -> Result<(), String> {
    let edits = patched.patch.edits();
    let old = Places::new(edits, edits.iter().map(Edit::span));
    let new = Places::new(edits, patched.places.iter().copied());
    if old.pieces_outside(before) == new.pieces_outside(after) {
        Ok(())
    } else {
        Err("the edit would change how the rest of the text is read".into())
    }
}

/// A piece of a body that is compared.
#[derive(Debug, PartialEq)]
enum Piece {
    /// Running text, as it is written.
    Text(String),
    /// Any other event.
    Other(Event),
}

/// Spans of edits in the old or the new text.
struct Places {
    all: Vec<Span>,
    /// Those that change a text without making another of it.
    values: Vec<Span>,
}

impl Places {
    fn new(edits: &[Edit], spans: impl Iterator<Item = Span>) -> Self {
        let all: Vec<Span> = spans.collect();
        let is_value = |edit: &Edit| matches!(edit, Edit::Value { .. });
        let values = edits.iter().zip(&all).filter(|(edit, _)| is_value(edit)).map(|(_, at)| *at);
        Self { values: values.collect(), all }
    }

    /// Returns the pieces of a body outside of these spans. Adjacent texts are joined, because an
    /// inserted bracket would divide them.
    fn pieces_outside(&self, (document, body): (&Document, Span)) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for (event, span) in markdown::events(document, body) {
            // A new `•` line in a paragraph adds a break; the comparison of models checks these
            // lines.
            if event == Event::Break || is_within(document, span, &self.all) {
                continue;
            }
            match (event, pieces.last_mut()) {
                (Event::Text, Some(Piece::Text(last))) => {
                    last.push_str(&self.outside(document, span));
                }
                (Event::Text, _) => pieces.push(Piece::Text(self.outside(document, span))),
                (event, _) => pieces.push(Piece::Other(event)),
            }
        }
        pieces
    }

    /// Returns the text of a span without changed values, and without a line ending at its end,
    /// which is part of the span only if a line follows.
    fn outside(&self, document: &Document, span: Span) -> String {
        let mut text = String::new();
        let mut at = span.start;
        let touches = |place: &&Span| place.start < span.end && span.start < place.end;
        for place in self.values.iter().filter(touches) {
            text.push_str(&document.text[at..place.start.max(at)]);
            at = place.end.clamp(at, span.end);
        }
        text.push_str(&document.text[at..span.end]);
        text.truncate(text.trim_end_matches(['\n', '\r']).len());
        text
    }
}

/// Returns whether an event is part of an edit. A list that begins with a new item is not.
fn is_within(document: &Document, span: Span, places: &[Span]) -> bool {
    let text = &document.text[span.range()];
    let start = span.start + (text.len() - text.trim_start().len());
    let end = span.start + text.trim_end().len();
    let within = |place: &Span| match start < end {
        true => place.start <= start && end <= place.end,
        false if !span.is_empty() => place.start <= span.start && span.end <= place.end,
        // An empty event at the edge of an edit belongs to the line before it; if that line had no
        // line ending, the edit begins with one.
        false => {
            let words = document.text[place.range()].trim_start_matches(['\r', '\n']);
            place.end - words.len() < span.start && span.end < place.end
        }
    };
    places.iter().any(within)
}
