//! The properties of one line that make it look like an item.

use memchr::{memmem, memrchr};

use crate::model::{DateOrder, Notation, SectionNames};
use crate::parse::markdown::foreign_marker;
use crate::parse::written_date::{
    Meaning, WrittenDate, delimited_date, find_written_date, leading_date,
};

/// The look of a line of a body, independent of its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Looks {
    /// Its start.
    pub start: Start,
    /// It has a URL outside code.
    pub linked: bool,
    /// It has a field `[thread:: …]` outside code.
    pub mapped: bool,
    /// It has a title, and a date where an item has one: first, last, or in parentheses.
    pub dated: bool,
}

/// The start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// With a list marker: `-`, `*`, `+`, `1.`, `•`, `１．`, `1、`, `①` and the like.
    Marker,
    /// With a dash that is a list marker or a part of a sentence: `–` or `—`.
    Dash,
    /// Like a row: with `|`, or with a tag, of which one in the line is `<li`, `<tr` or `<td`.
    Row,
    /// It is the heading of a known section.
    Section,
    /// With a link or a date, after symbols or a short number at most: `→ [A](URL)`, `(1)
    /// [A](URL)`.
    Bare,
    /// In another way.
    Words,
}

impl Looks {
    /// The properties of a line.
    pub(super) fn of(line: &str, notation: &Notation) -> Self {
        let text = without_prefix(line);
        let content = after_marker(text);
        let linked = has_outside_code(text, "://", |before| {
            let scheme = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next();
            scheme.is_some_and(|scheme| matches!(scheme, "http" | "https" | "HTTP" | "HTTPS"))
        });
        let mapped = has_outside_code(text, "thread::", |before| before.ends_with(['[', '(']));
        let order = notation.dates;
        let bare = content.map_or_else(|| after_symbols(text, order), |_| None);
        let start = match content {
            Some(_) if text.starts_with(['–', '—']) => Start::Dash,
            Some(_) => Start::Marker,
            None if is_row(text) => Start::Row,
            None if is_known_heading(text, &notation.sections) => Start::Section,
            None if bare.is_some() => Start::Bare,
            None => Start::Words,
        };
        Self {
            start,
            linked,
            mapped,
            dated: content.or(bare).is_some_and(|text| is_dated(text, order)),
        }
    }

    /// Returns whether it begins with a list marker.
    pub(super) fn is_marked(self) -> bool {
        matches!(self.start, Start::Marker | Start::Dash)
    }

    /// Returns whether a list item with these properties looks like an item of a catalog or thread.
    pub(super) fn is_item(self) -> bool {
        self.is_marked() && (self.linked || self.mapped || self.dated)
    }
}

/// The text of a line after indentation, quote markers and the opening of a comment.
///
/// `> - a` becomes `- a`.
fn without_prefix(line: &str) -> &str {
    let text = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    text.strip_prefix("<!--").map_or(text, str::trim_start)
}

/// The text after a list marker; `None` for a line that has none. The whitespace after a marker may
/// be missing before a link or a task box: `-[A](URL)`, `*[ ] A`.
pub(super) fn after_marker(text: &str) -> Option<&str> {
    if let Some(length) = foreign_marker(text) {
        return Some(text[length..].trim_start());
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut after = text[digits..].chars();
    let marker = after.next()?;
    let is_delimited = after.as_str().is_empty() || after.as_str().starts_with(char::is_whitespace);
    let is_marker = match marker {
        '.' | ')' => digits > 0 && is_delimited,
        '-' | '+' if after.as_str().starts_with('[') => digits == 0,
        '*' if ["[ ]", "[x]"].iter().any(|task| after.as_str().starts_with(task)) => digits == 0,
        '-' | '*' | '+' | '–' | '—' => digits == 0 && is_delimited,
        _ => false,
    };
    is_marker.then(|| after.as_str().trim_start())
}

fn is_row(text: &str) -> bool {
    let has_row_tag = || {
        let text = text.to_ascii_lowercase();
        ["<li", "<tr", "<td"].iter().any(|tag| text.contains(tag))
    };
    text.starts_with('|') || (text.starts_with('<') && has_row_tag())
}

/// The text after the symbols and the short number that a line begins with, if a link or a date
/// follows, or if the first symbol is neither ASCII nor a quotation mark.
fn after_symbols(text: &str, order: Option<DateOrder>) -> Option<&str> {
    const OPENING: &str = "[<(\"“„«‘";
    let is_symbol = |c: char| !c.is_alphanumeric() && !OPENING.contains(c);
    let rest = after_number(text.trim_start_matches(is_symbol));
    let is_link = (rest.starts_with('[') && !rest.starts_with("[^") && rest.contains("]("))
        || ["<http", "<a ", "http"].into_iter().any(|start| rest.starts_with(start));
    let is_bullet = text.starts_with(|c: char| is_symbol(c) && !c.is_ascii());
    let is_date = has_date(leading_date(rest.trim_start_matches('('), order).as_ref());
    (is_link || is_bullet || is_date).then_some(rest)
}

/// The text after a number or letter in the style of a list: `(1) a`, `iv. a`, `a) a`.
fn after_number(text: &str) -> &str {
    let number = text.strip_prefix('(').unwrap_or(text);
    let end = number.find(|c: char| !c.is_alphanumeric()).unwrap_or(0);
    let rest = number[end..].strip_prefix(['.', ')']).filter(|rest| rest.starts_with(' '));
    rest.filter(|_| (1..=3).contains(&end)).map_or(text, str::trim_start)
}

fn is_known_heading(text: &str, sections: &SectionNames) -> bool {
    let words = text.trim_start_matches('#');
    let level = text.len() - words.len();
    (1..=6).contains(&level) && sections.kind_of(words.trim().trim_end_matches('#')).is_some()
}

/// Returns whether a text has a link in HTML outside code: `<a href="…">`.
pub(super) fn has_html_link(text: &str) -> bool {
    has_outside_code(text, "href=", |before| {
        before.rsplit('<').next().is_some_and(|tag| tag.starts_with("a "))
    })
}

/// Returns whether `needle` occurs between no backticks of its line, after a text that is accepted.
fn has_outside_code(text: &str, needle: &str, accepts: impl Fn(&str) -> bool) -> bool {
    let last_tick = memrchr(b'`', text.as_bytes()).unwrap_or(0);
    let (mut from, mut ticks) = (0, 0);
    memmem::find_iter(text.as_bytes(), needle).any(|at| {
        ticks += text[from..at].matches('`').count();
        from = at;
        let is_code = ticks % 2 == 1 && at < last_tick;
        !is_code && accepts(&text[..at])
    })
}

/// Returns whether the content of a list item has a date where an item has one, and another word.
fn is_dated(content: &str, order: Option<DateOrder>) -> bool {
    let content = content.trim();
    let lead = content.trim_start_matches(|c: char| " *_[]xX<".contains(c));
    let leads = leading_date(lead, order);
    let after = leads.as_ref().map_or(content, |found| &lead[found.length..]);
    let has_word = after.chars().any(char::is_alphabetic);
    has_word
        && (has_date(leads.as_ref())
            || is_in_parentheses(content, order)
            || delimited_date(content, order).is_some())
}

fn has_date(found: Option<&WrittenDate>) -> bool {
    found.is_some_and(|found| found.meaning != Meaning::Month)
}

fn is_in_parentheses(text: &str, order: Option<DateOrder>) -> bool {
    let mut parts = text.split('(').skip(1).map(|part| part.split(')').next().unwrap_or(part));
    parts.any(|part| find_written_date(part, order).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_marker_with_each_kind_of_marker_returns_the_content() {
        for line in [
            "- a", "* a", "+ a", "1. a", "23) a", "• a", "•a", "– a", "1、a", "１．a", "２）a",
            "①a",
        ] {
            assert_eq!(after_marker(line), Some("a"), "{line}");
        }
        for line in ["-[a](b)", "+[a](b)", "-[ ] a", "*[ ] a", "*[x] a"] {
            assert_eq!(after_marker(line), Some(&line[1..]), "{line}");
        }
        for line in ["a", "-a", "1.a", "2026-05-01 a", "---", "**a**", "", "#a", "*[a](b)*"] {
            assert_eq!(after_marker(line), None, "{line}");
        }
    }

    #[test]
    fn of_a_line_without_a_marker_that_begins_like_an_item_is_bare() {
        for line in [
            "[A](https://e.org/a) (2026-05-01)",
            "(1) [A](https://e.org/a), 2026-05-01",
            "a. [A](https://e.org/a) (2026-05-01)",
            "→ A (2026-05-01) https://e.org/a",
            "✅ [A](https://e.org/a) (2026-05-01)",
            "\u{200b}- [A](https://e.org/a) (2026-05-01)",
            "**[A](https://e.org/a)** (2026-05-01)",
            "2026-05-01: [A](https://e.org/a)",
            "(2026-05-01) A https://e.org/a",
            "<a href=\"https://e.org/a\">A</a> (2026-05-01)",
        ] {
            let looks = Looks::of(line, &Notation::default());
            assert!(looks.start == Start::Bare && looks.linked && looks.dated, "{line}: {looks:?}");
        }
        for line in [
            "See [A](https://e.org/a) (2026-05-01)",
            "“The third decides,” says [A](https://e.org/a) (2026-05-01)",
            "[^1]: [A](https://e.org/a) (2026-05-01)",
            "[A](https://e.org/2026-05-01-a) is the first",
            "[a]: https://e.org/a",
        ] {
            let looks = Looks::of(line, &Notation::default());
            assert!(looks.start == Start::Words || !looks.dated, "{line}: {looks:?}");
        }
    }

    #[test]
    fn is_item_with_link_mapping_or_dated_title_is_true() {
        for line in [
            "- [A](https://e.org/a)",
            "  > - a http://e.org",
            "<!-- - A [thread:: t] -->",
            "- A (thread:: t)",
            "- A (2026-05-01)",
            "- [ ] 2026-05-01: A",
            "- 2026-05-01T10:00 A",
            "- A, 2026-05-01.",
        ] {
            assert!(Looks::of(line, &Notation::default()).is_item(), "{line}");
        }
        for line in [
            "[A](https://e.org/a)",
            "- `https://e.org/a`",
            "- write `[thread:: t]`",
            "- the scan of 2026-05-01 found nothing",
            "- 2026-05-01",
            "- see ://",
            "- a file backlogs/2026-05-01-metr-backlog.md",
        ] {
            assert!(!Looks::of(line, &Notation::default()).is_item(), "{line}");
        }
    }
}
