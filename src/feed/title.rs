//! Titles and other texts of entries: without markup and control characters, on one line.

use std::borrow::Cow;

use memchr::{memchr, memchr2};
use quick_xml::escape::resolve_html5_entity;

use crate::text::is_control;

/// The length of the longest title, in characters.
pub(super) const LONGEST_TITLE: usize = 300;

/// The length of the beginning of a text that is a title, in characters.
const LONGEST_BEGINNING: usize = 80;

/// The length of the longest name of an entity, in bytes.
const LONGEST_ENTITY: usize = 32;

/// Returns the title of an entry: `title` without markup, else the beginning of `text`.
///
/// `<b>Salt</b> &amp; tide` gives `Salt & tide`.
pub(super) fn title(title: Option<&str>, text: Option<&str>) -> Option<String> {
    let title = title.map(plain).map(|title| shortened(&title, LONGEST_TITLE));
    let title = title.filter(|title| !title.is_empty());
    title.or_else(|| {
        let beginning = shortened(&plain(text?), LONGEST_BEGINNING);
        Some(beginning).filter(|beginning| !beginning.is_empty())
    })
}

/// Returns a text without tags, with its entities decoded once, without control characters, on one
/// line.
pub(super) fn plain(html: &str) -> String {
    visible(&decoded(&without_tags(html)))
}

/// Returns a text without control characters and other characters that are not visible, on one line.
pub(super) fn visible(text: &str) -> String {
    let is_joiner = |c: char| matches!(c, '\u{200c}' | '\u{200d}');
    let mut kept = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied().unwrap_or(' ');
        let is_joined = joins(before) && joins(after);
        let is_kept = if is_joiner(c) { is_joined } else { !is_hidden(c) };
        match c {
            c if c.is_whitespace() => kept.push(' '),
            c if is_kept => kept.push(c),
            _ => {}
        }
        before = c;
    }
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether a joiner next to a character has a meaning: next to letters and pictograms.
fn joins(c: char) -> bool {
    c.is_alphabetic() || (c >= '\u{2190}' && !is_hidden(c) && !c.is_whitespace())
}

/// Returns whether a character is not visible and changes how other characters are shown.
pub(super) fn is_hidden(c: char) -> bool {
    let code = u32::from(c);
    is_control(c)
        || matches!(code, 0x00AD | 0x180E | 0x200B | 0x2060..=0x206F | 0xE0000..=0xE007F)
        || matches!(code, 0xFDD0..=0xFDEF)
        || code & 0xFFFE == 0xFFFE
}

/// Returns a text of at most `length` characters; a cut is shown by `…`.
pub(super) fn shortened(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_string(),
    }
}

/// Removes tags and comments, and the contents of scripts and styles. A `<` that begins no tag stays.
fn without_tags(html: &str) -> Cow<'_, str> {
    if memchr(b'<', html.as_bytes()).is_none() {
        return Cow::Borrowed(html);
    }
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        match tag(rest) {
            Some(Tag { name, length }) => {
                rest = &rest[length..];
                if ["script", "style"].iter().any(|hidden| name.eq_ignore_ascii_case(hidden)) {
                    rest = after_end_tag(rest, name);
                }
                // Blocks are apart: `<p>A</p><p>B</p>` has two words.
                if !is_inline(name) {
                    text.push(' ');
                }
            }
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// A tag at the start of a text.
struct Tag<'t> {
    name: &'t str,
    length: usize,
}

/// Returns the tag that a text begins with. A tag has no other `<`, so that the search ends soon.
fn tag(text: &str) -> Option<Tag<'_>> {
    if text.starts_with("<!--") {
        let end = text.find("-->")?;
        return Some(Tag { name: "b", length: end + 3 });
    }
    let inner = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?')) {
        return None;
    }
    let end = 1 + memchr2(b'<', b'>', &text.as_bytes()[1..])?;
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    (text.as_bytes()[end] == b'>').then_some(Tag { name: &inner[..length], length: end + 1 })
}

/// Returns the text after the end tag of an element; the empty string if there is none.
fn after_end_tag<'t>(text: &'t str, name: &str) -> &'t str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return rest.split_once('>').map_or("", |(_, rest)| rest);
        }
    }
    ""
}

/// Returns whether an element is a part of a word or a line.
fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 17] = [
        "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "q", "small", "span", "strike",
        "strong", "sub", "sup", "u",
    ];
    INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline))
}

/// Decodes the entities of HTML once: `&amp;lt; &eacute; &#8217;` gives `&lt; é ’`. Unknown ones
/// stay.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let near = &rest.as_bytes()[..rest.len().min(LONGEST_ENTITY)];
        let entity = memchr(b';', near).and_then(|end| Some((entity(&rest[1..end])?, end + 1)));
        match entity {
            Some((value, length)) => {
                decoded.push_str(&value);
                rest = &rest[length..];
            }
            None => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Returns the characters of an entity: `eacute`, `#233` and `#xe9` give `é`.
pub(super) fn entity(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(Cow::Borrowed);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(number) => u32::from_str_radix(number, 16),
        None => number.parse(),
    };
    code.ok().and_then(char::from_u32).map(|c| Cow::Owned(c.to_string()))
}
