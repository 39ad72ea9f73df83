//! The blocks of a markdown body.
//!
//! Most bodies contain only plain lines. Reading these line by line takes a fraction of the time of
//! the markdown parser, which reads all other bodies. Both give the same result.

pub(super) mod commonmark;
mod events;
mod marker;
mod table;

pub use events::{Element, Event, Target, events};
pub use marker::foreign_marker;
pub use table::{Cell, Row, Table};

use crate::parse::plain::blocks::blocks;
use crate::text::{Document, Span};

/// Lists nested deeper than this are passed over as one block.
const DEEPEST_LIST: usize = 32;

/// The top-level blocks of a body, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// Every top-level block.
    pub blocks: Vec<Block>,
}

impl Outline {
    /// Returns the fence of an unclosed code block at the end; text after it would be part of the
    /// block.
    pub fn open_code(&self, document: &Document) -> Option<Span> {
        let last =
            self.blocks.last().filter(|block| block.kind == BlockKind::Other(Other::Fenced))?;
        let fence = open_fence(document.slice(last.span))?;
        Some(Span::new(last.span.start, last.span.start + fence))
    }
}

/// A block and its span, without the blank lines around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its span in the document.
    pub span: Span,
    /// Its kind.
    pub kind: BlockKind,
}

/// The kind of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text without markup.
        text: String,
    },
    /// A list.
    List(List),
    /// A paragraph.
    Paragraph(Inline),
    /// A table.
    Table(Table),
    /// Anything else.
    Other(Other),
}

/// A block whose text is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// Code between fences.
    Fenced,
    /// Code by an indent of four spaces or more.
    Indented,
    /// HTML.
    Html,
    /// A quote.
    Quote,
    /// A thematic break or another block.
    Rest,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Its items.
    pub items: Vec<ListItem>,
    /// True if blank lines separate its items.
    pub loose: bool,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// From its marker to its last character, nested lists included.
    pub span: Span,
    /// From its marker to the end of its first paragraph.
    pub head: Span,
    /// The links and opaque spans of the first paragraph.
    pub inline: Inline,
    /// Lists inside it.
    pub children: Vec<List>,
    /// Blocks inside it that are neither its first paragraph nor a list.
    pub others: Vec<Block>,
}

/// Links and opaque spans of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inline {
    /// Links, in order.
    pub links: Vec<Link>,
    /// Everything in which fields and dates are not looked for: links, images, code, HTML.
    pub opaque: Vec<Span>,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// From `[` or `<` to the closing `)`, `]` or `>`.
    pub span: Span,
    /// The destination.
    pub destination: String,
    /// Its text without markup.
    pub text: String,
}

/// Reads the blocks of `body`.
pub fn parse(document: &Document, body: Span) -> Outline {
    match blocks(document, body) {
        Some(blocks) => joined(document, blocks),
        None => parse_as_markdown(document, body),
    }
}

/// Like [`parse`], but always uses the markdown parser. Tests compare both.
pub fn parse_as_markdown(document: &Document, body: Span) -> Outline {
    joined(document, commonmark::blocks(document, body))
}

/// The length of the fence that opens a code block and that nothing closes.
///
/// `~~~sh\nls` has an open fence of 3 characters, `~~~sh\nls\n~~~` has none.
pub fn open_fence(code: &str) -> Option<usize> {
    let mark = code.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let fence = code.len() - code.trim_start_matches(mark).len();
    let closing = code.lines().skip(1).last().map_or("", str::trim);
    let is_closed = closing.len() >= fence && closing.trim_start_matches(mark).is_empty();
    (fence >= 3 && !is_closed).then_some(fence)
}

/// Joins the lines of paragraphs that begin with a foreign list marker to lists.
fn joined(document: &Document, blocks: Vec<Block>) -> Outline {
    let mut outline = Outline::default();
    for block in blocks {
        match (bullets(document, &block), outline.blocks.last_mut()) {
            (Some(list), Some(last)) if is_bullet_list(document, last) => {
                extend(last, block.span, list);
            }
            (Some(list), _) => {
                outline.blocks.push(Block { span: block.span, kind: BlockKind::List(list) });
            }
            (None, _) => outline.blocks.push(block),
        }
    }
    outline
}

/// The span without white space at either end.
fn trimmed(document: &Document, span: Span) -> Span {
    let text = &document.text[span.range()];
    let start = span.start + (text.len() - text.trim_start().len());
    let end = span.start + text.trim_end().len();
    Span::new(start, end.max(start))
}

/// Returns the list that a paragraph of lines with foreign markers looks like: `• a`, `1、a`.
fn bullets(document: &Document, block: &Block) -> Option<List> {
    let BlockKind::Paragraph(inline) = &block.kind else {
        return None;
    };
    let text = document.slice(block.span);
    foreign_marker(text)?;
    let mut starts: Vec<usize> = vec![0];
    for (at, _) in text.match_indices('\n') {
        let line = &text[at + 1..];
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        if foreign_marker(&line[blanks..]).is_some() {
            starts.push(at + 1 + blanks);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let items = starts.iter().zip(ends).map(|(&start, end)| {
        let span = trimmed(document, Span::new(start, end).shifted(block.span.start));
        // Links and opaque spans are sorted.
        let first_link = inline.links.partition_point(|link| link.span.start < span.start);
        let first_opaque = inline.opaque.partition_point(|place| place.start < span.start);
        let links = inline.links[first_link..].iter();
        let opaque = inline.opaque[first_opaque..].iter().copied();
        let inline = Inline {
            links: links.take_while(|link| link.span.start < span.end).cloned().collect(),
            opaque: opaque.take_while(|place| place.start < span.end).collect(),
        };
        ListItem { span, head: span, inline, children: Vec::new(), others: Vec::new() }
    });
    Some(List { items: items.collect(), loose: false })
}

fn is_bullet_list(document: &Document, block: &Block) -> bool {
    matches!(block.kind, BlockKind::List(_)) && foreign_marker(document.slice(block.span)).is_some()
}

/// Joins a paragraph with foreign markers to the one before it, as a list with blank lines between its items.
fn extend(last: &mut Block, span: Span, list: List) {
    last.span.end = span.end;
    if let BlockKind::List(into) = &mut last.kind {
        into.items.extend(list.items);
        into.loose = true;
    }
}
