//! One dated thing that a source published, as a bullet tells it.

use crate::model::slug::slug_of;
use std::ops::Deref;
use std::sync::Arc;

use crate::model::url::Address;
use crate::model::{Date, Name};
use crate::text::Span;

/// What a bullet of a catalog or of an Evidence section says of one published thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRecord {
    /// The bullet, without the blank lines behind it.
    pub span: Span,
    /// `[id:: …]`, else `<source>/<label>`, `<source>/<last URL segment>` or `<source>/<title>`: the id
    /// that this line alone gives. Other items may have the same derived id.
    pub id: String,
    /// True if the id is written as `[id:: …]`, and not derived from the rest of the line.
    pub has_written_id: bool,
    /// Slug of the source that published it; `None` for a bullet under no source heading.
    pub source: Option<Arc<str>>,
    /// The short label before the date, with its `#`.
    pub label: Option<String>,
    /// The title, without markup or quotes.
    pub title: Option<String>,
    /// The address as written.
    pub url: Option<Address>,
    /// When it was published.
    pub date: Option<Date>,
    /// `[org:: …]`: who speaks, where the bullet says so.
    pub org: Option<String>,
    /// `[tags:: …]` and `#word`.
    pub tags: Tags,
    /// `[same-as:: …]`: ids or URLs of the same thing elsewhere; `[doi:: …]` as its URL.
    pub same_as: Vec<String>,
    /// Whether a person has read its body.
    pub reading: Reading,
}

/// The tags of one item, each once and in order. An item has few, and there are many items: a tree
/// would take ten times the room.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tags(Box<[String]>);

impl FromIterator<String> for Tags {
    fn from_iter<I: IntoIterator<Item = String>>(tags: I) -> Self {
        let mut tags: Vec<String> = tags.into_iter().collect();
        tags.sort_unstable();
        tags.dedup();
        Self(tags.into())
    }
}

impl Deref for Tags {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0
    }
}

/// Whether the body behind an item was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Nothing says so; never counts as read.
    Unknown,
    /// Marked as not read yet.
    Unread,
    /// Read, on this day where it was noted.
    Read {
        /// `[read:: …]`
        on: Option<Date>,
    },
    /// Somebody decided not to read it.
    Dropped,
}

impl Reading {
    /// The day of the reading, where it was noted.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Read { on } => on,
            _ => None,
        }
    }
}

impl ItemRecord {
    /// Returns whether another record tells of the same item without the help of a third: they share a URL or
    /// a written id, one names the other by `same-as`, or one has no URL and they share the id of
    /// label or title.
    pub fn is_same(&self, other: &Self) -> bool {
        let shares = |name: Name<'_>| Name::all_of(other).any(|known| known == name);
        let is_addressless = !self.has_address() || !other.has_address();
        Name::all_of(self).any(shares)
            || self.refers_to(other)
            || other.refers_to(self)
            || (is_addressless
                && (self.id == other.id
                    || self.title_id().is_some_and(|id| id == other.id)
                    || other.title_id().is_some_and(|id| id == self.id)))
    }

    /// Returns whether a `same-as` of this record is the id or the URL of the other.
    pub fn refers_to(&self, other: &Self) -> bool {
        let is_other = |word: &String| match Name::from_word(word) {
            Name::Url(url) => other.address() == Some(&url),
            Name::Id(id) | Name::Derived(id) => other.id == id,
        };
        self.same_as.iter().any(is_other)
    }

    /// Returns whether it has a URL, its own or one that `same-as` names.
    pub fn has_address(&self) -> bool {
        self.url.is_some() || self.same_as.iter().any(|word| is_url(word))
    }

    /// The id that its title alone would give: `metr/a-third-eval`.
    pub fn title_id(&self) -> Option<String> {
        let name = slug_of(self.title.as_deref()?);
        (!name.is_empty()).then(|| derived_id(self.source.as_deref(), &name))
    }

    /// Its address, as all ways of writing it have in common.
    pub fn address(&self) -> Option<&str> {
        self.url.as_ref().map(Address::canonical)
    }

    /// What to call it in one line: its title, else its label, else its id.
    pub fn name(&self) -> &str {
        let title = self.title.as_deref().or(self.label.as_deref());
        title.unwrap_or(&self.id)
    }
}

/// Returns whether a reference to an item is a URL, and not an id.
pub fn is_url(word: &str) -> bool {
    word.contains("://")
}

/// Source of the items whose bullets belong to no source.
const NO_SOURCE: &str = "unsorted";

/// The id of a name within a source: `metr` and `rd 1` give `metr/rd-1`.
pub fn derived_id(source: Option<&str>, name: &str) -> String {
    id_of([source.unwrap_or(NO_SOURCE), "/", name].concat())
}

/// An id as it may be written in lists of ids: whitespace, commas and brackets become `-`.
pub fn id_of(text: String) -> String {
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/' | b'.' | b'_' | b'#');
    // Without an early exit, so that several bytes are compared at a time.
    if text.bytes().fold(true, |plain, byte| plain & is_plain(byte)) {
        return text;
    }
    let mut id = String::with_capacity(text.len());
    id.extend(text.chars().map(|c| match c {
        c if c.is_whitespace() || c.is_control() => '-',
        ',' | '[' | ']' | '(' | ')' | '{' | '}' | '=' | '@' | '<' | '>' | '`' => '-',
        c => c,
    }));
    id
}
