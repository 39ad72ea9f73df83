//! A storyline: one markdown file of `threads/`.

use std::collections::BTreeMap;

use crate::model::{Condition, Date, Draft, ItemRecord, LogEntry, Ripeness, Selection, Trigger};
use crate::text::{Span, Spanned};

/// One storyline with all that its file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The file name without `.md`; the identity of the thread.
    pub slug: String,
    /// Path relative to the workspace.
    pub path: String,
    /// The `# H1`, else `title:`, else the slug.
    pub title: String,
    /// The day it was opened.
    pub opened: Option<Date>,
    /// Whether it is followed.
    pub status: Status,
    /// Words for the thread as a whole.
    pub tags: Vec<String>,
    /// The level.
    pub ripeness: Ripeness,
    /// What keeps raises waiting.
    pub hold: Option<Hold>,
    /// Catalog items that belong here without being mapped by hand.
    pub collect: Vec<Selection>,
    /// What the reading of an item may conclude: words by item id.
    pub verdicts: BTreeMap<String, Vec<Spanned<String>>>,
    /// Named selections.
    pub sets: BTreeMap<String, Spanned<Vec<Selection>>>,
    /// When to change the level.
    pub triggers: Vec<Trigger>,
    /// Dated items of the Evidence section.
    pub evidence: Vec<Evidence>,
    /// Undated bullets of the Evidence section.
    pub remarks: Vec<Span>,
    /// The Ripeness section's dated bullets, in the order of the file.
    pub log: Vec<LogEntry>,
    /// What to read or look out for next.
    pub watching: Vec<Watch>,
    /// What it has produced.
    pub drafts: Vec<Draft>,
}

/// Whether a thread is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Followed: items arrive, triggers are judged.
    Active,
    /// Resting: items arrive, triggers are off.
    Dormant,
    /// Over: nothing happens.
    Closed,
}

impl Status {
    /// The word in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Dormant => "dormant",
            Self::Closed => "closed",
        }
    }
}

/// An item that a thread holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The item as the thread tells it.
    pub item: ItemRecord,
    /// `[landed:: …]`: date of the catalog that brought it.
    pub landed: Option<Date>,
    /// `[verdict:: …]`: what the reading concluded.
    pub verdict: Option<Spanned<String>>,
    /// `[note:: …]`: remarks of its readers.
    pub notes: Vec<String>,
}

/// `hold:`: raises to `below` or higher wait until a condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The lowest level that is kept out of reach.
    pub below: String,
    /// `only:`: ids of the triggers that wait; empty means all raises.
    pub only: Vec<Spanned<String>>,
    /// What ends it.
    pub until: HoldUntil,
    /// Why, for a person.
    pub why: String,
    /// `since:`: the date on which it was made, if the file says so.
    pub since: Option<Date>,
}

impl Hold {
    /// Returns whether a raise by this trigger waits, if it leads to `below` or higher.
    pub fn holds(&self, trigger: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only.value == trigger)
    }
}

/// What ends a hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoldUntil {
    /// The first day on which it no longer holds.
    Date(Date),
    /// It ends as soon as this is satisfied.
    Condition(Condition),
}

/// A bullet of the watch list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// The bullet.
    pub span: Span,
    /// Its words, without fields.
    pub text: String,
    /// Whether it is marked as done.
    pub done: bool,
}

impl Thread {
    /// The conditions of the triggers, then that of the hold.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let triggers = self.triggers.iter().map(|trigger| &trigger.when);
        let hold = self.hold.iter().filter_map(|hold| match &hold.until {
            HoldUntil::Condition(condition) => Some(condition),
            HoldUntil::Date(_) => None,
        });
        triggers.chain(hold)
    }

    /// The log from its first entry to its last.
    ///
    /// A log may run backwards in the file, the newest entry first; then so do the entries of one
    /// day.
    pub fn log_by_time(&self) -> Vec<&LogEntry> {
        let mut entries: Vec<&LogEntry> = self.log.iter().collect();
        if self.has_newest_log_entry_first() {
            entries.reverse();
        }
        entries.sort_by_key(|entry| entry.date);
        entries
    }

    /// The last day of the log, which the clock may not precede.
    pub fn last_log_date(&self) -> Option<Date> {
        self.log.iter().map(|entry| entry.date).max()
    }

    /// Index in the log at which a new entry is read as the last in time.
    pub fn index_of_new_log_entry(&self) -> usize {
        if self.has_newest_log_entry_first() { 0 } else { self.log.len() }
    }

    fn has_newest_log_entry_first(&self) -> bool {
        is_newest_first(self.log.iter().map(|entry| entry.date))
    }

    /// Index in the drafts at which a new bullet of a path tells the state of its draft.
    ///
    /// A list with its newest bullet first gets the new one at its top, but below a bullet of the
    /// same path and date: of these two the lower one tells the state.
    pub fn index_of_new_draft(&self, path: &str, date: Date) -> usize {
        if !is_newest_first(self.drafts.iter().map(|draft| draft.date)) {
            return self.drafts.len();
        }
        let is_same = |draft: &Draft| draft.is_of(path) && draft.date == date;
        self.drafts.iter().rposition(is_same).map_or(0, |last| last + 1)
    }
}

/// Returns whether dates run from the newest to an older one.
fn is_newest_first(dates: impl Iterator<Item = Date>) -> bool {
    let dates: Vec<Date> = dates.collect();
    dates.is_sorted_by(|a, b| a >= b) && dates.first() > dates.last()
}
