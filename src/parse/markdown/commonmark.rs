//! Blocks by the markdown parser.

use std::iter::Peekable;

use pulldown_cmark::{
    CodeBlockKind, Event, HeadingLevel, LinkType, OffsetIter, Options, Parser, Tag,
};

use crate::parse::markdown::{
    Block, BlockKind, Cell, DEEPEST_LIST, Inline, Link, List, ListItem, Other, Row, Table, trimmed,
};
use crate::text::{Document, Span};

pub(super) fn parser(text: &str) -> OffsetIter<'_> {
    // Never the metadata-block option: it takes any `---` pair of a body for front matter.
    Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter()
}

/// The top-level blocks of `body`, in order.
pub(in crate::parse) fn blocks(document: &Document, body: Span) -> Vec<Block> {
    let text = &document.text[body.range()];
    let mut walk = Walk { document, offset: body.start, events: parser(text).peekable() };
    let mut blocks = Vec::new();
    while let Some((event, range)) = walk.events.next() {
        blocks.extend(walk.block(&event, range.into()));
    }
    blocks
}

struct Walk<'a> {
    document: &'a Document,
    offset: usize,
    events: Peekable<OffsetIter<'a>>,
}

impl<'a> Walk<'a> {
    /// The block that begins with `event`; `None` for an event that belongs to none.
    fn block(&mut self, event: &Event<'a>, range: Span) -> Option<Block> {
        let span = trimmed(self.document, range.shifted(self.offset));
        let kind = match event {
            Event::Start(Tag::Heading { level, .. }) => {
                BlockKind::Heading { level: number(*level), text: self.plain_text() }
            }
            Event::Start(Tag::Paragraph) => BlockKind::Paragraph(self.inline()),
            Event::Start(Tag::List(_)) => BlockKind::List(self.list(1)),
            Event::Start(Tag::Table(_)) => BlockKind::Table(self.table()),
            Event::Start(tag) => {
                self.skip();
                BlockKind::Other(other(tag))
            }
            Event::Html(_) => BlockKind::Other(Other::Html),
            Event::Rule => BlockKind::Other(Other::Rest),
            _ => return None,
        };
        Some(Block { span, kind })
    }

    /// Passes over everything up to the end of the element that has just begun.
    fn skip(&mut self) {
        let mut depth = 1;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Returns the text up to the end of the current element.
    fn plain_text(&mut self) -> String {
        let mut text = String::new();
        let mut depth = 1;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Text(words) | Event::Code(words) => text.push_str(&words),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        text
    }

    /// The links and opaque parts up to the end of the element that has just begun.
    fn inline(&mut self) -> Inline {
        let mut inline = Inline::default();
        let mut depth = 1;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(_) => depth -= 1,
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                    self.inline_event(event, range.into(), &mut inline);
                }
                Event::Start(_) => depth += 1,
                _ => self.inline_event(event, range.into(), &mut inline),
            }
            if depth == 0 {
                break;
            }
        }
        inline
    }

    /// Takes one inline event; a link or image is taken to its end.
    fn inline_event(&mut self, event: Event<'a>, range: Span, inline: &mut Inline) {
        let span = range.shifted(self.offset);
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let text = self.plain_text();
                if link_type != LinkType::Shortcut || !is_task_or_field(&text) {
                    inline.links.push(Link { span, destination: dest_url.into_string(), text });
                    inline.opaque.push(span);
                }
            }
            Event::Start(Tag::Image { .. }) => {
                self.skip();
                inline.opaque.push(span);
            }
            Event::Code(_) | Event::InlineHtml(_) => inline.opaque.push(span),
            _ => {}
        }
    }

    /// The table that has just begun.
    fn table(&mut self) -> Table {
        let mut table = Table { header: Vec::new(), rows: Vec::new() };
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => table.header = self.cells(),
                Event::Start(Tag::TableRow) => {
                    let span = trimmed(self.document, Span::from(range).shifted(self.offset));
                    table.rows.push(Row { span, cells: self.cells() });
                }
                Event::End(_) => break,
                _ => {}
            }
        }
        table
    }

    /// The cells of the row that has just begun.
    fn cells(&mut self) -> Vec<Cell> {
        let mut cells = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let inline = self.inline();
                    let whole = Span::from(range).shifted(self.offset);
                    cells.push(Cell { span: without_bars(self.document, whole), inline });
                }
                Event::End(_) => break,
                _ => {}
            }
        }
        cells
    }

    /// The list that has just begun.
    fn list(&mut self, depth: usize) -> List {
        let mut list = List { items: Vec::new(), loose: false };
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => {
                    let item = self.item(range.into(), depth, &mut list.loose);
                    list.items.push(item);
                }
                Event::End(_) => break,
                _ => {}
            }
        }
        list
    }

    /// The item that has just begun.
    fn item(&mut self, range: Span, depth: usize, loose: &mut bool) -> ListItem {
        let span = trimmed(self.document, range.shifted(self.offset));
        let mut item = ListItem {
            span,
            head: span,
            inline: Inline::default(),
            children: Vec::new(),
            others: Vec::new(),
        };
        // The head ends before the first block after the first paragraph.
        let mut head_end = None;
        let mut emphasis = 0_usize;
        while let Some((event, range)) = self.events.next() {
            let at = range.start + self.offset;
            match event {
                Event::End(_) if emphasis == 0 => break,
                Event::End(_) => emphasis -= 1,
                Event::Start(Tag::Paragraph) => {
                    *loose = true;
                    match head_end {
                        None => {
                            item.inline = self.inline();
                            head_end = Some(range.end + self.offset);
                        }
                        Some(_) => item.others.extend(self.block(&event, range.into())),
                    }
                }
                Event::Start(Tag::List(_)) => {
                    head_end.get_or_insert(at);
                    if depth < DEEPEST_LIST {
                        item.children.push(self.list(depth + 1));
                    } else {
                        self.skip();
                    }
                }
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => emphasis += 1,
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                    self.inline_event(event, range.into(), &mut item.inline);
                }
                Event::Start(_) => {
                    head_end.get_or_insert(at);
                    item.others.extend(self.block(&event, range.into()));
                }
                _ => self.inline_event(event, range.into(), &mut item.inline),
            }
        }
        let end = head_end.unwrap_or(span.end).clamp(span.start, span.end);
        item.head = trimmed(self.document, Span::new(span.start, end));
        item
    }
}

/// The content of a cell without the vertical bars and the whitespace around it.
fn without_bars(document: &Document, cell: Span) -> Span {
    let text = document.text[cell.range()].trim_end();
    let text = text.strip_suffix('|').filter(|text| !text.ends_with('\\')).unwrap_or(text);
    let rest = text.trim_start();
    let rest = rest.strip_prefix('|').unwrap_or(rest);
    let start = cell.start + (text.len() - rest.len());
    trimmed(document, Span::new(start, start + rest.len()))
}

fn other(tag: &Tag<'_>) -> Other {
    match tag {
        Tag::CodeBlock(CodeBlockKind::Fenced(_)) => Other::Fenced,
        Tag::CodeBlock(CodeBlockKind::Indented) => Other::Indented,
        Tag::HtmlBlock => Other::Html,
        Tag::BlockQuote(_) => Other::Quote,
        _ => Other::Rest,
    }
}

/// The level of a heading as a number.
pub(super) fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Returns whether the text between square brackets is a task box or a field, also if the document
/// defines a link of that name: `x`, `-`, `tags:: a, b`.
fn is_task_or_field(text: &str) -> bool {
    matches!(text, "x" | "X" | "-") || text.contains("::")
}
