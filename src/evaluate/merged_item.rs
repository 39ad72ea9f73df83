//! One item as all its records together tell of it.

use std::collections::BTreeSet;

use crate::model::{Date, Reading};

use crate::model::Name;
use crate::model::url::Address;

/// One published thing, told by one or more records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedItem {
    /// The id of its first evidence line, else of the earliest record that belongs to the thread: its
    /// token.
    pub id: String,
    /// Whether the id was made from the last part of the address, which other addresses may share.
    pub id_from_url: bool,
    /// All names by which its records know it.
    pub names: BTreeSet<Name<'static>>,
    /// The title, label or id.
    pub title: String,
    /// The address, as the record that names it writes it, else as the first that has one.
    pub url: Option<Address>,
    /// The sources that list it.
    pub sources: BTreeSet<String>,
    /// Who speaks: as a record says, else as its source does.
    pub org: Option<String>,
    /// Who speaks, where a record says so.
    pub said_org: Option<String>,
    /// All tags of all records.
    pub tags: BTreeSet<String>,
    /// The publication date that the latest record gives.
    pub date: Option<Date>,
    /// The day it became known.
    pub landed: Option<Date>,
    /// Whether its body was read by that day.
    pub reading: Reading,
    /// What the reading concluded.
    pub verdict: Option<String>,
    /// Places of its evidence lines in the thread's list.
    pub evidence: Vec<usize>,
    /// Paths of the catalogs that list it, earliest first.
    pub catalogs: Vec<String>,
}

impl MergedItem {
    /// Whether a word (id or address) names it.
    pub fn is_named(&self, word: &str) -> bool {
        self.names.contains(&Name::from_word(word))
    }

    /// Whether an item of another thread, which shares a name with it, is a different one all the
    /// same: both ids were made from addresses, and nothing else is shared.
    pub fn only_shares_id(&self, other: &Self) -> bool {
        let id = Name::Id(self.id.as_str().into());
        self.id == other.id
            && self.id_from_url
            && other.id_from_url
            && !self.names.intersection(&other.names).any(|name| *name != id)
    }
}
