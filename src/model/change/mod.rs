//! Changes of a thread or a catalog.
//!
//! The meaning of a change is its effect on the model, defined by [`Change::apply`] and
//! [`Change::apply_to_catalog`]. The edit of the text is checked against it, and trigger tests use
//! it to build their facts.

mod apply;

pub use apply::ApplyError;

use super::{Date, Dropped, ItemRecord, LogEntry, Selection, Status, Trigger};

/// A change of a thread or a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A new item in the Evidence section.
    Arrival(Arrival),
    /// Another level in the front matter.
    Level {
        /// The level before.
        from: String,
        /// The level after.
        to: String,
        /// The date of the change.
        since: Date,
    },
    /// A new log entry in the Ripeness section; its spans do not count.
    Log(LogEntry),
    /// More fact ids in the `weighed` list of a trigger.
    Acknowledge {
        /// Id of the trigger.
        trigger: String,
        /// The new fact ids. If there are none, an empty list is added where there is no list.
        fact_ids: Vec<String>,
    },
    /// Another reading state of an item, in a thread or a catalog.
    Reading(NewReading),
    /// A new hold, which replaces one that has ended.
    Hold(NewHold),
    /// The end of the hold.
    Release {
        /// The first date without the hold.
        on: Date,
    },
    /// Another status of the thread.
    Status {
        /// The status before.
        from: Status,
        /// The status after.
        to: Status,
    },
    /// A new bullet in the Drafts section: a new draft, or another state of a draft.
    Draft(NewDraft),
    /// A new trigger in the front matter.
    Trigger(Box<Trigger>),
    /// A trigger that becomes a comment in the front matter.
    RemoveTrigger {
        /// Id of the trigger.
        id: String,
    },
    /// A new set in the front matter.
    Set {
        /// Name of the set.
        name: String,
        /// Its selection.
        selection: Selection,
    },
    /// Further words that a verdict on an item may be.
    Verdicts {
        /// Id of the item.
        item: String,
        /// The words.
        words: Vec<String>,
    },
    /// A further selection of `collect`.
    Collect(Selection),
    /// A new source in `thread.yaml`.
    Source {
        /// Slug of the source.
        slug: String,
    },
    /// Another thread in a file of trigger tests.
    TestedThread {
        /// Slug of the thread.
        slug: String,
    },
    /// A new item in a catalog.
    Listing(Listing),
    /// Other threads to which an item of a catalog is mapped.
    Mapping {
        /// Offset of the item's line in the old text.
        line: usize,
        /// Id of the item.
        item: String,
        /// Slugs of the threads after the change.
        threads: Vec<String>,
    },
    /// Further tags of an item of a catalog.
    Tags {
        /// Offset of the item's line in the old text.
        line: usize,
        /// Id of the item.
        item: String,
        /// The new tags.
        added: Vec<String>,
    },
}

/// A new item of the Evidence section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The item; its span is that of the catalog's bullet.
    pub item: ItemRecord,
    /// Slug of the source, under whose heading the item is added.
    pub source: String,
    /// The date on which the item landed.
    pub landed: Date,
}

/// A new item of a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The item.
    pub item: ItemRecord,
    /// Slugs of the threads to which it is mapped.
    pub threads: Vec<String>,
}

/// A new reading state of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReading {
    /// Offset of the item's line in the old text.
    pub line: usize,
    /// Id of the item.
    pub item: String,
    /// The reading state.
    pub mark: ReadingMark,
}

/// The reading state that a change writes into the line of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadingMark {
    /// Read.
    Read {
        /// Date of the reading; `None` to tick the box only, as in a catalog.
        on: Option<Date>,
        /// The verdict.
        verdict: Option<String>,
        /// A remark.
        note: Option<String>,
    },
    /// Will not be read.
    Skipped {
        /// The reason, kept as a note.
        note: Option<String>,
    },
    /// Unread; removes the date and the verdict.
    Unread,
    /// No evidence of the thread.
    Dropped(Dropped),
    /// Evidence again, in the reading state that the line had before.
    Restored,
}

/// A new hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHold {
    /// The lowest level to which raises are held.
    pub below: String,
    /// Ids of the triggers that are held; empty for all.
    pub only: Vec<String>,
    /// The end of the hold.
    pub until: NewUntil,
    /// The reason, for display.
    pub why: String,
    /// The date on which the hold was made.
    pub since: Date,
}

/// The end of a new hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewUntil {
    /// The first date without the hold.
    Date(Date),
    /// When the item with this id has been read.
    Read(String),
}

/// A new bullet of the Drafts section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDraft {
    /// The date since which the draft has the state.
    pub date: Date,
    /// Path of the draft.
    pub path: String,
    /// Title of the draft.
    pub title: Option<String>,
    /// State before the change, if there was one.
    pub from: Option<String>,
    /// State of the draft.
    pub state: String,
    /// Ids of the items that it cites.
    pub anchors: Vec<String>,
}
