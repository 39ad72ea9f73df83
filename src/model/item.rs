//! One dated thing that a source published, as a bullet tells it.

use std::ops::Deref;
use std::sync::Arc;

use super::url::Address;
use super::{Date, Name};
use crate::text::Span;

/// What a bullet of a catalog or of an Evidence section says of one published thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The bullet, without the blank lines behind it.
    pub span: Span,
    /// `[id:: …]`, else `<source>/<label>`, `<source>/<last URL segment>` or `<source>/<title>`.
    pub id: String,
    /// Whether the id was made from the last part of the address, which other addresses may share.
    pub id_from_url: bool,
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
    /// `[same-as:: …]`: ids or addresses of the same thing elsewhere.
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

impl Item {
    /// Whether another item is a different one although its id is the same: both ids were made from
    /// their addresses, and nothing else is shared.
    pub fn only_shares_id(&self, other: &Self) -> bool {
        let mut names = Name::all_of(self);
        self.id == other.id
            && self.id_from_url
            && other.id_from_url
            && !names.any(|name| !name.is_made_of(self) && name.is_of(other))
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

/// Lower-case words of letters and digits, joined by `-`: how names become slugs and ids.
pub fn slug_of(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.chars().filter(|c| !matches!(c, '\'' | '’')) {
        if character.is_alphanumeric() {
            slug.extend(character.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::slug_of;

    #[test]
    fn a_slug_keeps_letters_and_digits_of_any_script() {
        assert_eq!(slug_of("AI Alignment Forum"), "ai-alignment-forum");
        assert_eq!(slug_of("  Clark’s «first» steps! "), "clarks-first-steps");
        assert_eq!(slug_of("Überblick 2.0"), "überblick-2-0");
        assert_eq!(slug_of("—"), "");
    }
}
