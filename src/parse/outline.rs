//! The blocks of a markdown body with their places: the only user of the markdown parser.

use std::iter::Peekable;

use pulldown_cmark::{Event, HeadingLevel, LinkType, OffsetIter, Options, Parser, Tag};

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
    /// The fence of a code block at the end that nothing closes: whatever is added behind falls into it.
    pub fn open_code(&self, document: &Document) -> Option<Span> {
        let last = self.blocks.last().filter(|block| block.kind == BlockKind::Other)?;
        let text = document.slice(last.span);
        let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let fence = text.len() - text.trim_start_matches(mark).len();
        let closing = text.lines().skip(1).last().map_or("", str::trim);
        let is_closed = closing.len() >= fence && closing.trim_start_matches(mark).is_empty();
        (fence >= 3 && !is_closed).then(|| Span::new(last.span.start, last.span.start + fence))
    }
}

/// A block and the bytes it covers, without the blank lines around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where it stands in the document.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
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
    /// Anything else: code, quotes, tables, HTML, rules.
    Other,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Its items.
    pub items: Vec<ListItem>,
    /// Whether blank lines separate its items.
    pub loose: bool,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// From its marker to its last character, nested lists included.
    pub span: Span,
    /// From its marker to the end of its first paragraph.
    pub head: Span,
    /// What stands in the first paragraph.
    pub inline: Inline,
    /// Lists inside it.
    pub children: Vec<List>,
}

/// The parts of running text that are not plain words.
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
    /// Where it leads.
    pub destination: String,
    /// Its text without markup.
    pub text: String,
}

fn parser(text: &str) -> OffsetIter<'_> {
    // Never the metadata-block option: it takes any `---` pair of a body for front matter.
    Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter()
}

/// Every structural event of a body with its offset in the document, to compare two texts.
pub fn events(document: &Document, body: Span) -> Vec<(String, Span)> {
    parser(&document.text[body.range()])
        .map(|(event, range)| {
            // Whether a line ending belongs to the event depends on whether a line follows.
            let event = format!("{event:?}").replace("\\n\")", "\")");
            (event, Span::from(range).shifted(body.start))
        })
        .collect()
}

/// Reads the blocks of `body`.
pub fn parse(document: &Document, body: Span) -> Outline {
    let text = &document.text[body.range()];
    let mut walk = Walk { document, offset: body.start, events: parser(text).peekable() };
    let mut outline = Outline::default();
    while let Some((event, range)) = walk.events.next() {
        if let Some(block) = walk.block(&event, range.into()) {
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
    }
    outline
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
            Event::Start(_) => {
                self.skip();
                BlockKind::Other
            }
            Event::Rule | Event::Html(_) => BlockKind::Other,
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

    /// The words up to the end of the element that has just begun.
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
                let reference = matches!(link_type, LinkType::Shortcut | LinkType::ShortcutUnknown);
                // `[x]` beside a definition of `x` is still a task box or a field, not a link.
                if !reference {
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
        let mut item =
            ListItem { span, head: span, inline: Inline::default(), children: Vec::new() };
        // The head ends where the first block behind the first paragraph begins.
        let mut head_end = None;
        let mut emphasis = 0_usize;
        while let Some((event, range)) = self.events.next() {
            let at = range.start + self.offset;
            match event {
                Event::End(_) if emphasis == 0 => break,
                Event::End(_) => emphasis -= 1,
                Event::Start(Tag::Paragraph) => {
                    *loose = true;
                    let inline = self.inline();
                    if head_end.is_none() {
                        item.inline = inline;
                        head_end = Some(range.end + self.offset);
                    }
                }
                Event::Start(Tag::List(_)) => {
                    head_end.get_or_insert(at);
                    match depth < DEEPEST_LIST {
                        true => item.children.push(self.list(depth + 1)),
                        false => self.skip(),
                    }
                }
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => emphasis += 1,
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                    self.inline_event(event, range.into(), &mut item.inline);
                }
                Event::Start(_) => {
                    head_end.get_or_insert(at);
                    self.skip();
                }
                _ => self.inline_event(event, range.into(), &mut item.inline),
            }
        }
        let end = head_end.unwrap_or(span.end).clamp(span.start, span.end);
        item.head = trimmed(self.document, Span::new(span.start, end));
        item
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The span without white space at either end.
fn trimmed(document: &Document, span: Span) -> Span {
    let text = &document.text[span.range()];
    let start = span.start + (text.len() - text.trim_start().len());
    let end = span.start + text.trim_end().len();
    Span::new(start, end.max(start))
}

/// The bullet of texts that are not markdown.
const BULLET: char = '•';

/// A paragraph of `•` lines, as texts have them whose markup was lost, read as a list.
fn bullets(document: &Document, block: &Block) -> Option<List> {
    let BlockKind::Paragraph(inline) = &block.kind else {
        return None;
    };
    let text = document.slice(block.span);
    if !text.starts_with(BULLET) {
        return None;
    }
    let mut starts: Vec<usize> = vec![0];
    for (at, _) in text.match_indices('\n') {
        let line = &text[at + 1..];
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        if line[blanks..].starts_with(BULLET) {
            starts.push(at + 1 + blanks);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let items = starts.iter().zip(ends).map(|(&start, end)| {
        let span = trimmed(document, Span::new(start, end).shifted(block.span.start));
        // Both stand in the order of the text.
        let first_link = inline.links.partition_point(|link| link.span.start < span.start);
        let first_opaque = inline.opaque.partition_point(|place| place.start < span.start);
        let links = inline.links[first_link..].iter();
        let opaque = inline.opaque[first_opaque..].iter().copied();
        let inline = Inline {
            links: links.take_while(|link| link.span.start < span.end).cloned().collect(),
            opaque: opaque.take_while(|place| place.start < span.end).collect(),
        };
        ListItem { span, head: span, inline, children: Vec::new() }
    });
    Some(List { items: items.collect(), loose: false })
}

fn is_bullet_list(document: &Document, block: &Block) -> bool {
    matches!(block.kind, BlockKind::List(_)) && document.slice(block.span).starts_with(BULLET)
}

/// Joins a `•` paragraph to the one before it: one list with blank lines between its items.
fn extend(last: &mut Block, span: Span, list: List) {
    last.span.end = span.end;
    if let BlockKind::List(into) = &mut last.kind {
        into.items.extend(list.items);
        into.loose = true;
    }
}
