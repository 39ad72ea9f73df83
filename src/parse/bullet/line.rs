//! The text of one bullet, in which dates, fields, tags and titles are found.

use std::collections::BTreeSet;

use memchr::{memchr_iter, memrchr};

use crate::model::url::is_web;
use crate::model::{Diagnostic, Rule};
use crate::parse::bullet::brackets::{Bracket, brackets, key_at};
use crate::parse::bullet::dated::Dated;
use crate::parse::bullet::links::{WikiLink, wiki_links};
use crate::parse::bullet::quoting::{bare_urls, quoted};
use crate::parse::bullet::{Field, Task};
use crate::parse::markdown::{Inline, Link, foreign_marker};
use crate::parse::written_date::leading_date;
use crate::text::Span;

/// The text of a bullet in two copies of one length, so that an offset into one is an offset into
/// both.
pub(super) struct BulletText<'a> {
    /// As written.
    pub(super) raw: &'a str,
    /// With spaces in place of links, code, URLs, quoted texts, fields and the block id; dates,
    /// tags and fields are searched for in this copy.
    pub(super) visible: String,
    /// Offset of the content, after the marker and the task box.
    pub(super) content: usize,
    /// Offset of `raw` in the document.
    pub(super) offset: usize,
    pub(super) links: &'a [Link],
    /// Links of org-mode, then those of wikis.
    pub(super) wiki_links: Vec<WikiLink>,
    /// Quoted texts, with their quotes.
    pub(super) quoted: Vec<Span>,
    /// Code outside of links, with its backticks.
    pub(super) code: Vec<Span>,
    /// URLs without markup.
    bare_urls: Vec<Span>,
    /// Fields with their brackets, and the block id; they are not part of the free text.
    pub(super) taken: Vec<Span>,
}

impl<'a> BulletText<'a> {
    /// Reads the text `raw`, which begins at `offset` in the document, with a list marker of
    /// `marker` bytes.
    pub(super) fn new(raw: &'a str, offset: usize, inline: &'a Inline, marker: usize) -> Self {
        let inside = |at: usize| at.saturating_sub(offset).min(raw.len());
        let opaque = inline.opaque.iter();
        let opaque = opaque.map(|span| Span::new(inside(span.start), inside(span.end)));
        let mut code = Vec::new();
        let opaque = opaque.inspect(|span| {
            if raw[span.range()].starts_with('`') {
                code.push(*span);
            }
        });
        let text = blanked(raw.to_string(), opaque);
        let mut wiki_links = wiki_links(&text);
        wiki_links.retain(|link| link.destination.is_some_and(|at| is_web(&text[at.range()])));
        let text = blanked(text, wiki_links.iter().map(|link| link.span));
        let quoted = quoted(&text);
        let mut bare_urls = bare_urls(&text);
        bare_urls.retain(|url| !is_in(&quoted, url.start));
        Self {
            raw,
            visible: blanked(text, bare_urls.iter().chain(&quoted).copied()),
            content: marker,
            offset,
            links: &inline.links,
            wiki_links,
            quoted,
            code,
            bare_urls,
            taken: Vec::new(),
        }
    }

    /// Returns the task box and its span.
    pub(super) fn take_task(&mut self) -> Option<(Task, Span)> {
        let rest = &self.visible[self.content..];
        let task = task_at(rest)?;
        let delimited = rest.len() == 3 || rest[3..].starts_with([' ', '\t', '\n', '\r']);
        if !delimited {
            return None;
        }
        let start = self.offset + self.content;
        self.content += 3;
        Some((task, Span::new(start, start + 3)))
    }

    /// Returns the task box at the end of the text, as cells of tables have it, and its span.
    pub(super) fn take_last_task(&mut self) -> Option<(Task, Span)> {
        let text = self.visible.trim_end();
        let at = text.len().checked_sub(3).filter(|at| *at > self.content)?;
        let task = task_at(text.get(at..)?).filter(|_| text[..at].ends_with(' '))?;
        let place = Span::new(at, at + 3);
        self.visible = blanked(std::mem::take(&mut self.visible), [place]);
        Some((task, place.shifted(self.offset)))
    }

    /// Takes the fields out of the text. A field that is never closed is reported.
    pub(super) fn take_fields(
        &mut self,
        path: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Field<'a>> {
        let mut fields = Vec::new();
        let mut colons = memchr_iter(b':', self.visible.as_bytes());
        if !colons.any(|at| self.visible[at..].starts_with("::")) {
            return fields;
        }
        let mut at = self.content;
        for Bracket { at: start, close, .. } in brackets(&self.visible) {
            let escaped = start > 0 && self.visible.as_bytes()[start - 1] == b'\\';
            let key = key_at(&self.visible, start + 1).filter(|_| start >= at && !escaped);
            let (Some(key), Some(end)) = (key, close) else {
                diagnostics.extend(key.map(|key| self.unclosed(start, key, path)));
                continue;
            };
            fields.push(field_at(self.raw, self.offset, start, key.len(), end));
            self.taken.push(Span::new(start, end + 1));
            at = end + 1;
        }
        self.visible = blanked(std::mem::take(&mut self.visible), self.taken.iter().copied());
        fields
    }

    /// Hides the properties of outliners, which are lines after the first: `collapsed:: true`.
    pub(super) fn hide_properties(&mut self) {
        let mut lines = Vec::new();
        for at in memchr_iter(b'\n', self.visible.as_bytes()) {
            let line = &self.visible[at + 1..];
            let start = at + 1 + (line.len() - line.trim_start_matches([' ', '\t']).len());
            if key_at(&self.visible, start).is_some() {
                let length = self.visible[start..].find('\n');
                let end = length.map_or(self.visible.len(), |length| start + length);
                lines.push(Span::new(start, end));
            }
        }
        self.visible = blanked(std::mem::take(&mut self.visible), lines);
    }

    /// The finding for a field that begins at `start` and is never closed.
    fn unclosed(&self, start: usize, key: &str, path: &str) -> Diagnostic {
        let bracket = if self.raw[start..].starts_with('[') { "]" } else { ")" };
        let end = start + 1 + key.len() + "::".len();
        let place = Span::new(start, end).shifted(self.offset);
        let message = format!("the field `{key}` is not closed and is not read");
        Diagnostic::new(Rule::UnclosedField, path, place, message)
            .help(format!("put a `{bracket}` after its value"))
    }

    /// Removes the `^block-id` at the end of the line, which belongs to the editor that wrote it.
    /// Returns the end of the text before it.
    pub(super) fn cut_block_id(&mut self) -> usize {
        let written = self.raw.trim_end().len();
        if let Some(caret) = memrchr(b'^', self.visible.as_bytes()) {
            let text = self.visible.trim_end();
            let id = &text[caret + 1..];
            let is_id = !id.is_empty()
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            if is_id && text[..caret].ends_with([' ', '\t', '\n']) {
                let stands_last = text.len() == written;
                let place = Span::new(caret, text.len());
                self.visible = blanked(std::mem::take(&mut self.visible), [place]);
                self.taken.push(place);
                if stands_last {
                    return self.offset + self.raw[..caret].trim_end().len();
                }
            }
        }
        self.offset + written
    }

    /// Takes the links of wikis out of the text, except for dates: `[[2026-05-04]]`.
    pub(super) fn take_wiki_links(&mut self) {
        let is_date = |text: &str| leading_date(text, None).is_some();
        let links = wiki_links(&self.visible).into_iter();
        let links = links.filter(|link| !is_date(&self.visible[link.text.range()]));
        let links: Vec<WikiLink> =
            links.filter(|link| !is_in(&self.taken, link.span.start)).collect();
        self.visible =
            blanked(std::mem::take(&mut self.visible), links.iter().map(|link| link.span));
        self.wiki_links.extend(links);
    }

    /// Returns the first URL outside of fields.
    pub(super) fn url(&self) -> Option<&'a str> {
        let links = self.links.iter().filter(|link| is_web(&link.destination));
        let links = links.map(|link| (link.span.start - self.offset, &*link.destination));
        let bare = self.bare_urls.iter().map(|span| (span.start, &self.raw[span.range()]));
        let org = self.wiki_links.iter().filter_map(|link| link.destination);
        let org = org.map(|span| (span.start, &self.raw[span.range()]));
        let org = org.filter(|(_, destination)| is_web(destination));
        let outside = links.chain(bare).chain(org).filter(|(at, _)| !is_in(&self.taken, *at));
        outside.min().map(|(_, address)| address)
    }

    pub(super) fn tags(&self) -> BTreeSet<String> {
        let text = &self.visible[self.content..];
        let mut tags = BTreeSet::new();
        for at in memchr_iter(b'#', text.as_bytes()) {
            let opens = text[..at]
                .chars()
                .next_back()
                .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ','));
            let word: String = text[at + 1..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/'))
                .collect();
            if opens && word.starts_with(char::is_alphabetic) {
                tags.insert(word);
            }
        }
        tags
    }

    /// Offset of the first dash that separates a head from its text.
    pub(super) fn dash(&self, from: usize) -> Option<usize> {
        let text = &self.visible[from..];
        let dashes = [" — ", " – ", " -- "];
        dashes.iter().filter_map(|dash| text.find(dash)).min().map(|at| from + at)
    }

    /// Returns the offset of the free text: after the date or, without a date, at the first dash.
    pub(super) fn rest(&self, dated: Option<&Dated>) -> usize {
        match dated {
            Some(dated) => dated.place.end,
            None => self.dash(self.content).unwrap_or(self.content),
        }
    }
}

/// Returns the text of a bullet from an offset on one line, without the spans in `taken`.
pub(super) fn text_from(raw: &str, from: usize, taken: &[Span]) -> String {
    let plain = blanked(raw.to_string(), taken.iter().copied());
    without_lead(&collapse(&plain[from..])).trim().to_string()
}

/// Returns the field in the brackets from `start` to `close` of a text that begins at `offset` in its
/// document. Its key has `key` bytes.
pub(in crate::parse) fn field_at(
    raw: &str,
    offset: usize,
    start: usize,
    key: usize,
    close: usize,
) -> Field<'_> {
    let key_end = start + 1 + key;
    let text = raw[key_end + "::".len()..close].trim_start();
    let value_start = close - text.len();
    let value = text.trim_end();
    let span = Span::new(value_start, value_start + value.len()).shifted(offset);
    let whole = Span::new(start, close + 1).shifted(offset);
    Field { key: &raw[start + 1..key_end], value, span, whole }
}

/// Returns the task box that a text begins with.
pub(in crate::parse) fn task_at(text: &str) -> Option<Task> {
    match text.as_bytes() {
        [b'[', b' ', b']', ..] => Some(Task::Open),
        [b'[', b'x' | b'X', b']', ..] => Some(Task::Done),
        [b'[', b'-', b']', ..] => Some(Task::Dropped),
        _ => None,
    }
}

/// Returns whether one of some sorted spans contains an offset.
fn is_in(places: &[Span], at: usize) -> bool {
    let before = places.partition_point(|place| place.start <= at);
    before > 0 && places[before - 1].contains(at)
}

/// Replaces spans of a text by spaces. The spans begin and end between characters.
fn blanked(text: String, pieces: impl IntoIterator<Item = Span>) -> String {
    let mut pieces = pieces.into_iter().peekable();
    if pieces.peek().is_none() {
        return text;
    }
    let mut bytes = text.into_bytes();
    for piece in pieces {
        bytes[piece.range()].fill(b' ');
    }
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Skips leading spaces. Blanked links leave many, so several are skipped at once.
pub(super) fn behind_blanks(mut text: &str) -> &str {
    while let Some(rest) = text.strip_prefix("                ") {
        text = rest;
    }
    text.trim_ascii_start()
}

/// Returns whether a character is decoration around a title.
pub(super) fn is_decoration(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | ':' | ',' | '—' | '–' | '-' | '•')
}

/// Returns the length of a list marker with the whitespace after it: `1. x` gives 3.
pub fn marker_length(raw: &str) -> usize {
    if let Some(marker) = foreign_marker(raw) {
        return raw.len() - raw[marker..].trim_start().len();
    }
    let digits = raw.len() - raw.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marker = match raw[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => digits + 1,
        Some(c @ ('-' | '*' | '+')) if digits == 0 => c.len_utf8(),
        _ => 0,
    };
    let rest = &raw[marker..];
    marker + (rest.len() - rest.trim_start().len())
}

pub(super) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Removes the dash or colon before a text. An arrow at its beginning stays.
fn without_lead(text: &str) -> &str {
    let text = text.trim_start_matches([' ', '—', '–', ':', ',', ';', '*', '_']);
    let dashes = text.trim_start_matches('-');
    if (dashes.starts_with(' ') || dashes.is_empty()) && dashes.len() < text.len() {
        without_lead(dashes)
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_in_includes_the_start_and_excludes_the_end() {
        let places = [Span::new(2, 4), Span::new(6, 7)];
        let held: Vec<usize> = (0..9).filter(|&at| is_in(&places, at)).collect();
        assert_eq!(held, [2, 3, 6]);
    }
}
