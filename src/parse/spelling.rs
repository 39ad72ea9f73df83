//! Fixes of words that can only mean one known word, and where such a word stands.

use crate::model::{Fix, Safety};
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

/// The only known word so near to `word` that it must be meant: one slip, in a longer word two. Words
/// that differ in a number are different words.
pub fn sole_near<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let mut near: Vec<(usize, &str)> = within(2, word, known).collect();
    near.sort_unstable();
    near.dedup();
    let slips = (word.chars().count() / 3).clamp(1, 2);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    match near.as_slice() {
        [(1.., only)] if near[0].0 <= slips && digits(word) == digits(only) => Some(only),
        _ => None,
    }
}

/// The known words that at most so many slips lead to, with how many.
pub fn within<'k>(
    slips: usize,
    word: &str,
    known: impl Iterator<Item = &'k str>,
) -> impl Iterator<Item = (usize, &'k str)> {
    // Most words differ too much in length already, and that is soon seen.
    let length = word.chars().count();
    known
        .filter(move |known| known.chars().count().abs_diff(length) <= slips)
        .map(move |known| (strsim::damerau_levenshtein(word, known), known))
        .filter(move |(distance, _)| *distance <= slips)
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

    fn near<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
        sole_near(word, known.iter().copied())
    }

    #[test]
    fn only_a_word_that_must_be_meant_is_written() {
        let ladder = ["low", "medium", "medium-high", "ripe"];
        assert_eq!(near("medium-hihg", &ladder), Some("medium-high"));
        assert_eq!(near("medum", &ladder), Some("medium"));
        assert_eq!(near("Low", &ladder), Some("low"));
        assert_eq!(near("need", &["read", "count"]), None, "two slips in a short word");
        assert_eq!(near("trial", &["trials", "triad"]), None, "two candidates");
        assert_eq!(near("trials-3", &["trials-2"]), None, "another number is another word");
        assert_eq!(near("low", &ladder), None, "it is known");
    }

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
