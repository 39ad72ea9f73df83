//! Quoted texts and bare addresses: where marks are not looked for.

use crate::text::Span;

/// Addresses that stand in the text without any markup.
pub(super) fn bare_urls(text: &str) -> Vec<Span> {
    let mut urls = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("http") {
        let start = at + found;
        let rest = &text[start..];
        at = start + 4;
        if !(rest.starts_with("http://") || rest.starts_with("https://")) {
            continue;
        }
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
    loop {
        let unopened =
            address.ends_with(')') && address.matches(')').count() > address.matches('(').count();
        match address.strip_suffix(['.', ',', ';', ':', '!', '?', '\'', '*', '_']) {
            Some(shorter) => address = shorter,
            None if unopened => address = &address[..address.len() - 1],
            None => return address,
        }
    }
}

/// Texts in double quotes, straight or typographic, with their quotes. A quote that nothing closes
/// quotes nothing.
pub(super) fn quoted(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['"', '“', '„']) {
        let start = at + found;
        let open = text[start..].chars().next().unwrap_or('"');
        at = start + open.len_utf8();
        let before = text[..start].chars().next_back();
        let opens = open != '"' || before.is_none_or(|c| !c.is_alphanumeric() && c != '\\');
        if !opens {
            continue;
        }
        if let Some(length) = closing_quote(&text[at..], open) {
            spans.push(Span::new(start, at + length));
            at += length;
        }
    }
    spans
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
pub(super) fn unescaped(text: &str) -> String {
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
    plain
}
