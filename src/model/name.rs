//! By what an item is known.

use std::borrow::Cow;

use super::{Item, url};

/// Where an item is known: two records with a name in common are the same item.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Name<'a> {
    /// An item id.
    Id(Cow<'a, str>),
    /// A canonical address.
    Url(Cow<'a, str>),
}

impl<'a> Name<'a> {
    /// A name as `same-as`, `item` and `read` give it: an address or an id.
    pub fn from_word(word: &'a str) -> Self {
        match word.contains("://") {
            true => Self::Url(url::canonical(word)),
            false => Self::Id(word.into()),
        }
    }

    /// All names of an item.
    pub fn all_of(item: &'a Item) -> impl Iterator<Item = Self> {
        let id = std::iter::once(Self::Id(item.id.as_str().into()));
        let address = item.address().map(|address| Self::Url(address.into()));
        let elsewhere = item.same_as.iter().map(|word| Self::from_word(word));
        id.chain(address).chain(elsewhere)
    }

    /// Whether it is the id that this item got from its address, which other addresses may share.
    pub fn is_made_of(&self, item: &Item) -> bool {
        item.id_from_url && matches!(self, Self::Id(id) if *id == item.id)
    }

    /// Whether it is a name of this item.
    pub fn is_of(&self, item: &Item) -> bool {
        Name::all_of(item).any(|name| name == *self)
    }

    /// The same name, to be kept when the item is gone.
    pub fn into_owned(self) -> Name<'static> {
        match self {
            Self::Id(id) => Name::Id(Cow::Owned(id.into_owned())),
            Self::Url(address) => Name::Url(Cow::Owned(address.into_owned())),
        }
    }
}
