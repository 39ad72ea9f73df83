//! The names by which records and references know an item.

use std::borrow::Cow;

use crate::model::item::is_url;
use crate::model::{ItemRecord, url};

/// A name of an item. Records that share an [`Id`](Name::Id) or a [`Url`](Name::Url) are one item; a
/// [`Derived`](Name::Derived) name tells items apart for people and joins only lines without a URL.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Name<'a> {
    /// A written id, `[id:: …]`.
    Id(Cow<'a, str>),
    /// An id that was derived from a label, a URL or a title, or any word
    /// that refers to an item by its id.
    Derived(Cow<'a, str>),
    /// A canonical URL.
    Url(Cow<'a, str>),
}

impl<'a> Name<'a> {
    /// A reference as `same-as`, `item` and `read` give it: a URL or an id.
    ///
    /// `https://www.example.org/a/` becomes `Url("example.org/a")`, `metr/rd-1` becomes
    /// `Derived("metr/rd-1")`.
    pub fn from_word(word: &'a str) -> Self {
        if is_url(word) { Self::Url(url::canonical(word)) } else { Self::Derived(word.into()) }
    }

    /// The names that make a record one item with every other record that has one of them: its
    /// written id, its URL and the URLs that `same-as` names.
    pub fn all_of(item: &'a ItemRecord) -> impl Iterator<Item = Self> {
        let id = item.has_written_id.then(|| Self::Id(item.id.as_str().into()));
        let address = item.address().map(|address| Self::Url(address.into()));
        let elsewhere = item.same_as.iter().filter(|word| is_url(word));
        id.into_iter().chain(address).chain(elsewhere.map(|word| Self::from_word(word)))
    }

    /// The same name, independent of the item.
    pub fn into_owned(self) -> Name<'static> {
        match self {
            Self::Id(id) => Name::Id(Cow::Owned(id.into_owned())),
            Self::Derived(id) => Name::Derived(Cow::Owned(id.into_owned())),
            Self::Url(address) => Name::Url(Cow::Owned(address.into_owned())),
        }
    }
}
