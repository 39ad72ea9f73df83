//! Fixes that replace a value in YAML or in an inline field.

use super::yaml::{Scalar, classify};
use crate::model::{Fix, Safety};
use crate::text::suggest::unique_correction;
use crate::text::{Document, Edit, Span, Spanned};

/// Returns the fix that corrects a misspelt value; `None` unless exactly one known value is
/// similar.
///
/// For `mediun` and the levels of the ladder, the fix writes `medium`.
pub fn correction<'k>(
    document: &Document,
    safety: Safety,
    value: &Spanned<String>,
    known: impl Iterator<Item = &'k str>,
) -> Option<Fix> {
    replacement(document, safety, value, unique_correction(&value.value, known)?)
}

/// Returns the fix that replaces a value by `to`; `None` if the value is written with an escape, an
/// anchor or an alias, or if `to` would need quotes.
pub fn replacement(
    document: &Document,
    safety: Safety,
    value: &Spanned<String>,
    to: &str,
) -> Option<Fix> {
    let span = written_span(document, value).filter(|_| is_plain_string(to))?;
    let edits = vec![Edit::Value { span, text: to.to_string() }];
    Some(Fix::new(safety, format!("write `{to}`"), edits))
}

/// Returns the fix that quotes a scalar, so that it is a string: `455` becomes `"455"`.
pub fn quoting(document: &Document, value: &Spanned<String>) -> Option<Fix> {
    let is_bare = document.slice(value.span) == value.value && needs_no_escape(&value.value);
    let span = written_span(document, value).filter(|_| is_bare)?;
    let text = format!("\"{}\"", value.value);
    Some(Fix::safe(format!("write `{text}`"), vec![Edit::Value { span, text }]))
}

/// Returns the span of the characters of a value, inside its quotes; `None` if the value is written
/// in another form, or has an anchor or a tag.
fn written_span(document: &Document, value: &Spanned<String>) -> Option<Span> {
    let text = document.slice(value.span);
    let has_quotes = text.len() >= 2
        && ['"', '\''].iter().any(|quote| text.starts_with(*quote) && text.ends_with(*quote));
    let span =
        if has_quotes { Span::new(value.span.start + 1, value.span.end - 1) } else { value.span };
    let before = document.text[..value.span.start].trim_end();
    let has_anchor =
        before.rsplit(char::is_whitespace).next().is_some_and(|last| last.starts_with(['&', '!']));
    (document.slice(span) == value.value && !has_anchor).then_some(span)
}

/// Returns whether a value is a string without quotes, in any context.
fn is_plain_string(value: &str) -> bool {
    needs_no_escape(value)
        && value.starts_with(char::is_alphanumeric)
        && classify(value) == Scalar::Text
        && !["null", "Null", "NULL"].contains(&value)
}

/// Returns whether a text has only characters that mean themselves inside and outside quotes.
fn needs_no_escape(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "-_/.+".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacement_of_an_anchor_an_alias_or_an_escape_is_none() {
        let fix = |text: &str, from, to, value: &str| {
            let value = Spanned::new(value.to_string(), Span::new(from, to));
            replacement(&Document::new("t.md", text), Safety::Safe, &value, "low")
        };
        assert!(fix("a: lw", 3, 5, "lw").is_some());
        assert!(fix("a: 'lw'", 3, 7, "lw").is_some());
        assert!(fix("a: &x lw", 6, 8, "lw").is_none(), "an anchor");
        assert!(fix("a: *x", 3, 5, "lw").is_none(), "an alias");
        assert!(fix("a: \"l\\x77\"", 3, 10, "lw").is_none(), "an escape");
    }
}
