//! Feeds and lists of items as entries: RSS, Atom, JSON Feed, JSON Lines and sitemaps.
//!
//! A reading has four stages, each in a file: bytes to text (`decode`), text to well-formed XML
//! (`repair`), XML to the entries of a feed (`xml`, by `feedparser-rs`), and the fields of an entry
//! (`link`, `title`, `published`). JSON (`json`) and sitemaps (`sitemap`) have stages of their own. All of
//! it is a function of the bytes and of [`Origin`].

mod decode;
mod json;
mod link;
mod offered;
pub mod opml;
mod published;
mod repair;
mod sitemap;
mod stray;
mod title;
mod xml;

use std::fmt;

use url::Url;

use crate::model::Date;

/// The size of the largest feed, in bytes of its text.
pub const LARGEST: usize = 16 << 20;

/// The largest number of entries that are read.
pub const MOST_ENTRIES: usize = 10_000;

/// The length of the longest text of a field that is read, in bytes.
const LONGEST_TEXT: usize = 8 << 10;

/// Facts about a feed that its bytes do not state.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'o> {
    /// The format that the user asks for.
    pub format: Format,
    /// The charset of the `Content-Type` header.
    pub charset: Option<&'o str>,
    /// The URL of the feed, against which relative links are resolved.
    pub base: Option<&'o Url>,
    /// The date of the reading, to find dates that are in the future.
    pub today: Date,
}

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// A feed or JSON, by its content.
    #[default]
    Auto,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A JSON array, a JSON object, or JSON Lines.
    Json,
    /// A sitemap. It is read only if it is asked for, because it lists every page of a site.
    Sitemap,
}

/// The entries of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The entries, in the order of the feed.
    pub entries: Vec<Entry>,
    /// The faults because of which entries may be missing; empty for an undamaged feed.
    pub damages: Vec<String>,
    /// What was left out of entries, such as a date that is in the future.
    pub notes: Vec<String>,
    /// The number of entries without title, URL and id, which are passed over.
    pub passed_over: usize,
}

/// An entry of a feed. Its texts have no markup and no control characters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// The title, on one line; without one, the beginning of the text.
    pub title: Option<String>,
    /// The URL, without user, password and tracking parameters.
    pub url: Option<String>,
    /// The date of publication, as the publisher wrote it in its own zone.
    pub date: Option<Date>,
    /// The id, such as a GUID.
    pub id: Option<String>,
    /// The summary, else the text.
    pub summary: Option<String>,
    /// The names of the authors.
    pub authors: Vec<String>,
    /// The categories of the feed.
    pub categories: Vec<String>,
    /// Tags, which only JSON objects have.
    pub tags: Vec<String>,
    /// The organization, which only JSON objects have.
    pub org: Option<String>,
    /// Slugs of threads, which only JSON objects have.
    pub threads: Vec<String>,
    /// True if a JSON object says that the entry was read.
    pub read: bool,
    /// The line of a JSON object in JSON Lines, from 1.
    pub line: Option<usize>,
}

/// The reason why bytes are not a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAFeed {
    /// There are no bytes.
    Empty,
    /// The text is larger than [`LARGEST`].
    TooLarge,
    /// The declared encoding does not exist.
    Encoding(String),
    /// An HTML page, with the URLs of the feeds that it offers.
    Html(Vec<String>),
    /// A sitemap that was not asked for.
    Sitemap,
    /// Another text. The value says what is missing.
    Other(String),
}

impl fmt::Display for NotAFeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "it is empty"),
            Self::TooLarge => write!(f, "it is larger than {} MiB", LARGEST >> 20),
            Self::Encoding(name) => write!(f, "the encoding `{name}` is unknown"),
            Self::Html(offered) => {
                write!(f, "it is an HTML page, not a feed")?;
                match offered.as_slice() {
                    [] => Ok(()),
                    urls => write!(f, "; the page offers {}", urls.join(", ")),
                }
            }
            Self::Sitemap => write!(f, "it is a sitemap; `--format sitemap` reads it"),
            Self::Other(reason) => f.write_str(reason),
        }
    }
}

/// Reads a feed or a list.
///
/// # Errors
/// The bytes are not a feed in the format of `origin`.
pub fn read(bytes: &[u8], origin: &Origin<'_>) -> Result<Reading, NotAFeed> {
    let text = decode::decode(bytes, origin.charset)?;
    let content = text.trim_start();
    let is_json = content.starts_with(['{', '[']);
    match origin.format {
        _ if content.is_empty() => Err(NotAFeed::Empty),
        Format::Json => json::read(&text, origin),
        Format::Auto | Format::Feed if is_json => json::read(&text, origin),
        _ if is_html(content) => Err(NotAFeed::Html(offered_feeds(content, origin.base))),
        Format::Sitemap => sitemap::read(&repair::repair(&text)),
        Format::Auto | Format::Feed => xml::read(&repair::repair(&text), origin),
    }
}

/// Returns the URLs of the feeds that an HTML page offers by `<link rel="alternate">`, in order.
pub fn offered_feeds(html: &str, base: Option<&Url>) -> Vec<String> {
    offered::offered_feeds(html, base)
}

/// Returns whether a text begins as an HTML page.
fn is_html(text: &str) -> bool {
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start)))
}
