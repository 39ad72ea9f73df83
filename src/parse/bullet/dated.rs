//! The date of a bullet: at its start, in parentheses, or between delimiters.

use memchr::memchr2_iter;

use crate::model::url::is_web;
use crate::model::{Date, DateOrder, Diagnostic};
use crate::parse::bullet::line::BulletText;
use crate::parse::bullet::{UnreadDate, UnreadDateKind, missing_date, unread_date};
use crate::parse::written_date::{
    Meaning, WrittenDate, after_timestamp, delimited_date, find_written_date, leading_date,
};
use crate::text::Span;

/// The date of a bullet and its position.
pub(super) struct Dated {
    /// `None` if it is not read.
    pub(super) date: Option<Date>,
    /// The date itself.
    date_span: Span,
    /// The date with the brackets around it and, at the start, the symbols before it.
    pub(super) place: Span,
    pub(super) position: DatePosition,
}

/// The first byte of both wide parentheses. A byte with this value always begins a character.
const WIDE_FIRST_BYTE: u8 = 0xEF;

/// The position of the date in a bullet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DatePosition {
    /// `2026-05-04: A`
    Leading,
    /// `A (2026-05-04)`
    InParentheses,
    /// `A, 2026-05-04`
    Delimited,
}

/// Returns the text after the end of the emphasis that begins at the end of `before`: between `**` and
/// `:** A` this is ` A`.
fn after_emphasis<'t>(before: &str, after: &'t str) -> &'t str {
    let marker = &before[before.trim_end_matches(['*', '_']).len()..];
    let rest = after.trim_start_matches([':', ',']);
    rest.strip_prefix(marker).filter(|_| !marker.is_empty()).unwrap_or(after)
}

/// Returns the length of the HTML tag that a text begins with: `</span> x` gives 7. The text may also
/// begin with a URL in angle brackets, which is not a tag.
fn length_of_tag(text: &str) -> Option<usize> {
    let name = text.strip_prefix("</").or_else(|| text.strip_prefix('<'))?;
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let is_tag = rest.len() < name.len() && rest.starts_with([' ', '>', '/', '\n']);
    text.find('>').filter(|_| is_tag).map(|end| end + 1)
}

impl BulletText<'_> {
    /// Returns the date: the one at the start, else the first in parentheses, else one between
    /// delimiters, such as `, 4 May 2026`. The second value is a date that was found and is not
    /// read.
    pub(super) fn date(
        &self,
        order: Option<DateOrder>,
        path: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (Option<Dated>, Option<UnreadDate>) {
        let finders = [Self::leading_date, Self::date_in_parentheses, Self::delimited_date];
        let mut unread = None;
        let mut undated = None;
        for (found, meaning) in finders.into_iter().filter_map(|find| find(self, order)) {
            match meaning {
                Meaning::Date(date) => {
                    return (Some(Dated { date: Some(date), ..found }), None);
                }
                Meaning::Missing(reason) => {
                    let span = found.date_span.shifted(self.offset);
                    let text = &self.raw[found.date_span.range()];
                    diagnostics.push(missing_date(text, &reason, span, path));
                    return (Some(found), None);
                }
                Meaning::Ambiguous { .. } | Meaning::Month => {
                    let span = found.date_span.shifted(self.offset);
                    unread = unread.or_else(|| unread_date(span, &meaning));
                    if meaning != Meaning::Month || self.is_enclosed(&found) {
                        undated.get_or_insert(found);
                    }
                }
            }
        }
        (undated, unread.or_else(|| self.date_in_link(order)))
    }

    /// The date at the start, after emphasis, symbols, HTML tags and opening brackets. It may be in
    /// code: `` `2026-05-04` A ``.
    fn leading_date(&self, order: Option<DateOrder>) -> Option<(Dated, Meaning)> {
        let start = self.content + self.length_of_decoration();
        if let Some(code) = self.raw[start..].strip_prefix('`') {
            let found = leading_date(code, order)?;
            let date_span = Span::new(start + 1, start + 1 + found.length);
            let place = Span::new(self.content, date_span.end + 1);
            let dated = Dated { date: None, date_span, place, position: DatePosition::Leading };
            return code[found.length..].starts_with('`').then_some((dated, found.meaning));
        }
        let found = leading_date(self.visible.get(start..)?, order)?;
        let date_span = Span::new(start, start + found.length);
        let opening = &self.raw[self.content..start];
        let rest = after_timestamp(opening, &self.visible[date_span.end..]);
        let rest = after_emphasis(opening, rest.trim_start_matches([')', ']', '>']));
        let place = Span::new(self.content, self.visible.len() - rest.len());
        let dated = Dated { date: None, date_span, place, position: DatePosition::Leading };
        Some((dated, found.meaning))
    }

    /// Returns whether a date is in brackets, so that it does not belong to the title: `[2026/05] A`.
    fn is_enclosed(&self, found: &Dated) -> bool {
        let before = self.raw[..found.date_span.start].trim_end();
        let after = self.raw[found.date_span.end..].trim_start();
        before.ends_with(['(', '[', '（']) && after.starts_with([')', ']', '）'])
    }

    /// Length of the whitespace, emphasis, symbols, HTML tags and brackets that the content begins
    /// with. Links, code and quoted texts are content.
    fn length_of_decoration(&self) -> usize {
        let (raw, visible) = (&self.raw[self.content..], &self.visible[self.content..]);
        let mut at = 0;
        while let Some(c) = raw[at..].chars().next() {
            let is_hidden = visible.as_bytes()[at] != raw.as_bytes()[at];
            at += match c {
                '<' if is_hidden => match length_of_tag(&raw[at..]) {
                    Some(length) => length,
                    None => break,
                },
                '&' if raw[at..].starts_with("&lt;") => "&lt;".len(),
                c if is_hidden || c.is_alphanumeric() || c == '#' => break,
                c => c.len_utf8(),
            };
        }
        at
    }

    fn date_in_parentheses(&self, order: Option<DateOrder>) -> Option<(Dated, Meaning)> {
        let mut at = self.content;
        let mut month = None;
        // East Asian texts have wide parentheses.
        let find = |[narrow, wide]: [char; 2], from: usize| {
            let text = &self.visible[from..];
            memchr2_iter(narrow as u8, WIDE_FIRST_BYTE, text.as_bytes()).find_map(|at| {
                let sign =
                    text[at..].chars().next().filter(|sign| [narrow, wide].contains(sign))?;
                Some(Span::new(from + at, from + at + sign.len_utf8()))
            })
        };
        while let Some(Span { start: open, end: inside }) = find(['(', '（'], at) {
            let close = find([')', '）'], inside).map_or(self.visible.len(), |close| close.end);
            let inner = &self.visible[inside..close];
            let dated = |start: usize, length: usize| Dated {
                date: None,
                date_span: Span::new(start, start + length),
                place: Span::new(open, close),
                position: DatePosition::InParentheses,
            };
            if let Some((within, found)) = find_written_date(inner, order) {
                return Some((dated(inside + within, found.length), found.meaning));
            }
            let is_month = |found: &WrittenDate| {
                found.meaning == Meaning::Month && inner[found.length..].starts_with([')', '）'])
            };
            if let Some(found) = leading_date(inner, order).filter(is_month) {
                month.get_or_insert((dated(inside, found.length), found.meaning));
            }
            // Brackets that open before `close` contain no date either.
            at = close;
        }
        month
    }

    fn delimited_date(&self, order: Option<DateOrder>) -> Option<(Dated, Meaning)> {
        // Links and quoted texts delimit a date: `[A](u) 4 May 2026`.
        let hidden = self.visible.bytes().zip(self.raw.bytes());
        let marked = hidden.map(|(visible, raw)| if visible == raw { visible } else { b',' });
        let marked = String::from_utf8(marked.collect()).ok()?;
        let (at, found) = delimited_date(marked.get(self.content..)?, order)?;
        let start = self.content + at;
        let place = Span::new(start, start + found.length);
        let position = DatePosition::Delimited;
        Some((Dated { date: None, date_span: place, place, position }, found.meaning))
    }

    /// A date in the text of the first link. It is not read, because the text comes from others.
    fn date_in_link(&self, order: Option<DateOrder>) -> Option<UnreadDate> {
        let link = self.links.first().filter(|link| is_web(&link.destination))?;
        let (_, found) = find_written_date(&link.text, order)?;
        let kind = UnreadDateKind::InLink { date: found.meaning.date()?, link_end: link.span.end };
        Some(UnreadDate { span: link.span, kind })
    }
}
