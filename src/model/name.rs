//! Names of items, by which records and references are compared.

use std::borrow::Cow;

use super::item::is_url;
use super::{ItemRecord, url};

/// A name of an item.
///
/// Records that share an [`Id`](Name::Id) or a [`Url`](Name::Url) are one item. A
/// [`Derived`](Name::Derived) name is for display and references; it joins only records without a
/// URL.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Name<'a> {
    /// A written id, `[id:: …]`.
    Id(Cow<'a, str>),
    /// An id that was derived from a label, a URL or a title, or an id in a reference.
    Derived(Cow<'a, str>),
    /// A canonical URL.
    Url(Cow<'a, str>),
}

impl<'a> Name<'a> {
    /// Returns the name in a reference to an item, such as a value of `same-as`, `item` or `read`.
    ///
    /// `https://www.example.org/a/` gives `Url("example.org/a")`, and `metr/rd-1` gives
    /// `Derived("metr/rd-1")`.
    pub fn from_reference(reference: &'a str) -> Self {
        if is_url(reference) {
            Self::Url(url::canonical(reference))
        } else {
            Self::Derived(reference.into())
        }
    }

    /// Returns the names that make a record one item with every other record that has one of them:
    /// its written id, its URL and the URLs in `same-as`.
    pub fn all_of(item: &'a ItemRecord) -> impl Iterator<Item = Self> {
        let id = item.has_written_id.then(|| Self::Id(item.id.as_str().into()));
        let url = item.canonical_url().map(|url| Self::Url(url.into()));
        let other_urls = item.same_as.iter().filter(|reference| is_url(reference));
        let other_urls = other_urls.map(|reference| Self::from_reference(reference));
        id.into_iter().chain(url).chain(other_urls)
    }

    /// Returns the name without borrowing from the record.
    pub fn into_owned(self) -> Name<'static> {
        match self {
            Self::Id(id) => Name::Id(Cow::Owned(id.into_owned())),
            Self::Derived(id) => Name::Derived(Cow::Owned(id.into_owned())),
            Self::Url(url) => Name::Url(Cow::Owned(url.into_owned())),
        }
    }
}
