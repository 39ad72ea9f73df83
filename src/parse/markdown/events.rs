//! The events of a markdown body, as far as they matter for comparing two texts.

use pulldown_cmark::{CodeBlockKind, Event as Parsed, Tag};

use crate::parse::markdown::commonmark::{number, parser};
use crate::text::{Document, Span};

/// One event of a markdown body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// An element begins.
    Start(Element),
    /// The innermost open element ends.
    End,
    /// Text of a paragraph or a code block, which is the span of the event.
    Text,
    /// Code between backticks.
    Code(String),
    /// HTML, without the line ending at its end.
    Html(String),
    /// The end of a line inside a paragraph.
    Break,
    /// A thematic break.
    Rule,
    /// An event of a markdown extension that is not enabled.
    Other,
}

/// An element of a markdown body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// A paragraph.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A quote.
    Quote,
    /// A code block with its info string; `None` if it is indented.
    CodeBlock(Option<String>),
    /// A block of HTML.
    HtmlBlock,
    /// A list, with its first number if it is numbered.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// A table with this number of columns.
    Table(usize),
    /// A row of a table.
    Row,
    /// A cell of a table.
    Cell,
    /// Text that is emphasised.
    Emphasis,
    /// Text that is strongly emphasised.
    Strong,
    /// A link.
    Link(Target),
    /// An image.
    Image(Target),
    /// An element of a markdown extension that is not enabled.
    Other,
}

/// The target of a link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its URL.
    pub address: String,
    /// Its title.
    pub title: String,
}

/// Returns all events of a body with their spans.
pub fn events(document: &Document, body: Span) -> Vec<(Event, Span)> {
    let events = parser(document.slice(body));
    events.map(|(event, range)| (event.into(), Span::from(range).shifted(body.start))).collect()
}

impl From<Parsed<'_>> for Event {
    fn from(event: Parsed<'_>) -> Self {
        match event {
            Parsed::Start(tag) => Self::Start(tag.into()),
            Parsed::End(_) => Self::End,
            Parsed::Text(_) => Self::Text,
            Parsed::Code(code) => Self::Code(code.into_string()),
            // The event has a line ending only if a line follows.
            Parsed::Html(html) | Parsed::InlineHtml(html) => {
                Self::Html(html.trim_end_matches(['\r', '\n']).to_string())
            }
            Parsed::SoftBreak | Parsed::HardBreak => Self::Break,
            Parsed::Rule => Self::Rule,
            Parsed::InlineMath(_)
            | Parsed::DisplayMath(_)
            | Parsed::FootnoteReference(_)
            | Parsed::TaskListMarker(_) => Self::Other,
        }
    }
}

impl From<Tag<'_>> for Element {
    fn from(tag: Tag<'_>) -> Self {
        let target = |address: &str, title: &str| Target {
            address: address.to_string(),
            title: title.to_string(),
        };
        match tag {
            Tag::Paragraph => Self::Paragraph,
            Tag::Heading { level, .. } => Self::Heading(number(level)),
            Tag::BlockQuote(_) => Self::Quote,
            Tag::CodeBlock(CodeBlockKind::Fenced(words)) => {
                Self::CodeBlock(Some(words.into_string()))
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => Self::CodeBlock(None),
            Tag::HtmlBlock => Self::HtmlBlock,
            Tag::List(first) => Self::List(first),
            Tag::Item => Self::Item,
            Tag::Table(columns) => Self::Table(columns.len()),
            Tag::TableHead | Tag::TableRow => Self::Row,
            Tag::TableCell => Self::Cell,
            Tag::Emphasis => Self::Emphasis,
            Tag::Strong => Self::Strong,
            Tag::Link { dest_url, title, .. } => Self::Link(target(&dest_url, &title)),
            Tag::Image { dest_url, title, .. } => Self::Image(target(&dest_url, &title)),
            Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => Self::Other,
        }
    }
}
