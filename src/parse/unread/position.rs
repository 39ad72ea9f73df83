//! The block that a line is in, as far as it matters for a line that was not read.

use crate::model::Notation;
use crate::parse::markdown;
use crate::parse::markdown::{Block, BlockKind, List, ListItem, Other};
use crate::parse::unread::looks::Looks;
use crate::text::{Document, Span};

/// The role that the markdown parser gives a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PositionKind {
    /// A list item.
    Bullet {
        /// True if it is below an item that was read.
        nested: bool,
    },
    /// A further line of a list item, of which an earlier line looks like an item already.
    Continued,
    /// A further line of a list item that looks like an item by this line at most.
    Wrapped,
    /// A line of a paragraph.
    Paragraph,
    /// A heading.
    Heading,
    /// A line of a block that is never closed.
    Open(Opener),
    /// A line of a comment, a code block or another block that is closed.
    SetAside,
    /// A line of HTML that ends at the next blank line.
    Html,
    /// Code by indentation.
    Indented,
    /// A line of a quote.
    Quote,
    /// A row of a table.
    Table,
    /// A list item of a thread that has no Evidence section.
    Outside,
    /// None of these, such as the definition of a link.
    Nothing,
}

/// The opening of a block that only its own closing mark ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Opener {
    /// `<!--`
    Comment,
    /// A fence of backticks or tildes.
    Fence,
    /// `<script`, `<pre`, `<style` or `<textarea`.
    Tag(&'static str),
    /// `<?`, `<![CDATA[` or `<!X`.
    Instruction(&'static str),
}

/// The innermost block that a line is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LinePosition {
    /// Its kind.
    pub kind: PositionKind,
    /// The bytes over which findings of its kind are counted together.
    pub region: Span,
    /// True if it is inside a list item.
    pub in_item: bool,
}

/// Finds the blocks of lines. `read` holds the offsets at which the items begin that were read.
pub(super) struct Places<'a> {
    pub(super) document: &'a Document,
    pub(super) read: &'a [usize],
    notation: &'a Notation,
    /// The kind of the last block whose text had to be searched for its end.
    last: Option<(Span, PositionKind)>,
    /// The offset of the last list item of several lines, and whether a line of it looks like an
    /// item.
    wrapped: Option<(usize, bool)>,
}

impl<'a> Places<'a> {
    pub(super) fn new(document: &'a Document, read: &'a [usize], notation: &'a Notation) -> Self {
        Self { document, read, notation, last: None, wrapped: None }
    }

    /// The place of a line, given the top-level block that it is in.
    pub(super) fn find(&mut self, block: &Block, line: Span) -> LinePosition {
        match &block.kind {
            BlockKind::List(list) => self.in_list(list, block.span, line, false),
            _ => LinePosition { kind: self.kind(block), region: block.span, in_item: false },
        }
    }

    fn in_list(&mut self, list: &List, region: Span, line: Span, nested: bool) -> LinePosition {
        let probe = line.end.saturating_sub(1);
        let place = |kind| LinePosition { kind, region, in_item: true };
        let Some(item) = last_from(&list.items, probe, |item| item.span) else {
            return place(PositionKind::Nothing);
        };
        let nested_below = nested || self.read.binary_search(&item.span.start).is_ok();
        if let Some(child) = last_from(&item.children, probe, span) {
            return self.in_list(child, region, line, nested_below);
        }
        if let Some(other) = last_from(&item.others, probe, |block| block.span) {
            return LinePosition { kind: self.kind(other), region: other.span, in_item: true };
        }
        match probe < item.head.end {
            true if item.span.start >= line.start => place(PositionKind::Bullet { nested }),
            true => place(self.continued(item, line)),
            false => place(PositionKind::Nothing),
        }
    }

    /// The kind of a line of a list item that is not its first. The lines come in order.
    fn continued(&mut self, item: &ListItem, line: Span) -> PositionKind {
        let looks = |text: &str| Looks::of(text.trim(), self.notation).is_item();
        let start = item.span.start;
        let known = self.wrapped.filter(|(known, _)| *known == start).map(|(_, seen)| seen);
        let first = || self.document.slice(item.head).lines().next().is_some_and(looks);
        let seen = known.unwrap_or_else(first);
        self.wrapped = Some((start, seen || looks(self.document.slice(line))));
        if seen { PositionKind::Continued } else { PositionKind::Wrapped }
    }

    fn kind(&mut self, block: &Block) -> PositionKind {
        let BlockKind::Other(other) = block.kind else {
            return match block.kind {
                BlockKind::Heading { .. } => PositionKind::Heading,
                BlockKind::Paragraph(_) => PositionKind::Paragraph,
                BlockKind::Table(_) => PositionKind::Table,
                _ => PositionKind::Nothing,
            };
        };
        if let Some((_, kind)) = self.last.filter(|(span, _)| *span == block.span) {
            return kind;
        }
        let text = self.document.slice(block.span);
        let kind = match other {
            Other::Fenced if markdown::open_fence(text).is_some() => {
                PositionKind::Open(Opener::Fence)
            }
            Other::Fenced => PositionKind::SetAside,
            Other::Html => html(text),
            Other::Indented => PositionKind::Indented,
            Other::Quote => PositionKind::Quote,
            Other::Rest => PositionKind::Nothing,
        };
        self.last = Some((block.span, kind));
        kind
    }
}

/// The last part that begins at or before an offset, if it contains the offset.
fn last_from<T>(parts: &[T], at: usize, span: impl Fn(&T) -> Span) -> Option<&T> {
    let before = parts.partition_point(|part| span(part).start <= at);
    parts[..before].last().filter(|part| at < span(part).end)
}

fn span(list: &List) -> Span {
    let ends = list.items.first().zip(list.items.last());
    ends.map_or(Span::at(0), |(first, last)| Span::new(first.span.start, last.span.end))
}

const RAW: [&str; 4] = ["script", "pre", "style", "textarea"];

/// The kind of an HTML block.
fn html(text: &str) -> PositionKind {
    let instructions = [("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">")];
    let closed = |is_closed: bool, opener| {
        if is_closed { PositionKind::SetAside } else { PositionKind::Open(opener) }
    };
    if text.starts_with("<!--") {
        return closed(text[2..].contains("-->"), Opener::Comment);
    }
    for (start, end) in instructions {
        if text.starts_with(start) {
            return closed(text.contains(end), Opener::Instruction(end));
        }
    }
    let begins = |name: &&str| {
        let tag = text.get(1..=name.len());
        let after = text.get(1..).unwrap_or_default().chars().nth(name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name))
            && after.is_none_or(|c| c.is_whitespace() || c == '>')
    };
    match RAW.into_iter().find(begins) {
        Some(name) => {
            let text = text.to_ascii_lowercase();
            let ends = |name: &str| text.contains(&format!("</{name}>"));
            closed(RAW.into_iter().any(ends), Opener::Tag(name))
        }
        None => PositionKind::Html,
    }
}
