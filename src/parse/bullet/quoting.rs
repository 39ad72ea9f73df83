//! Quoted texts and URLs without markup, in which no dates or fields are read.

use std::borrow::Cow;

use memchr::{memchr_iter, memchr2_iter};

use crate::text::Span;

/// Returns the spans of URLs that have no markup.
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

/// Removes punctuation that belongs to the sentence around a URL: `https://a.b/c).` gives
/// `https://a.b/c`.
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

/// Texts in quotation marks, with their marks: `"…"`, `“…”`, `„…“`, `«…»`, `「…」`, `『…』`, `《…》`. A
/// mark that nothing closes quotes nothing.
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

/// Returns the characters that may open a quoted text, with their offsets.
fn opening_quotes(text: &str) -> impl Iterator<Item = (usize, char)> {
    // The first bytes of all opening marks: two searches, in the order of the text.
    let mut western = memchr2_iter(b'"', 0xE2, text.as_bytes()).peekable();
    let mut others = memchr2_iter(0xC2, 0xE3, text.as_bytes()).peekable();
    let places = std::iter::from_fn(move || match (western.peek(), others.peek()) {
        (Some(first), Some(second)) if second < first => others.next(),
        (None, _) => others.next(),
        _ => western.next(),
    });
    places.filter_map(|at| {
        let sign = text[at..].chars().next()?;
        opens_quotation(sign).then_some((at, sign))
    })
}

/// Opening quotation marks, each with the marks that close it.
const QUOTATION_MARKS: [(char, &[char]); 7] = [
    ('"', &['"']),
    ('“', &['”']),
    ('„', &['“', '”']),
    ('«', &['»']),
    ('「', &['」']),
    ('『', &['』']),
    ('《', &['》']),
];

/// Returns the marks that close a quoted text which `open` begins; `None` for other characters.
fn closing_marks(open: char) -> Option<&'static [char]> {
    QUOTATION_MARKS.iter().find(|(known, _)| *known == open).map(|(_, closes)| *closes)
}

/// Returns whether a character may open a quoted text.
pub(in crate::parse) fn opens_quotation(c: char) -> bool {
    closing_marks(c).is_some()
}

/// Returns whether a character opens or closes quoted texts.
pub(super) fn is_quotation_mark(c: char) -> bool {
    QUOTATION_MARKS.iter().any(|(open, closes)| *open == c || closes.contains(&c))
}

/// Returns the offset after the quotation mark that closes `open`.
fn closing_quote(text: &str, open: char) -> Option<usize> {
    let closes = closing_marks(open)?;
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

/// Removes the backslashes that escape punctuation and decodes numeric character references, as
/// markdown does: `a \[b\] &#8594;` becomes `a [b] →`. Code spans stay as they are written.
pub fn unescaped(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('\\') && !text.contains("&#") {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(character) = rest.chars().next() {
        let behind = &rest[character.len_utf8()..];
        let (piece, length) = match character {
            '\\' => match behind.chars().next().filter(char::is_ascii_punctuation) {
                Some(escaped) => (escaped.to_string(), 2),
                None => ("\\".to_string(), 1),
            },
            '`' => {
                let length = code_span(rest);
                (rest[..length].to_string(), length)
            }
            '&' => match reference(rest) {
                Some((decoded, length)) => (decoded.to_string(), length),
                None => ("&".to_string(), 1),
            },
            other => (other.to_string(), other.len_utf8()),
        };
        plain.push_str(&piece);
        rest = &rest[length..];
    }
    plain.into()
}

/// Decodes numeric character references: `&#91;x&#93;` becomes `[x]`.
pub fn dereferenced(text: &str) -> Cow<'_, str> {
    if !text.contains("&#") {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("&#") {
        plain.push_str(&rest[..at]);
        let (decoded, length) = reference(&rest[at..]).unwrap_or(('&', 1));
        plain.push(decoded);
        rest = &rest[at + length..];
    }
    plain.push_str(rest);
    plain.into()
}

/// The character of the numeric reference that begins a text, and the length of the reference.
fn reference(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("&#")?;
    let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (digits, 10),
    };
    // No character has a longer number.
    let length = digits.chars().take(8).take_while(|c| c.is_digit(radix)).count();
    let number = u32::from_str_radix(&digits[..length], radix).ok()?;
    let is_closed = digits[length..].starts_with(';');
    let character = char::from_u32(number).filter(|c| is_closed && !c.is_control())?;
    Some((character, text.len() - digits.len() + length + 1))
}

/// Length of the code span that begins a text, or of the backticks where nothing closes them.
fn code_span(text: &str) -> usize {
    let ticks = |text: &str| text.len() - text.trim_start_matches('`').len();
    let opening = ticks(text);
    let mut at = opening;
    while let Some(next) = text[at..].find('`') {
        at += next;
        let closing = ticks(&text[at..]);
        at += closing;
        if closing == opening {
            return at;
        }
    }
    opening
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_text_that_is_not_closed_hides_no_other_quote() {
        let text = "„a \"b\" “c” \"d";
        let spans: Vec<&str> = quoted(text).into_iter().map(|span| &text[span.range()]).collect();
        assert_eq!(spans, ["„a \"b\" “"], "the low one is closed by either");
        let text = "a \"b\" “c \"d\" \"e";
        let spans: Vec<&str> = quoted(text).into_iter().map(|span| &text[span.range()]).collect();
        assert_eq!(spans, ["\"b\"", "\"d\""]);
    }

    #[test]
    fn unescaped_decodes_what_markdown_decodes_and_keeps_code() {
        for (text, plain) in [
            (r"a \[b\] &#8594; &#x2192;", "a [b] → →"),
            (r"`a \[ &#91;` \[ ``x ` \]``", r"`a \[ &#91;` [ ``x ` \]``"),
            (r"an open ` \[", "an open ` ["),
            (
                r"C:\new &#; &#x; &#0; &#99999999; &#55296; & &copy;",
                r"C:\new &#; &#x; &#0; &#99999999; &#55296; & &copy;",
            ),
            (r"\&#91; é\", r"&#91; é\"),
        ] {
            assert_eq!(unescaped(text.into()), plain);
        }
        assert_eq!(dereferenced(r"\&#91;a&#93; &#"), r"\[a] &#");
    }

    #[test]
    fn bare_urls_end_before_a_bracket_that_they_do_not_open() {
        assert_eq!(trim_address("http://a/(b)))."), "http://a/(b)");
        assert_eq!(trim_address("http://a/b)!)?"), "http://a/b");
        assert_eq!(trim_address("http://a/((b)"), "http://a/((b)");
    }
}
