//! One item as all its records together tell of it.

use std::collections::BTreeSet;

use crate::model::{Date, Reading};

use crate::model::Name;
use crate::model::url::Url;

/// One published thing, told by one or more records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id, unique among the items of the thread: that of its first evidence line, else that of the
    /// record that brought it.
    pub id: String,
    /// All names that refer to it and to no other item of the thread.
    pub names: BTreeSet<Name<'static>>,
    /// The title, label or id.
    pub title: String,
    /// The address, as the record that names it writes it, else as the first that has one.
    pub url: Option<Url>,
    /// The source of its first evidence line, else of the record that brought it.
    pub source: Option<String>,
    /// The sources that list it.
    pub sources: BTreeSet<String>,
    /// The org that speaks, of the record with the best claim (`merge.rs`).
    pub org: Option<String>,
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
    /// Its records in catalogs, by their places in the order of the archive.
    pub records: Vec<usize>,
    /// Its arrival in the thread, if a catalog brought it.
    pub arrival: Option<Arrived>,
}

/// An item as it was known on the day it landed. A scan writes this, whenever it runs: what catalogs
/// said later is known from their dates on, as after daily scans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// The record that brought it, by its place in the order of the archive.
    pub by: usize,
    /// The org that spoke.
    pub org: Option<String>,
    /// All tags of the records of that day.
    pub tags: BTreeSet<String>,
    /// The publication date.
    pub date: Option<Date>,
}

impl Item {
    /// Returns whether a reference (id or URL) means this item.
    pub fn is_named(&self, word: &str) -> bool {
        self.names.contains(&Name::from_reference(word))
    }
}
