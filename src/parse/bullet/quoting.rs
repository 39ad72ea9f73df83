//! Quoted texts and bare addresses: where marks are not looked for.

use std::borrow::Cow;

use memchr::{memchr_iter, memchr2_iter};

use crate::text::Span;

/// Addresses that stand in the text without any markup.
pub(super) fn bare_urls(text: &str) -> Vec<Span> {
    let mut urls = Vec::new();
    let mut at = 0;
    let colons = memchr_iter(b':', text.as_bytes());
    for colon in colons.filter(|&colon| text[colon..].starts_with("://")) {
        let schemes = ["https", "http"].into_iter().filter(|name| text[..colon].ends_with(name));
        let Some(start) = schemes.map(|name| colon - name.len()).find(|&start| start >= at) else {
            continue;
        };
        let rest = &text[start..];
        let stop = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | ']' | '|');
        let end = rest.find(stop).unwrap_or(rest.len());
        let address = trim_address(&rest[..end]);
        urls.push(Span::new(start, start + address.len()));
        at = start + address.len().max(4);
    }
    urls
}

/// Without the punctuation of the sentence around it: trailing marks and an unopened bracket.
fn trim_address(mut address: &str) -> &str {
    let number = |bracket: char| address.matches(bracket).count();
    let mut unopened = number(')').saturating_sub(number('('));
    loop {
        match address.strip_suffix(['.', ',', ';', ':', '!', '?', '\'', '*', '_']) {
            Some(shorter) => address = shorter,
            None if unopened > 0 && address.ends_with(')') => {
                address = &address[..address.len() - 1];
                unopened -= 1;
            }
            None => return address,
        }
    }
}

/// Texts in double quotes, straight or typographic, with their quotes. A quote that nothing closes
/// quotes nothing.
pub(super) fn quoted(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut never_closed = Vec::new();
    let mut at = 0;
    for (start, open) in opening_quotes(text) {
        // One within the quoted text before it.
        if start < at {
            continue;
        }
        at = start + open.len_utf8();
        let before = text[..start].chars().next_back();
        let opens = open != '"' || before.is_none_or(|c| !c.is_alphanumeric() && c != '\\');
        if !opens || never_closed.contains(&open) {
            continue;
        }
        match closing_quote(&text[at..], open) {
            Some(length) => {
                spans.push(Span::new(start, at + length));
                at += length;
            }
            // Nothing further on closes a later one either.
            None => never_closed.push(open),
        }
    }
    spans
}

/// The signs that may open a quoted text, in order, and where they stand.
fn opening_quotes(text: &str) -> impl Iterator<Item = (usize, char)> {
    // The first byte of every typographic quote.
    let places = memchr2_iter(b'"', 0xE2, text.as_bytes());
    places.filter_map(|at| {
        let sign = text[at..].chars().next()?;
        matches!(sign, '"' | '“' | '„').then_some((at, sign))
    })
}

/// Offset behind the quote that closes `open`.
fn closing_quote(text: &str, open: char) -> Option<usize> {
    let closes: &[char] = match open {
        '"' => &['"'],
        '“' => &['”'],
        _ => &['“', '”'],
    };
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            '\\' => escaped = !escaped,
            _ if escaped => escaped = false,
            _ if closes.contains(&character) => return Some(at + character.len_utf8()),
            _ => {}
        }
    }
    None
}

/// Without the backslashes by which markdown escapes punctuation.
pub(super) fn unescaped(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('\\') {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let escapes =
            character == '\\' && characters.peek().is_some_and(char::is_ascii_punctuation);
        match escapes {
            true => plain.extend(characters.next()),
            false => plain.push(character),
        }
    }
    plain.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_that_nothing_closes_takes_no_other_kind_with_it() {
        let text = "„a \"b\" “c” \"d";
        let spans: Vec<&str> = quoted(text).into_iter().map(|span| &text[span.range()]).collect();
        assert_eq!(spans, ["„a \"b\" “"], "the low one is closed by either");
        let text = "a \"b\" “c \"d\" \"e";
        let spans: Vec<&str> = quoted(text).into_iter().map(|span| &text[span.range()]).collect();
        assert_eq!(spans, ["\"b\"", "\"d\""]);
    }

    #[test]
    fn an_address_gives_back_the_brackets_that_it_did_not_open() {
        assert_eq!(trim_address("http://a/(b)))."), "http://a/(b)");
        assert_eq!(trim_address("http://a/b)!)?"), "http://a/b");
        assert_eq!(trim_address("http://a/((b)"), "http://a/((b)");
    }
}
