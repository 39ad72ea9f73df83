//! The effect of each change on the model.

use std::fmt;

use crate::model::{
    Catalog, CatalogItem, Condition, Draft, Evidence, Hold, HoldUntil, ItemRecord, Leaf, LogEntry,
    Move, Reading, Thread,
};
use crate::text::{Span, Spanned};

use crate::model::change::{
    Arrival, Change, Listing, Mark, NewDraft, NewEntry, NewHold, NewReading, NewUntil, Step,
};

/// The reason why a change cannot be made in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// The change belongs to a thread and the file is a catalog, or the other way round.
    OtherKindOfFile,
    /// No item is read at this offset.
    NoItem(usize),
    /// The thread has no trigger with this id.
    NoTrigger(String),
    /// The thread has no hold.
    NoHold,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherKindOfFile => write!(f, "this kind of file cannot be changed in this way"),
            Self::NoItem(offset) => write!(f, "no item is read at byte {offset}"),
            Self::NoTrigger(id) => write!(f, "there is no trigger `{id}`"),
            Self::NoHold => write!(f, "there is no hold"),
        }
    }
}

impl std::error::Error for Misfit {}

impl Change {
    /// Makes the change in a thread.
    ///
    /// New evidence goes to the end; the order in the file is a matter of style. New log entries
    /// and drafts go to where their order is read from.
    ///
    /// # Errors
    /// The thread has nothing that the change could be made in.
    pub fn apply(&self, thread: &mut Thread) -> Result<(), Misfit> {
        match self {
            Self::Arrival(arrival) => thread.evidence.push(evidence(arrival)),
            Self::Level { to, since, .. } => {
                thread.ripeness.level = unplaced(to);
                thread.ripeness.since = Some(*since);
            }
            Self::Log(entry) => {
                thread.log.insert(thread.index_of_new_log_entry(), log_entry(entry));
            }
            Self::Weigh { trigger, fact_ids } => {
                let mut triggers = thread.triggers.iter_mut();
                let found = triggers.find(|known| known.id.value == *trigger);
                let found = found.ok_or_else(|| Misfit::NoTrigger(trigger.clone()))?;
                found.weighed.get_or_insert_default().extend(fact_ids.iter().cloned());
            }
            Self::Reading(reading) => {
                let mut lines = thread.evidence.iter_mut();
                let line = lines.find(|line| line.item.span.start == reading.line);
                read_evidence(line.ok_or(Misfit::NoItem(reading.line))?, reading);
            }
            Self::Hold(new) => thread.hold = Some(hold(new)),
            Self::Release { on } => {
                thread.hold.as_mut().ok_or(Misfit::NoHold)?.until = HoldUntil::Date(*on);
            }
            Self::Status { to, .. } => thread.status = *to,
            Self::Draft(new) => {
                let index = thread.index_of_new_draft(&new.path, new.date);
                thread.drafts.insert(index, draft(new));
            }
            Self::Listing(_) | Self::Mapping { .. } => return Err(Misfit::OtherKindOfFile),
        }
        Ok(())
    }

    /// Makes the change in a catalog. A new item goes to the end; the order in the file is a matter
    /// of style.
    ///
    /// # Errors
    /// The catalog has nothing that the change could be made in.
    pub fn apply_to_catalog(&self, catalog: &mut Catalog) -> Result<(), Misfit> {
        match self {
            Self::Listing(listing) => catalog.items.push(catalog_item(listing)),
            Self::Reading(reading) => {
                let listed = item_at(catalog, reading.line)?;
                listed.item.reading = reading.mark.applied_to(listed.item.reading);
            }
            Self::Mapping { line, threads, .. } => {
                item_at(catalog, *line)?.threads =
                    threads.iter().map(|slug| unplaced(slug)).collect();
            }
            Self::Arrival(_)
            | Self::Level { .. }
            | Self::Log(_)
            | Self::Weigh { .. }
            | Self::Hold(_)
            | Self::Release { .. }
            | Self::Status { .. }
            | Self::Draft(_) => return Err(Misfit::OtherKindOfFile),
        }
        Ok(())
    }
}

impl Mark {
    /// The reading of an item after the mark.
    fn applied_to(&self, known: Reading) -> Reading {
        match self {
            // A box that is ticked leaves the date of an earlier reading as it is.
            Self::Read { on, .. } => Reading::Read { on: on.or(known.day()) },
            Self::Unread => Reading::Unread,
        }
    }
}

/// A value without a place in a file.
fn unplaced(word: &str) -> Spanned<String> {
    Spanned::new(word.to_string(), Span::default())
}

fn unplaced_item(item: &ItemRecord) -> ItemRecord {
    ItemRecord { span: Span::default(), ..item.clone() }
}

fn item_at(catalog: &mut Catalog, line: usize) -> Result<&mut CatalogItem, Misfit> {
    let mut items = catalog.items.iter_mut();
    items.find(|listed| listed.item.span.start == line).ok_or(Misfit::NoItem(line))
}

fn evidence(Arrival { item, source, landed }: &Arrival) -> Evidence {
    let item = ItemRecord { source: Some(source.as_str().into()), ..unplaced_item(item) };
    Evidence { item, landed: Some(*landed), verdict: None, notes: Vec::new() }
}

fn catalog_item(Listing { item, threads }: &Listing) -> CatalogItem {
    let threads = threads.iter().map(|slug| unplaced(slug)).collect();
    CatalogItem { item: unplaced_item(item), threads }
}

fn read_evidence(line: &mut Evidence, NewReading { mark, line: _, item: _ }: &NewReading) {
    line.item.reading = mark.applied_to(line.item.reading);
    match mark {
        Mark::Read { verdict: Some(word), .. } => line.verdict = Some(unplaced(word)),
        Mark::Read { verdict: None, .. } => {}
        Mark::Unread => line.verdict = None,
    }
    if let Mark::Read { note: Some(note), .. } = mark {
        line.notes.push(note.clone());
    }
}

fn log_entry(new: &NewEntry) -> LogEntry {
    let NewEntry { date, step, reason, triggers, on, attested, withdrawn, by } = new;
    let moved = |Step { from, to }: &Step| Move { from: Some(from.clone()), to: unplaced(to) };
    LogEntry {
        span: Span::default(),
        date: *date,
        change: step.as_ref().map(moved),
        reason: reason.clone(),
        triggers: triggers.clone(),
        on: on.clone(),
        by: by.as_deref().map(unplaced),
        attested: attested.clone(),
        withdrawn: withdrawn.clone(),
    }
}

fn hold(NewHold { below, only, until, why, since }: &NewHold) -> Hold {
    let until = match until {
        NewUntil::Date(date) => HoldUntil::Date(*date),
        NewUntil::Read(item) => {
            HoldUntil::Condition(Condition::Leaf(Leaf::Read { item: unplaced(item) }))
        }
    };
    Hold {
        below: below.clone(),
        only: only.iter().map(|id| unplaced(id)).collect(),
        until,
        why: why.clone(),
        since: Some(*since),
    }
}

fn draft(NewDraft { date, path, title, from: _, state, anchors }: &NewDraft) -> Draft {
    Draft {
        span: Span::default(),
        date: *date,
        path: Some(path.clone()),
        title: title.clone(),
        state: Some(unplaced(state)),
        anchors: anchors.iter().map(|id| unplaced(id)).collect(),
    }
}
