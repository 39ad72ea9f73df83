//! OPML: lists of feeds, as feed readers import and export them.
//!
//! A list is read strictly, because its entries become settings: XML that is not well-formed is an error
//! with its position. No entity is ever expanded but those of XML and HTML.

use std::fmt;

use foldhash::{HashSet, HashSetExt};
use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use url::Url;

use crate::feed::link::LONGEST;
use crate::feed::title::{LONGEST_TITLE, entity, is_hidden, shortened, visible};
use crate::feed::{LARGEST, MOST_ENTRIES, decode, is_html};
use crate::model::{FeedSettings, Source};
use crate::text::Document;

/// Elements inside more elements than this are an error.
const DEEPEST: usize = 64;

/// More attributes of one element than this are an error.
const MOST_ATTRIBUTES: usize = 64;

/// The namespace of the attributes in which an export keeps what OPML has no attributes for.
const NAMESPACE: &str = "https://github.com/thread-tracker/thread";

/// A feed of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The URL of the feed, as it is written.
    pub feed: String,
    /// The title, without control characters, on one line.
    pub title: Option<String>,
    /// `thread:slug`.
    pub slug: Option<String>,
    /// `thread:org`.
    pub org: Option<String>,
    /// `thread:every`.
    pub every: Option<String>,
    /// The line of the element, from 1.
    pub line: usize,
}

impl Subscription {
    /// Returns the host of the feed.
    pub fn host(&self) -> Option<String> {
        Url::parse(&self.feed).ok()?.host_str().map(str::to_string)
    }

    /// Checks the URL of the feed.
    ///
    /// # Errors
    /// The reason why it cannot be the feed of a source.
    pub fn check(&self) -> Result<(), String> {
        FeedSettings::check_url(&self.feed)?;
        if self.feed.chars().count() > LONGEST {
            return Err(format!("the URL is longer than {LONGEST} characters"));
        }
        Url::parse(&self.feed).map(|_| ()).map_err(|error| format!("the URL is not valid: {error}"))
    }
}

/// The reason why a list is not read, with its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpmlError {
    /// The line and column, from 1; `None` if the fault has no position.
    pub position: Option<(usize, usize)>,
    /// The reason.
    pub reason: String,
}

impl fmt::Display for OpmlError {
    /// `3:7: …`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some((line, column)) => write!(f, "{line}:{column}: {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

/// Reads the feeds of a list in OPML 1.0, 1.1 or 2.0, with those of nested outlines, in order.
///
/// # Errors
/// The XML is not well-formed, is not OPML, or exceeds a limit.
pub fn read(bytes: &[u8]) -> Result<Vec<Subscription>, OpmlError> {
    let without_position = |reason: String| OpmlError { position: None, reason };
    if bytes.is_empty() {
        return Err(without_position("it is empty".into()));
    }
    let text = decode::decode(bytes, None).map_err(|error| without_position(error.to_string()))?;
    let document = Document::new("", text);
    if is_html(document.text.trim_start()) {
        return Err(without_position("it is an HTML page, not OPML".into()));
    }
    let mut reader = Reader::from_str(&document.text);
    reader.config_mut().expand_empty_elements = true;
    let mut outlines = Outlines { line: 1, ..Outlines::default() };
    let mut before = 0;
    loop {
        let start = usize::try_from(reader.buffer_position()).unwrap_or(LARGEST);
        outlines.line += document.text[before..start].matches('\n').count();
        before = start;
        let fault = match reader.read_event() {
            Ok(Event::Eof) => outlines.finish().err(),
            Ok(event) => outlines.take(&event).err(),
            Err(error) => Some(error.to_string()),
        };
        if let Some(reason) = fault {
            let at = usize::try_from(reader.error_position()).unwrap_or(LARGEST);
            let position = document.position(if at > 0 { at } else { start });
            return Err(OpmlError { position: Some((position.line, position.column)), reason });
        }
        if outlines.is_complete {
            return Ok(outlines.found);
        }
    }
}

/// The feeds that were read so far.
#[derive(Default)]
struct Outlines {
    found: Vec<Subscription>,
    /// The line of the current element, from 1.
    line: usize,
    /// The names of the open elements.
    open: Vec<String>,
    /// True after the root element.
    is_over: bool,
    is_complete: bool,
}

impl Outlines {
    fn take(&mut self, event: &Event<'_>) -> Result<(), String> {
        match event {
            Event::Start(element) => self.start(element),
            Event::End(_) => {
                self.open.pop();
                self.is_over |= self.open.is_empty();
                Ok(())
            }
            Event::Text(text) if self.open.is_empty() && !text.trim().is_empty() => {
                Err("there is text outside of the element `opml`".into())
            }
            Event::DocType(text) if text.contains('[') => {
                Err("the document type declares its own entities, which are not expanded".into())
            }
            _ => Ok(()),
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        let name = element.local_name().as_ref().to_string();
        if self.is_over {
            return Err(format!("there is a second root element, `{name}`"));
        }
        if self.open.is_empty() && !name.eq_ignore_ascii_case("opml") {
            let is_feed = matches!(name.as_str(), "rss" | "feed" | "RDF");
            let help = if is_feed { "; `thread catalog import` reads a feed" } else { "" };
            return Err(format!("the XML has the root element `{name}`, not `opml`{help}"));
        }
        if self.open.len() == DEEPEST {
            return Err(format!("more than {DEEPEST} elements are inside each other"));
        }
        let is_in_head = self.open.get(1).is_some_and(|name| name.eq_ignore_ascii_case("head"));
        let attributes = attributes(element)?;
        if name.eq_ignore_ascii_case("outline") && !is_in_head {
            self.outline(&attributes)?;
        }
        self.open.push(name);
        Ok(())
    }

    fn outline(&mut self, attributes: &[(String, String)]) -> Result<(), String> {
        // Feed readers differ in the case of names: `xmlUrl`, `xmlURL`.
        let value = |wanted: &str| {
            let mut attributes = attributes.iter();
            let found = attributes.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
        };
        let text = |wanted: &str| {
            let text = value(wanted).map(|text| shortened(&visible(text), LONGEST_TITLE));
            text.filter(|text| !text.is_empty())
        };
        let Some(feed) = value("xmlUrl") else {
            return Ok(());
        };
        if self.found.len() == MOST_ENTRIES {
            return Err(format!("it lists more than {MOST_ENTRIES} feeds"));
        }
        self.found.push(Subscription {
            feed: feed.to_string(),
            title: text("title").or_else(|| text("text")),
            slug: text("thread:slug"),
            org: text("thread:org"),
            every: text("thread:every"),
            line: self.line,
        });
        Ok(())
    }

    fn finish(&mut self) -> Result<(), String> {
        match self.open.last() {
            Some(name) => Err(format!("the text ends inside the element `{name}`")),
            None if !self.is_over => Err("it is not XML".into()),
            None => {
                self.is_complete = true;
                Ok(())
            }
        }
    }
}

/// Returns the attributes of an element with their decoded values.
fn attributes(element: &BytesStart<'_>) -> Result<Vec<(String, String)>, String> {
    let name = element.name();
    let name = name.as_ref();
    let mut names = HashSet::new();
    let mut attributes = Vec::new();
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| {
            let reason = error.to_string();
            let reason = reason.split_once(": ").map_or(reason.as_str(), |(_, reason)| reason);
            format!("an attribute of `{name}` is not valid: {reason}")
        })?;
        let key = attribute.key.as_ref().to_string();
        if names.len() == MOST_ATTRIBUTES {
            return Err(format!("`{name}` has more than {MOST_ATTRIBUTES} attributes"));
        }
        if !names.insert(key.clone()) {
            return Err(format!("`{name}` has the attribute `{key}` twice"));
        }
        attributes.push((key, decoded(&attribute.value)?));
    }
    Ok(attributes)
}

/// Decodes the entities of XML and HTML once. An `&` that begins no entity stays, because many URLs
/// in such files have it.
fn decoded(value: &str) -> Result<String, String> {
    let mut decoded = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '#';
        let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        if length == 0 || !rest[length..].starts_with(';') {
            decoded.push('&');
            continue;
        }
        let name = &rest[..length];
        match entity(name) {
            Some(text) => decoded.push_str(&text),
            None => return Err(format!("the entity `&{};` is unknown", shortened(name, 40))),
        }
        rest = &rest[length + 1..];
    }
    decoded.push_str(rest);
    Ok(decoded)
}

/// Returns sources with feeds as OPML 2.0, one outline for each feed.
pub fn write<'s>(sources: impl IntoIterator<Item = (&'s str, &'s Source)>) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\" xmlns:thread=\"{NAMESPACE}\">\n  \
         <head>\n    <title>Sources</title>\n  </head>\n  <body>\n"
    );
    for (slug, source) in sources {
        let every = source.every.map(|every| every.to_string());
        let keys = [("org", source.org.as_deref()), ("every", every.as_deref())];
        let keys = keys.into_iter().filter_map(|(key, value)| Some((key, value?)));
        let keys = std::iter::once(("slug", slug)).chain(keys);
        let keys: String =
            keys.map(|(key, value)| format!(" thread:{key}=\"{}\"", attribute(value))).collect();
        let name = attribute(source.name.as_deref().unwrap_or(slug));
        for feed in &source.feed.feeds {
            let feed = attribute(feed);
            text.push_str(&format!(
                "    <outline type=\"rss\" text=\"{name}\" title=\"{name}\" xmlUrl=\"{feed}\"{keys}/>\n"
            ));
        }
    }
    text + "  </body>\n</opml>\n"
}

/// Returns a text as the value of an attribute, without characters that XML forbids or that are not
/// visible.
fn attribute(text: &str) -> String {
    escape(visible_characters(text)).into_owned()
}

fn visible_characters(text: &str) -> String {
    let joiner = |c: char| matches!(c, '\u{200c}' | '\u{200d}');
    text.chars().filter(|c| joiner(*c) || !is_hidden(*c)).collect()
}
