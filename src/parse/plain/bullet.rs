//! Bullets of one line, read in one pass.
//!
//! ```text
//! - [ ] [Title](https://…) (2026-05-08) — free text. [tags:: a, b]
//! - [Title](https://…) — free text without digits. [tags:: a, b]
//! - **#455** (2026-05-04) — “Title.” More.
//! - "Title" by its author (2026-05-04) — free text.
//! - Title (2026-05-04) — free text.
//! ```

use std::collections::BTreeSet;

use crate::model::{DateOrder, date};
use crate::parse::bullet::{
    Bullet, Field, field_at, is_link_label, key_at, opens_quotation, task_at, title_of_words,
    unquoted,
};
use crate::parse::plain::bytes::{
    DIGIT, EMPHASIS, MARKUP, QUOTE, ROUND, SIGNAL, SPACE, SQUARE, find,
};
use crate::parse::written_date::leading_date;
use crate::text::Span;

/// Reads a bullet that begins at `offset` in its document, from the marker to its last character.
/// Returns the bullet, and the number of links in it. Returns `None` for a bullet that
/// [`bullet::parse`](crate::parse::bullet::parse) may read in another way.
pub fn read_bullet(
    raw: &str,
    offset: usize,
    order: Option<DateOrder>,
) -> Option<(Bullet<'_>, usize)> {
    let rest = raw.strip_prefix("- ")?;
    if rest.starts_with(' ') || raw.ends_with(char::is_whitespace) {
        return None;
    }
    let task = task_at(rest).filter(|_| rest.as_bytes().get(3) == Some(&b' '));
    // The space after a box is a part of the content.
    let (content, title_start) = match task {
        Some(_) => (MARKER + BOX, MARKER + BOX + 1),
        None => (MARKER, MARKER),
    };
    let line = BulletLine { raw, bytes: raw.as_bytes(), offset };
    let head = line.head(title_start, order)?;
    let date = line.date(head.end);
    let tail = match date {
        Some((_, end)) => line.tail(end, 0)?,
        None => line.undated_tail(&head)?,
    };
    let (label, title) = match head.name {
        HeadName::Title(title) => (None, Some(title)),
        HeadName::Label(label) => {
            let title = tail.quoted.map(|span| unquoted(&raw[span.range()]));
            (Some(label.to_string()), title)
        }
    };
    let bullet = Bullet {
        span: Span::new(offset, offset + raw.len()),
        is_cell: false,
        task,
        task_span: task.map(|_| Span::new(MARKER, MARKER + BOX).shifted(offset)),
        date: date.map(|(date, _)| date),
        leads_with_date: false,
        unread_date: None,
        label,
        title: title.filter(|title| !title.is_empty()),
        url: head.url,
        fields: tail.fields,
        tags: BTreeSet::new(),
        rest: date.map_or(tail.dash.unwrap_or(content), |(_, end)| end),
        taken: tail.taken,
        not_yet: None,
        end: offset + raw.len(),
    };
    Some((bullet, usize::from(head.url.is_some())))
}

/// Length of the marker `- `.
const MARKER: usize = 2;
/// Length of a task box.
const BOX: usize = 3;

struct BulletLine<'a> {
    raw: &'a str,
    bytes: &'a [u8],
    offset: usize,
}

/// The part before the date.
struct Head<'a> {
    name: HeadName<'a>,
    url: Option<&'a str>,
    /// Offset after it.
    end: usize,
}

enum HeadName<'a> {
    Title(String),
    /// `#455`
    Label(&'a str),
}

/// The part after the date.
#[derive(Default)]
struct Tail<'a> {
    fields: Vec<Field<'a>>,
    taken: Vec<Span>,
    /// The first quoted text, with its quotation marks.
    quoted: Option<Span>,
    /// The first dash between spaces, from the space before it.
    dash: Option<usize>,
}

impl<'a> BulletLine<'a> {
    /// Reads the part before the date, which begins at `at`.
    fn head(&self, at: usize, order: Option<DateOrder>) -> Option<Head<'a>> {
        match self.bytes.get(at)? {
            b'[' => self.link(at),
            b'*' | b'#' => self.label(at),
            b'"' | 0xE2 => {
                let quoted = self.quoted(at)?;
                let name = HeadName::Title(unquoted(&self.raw[quoted.range()]));
                Some(Head { name, url: None, end: self.words(quoted.end)? })
            }
            _ => {
                let text = &self.raw[at..];
                let is_word = text.starts_with(char::is_alphabetic);
                if !is_word || leading_date(text, order).is_some() {
                    return None;
                }
                let end = self.words(at)?;
                let name = HeadName::Title(title_of_words(&self.raw[at..end])?);
                Some(Head { name, url: None, end })
            }
        }
    }

    /// `[Title](https://…)`
    fn link(&self, open: usize) -> Option<Head<'a>> {
        let close = find(self.bytes, open + 1, MARKUP | SQUARE | EMPHASIS);
        let title = &self.raw[open + 1..close];
        if !self.raw[close..].starts_with("](") || title.trim() != title || is_link_label(title) {
            return None;
        }
        let end = find(self.bytes, close + 2, MARKUP | SQUARE | ROUND | SPACE);
        let url = &self.raw[close + 2..end];
        let is_plain = self.bytes.get(end) == Some(&b')')
            && (url.starts_with("https://") || url.starts_with("http://"))
            && title != url;
        let name = HeadName::Title(title.to_string());
        is_plain.then_some(Head { name, url: Some(url), end: end + 1 })
    }

    /// `**#455**` or `#455`
    fn label(&self, at: usize) -> Option<Head<'a>> {
        let is_bold = self.raw[at..].starts_with("**#");
        let start = if is_bold { at + 2 } else { at };
        let digits = self.bytes[start + 1..].iter().take_while(|byte| byte.is_ascii_digit());
        let end = start + 1 + digits.count();
        let closes = !is_bold || self.raw[end..].starts_with("**");
        if self.bytes[start] != b'#' || end == start + 1 || !closes {
            return None;
        }
        let name = HeadName::Label(&self.raw[start..end]);
        Some(Head { name, url: None, end: if is_bold { end + 2 } else { end } })
    }

    /// Returns the end of the words that begin at `from`: the space before the first parenthesis.
    fn words(&self, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            at = find(self.bytes, at, MARKUP | SQUARE | ROUND | EMPHASIS | QUOTE | SIGNAL);
            match self.bytes.get(at)? {
                b'(' => return (self.bytes[at - 1] == b' ').then_some(at - 1),
                b'!' => at += 1,
                0xC2 | 0xE2 | 0xE3 if !self.is_quotation_mark(at) => at += 1,
                b':' | b'y' | b'Y' if self.is_harmless(at) => at += 1,
                _ => return None,
            }
        }
    }

    /// Returns the date ` (2026-05-04)` at an offset, and the offset after it.
    fn date(&self, at: usize) -> Option<(date::Date, usize)> {
        let text = self.raw.get(at..at + " (2026-05-04)".len())?;
        let inner = text.strip_prefix(" (")?.strip_suffix(')')?;
        Some((date::parse(inner).ok()?, at + text.len()))
    }

    /// Reads the part after the link of a bullet without a date. Nothing in it, and in the title, may
    /// be one.
    fn undated_tail(&self, head: &Head<'a>) -> Option<Tail<'a>> {
        let HeadName::Title(title) = &head.name else { return None };
        let has_date = title.bytes().any(|byte| byte.is_ascii_digit());
        if head.url.is_none() || has_date || self.raw[head.end..].contains("--") {
            return None;
        }
        self.tail(head.end, DIGIT)
    }

    /// Reads fields and quoted texts from an offset to the end of the line, which must have no byte of
    /// the class `forbidden` outside of them.
    fn tail(&self, from: usize, forbidden: u8) -> Option<Tail<'a>> {
        let mut tail = Tail::default();
        let mut at = from;
        loop {
            at = find(self.bytes, at, MARKUP | SQUARE | ROUND | QUOTE | SIGNAL | forbidden);
            let Some(byte) = self.bytes.get(at) else { return Some(tail) };
            at = match byte {
                b'[' => self.field(at, &mut tail)?,
                b'(' if key_at(self.raw, at + 1).is_none() => at + 1,
                b')' => at + 1,
                b'"' | b'#' if self.bytes[at - 1].is_ascii_alphanumeric() => at + 1,
                b'"' => self.quote(at, &mut tail)?,
                0xE2 if self.raw[at..].starts_with('“') => self.quote(at, &mut tail)?,
                0xE2 if self.raw[at..].starts_with(['—', '–']) => {
                    let is_apart = self.raw[at + 3..].starts_with(' ');
                    if is_apart && self.bytes[at - 1] == b' ' {
                        tail.dash.get_or_insert(at - 1);
                    } else if is_apart && forbidden != 0 {
                        return None;
                    }
                    at + 3
                }
                0xEF if forbidden == 0 => at + 1,
                0xC2 | 0xE2 | 0xE3 if !self.is_quotation_mark(at) => at + 1,
                b':' | b'y' | b'Y' if self.is_harmless(at) => at + 1,
                _ => return None,
            };
        }
    }

    /// Adds the quoted text at an offset, and returns the offset after it.
    fn quote(&self, at: usize, tail: &mut Tail<'a>) -> Option<usize> {
        let quoted = self.quoted(at)?;
        tail.quoted.get_or_insert(quoted);
        Some(quoted.end)
    }

    /// Adds the field `[key:: value]` at an offset, and returns the offset after it.
    fn field(&self, open: usize, tail: &mut Tail<'a>) -> Option<usize> {
        let key = key_at(self.raw, open + 1)?;
        let value = open + 1 + key.len() + "::".len();
        let close = find(self.bytes, value, MARKUP | SQUARE | ROUND | QUOTE);
        let is_reference = matches!(self.bytes.get(close + 1), Some(b'[' | b':' | b'('));
        if self.bytes.get(close) != Some(&b']') || is_reference {
            return None;
        }
        tail.fields.push(field_at(self.raw, self.offset, open, key.len(), close));
        tail.taken.push(Span::new(open, close + 1));
        Some(close + 1)
    }

    /// Returns the text in `"…"` or `“…”` at an offset, with its marks.
    fn quoted(&self, at: usize) -> Option<Span> {
        let open = self.raw[at..].chars().next().filter(|c| matches!(c, '"' | '“'))?;
        let close = if open == '“' { '”' } else { '"' };
        let before = self.bytes[at - 1];
        if open == '"' && (before.is_ascii_alphanumeric() || !before.is_ascii()) {
            return None;
        }
        let start = at + open.len_utf8();
        let length = self.raw[start..].find(close)?;
        let inner = &self.bytes[start..start + length];
        let is_plain = find(inner, 0, MARKUP | SQUARE) == length;
        is_plain.then_some(Span::new(at, start + length + close.len_utf8()))
    }

    /// Returns whether a character that is not ASCII opens a quoted text.
    fn is_quotation_mark(&self, at: usize) -> bool {
        self.raw[at..].starts_with(opens_quotation)
    }

    /// Returns whether a colon begins no URL, and a `y` no phrase such as "not yet read".
    fn is_harmless(&self, at: usize) -> bool {
        match self.bytes[at] {
            b':' => self.bytes.get(at + 1) != Some(&b'/'),
            _ => {
                let before = at.checked_sub(" not ".len()).map(|start| &self.bytes[start..at]);
                before.is_none_or(|before| !before.eq_ignore_ascii_case(b" not "))
            }
        }
    }
}

#[cfg(test)]
mod tests;
