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
mod emphasis;
mod line;
mod quoting;

use std::borrow::Cow;
use std::collections::BTreeSet;

use memchr::memchr2_iter;

use crate::model::{Date, Diagnostic, Rule, date};
use crate::parse::bullet::line::BulletText;
use crate::parse::markdown::ListItem;
use crate::text::{Document, Span, Spanned};

pub use line::marker_length;
pub use quoting::unescaped;

/// The parts of a list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bullet<'a> {
    /// From the marker to the end of the item's first paragraph.
    pub span: Span,
    /// The task box.
    pub task: Option<Task>,
    /// The span of the task box, with its brackets.
    pub task_span: Option<Span>,
    /// The date.
    pub date: Option<Date>,
    /// True if the bullet begins with the date.
    pub leads_with_date: bool,
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
    rest: usize,
    /// Its fields and its block id, counted from its own start.
    taken: Vec<Span>,
    /// The ` not yet` of a phrase that says that the body is not yet read.
    pub not_yet: Option<Span>,
    /// Offset for a new field: after the text and the fields, before a block id.
    pub end: usize,
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
        line::text_from(document.slice(self.span), self.rest, &self.taken)
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
        brackets::outer_commas(value).into_iter().filter_map(move |part| {
            let text = &value[part.range()];
            let at = start + part.start + (text.len() - text.trim_start().len());
            let word = text.trim();
            (!word.is_empty()).then(|| Spanned::new(word, Span::new(at, at + word.len())))
        })
    }
}

/// Takes an item apart. A date that does not exist is reported and left out.
pub fn parse<'a>(
    document: &'a Document,
    item: &'a ListItem,
    diagnostics: &mut Vec<Diagnostic>,
) -> Bullet<'a> {
    let raw = document.slice(item.head);
    let mut line = BulletText::new(raw, item);
    let task = line.take_task();
    let fields = line.take_fields(&document.path, diagnostics);
    let end = line.cut_block_id();
    let url = line.url();
    let tags = line.tags();
    let not_yet = not_yet(&line.visible).map(|span| span.shifted(item.head.start));
    let dated = line.date(&document.path, diagnostics);
    let (label, title) = line.name(dated.as_ref());
    let rest = line.rest(dated.as_ref());
    Bullet {
        span: item.head,
        task: task.map(|(task, _)| task),
        task_span: task.map(|(_, span)| span),
        date: dated.as_ref().and_then(|dated| dated.date),
        leads_with_date: dated.as_ref().is_some_and(|dated| dated.leads),
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
        .map_err(|reason| {
            diagnostics.push(
                Diagnostic::new(
                    Rule::BadDate,
                    path,
                    span,
                    format!("`{text}` is not a date: {reason}"),
                )
                .help("write a date as YYYY-MM-DD"),
            );
        })
        .ok()
}
