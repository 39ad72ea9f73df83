//! The grammar of bullets: evidence, catalog items, log entries, watch lines, drafts.
//!
//! ```text
//! - [ ] [Title](https://…) (2026-05-08, …) — free text. [org:: metr] [tags:: a, b] #c ^block-id
//! * **#455** (2026-05-04) — "Title." More.
//! - 2026-05-12 — drafts/x.md — "Title". [state:: awaiting-review]
//! ```
//! Fields, dates, tags and task boxes are read only outside of link texts, code and quoted titles,
//! so that a title from an untrusted source cannot contain any of them.

mod brackets;
mod dated;
mod emphasis;
mod line;
mod links;
mod quoting;
mod title;

use std::borrow::Cow;
use std::collections::BTreeSet;

use memchr::memchr2_iter;

use crate::model::{Date, DateOrder, Diagnostic, Rule, date};
use crate::parse::bullet::dated::DatePosition;
use crate::parse::bullet::line::BulletText;
use crate::parse::markdown::{Cell, ListItem};
use crate::parse::plain::read_bullet;
use crate::parse::written_date::{Meaning, leading_date};
use crate::text::{Document, Span, Spanned};

pub(super) use brackets::key_at;
pub use line::marker_length;
pub(super) use line::{field_at, task_at};
pub use links::is_link_label;
pub(super) use quoting::opens_quotation;
pub use quoting::unescaped;
pub(super) use title::{title_of_words, unquoted};

/// The parts of a list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bullet<'a> {
    /// From the marker to the end of the item's first paragraph.
    pub span: Span,
    /// True for a row of a table, which is edited in the cell with its title.
    pub is_cell: bool,
    /// The task box.
    pub task: Option<Task>,
    /// The span of the task box, with its brackets.
    pub task_span: Option<Span>,
    /// The date.
    pub date: Option<Date>,
    /// True if the bullet begins with the date.
    pub leads_with_date: bool,
    /// A date that was found and is not read.
    pub unread_date: Option<UnreadDate>,
    /// `#455`
    pub label: Option<String>,
    /// The title, without markup or quotes.
    pub title: Option<String>,
    /// The first URL.
    pub url: Option<&'a str>,
    /// The inline fields, in order.
    pub fields: Vec<Field<'a>>,
    /// The tags written as `#word`, without `#`.
    pub tags: BTreeSet<String>,
    /// Offset of the free text after the date or the title, from the start of the bullet.
    pub(super) rest: usize,
    /// Its fields and its block id, counted from its own start.
    pub(super) taken: Vec<Span>,
    /// The ` not yet` of a phrase that says that the body is not yet read.
    pub not_yet: Option<Span>,
    /// Offset for a new field: after the text and the fields, before a block id.
    pub end: usize,
}

/// A date of a bullet that is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnreadDate {
    /// Its span.
    pub span: Span,
    /// The reason.
    pub kind: UnreadDateKind,
}

/// The reason why a date is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadDateKind {
    /// `04/05/2026`, without a declared order.
    Ambiguous {
        /// The date if the first number is the day.
        day_first: Date,
        /// The date if the first number is the month.
        month_first: Date,
    },
    /// `May 2026`
    Month,
    /// It is in the text of the link, which comes from others.
    InLink {
        /// The date.
        date: Date,
        /// The offset after the link.
        link_end: usize,
    },
}

/// A task box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// `[ ]`
    Open,
    /// `[x]`
    Done,
    /// `[-]`
    Dropped,
}

/// `[key:: value]` or `(key:: value)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field<'a> {
    /// The key.
    pub key: &'a str,
    /// The value, trimmed.
    pub value: &'a str,
    /// The span of the value.
    pub span: Span,
    /// The span of the field, with its brackets.
    pub whole: Span,
}

impl Task {
    /// The box as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "[ ]",
            Self::Done => "[x]",
            Self::Dropped => "[-]",
        }
    }
}

impl<'a> Bullet<'a> {
    /// Returns whether a phrase says that the body is not yet read.
    pub fn says_unread(&self) -> bool {
        self.not_yet.is_some()
    }

    /// Returns the free text after the date or the title, without fields and block id.
    pub fn text(&self, document: &Document) -> String {
        if self.is_cell {
            return String::new();
        }
        line::text_from(document.slice(self.span), self.rest, &self.taken)
    }

    /// Returns the date that a bullet gives to the lists inside it: one with a date and nothing else
    /// that describes an item. `item` is the list item of the bullet.
    pub fn outer_date(&self, item: &ListItem) -> Option<Date> {
        let is_named = self.label.is_some() || self.title.is_some() || self.url.is_some();
        let is_outer = !is_named && self.fields.is_empty() && !item.children.is_empty();
        self.date.filter(|_| is_outer)
    }

    /// The value of the last field of this key.
    pub fn field(&self, key: &str) -> Option<&Field<'a>> {
        self.fields.iter().rev().find(|field| field.key == key)
    }

    /// Returns the comma-separated values of all fields with one of these keys.
    pub fn list_values(&self, keys: &[&str]) -> impl Iterator<Item = Spanned<&'a str>> {
        let fields = self.fields.iter().filter(|field| keys.contains(&field.key));
        fields.flat_map(Field::list_values)
    }

    /// A field that holds a date; one that is no date is reported.
    pub fn date_field(
        &self,
        key: &str,
        path: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Date> {
        let field = self.field(key)?;
        read_date(field.value, field.span, path, diagnostics)
    }
}

impl<'a> Field<'a> {
    /// The value with numeric character references decoded: `a &#91;b` is `a [b`.
    pub fn text(&self) -> Cow<'a, str> {
        quoting::dereferenced(self.value)
    }

    /// Returns the value and its span.
    pub fn spanned(&self) -> Spanned<String> {
        Spanned::new(self.value.to_string(), self.span)
    }

    /// Returns the values of a list, separated by commas outside of square brackets.
    ///
    /// `[[Ban, the]], x` has the values `[[Ban, the]]` and `x`.
    fn list_values(&self) -> impl Iterator<Item = Spanned<&'a str>> + use<'a> {
        let (value, start) = (self.value, self.span.start);
        brackets::outer_commas(value).filter_map(move |part| {
            let text = &value[part.range()];
            let at = start + part.start + (text.len() - text.trim_start().len());
            let word = text.trim();
            (!word.is_empty()).then(|| Spanned::new(word, Span::new(at, at + word.len())))
        })
    }
}

/// Parses a list item. `order` is the declared order of day and month. A date that does not exist
/// is reported and left out.
pub fn parse<'a>(
    document: &'a Document,
    item: &'a ListItem,
    order: Option<DateOrder>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Bullet<'a> {
    let raw = document.slice(item.head);
    let inline = &item.inline;
    if let Some((bullet, links)) = read_bullet(raw, item.head.start, order)
        && inline.links.len() == links
        && inline.opaque.len() == links
    {
        return bullet;
    }
    parse_any(document, item, order, diagnostics)
}

/// Like [`parse`], but never uses the fast reader. Tests compare both.
pub(super) fn parse_any<'a>(
    document: &'a Document,
    item: &'a ListItem,
    order: Option<DateOrder>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Bullet<'a> {
    let raw = document.slice(item.head);
    // Markdown reads `- 4. Mai 2026` as a list inside a list.
    let is_date = raw.starts_with(|c: char| c.is_ascii_digit())
        && leading_date(raw, order).is_some_and(|found| found.meaning != Meaning::Month);
    let marker = if is_date { 0 } else { marker_length(raw) };
    let line = BulletText::new(raw, item.head.start, &item.inline, marker);
    parsed(document, item.head, false, line, order, diagnostics)
}

/// Parses a cell of a table like the text of a list item. Its box may also be at its end.
pub fn parse_cell<'a>(
    document: &'a Document,
    cell: &'a Cell,
    order: Option<DateOrder>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Bullet<'a> {
    let line = BulletText::new(document.slice(cell.span), cell.span.start, &cell.inline, 0);
    parsed(document, cell.span, true, line, order, diagnostics)
}

fn parsed<'a>(
    document: &'a Document,
    head: Span,
    is_cell: bool,
    mut line: BulletText<'a>,
    order: Option<DateOrder>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Bullet<'a> {
    let leading_task = line.take_task();
    let fields = line.take_fields(&document.path, diagnostics);
    line.hide_properties();
    let end = line.cut_block_id();
    let task = leading_task.or_else(|| is_cell.then(|| line.take_last_task()).flatten());
    line.take_wiki_links();
    let url = line.url();
    let tags = line.tags();
    let not_yet = not_yet(&line.visible).map(|span| span.shifted(head.start));
    let (dated, unread_date) = line.date(order, &document.path, diagnostics);
    let (label, title) = line.name(dated.as_ref());
    let rest = line.rest(dated.as_ref());
    Bullet {
        span: head,
        is_cell,
        task: task.map(|(task, _)| task),
        task_span: task.map(|(_, span)| span),
        date: dated.as_ref().and_then(|dated| dated.date),
        unread_date,
        leads_with_date: dated.is_some_and(|dated| dated.position == DatePosition::Leading),
        label,
        title,
        url,
        fields,
        tags,
        rest,
        taken: line.taken,
        not_yet,
        end,
    }
}

/// Returns the reason why a date with this meaning is not read; `None` for one that is read.
pub fn unread_date(span: Span, meaning: &Meaning) -> Option<UnreadDate> {
    let kind = match *meaning {
        Meaning::Ambiguous { day_first, month_first } => {
            UnreadDateKind::Ambiguous { day_first, month_first }
        }
        Meaning::Month => UnreadDateKind::Month,
        Meaning::Date(_) | Meaning::Missing(_) => return None,
    };
    Some(UnreadDate { span, kind })
}

/// Returns the text of a bullet on one line, without marker and task box.
pub fn plain_text(raw: &str) -> String {
    let text = &raw[line::marker_length(raw)..];
    let boxes = ["[ ] ", "[x] ", "[X] ", "[-] "];
    let text = boxes.iter().find_map(|task| text.strip_prefix(task)).unwrap_or(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether a text says that bodies are not yet read.
pub fn says_unread(text: &str) -> bool {
    not_yet(text).is_some()
}

/// The ` not yet` of "body not yet read" or "bodies not yet read", in any case.
fn not_yet(text: &str) -> Option<Span> {
    let says = |from: usize, words: &str| {
        let place = text.get(from..from + words.len());
        place.is_some_and(|place| place.eq_ignore_ascii_case(words))
    };
    let ends =
        |at: usize, noun: &str| at.checked_sub(noun.len()).is_some_and(|from| says(from, noun));
    let places = memchr2_iter(b'y', b'Y', text.as_bytes());
    let mut phrases = places.filter_map(|y| y.checked_sub(" not ".len()));
    let at = phrases.find(|&at| {
        says(at, " not yet read") && ["body", "bodies"].iter().any(|noun| ends(at, noun))
    })?;
    Some(Span::new(at, at + " not yet".len()))
}

fn read_date(
    text: &str,
    span: Span,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Date> {
    date::parse(text)
        .map_err(|reason| diagnostics.push(missing_date(text, &reason, span, path)))
        .ok()
}

/// The finding for a date that does not exist.
fn missing_date(text: &str, reason: &str, span: Span, path: &str) -> Diagnostic {
    Diagnostic::new(Rule::BadDate, path, span, format!("`{text}` is not a date: {reason}"))
        .help("write a date as YYYY-MM-DD")
}
