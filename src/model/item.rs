//! Published items, as single bullets describe them.

use std::ops::Deref;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::slug::slug_of;
use super::url::Url;
use super::{Date, Name};
use crate::text::Span;

/// The description of a published item by one bullet of a catalog or an Evidence section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRecord {
    /// The bullet, without trailing blank lines.
    pub span: Span,
    /// The id that this bullet alone gives: `[id:: …]`, else `<source>/<label>`, `<source>/<last
    /// URL segment>` or `<source>/<title>`. Other items may have the same derived id.
    pub id: String,
    /// True if the id is written as `[id:: …]`, and not derived from the rest of the line.
    pub has_written_id: bool,
    /// Slug of the source; `None` for a bullet that is not under the heading of a source.
    pub source: Option<Arc<str>>,
    /// The label before the date, with its `#`: `#455`.
    pub label: Option<String>,
    /// The title, without markup and quotation marks.
    pub title: Option<String>,
    /// The first URL.
    pub url: Option<Url>,
    /// The date of publication.
    pub date: Option<Date>,
    /// The origin of the date.
    pub dated_by: DateOrigin,
    /// `[org:: …]`: the org that published the item.
    pub org: Option<String>,
    /// `[tags:: …]` and `#word`.
    pub tags: Tags,
    /// `[same-as:: …]`: other ids and URLs of the item; `[doi:: …]` as a URL.
    pub same_as: Vec<String>,
    /// The reading state.
    pub reading: Reading,
}

/// The origin of the date of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum DateOrigin {
    /// The line of the item.
    #[default]
    Line,
    /// A heading that is a date: `## 2026-08-19`.
    Heading,
    /// The list item around it; in evidence, one that is only a date.
    OuterItem,
}

/// The tags of an item, sorted and each once.
///
/// A boxed slice needs a tenth of the memory of a `BTreeSet`: there are many items with few tags.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tags(Box<[String]>);

impl FromIterator<String> for Tags {
    fn from_iter<I: IntoIterator<Item = String>>(tags: I) -> Self {
        let mut tags: Vec<String> = tags.into_iter().collect();
        // Most tags are written once and in order.
        if !tags.is_sorted_by(|a, b| a < b) {
            tags.sort_unstable();
            tags.dedup();
        }
        Self(tags.into())
    }
}

impl Deref for Tags {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0
    }
}

/// The reading state of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Not marked; never counts as read.
    Unknown,
    /// Marked as unread.
    Unread,
    /// Marked as read.
    Read {
        /// `[read:: …]`: the date of the reading.
        on: Option<Date>,
    },
    /// Marked as one that will not be read.
    Dropped,
}

impl Reading {
    /// Returns whether the item may still have to be read.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unread | Self::Unknown)
    }

    /// The date of the reading, if it was noted.
    pub fn date(self) -> Option<Date> {
        match self {
            Self::Read { on } => on,
            _ => None,
        }
    }
}

impl ItemRecord {
    /// Returns whether two records are directly known to be of the same item: they share a URL or a
    /// written id, one names the other by `same-as`, or one has no URL and they share the id of
    /// label or title.
    pub fn is_same(&self, other: &Self) -> bool {
        let lacks_url = !self.has_url() || !other.has_url();
        Name::all_of(self).any(|name| Name::all_of(other).any(|known| known == name))
            || self.refers_to(other)
            || other.refers_to(self)
            || (lacks_url && self.shares_derived_id(other))
    }

    /// Returns whether the ids are equal, or one is the id that the title of the other gives.
    fn shares_derived_id(&self, other: &Self) -> bool {
        self.id == other.id
            || self.title_id().is_some_and(|id| id == other.id)
            || other.title_id().is_some_and(|id| id == self.id)
    }

    /// Returns whether a `same-as` of this record is the id or the URL of the other.
    pub fn refers_to(&self, other: &Self) -> bool {
        self.same_as.iter().any(|reference| match Name::from_reference(reference) {
            Name::Url(url) => other.canonical_url() == Some(&url),
            Name::Id(id) | Name::Derived(id) => other.id == id,
        })
    }

    /// Returns whether the record has a URL, either its own or one in `same-as`.
    pub fn has_url(&self) -> bool {
        self.url.is_some() || self.same_as.iter().any(|reference| is_url(reference))
    }

    /// Returns the id that the title gives: source `metr` and title `A third eval` give
    /// `metr/a-third-eval`.
    pub fn title_id(&self) -> Option<String> {
        let name = slug_of(self.title.as_deref()?);
        (!name.is_empty()).then(|| derived_id(self.source.as_deref(), &name))
    }

    /// The canonical form of the URL.
    pub fn canonical_url(&self) -> Option<&str> {
        self.url.as_ref().map(Url::canonical)
    }

    /// Returns the name for display: the title, else the label, else the id.
    pub fn name(&self) -> &str {
        let title = self.title.as_deref().or(self.label.as_deref());
        title.unwrap_or(&self.id)
    }
}

/// Returns whether a reference to an item is a URL rather than an id.
pub fn is_url(reference: &str) -> bool {
    reference.contains("://")
}

/// The source in the ids of items without a source.
const NO_SOURCE: &str = "unsorted";

/// Returns the id for a name within a source: `metr` and `rd 1` give `metr/rd-1`.
pub fn derived_id(source: Option<&str>, name: &str) -> String {
    id_of([source.unwrap_or(NO_SOURCE), "/", name].concat())
}

/// Replaces the characters that cannot be part of an id in a list: `a b, [c]` gives `a-b---c-`.
pub fn id_of(text: String) -> String {
    // A fold has no early exit, so that the compiler can compare several bytes at once.
    if text.bytes().fold(true, |plain, byte| plain & is_plain_id_byte(byte)) {
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

fn is_plain_id_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/' | b'.' | b'_' | b'#')
}
