//! Threads: the storylines that a workspace follows.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Condition, Date, Draft, ItemRecord, LogEntry, Ripeness, Selection, Trigger};
use crate::text::{Span, Spanned};

/// A storyline: the contents of one file in `threads/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The file name without `.md`, which identifies the thread.
    pub slug: String,
    /// Path relative to the workspace.
    pub path: String,
    /// The `# Title` heading, else `title:`, else the slug.
    pub title: String,
    /// The date on which the thread was opened.
    pub opened: Option<Date>,
    /// The status: active, dormant or closed.
    pub status: Status,
    /// Tags of the thread as a whole.
    pub tags: Vec<String>,
    /// The level and its date.
    pub ripeness: Ripeness,
    /// The hold, which keeps raises waiting; also one that has ended.
    pub hold: Option<Hold>,
    /// Selections of catalog items that belong to the thread without being mapped.
    pub collect: Vec<Selection>,
    /// The possible verdicts on items, by item id.
    pub verdicts: BTreeMap<String, Vec<Spanned<String>>>,
    /// The sets, by name. An item belongs to a set if one of its selections matches.
    pub sets: BTreeMap<String, Spanned<Vec<Selection>>>,
    /// The triggers, in the order of the file.
    pub triggers: Vec<Trigger>,
    /// The dated bullets of the Evidence section.
    pub evidence: Vec<Evidence>,
    /// The undated bullets of the Evidence section.
    pub remarks: Vec<Span>,
    /// The dated bullets of the Ripeness section, in the order of the file.
    pub log: Vec<LogEntry>,
    /// The bullets of the Watching section.
    pub watching: Vec<Watch>,
    /// The dated bullets of the Drafts section, in the order of the file.
    pub drafts: Vec<Draft>,
}

/// Status of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Status {
    /// Items arrive, and triggers are evaluated.
    Active,
    /// Items arrive, but all triggers are off.
    Dormant,
    /// No items arrive, and all triggers are off.
    Closed,
}

impl Status {
    /// The name in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Dormant => "dormant",
            Self::Closed => "closed",
        }
    }
}

/// An item in the Evidence section of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The item as its bullet describes it.
    pub item: ItemRecord,
    /// `[landed:: …]`: date of the catalog that first listed the item.
    pub landed: Option<Date>,
    /// `[verdict:: …]`: the conclusion of the reading.
    pub verdict: Option<Spanned<String>>,
    /// `[note:: …]`: remarks on the reading.
    pub notes: Vec<String>,
    /// `[dropped:: …]`: the decision that the item is no evidence of this thread.
    pub dropped: Option<Dropped>,
}

/// The decision that an item is no evidence of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The first date on which the item does not count.
    pub on: Date,
    /// The reason: the `[note:: …]` directly after the `dropped` field.
    pub reason: Option<String>,
}

/// `hold:`: raises to `below` or higher wait until a date or a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The lowest level to which raises are held.
    pub below: String,
    /// `only:`: ids of the triggers that are held; empty for all.
    pub only: Vec<Spanned<String>>,
    /// The end of the hold.
    pub until: HoldUntil,
    /// The reason, for display.
    pub why: String,
    /// `since:`: the date on which the hold was made, if the file has it.
    pub since: Option<Date>,
}

impl Hold {
    /// Returns whether the hold applies to a trigger, given that it raises to `below` or higher.
    pub fn holds(&self, trigger: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only.value == trigger)
    }
}

/// The end of a hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoldUntil {
    /// The first date without the hold.
    Date(Date),
    /// The hold ends when the condition is true.
    Condition(Condition),
}

/// A bullet of the Watching section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// The bullet.
    pub span: Span,
    /// The text, without marker and box.
    pub text: String,
    /// True if its box is ticked or dropped.
    pub done: bool,
}

impl Thread {
    /// Returns the date on which the thread was opened, or else the date of its first log entry, or
    /// else the date on which its first item landed.
    pub fn first_date(&self) -> Option<Date> {
        self.opened
            .or_else(|| self.log.iter().map(|entry| entry.date).min())
            .or_else(|| self.evidence.iter().filter_map(|line| line.landed).min())
    }

    /// Returns the conditions of the triggers, then that of the hold.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let triggers = self.triggers.iter().map(|trigger| &trigger.when);
        let hold = self.hold.iter().filter_map(|hold| match &hold.until {
            HoldUntil::Condition(condition) => Some(condition),
            HoldUntil::Date(_) => None,
        });
        triggers.chain(hold)
    }

    /// Returns the log, from the first entry in time to the last.
    ///
    /// If the file lists the newest entry first, entries of one date are in reverse order, too.
    pub fn log_by_time(&self) -> Vec<&LogEntry> {
        let mut entries: Vec<&LogEntry> = self.log.iter().collect();
        if self.has_newest_log_entry_first() {
            entries.reverse();
        }
        entries.sort_by_key(|entry| entry.date);
        entries
    }

    /// Returns the latest date in the log.
    pub fn last_log_date(&self) -> Option<Date> {
        self.log.iter().map(|entry| entry.date).max()
    }

    /// Returns the index in the log at which a new entry is the last in time.
    pub fn index_of_new_log_entry(&self) -> usize {
        if self.has_newest_log_entry_first() { 0 } else { self.log.len() }
    }

    fn has_newest_log_entry_first(&self) -> bool {
        is_newest_first(self.log.iter().map(|entry| entry.date))
    }

    /// Returns the index in the drafts at which a new bullet of a path gives the state of the
    /// draft.
    ///
    /// In a list with the newest bullet first that is the start of the list, but after a bullet of
    /// the same path and date, because the lower of the two gives the state.
    pub fn index_of_new_draft(&self, path: &str, date: Date) -> usize {
        if !is_newest_first(self.drafts.iter().map(|draft| draft.date)) {
            return self.drafts.len();
        }
        let is_same = |draft: &Draft| draft.is_of(path) && draft.date == date;
        self.drafts.iter().rposition(is_same).map_or(0, |last| last + 1)
    }
}

/// Returns whether dates are sorted from the newest to an older one.
fn is_newest_first(dates: impl Iterator<Item = Date>) -> bool {
    let dates: Vec<Date> = dates.collect();
    dates.is_sorted_by(|a, b| a >= b) && dates.first() > dates.last()
}
