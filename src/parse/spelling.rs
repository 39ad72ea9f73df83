//! Fixes of words that can only mean one known word, and where such a word stands.

use crate::model::{Fix, Safety};
use crate::text::suggest::sole_near;
use crate::text::{Document, Edit, Span, Spanned};

use crate::parse::yaml::{Scalar, classify};

/// The fix that writes the one known word that `word` can only be meant for.
pub fn respelled<'k>(
    document: &Document,
    safety: Safety,
    word: &Spanned<String>,
    known: impl Iterator<Item = &'k str>,
) -> Option<Fix> {
    rewritten(document, safety, word, sole_near(&word.value, known)?)
}

/// The fix that writes `to` in the place of `word`. None where quotes, escapes or an anchor make
/// the place more than the word itself.
pub fn rewritten(
    document: &Document,
    safety: Safety,
    word: &Spanned<String>,
    to: &str,
) -> Option<Fix> {
    let span = written(document, word).filter(|_| is_plain(to))?;
    let edits = vec![Edit::Value { span, text: to.to_string() }];
    Some(Fix::new(safety, format!("write `{to}`"), edits))
}

/// The fix that puts a plain scalar in quotes, so that it is a word.
pub fn quoted(document: &Document, word: &Spanned<String>) -> Option<Fix> {
    let is_bare = document.slice(word.span) == word.value && is_plain_text(&word.value);
    let span = written(document, word).filter(|_| is_bare)?;
    let text = format!("\"{}\"", word.value);
    Some(Fix::safe(format!("write `{text}`"), vec![Edit::Value { span, text }]))
}

/// Where the letters of a word stand, inside its quotes if it has any. None where they stand there
/// in another form, or for more than one place.
fn written(document: &Document, word: &Spanned<String>) -> Option<Span> {
    let text = document.slice(word.span);
    let quotes = text.len() >= 2
        && ['"', '\''].iter().any(|quote| text.starts_with(*quote) && text.ends_with(*quote));
    let span = match quotes {
        true => Span::new(word.span.start + 1, word.span.end - 1),
        false => word.span,
    };
    let before = document.text[..word.span.start].trim_end();
    let anchored =
        before.rsplit(char::is_whitespace).next().is_some_and(|last| last.starts_with(['&', '!']));
    (document.slice(span) == word.value && !anchored).then_some(span)
}

/// Whether a word may stand without quotes wherever a word may stand.
fn is_plain(word: &str) -> bool {
    is_plain_text(word)
        && word.starts_with(char::is_alphanumeric)
        && classify(word) == Scalar::Text
        && !["null", "Null", "NULL"].contains(&word)
}

/// Whether a text means the same inside and outside quotes.
fn is_plain_text(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "-_/.+".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_more_than_its_letters_is_left_alone() {
        let fix = |text: &str, from, to, value: &str| {
            let word = Spanned::new(value.to_string(), Span::new(from, to));
            rewritten(&Document::new("t.md", text), Safety::Safe, &word, "low")
        };
        assert!(fix("a: lw", 3, 5, "lw").is_some());
        assert!(fix("a: 'lw'", 3, 7, "lw").is_some());
        assert!(fix("a: &x lw", 6, 8, "lw").is_none(), "an anchor");
        assert!(fix("a: *x", 3, 5, "lw").is_none(), "an alias");
        assert!(fix("a: \"l\\x77\"", 3, 10, "lw").is_none(), "an escape");
    }
}
