//! The changes that the tool makes in a thread or a catalog.
//!
//! A change has one meaning: what [`Change::apply`] and [`Change::apply_to_catalog`] make of the
//! model. The text edits are proved against it, and trigger tests build their facts with it.

mod apply;

pub use apply::Misfit;

use crate::model::{Date, ItemRecord, Status};

/// One intended change of a thread or a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// An item becomes evidence.
    Arrival(Arrival),
    /// The level of the front matter.
    Level {
        /// The level before.
        from: String,
        /// The level after.
        to: String,
        /// Since when.
        since: Date,
    },
    /// A line of the Ripeness section.
    Log(NewEntry),
    /// Tokens that a trigger has been weighed on, beside those that stand there.
    Weigh {
        /// Its id.
        trigger: String,
        /// The tokens that are new to its `weighed` list; the list itself appears even if empty.
        fact_ids: Vec<String>,
    },
    /// What a line of evidence, or of a catalog, says of the reading of its item.
    Reading(NewReading),
    /// The thread's hold, in place of one that is over.
    Hold(NewHold),
    /// The last day of the thread's hold is over.
    Release {
        /// The first day on which it no longer holds.
        on: Date,
    },
    /// Whether the thread is followed.
    Status {
        /// As the file says it now.
        from: Status,
        /// As it is to say.
        to: Status,
    },
    /// A new bullet of the Drafts section: a draft is begun, or has another state.
    Draft(NewDraft),
    /// A new item of a catalog.
    Listing(Listing),
    /// Which threads an item of a catalog is mapped to.
    Mapping {
        /// Offset of its line in the old text.
        line: usize,
        /// The item.
        item: String,
        /// Slugs of the threads afterwards.
        threads: Vec<String>,
    },
}

/// An item that becomes evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The item as its line is to tell it; its span is that of the catalog's bullet.
    pub item: ItemRecord,
    /// Slug of the source under whose heading it goes.
    pub source: String,
    /// When it became known.
    pub landed: Date,
}

/// An item that is to be listed in a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The item as its line is to tell it.
    pub item: ItemRecord,
    /// Slugs of the threads that it is mapped to.
    pub threads: Vec<String>,
}

/// A log entry to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// The day.
    pub date: Date,
    /// The decision on the level, where it tells of one.
    pub step: Option<Step>,
    /// Why, in one sentence.
    pub reason: String,
    /// The triggers that acted.
    pub triggers: Vec<String>,
    /// The tokens they stood on.
    pub on: Vec<String>,
    /// The claim that somebody attests.
    pub attested: Option<String>,
    /// The claim that somebody no longer attests.
    pub withdrawn: Option<String>,
    /// Who decided or attests; `None` for the tool itself.
    pub by: Option<String>,
}

/// A level before and after; the same where it stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The level before.
    pub from: String,
    /// The level after.
    pub to: String,
}

/// What the reading of an item came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReading {
    /// Offset of its line in the old text.
    pub line: usize,
    /// The item's id.
    pub item: String,
    /// What the line is to say.
    pub mark: Mark,
}

/// What a line says of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Read.
    Read {
        /// When; `None` where only the box is to be ticked, as in a catalog.
        on: Option<Date>,
        /// What it concluded.
        verdict: Option<String>,
        /// A remark.
        note: Option<String>,
    },
    /// Not read after all: no day, no verdict.
    Unread,
}

/// A hold to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHold {
    /// The lowest level that is kept out of reach.
    pub below: String,
    /// Ids of the triggers that wait; empty means all raises.
    pub only: Vec<String>,
    /// What ends it.
    pub until: NewUntil,
    /// Why, for a person.
    pub why: String,
    /// The date on which it is made.
    pub since: Date,
}

/// What is to end a hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewUntil {
    /// The first day on which it no longer holds.
    Date(Date),
    /// The reading of an item, by its id.
    Read(String),
}

/// A line of the Drafts section to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDraft {
    /// The date since which the draft has the state.
    pub date: Date,
    /// Where it is.
    pub path: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// The state before, if the draft had one.
    pub from: Option<String>,
    /// Its state.
    pub state: String,
    /// Ids of the items that it rests on.
    pub anchors: Vec<String>,
}
