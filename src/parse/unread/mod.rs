//! Lines that look like items and are not read as items.
//!
//! One comparison serves catalogs and threads: a line that looks like an item must be the first
//! line of a list item that was read. Every other such line is reported, under a rule that depends
//! on the block it is in. As soon as the parser reads a further kind of line, that kind is no
//! longer reported.

mod findings;
mod log_line;
mod looks;
mod position;

use std::collections::BTreeMap;

use crate::model::{Configuration, Diagnostic, Notation, Rule, SectionKind, Severity};
use crate::parse::bullet::Bullet;
use crate::parse::markdown::{Block, Outline};
use crate::parse::sections::Section;
use crate::parse::unread::looks::{Looks, Start};
use crate::parse::unread::position::{LinePosition, Places, PositionKind};
use crate::text::{Document, Span};

pub use log_line::looks_like_entry;

/// At most this many findings of one rule are reported for a file; the last one counts the rest.
const MOST_FINDINGS: usize = 50;

/// At most this many hints of one rule are reported for a file; the last one counts the rest.
const MOST_HINTS: usize = 8;

/// At most this many lines are shown below a finding.
const SHOWN: usize = 3;

/// Unread lines of one kind in one region that break one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
struct UnreadGroup {
    rule: Rule,
    kind: PositionKind,
    /// The block that holds them.
    region: Span,
    /// The first of them.
    first: Span,
    /// Some of the others.
    others: Vec<Span>,
    /// Number of lines that look like items.
    items: usize,
    /// Number of headings of known sections.
    sections: usize,
}

/// A line that was not read.
struct UnreadLine {
    /// Without the whitespace around it.
    span: Span,
    looks: Looks,
    /// Index of the top-level block that it is in.
    block: Option<usize>,
    place: LinePosition,
}

/// Reports the lines of a catalog that look like items and are not read. `read` holds the sorted
/// offsets of the list items that were read as items.
pub fn in_catalog(
    document: &Document,
    outline: &Outline,
    read: &[usize],
    notation: &Notation,
) -> Vec<Diagnostic> {
    let mut groups = Groups::default();
    let body = body(document, outline);
    each_line(document, body, outline, read, notation, |line| {
        if let Some(rule) = catalog_rule(line.looks, line.place.kind) {
            groups.add(rule, &line);
        }
    });
    groups.findings(document)
}

/// Returns whether a line of a catalog that is a heading, a list item or a part of a paragraph, and was
/// not read as an item, needs no report.
pub fn is_remark(line: &str, notation: &Notation) -> bool {
    let looks = Looks::of(line, notation);
    !looks.linked && !looks.mapped && !looks.is_item()
}

/// Reports the lines of a thread that look like items or log entries and are not read. `read` holds
/// the sorted offsets of the list items that were read.
pub fn in_thread(
    document: &Document,
    outline: &Outline,
    sections: &[Section],
    read: &[usize],
    configuration: &Configuration,
    notation: &Notation,
) -> Vec<Diagnostic> {
    let mut groups = Groups::default();
    let body = body(document, outline);
    let sections: Vec<&Section> = sections.iter().filter(|section| section.is_read).collect();
    let has_evidence = sections.iter().any(|section| section.kind == SectionKind::Evidence);
    each_line(document, body, outline, read, notation, |mut line| {
        let here =
            |section: &&&Section| line.block.is_some_and(|at| section.blocks().contains(&at));
        let section = sections.iter().find(here).map(|section| section.kind);
        if !has_evidence
            && section.is_none()
            && matches!(line.place.kind, PositionKind::Bullet { .. })
        {
            // All of them are one finding.
            line.place = LinePosition { kind: PositionKind::Outside, region: body, in_item: false };
        }
        let rule = match section {
            Some(SectionKind::Ripeness) if !is_hidden(line.place.kind) => {
                let text = document.slice(line.span);
                log_line::is_entry(text, line.place.kind, configuration).then_some(Rule::UnreadItem)
            }
            _ => thread_rule(line.looks, line.place, section),
        };
        if let Some(rule) = rule {
            groups.add(rule, &line);
        }
    });
    groups.findings(document)
}

/// Reports the HTML link of an item that was read: the item has no URL.
pub fn html_link(document: &Document, bullet: &Bullet<'_>) -> Option<Diagnostic> {
    let has_link = bullet.url.is_none() && looks::has_html_link(document.slice(bullet.span));
    let message = "the HTML link of this item is not read";
    has_link.then(|| {
        Diagnostic::new(Rule::UnreadItem, &document.path, bullet.span, message)
            .help("write it as `[Title](URL)`")
    })
}

/// From the first block to the end of the last.
fn body(document: &Document, outline: &Outline) -> Span {
    let ends = outline.blocks.first().zip(outline.blocks.last());
    ends.map_or(Span::at(0), |(first, last)| {
        Span::new(document.line_start(first.span.start), last.span.end)
    })
}

/// Calls `take` with every line of a body that is not the first line of an item that was read.
fn each_line(
    document: &Document,
    body: Span,
    outline: &Outline,
    read: &[usize],
    notation: &Notation,
    mut take: impl FnMut(UnreadLine),
) {
    let mut places = Places::new(document, read, notation);
    let mut read_next = read.iter().copied().peekable();
    let mut block = 0;
    let mut start = body.start;
    for text in document.text[body.range()].split_inclusive('\n') {
        let line = Span::new(start, start + text.len());
        start = line.end;
        let mut is_read = false;
        while read_next.next_if(|&at| at < line.end).is_some() {
            is_read = true;
        }
        let content = text.trim();
        if is_read || content.is_empty() {
            continue;
        }
        let looks = Looks::of(content, notation);
        let indent = text.len() - text.trim_start().len();
        let span = Span::new(line.start + indent, line.start + indent + content.len());
        let passed = |block: &&Block| block.span.end <= span.start;
        block += outline.blocks[block..].iter().take_while(passed).count();
        let here = outline.blocks.get(block).filter(|block| block.span.start < span.end);
        let nothing = LinePosition { kind: PositionKind::Nothing, region: span, in_item: false };
        let place = here.map_or(nothing, |block| places.find(block, span));
        take(UnreadLine { span, looks, block: here.map(|_| block), place });
    }
}

/// Returns whether a block probably hides its lines by mistake.
fn is_hidden(kind: PositionKind) -> bool {
    matches!(kind, PositionKind::Open(_) | PositionKind::Html | PositionKind::Indented)
}

/// The rule that an unread line of a catalog breaks.
fn catalog_rule(looks: Looks, kind: PositionKind) -> Option<Rule> {
    let is_row = looks.linked && (looks.start == Start::Row || kind == PositionKind::Table);
    let is_mapped =
        looks.mapped && (looks.is_marked() || looks.linked || kind == PositionKind::Heading);
    match kind {
        // Its fields are read as fields of the item before it.
        PositionKind::Continued if !(looks.start == Start::Marker || is_row) => None,
        PositionKind::Wrapped => None,
        PositionKind::Nothing if !looks.is_marked() => None,
        PositionKind::SetAside => (looks.is_marked()
            && (looks.mapped || (looks.linked && looks.dated)))
            .then_some(Rule::LinkWithoutItem),
        _ if is_hidden(kind) && (looks.is_item() || is_mapped) => Some(Rule::SwallowedItems),
        PositionKind::Open(_) => is_row.then_some(Rule::SwallowedItems),
        PositionKind::Indented => None,
        _ if is_mapped => Some(Rule::UnreadMapping),
        _ if looks.is_item() || is_row => Some(Rule::UnreadItem),
        PositionKind::Bullet { .. } | PositionKind::Continued => None,
        _ => looks.linked.then_some(Rule::LinkWithoutItem),
    }
}

/// The rule that an unread line of a thread breaks. Nested list items have a rule of their own,
/// `nested-evidence`, and undated ones `evidence-without-date`.
fn thread_rule(looks: Looks, place: LinePosition, section: Option<SectionKind>) -> Option<Rule> {
    let is_evidence = section == Some(SectionKind::Evidence);
    let is_listed = section.is_some_and(|known| {
        matches!(known, SectionKind::Evidence | SectionKind::Ripeness | SectionKind::Drafts)
    });
    // A block inside an item is the author's note on it.
    let is_item = looks.is_item() && (!place.in_item || (looks.linked && looks.dated));
    let is_row = looks.linked && (looks.start == Start::Row || place.kind == PositionKind::Table);
    match place.kind {
        PositionKind::Open(_) => {
            (is_item || looks.start == Start::Section).then_some(Rule::SwallowedItems)
        }
        PositionKind::Html | PositionKind::Indented if is_item => {
            is_listed.then_some(Rule::SwallowedItems)
        }
        PositionKind::Outside => {
            (is_item && looks.linked && looks.dated).then_some(Rule::LinkWithoutItem)
        }
        _ if !is_evidence => None,
        PositionKind::SetAside => {
            (looks.is_marked() && looks.linked && looks.dated).then_some(Rule::LinkWithoutItem)
        }
        PositionKind::Continued => {
            (is_row || (is_item && looks.start != Start::Dash)).then_some(Rule::UnreadItem)
        }
        PositionKind::Paragraph | PositionKind::Quote if is_item => Some(Rule::UnreadItem),
        PositionKind::Paragraph => {
            let is_bare = looks.start == Start::Bare && looks.linked && looks.dated;
            (is_bare && !place.in_item).then_some(Rule::LinkWithoutItem)
        }
        PositionKind::Table | PositionKind::Html => {
            (is_row && !place.in_item).then_some(Rule::UnreadItem)
        }
        _ => None,
    }
}

/// Groups by region, rule and kind.
#[derive(Default)]
struct Groups {
    found: Vec<UnreadGroup>,
    /// Indices of the groups.
    by_region: BTreeMap<(Span, Rule, PositionKind), usize>,
    /// Indices of the groups of each rule that come last, and how many there are.
    of_rule: BTreeMap<Rule, (usize, usize)>,
}

impl Groups {
    fn add(&mut self, rule: Rule, line: &UnreadLine) {
        let group = self.group(rule, line);
        let is_section = line.looks.start == Start::Section;
        group.items += usize::from(!is_section);
        group.sections += usize::from(is_section);
        if group.first != line.span && group.others.len() < SHOWN {
            group.others.push(line.span);
        }
    }

    fn group(&mut self, rule: Rule, line: &UnreadLine) -> &mut UnreadGroup {
        let LinePosition { kind, region, .. } = line.place;
        let (last, count) = self.of_rule.get(&rule).copied().unwrap_or_default();
        let most = match rule.severity() {
            Severity::Hint => MOST_HINTS,
            _ => MOST_FINDINGS,
        };
        let known = self.by_region.get(&(region, rule, kind)).copied();
        let at = known.or_else(|| (count >= most).then_some(last)).unwrap_or_else(|| {
            let at = self.found.len();
            let others = Vec::new();
            let first = line.span;
            self.found.push(UnreadGroup {
                rule,
                kind,
                region,
                first,
                others,
                items: 0,
                sections: 0,
            });
            self.by_region.insert((region, rule, kind), at);
            self.of_rule.insert(rule, (at, count + 1));
            at
        });
        &mut self.found[at]
    }

    fn findings(&self, document: &Document) -> Vec<Diagnostic> {
        self.found.iter().map(|group| findings::finding(document, group)).collect()
    }
}
