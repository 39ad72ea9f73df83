//! The Evidence sections of a thread.

use std::sync::Arc;

use super::Body;
use crate::model::{Configuration, Date, DateOrigin, Diagnostic, Dropped, Evidence, Rule};
use crate::parse::bullet::Bullet;
use crate::parse::heading_dates::HeadingDates;
use crate::parse::markdown::{BlockKind, List, ListItem, Table};
use crate::parse::sections::{Part, Section};
use crate::parse::{bullet, item, table, unread};
use crate::text::{Document, Span, Spanned};

/// The properties that evidence has by its position.
#[derive(Clone, Copy)]
struct Shared<'s> {
    source: Option<&'s Arc<str>>,
    /// True if the prose of the section calls its bodies unread.
    unread_here: bool,
    /// The date of items without a date of their own.
    inherited: Option<(Date, DateOrigin)>,
}

impl Body<'_> {
    /// Reads a section. The headings above it, and its own, may be dates.
    pub(super) fn evidence_section(&mut self, section: &Section) {
        let mut headings = HeadingDates::new(self.notation.dates);
        for block in &self.outline.blocks[..=section.heading] {
            if let BlockKind::Heading { level, text } = &block.kind {
                headings.enter(*level, text);
            }
        }
        section.parts.iter().for_each(|part| self.evidence_part(part, headings.clone()));
    }

    fn evidence_part(&mut self, part: &Part, mut headings: HeadingDates) {
        let outline = self.outline;
        let mut source = None;
        if let Some(BlockKind::Heading { level, text }) =
            part.heading.map(|at| &outline.blocks[at].kind)
        {
            // A heading with a date names no source.
            if headings.enter(*level, text).is_none() {
                source = Some(Arc::from(source_of(text, self.configuration)));
            }
        }
        let unread_here = part.blocks.clone().any(|at| match &outline.blocks[at].kind {
            BlockKind::Paragraph(_) => {
                bullet::says_unread(self.document.slice(outline.blocks[at].span))
            }
            _ => false,
        });
        for block in &outline.blocks[part.blocks.clone()] {
            let inherited = headings.date().map(|date| (date, DateOrigin::Heading));
            let shared = Shared { source: source.as_ref(), unread_here, inherited };
            match &block.kind {
                BlockKind::Heading { level, text } => {
                    headings.enter(*level, text);
                }
                BlockKind::List(list) => self.evidence_list(list, shared),
                BlockKind::Table(table) => self.evidence_table(table, shared),
                BlockKind::Paragraph(_) | BlockKind::Other(_) => {}
            }
        }
        self.evidence_sources.push(source);
    }

    /// Lists inside a remark are read on their own, lists inside evidence belong to it.
    fn evidence_list(&mut self, list: &List, shared: Shared<'_>) {
        for entry in &list.items {
            let order = self.notation.dates;
            let bullet = bullet::parse(self.document, entry, order, self.diagnostics);
            let span = bullet.span;
            // A bullet that is only a date dates the lists inside it.
            let outer = bullet.outer_date(entry);
            if outer.is_none() && self.evidence(bullet, shared) {
                continue;
            }
            let inherited = outer.map(|date| (date, DateOrigin::OuterItem)).or(shared.inherited);
            let shared = Shared { inherited, ..shared };
            if !only_holds_lists(self.document, entry) {
                self.remarks.push(span);
            }
            for children in &entry.children {
                self.evidence_list(children, shared);
            }
        }
    }

    fn evidence_table(&mut self, table: &Table, shared: Shared<'_>) {
        let columns = table::columns(self.document, table);
        for row in &table.rows {
            let order = self.notation.dates;
            let Some(found) = table::bullet(self.document, &columns, row, order, self.diagnostics)
            else {
                continue;
            };
            let source = found.source.map(|name| Arc::from(source_of(name, self.configuration)));
            let source = source.as_ref().or(shared.source);
            self.evidence(found.bullet, Shared { source, ..shared });
        }
    }

    /// Adds a bullet to the evidence if it has a link, a date or an id. Returns whether it has one.
    fn evidence(&mut self, bullet: Bullet<'_>, shared: Shared<'_>) -> bool {
        let path = &self.document.path;
        let landed = bullet.date_field("landed", path, self.diagnostics);
        let is_evidence = bullet.date.is_some()
            || bullet.url.is_some()
            || landed.is_some()
            || bullet.field("id").is_some();
        if !is_evidence {
            return false;
        }
        let help = "put a title before its date, or add `[id:: …]`; it counts as one item with \
                    every other such line until then";
        let unnamed = item::unnamed(&bullet, path).map(|finding| finding.help(help));
        self.diagnostics.extend(unnamed);
        self.diagnostics.extend(unread::html_link(self.document, &bullet));
        let verdict = verdict(&bullet, path, self.diagnostics);
        let (dropped, reason) = dropped(self.document, &bullet, self.diagnostics);
        let fields = bullet.fields.iter().enumerate();
        let notes = fields.filter(|(at, field)| field.key == "note" && Some(*at) != reason);
        let notes = notes.map(|(_, note)| note.text().into_owned()).collect();
        let Shared { source, unread_here, inherited } = shared;
        let item = item::parse_item(bullet, source, unread_here, inherited, path, self.diagnostics);
        self.evidence.push(Evidence { item, landed, verdict, notes, dropped });
        true
    }
}

/// Returns whether a list item contains lists only: `- - a`.
fn only_holds_lists(document: &Document, entry: &ListItem) -> bool {
    let head = document.slice(entry.head).trim_end();
    !entry.children.is_empty()
        && entry.others.is_empty()
        && bullet::marker_length(head) == head.len()
}

/// The source that a sub-heading names: its text up to `(` or `/`.
fn source_of(heading: &str, configuration: &Configuration) -> String {
    let name = heading.split(['(', '/']).next().unwrap_or(heading);
    configuration.source_slug(name.trim())
}

/// Returns the decision to drop the item of a bullet, and the index of the field with its reason.
fn dropped(
    document: &Document,
    bullet: &Bullet<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<Dropped>, Option<usize>) {
    let Some(on) = bullet.date_field("dropped", &document.path, diagnostics) else {
        return (None, None);
    };
    let at = reason_of_drop(document, bullet);
    let reason = at.map(|at| bullet.fields[at].text().into_owned());
    (Some(Dropped { on, reason }), at)
}

/// Returns the index of the `note` field directly after the last `dropped` field of a bullet.
pub fn reason_of_drop(document: &Document, bullet: &Bullet<'_>) -> Option<usize> {
    let at = bullet.fields.iter().rposition(|field| field.key == "dropped")?;
    let [drop, note, ..] = &bullet.fields[at..] else { return None };
    let between = Span::new(drop.whole.end, note.whole.start);
    let is_reason = note.key == "note" && document.slice(between).trim().is_empty();
    is_reason.then_some(at + 1)
}

/// Returns the verdict of a bullet. Two different verdicts are an error.
fn verdict(
    bullet: &Bullet<'_>,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Spanned<String>> {
    let fields: Vec<_> = bullet.fields.iter().filter(|field| field.key == "verdict").collect();
    let last = fields.last()?;
    if let Some(other) = fields.iter().find(|field| field.value != last.value) {
        let message =
            format!("this reading has two verdicts, `{}` and `{}`", other.value, last.value);
        diagnostics.push(
            Diagnostic::new(Rule::ReadingContradiction, path, last.span, message)
                .related(path, other.span, "the other one")
                .help("keep one; until then, the last one counts"),
        );
    }
    Some(last.spanned())
}
