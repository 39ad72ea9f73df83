//! What is to become of a thread, said in the words of the model.

use crate::model::{Date, Item};

/// One intended change of a thread.
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
        tokens: Vec<String>,
    },
}

/// An item that becomes evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The item as its line is to tell it; its span is that of the catalog's bullet.
    pub item: Item,
    /// Slug of the source under whose heading it goes.
    pub source: String,
    /// When it became known.
    pub landed: Date,
}

/// A log entry to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// The day.
    pub date: Date,
    /// The level before.
    pub from: String,
    /// The level after; the same where it stays.
    pub to: String,
    /// Why, in one sentence.
    pub reason: String,
    /// The triggers that acted.
    pub triggers: Vec<String>,
    /// The tokens they stood on.
    pub on: Vec<String>,
}
