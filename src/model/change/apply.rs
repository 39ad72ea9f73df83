//! Effects of changes on the model.

use std::fmt;

use super::{Arrival, Change, Listing, NewDraft, NewHold, NewReading, NewUntil, ReadingMark};
use crate::model::erase_spans::EraseSpans;
use crate::model::{
    Catalog, CatalogItem, Condition, DateOrigin, Draft, Evidence, Hold, HoldUntil, ItemRecord,
    Leaf, Reading, Thread,
};
use crate::text::{Span, Spanned};

/// The reason why a change cannot be applied to a thread or a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApplyError {
    /// The change is one of threads and was applied to a catalog, or the other way round.
    OtherKindOfFile,
    /// There is no item at this offset.
    NoItem(usize),
    /// The thread has no trigger with this id.
    NoTrigger(String),
    /// The thread has no hold.
    NoHold,
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherKindOfFile => write!(f, "the change does not apply to this kind of file"),
            Self::NoItem(offset) => write!(f, "there is no item at byte {offset}"),
            Self::NoTrigger(id) => write!(f, "there is no trigger `{id}`"),
            Self::NoHold => write!(f, "there is no hold"),
        }
    }
}

impl std::error::Error for ApplyError {}

impl Change {
    /// Applies the change to a thread.
    ///
    /// New evidence is added at the end, because its order has no meaning. New log entries and
    /// drafts are added where they are read as the last in time.
    ///
    /// # Errors
    /// The thread has no such item, trigger or hold, or the change is one of catalogs.
    pub fn apply(&self, thread: &mut Thread) -> Result<(), ApplyError> {
        match self {
            Self::Arrival(arrival) => thread.evidence.push(evidence(arrival)),
            Self::Level { to, since, .. } => {
                thread.ripeness.level = to.clone().into();
                thread.ripeness.since = Some(*since);
            }
            Self::Log(entry) => {
                let entry = entry.clone().without_spans();
                thread.log.insert(thread.index_of_new_log_entry(), entry);
            }
            Self::Acknowledge { trigger, fact_ids } => {
                let mut triggers = thread.triggers.iter_mut();
                let found = triggers.find(|known| known.id.value == *trigger);
                let found = found.ok_or_else(|| ApplyError::NoTrigger(trigger.clone()))?;
                found.acknowledged.get_or_insert_default().extend(fact_ids.iter().cloned());
            }
            Self::Reading(reading) => {
                let mut lines = thread.evidence.iter_mut();
                let line = lines.find(|line| line.item.span.start == reading.line);
                read_evidence(line.ok_or(ApplyError::NoItem(reading.line))?, reading);
            }
            Self::Hold(new) => thread.hold = Some(hold(new)),
            Self::Release { on } => {
                thread.hold.as_mut().ok_or(ApplyError::NoHold)?.until = HoldUntil::Date(*on);
            }
            Self::Status { to, .. } => thread.status = *to,
            Self::Draft(new) => {
                let index = thread.index_of_new_draft(&new.path, new.date);
                thread.drafts.insert(index, draft(new));
            }
            Self::Trigger(trigger) => {
                thread.triggers.push(trigger.as_ref().clone().without_spans());
            }
            Self::RemoveTrigger { id } => {
                let found = thread.triggers.iter().position(|known| known.id.value == *id);
                thread.triggers.remove(found.ok_or_else(|| ApplyError::NoTrigger(id.clone()))?);
            }
            Self::Set { name, selection } => {
                let selection = vec![selection.clone().without_spans()];
                thread.sets.insert(name.clone(), selection.into());
            }
            Self::Verdicts { item, words } => {
                let known = thread.verdicts.entry(item.clone()).or_default();
                known.extend(words.iter().map(|word| word.clone().into()));
            }
            Self::Collect(selection) => thread.collect.push(selection.clone().without_spans()),
            Self::Source { .. }
            | Self::TestedThread { .. }
            | Self::Listing(_)
            | Self::Mapping { .. }
            | Self::Tags { .. } => {
                return Err(ApplyError::OtherKindOfFile);
            }
        }
        Ok(())
    }

    /// Applies the change to a catalog. A new item is added at the end, because the order of items
    /// has no meaning.
    ///
    /// # Errors
    /// The catalog has no such item, or the change is one of threads.
    pub fn apply_to_catalog(&self, catalog: &mut Catalog) -> Result<(), ApplyError> {
        match self {
            Self::Listing(listing) => catalog.items.push(catalog_item(listing)),
            Self::Reading(reading) => {
                let listed = item_at(catalog, reading.line)?;
                listed.item.reading = reading.mark.applied_to(listed.item.reading);
            }
            Self::Mapping { line, threads, .. } => {
                item_at(catalog, *line)?.threads = spanless(threads);
            }
            Self::Tags { line, added, .. } => {
                let item = &mut item_at(catalog, *line)?.item;
                item.tags = item.tags.iter().chain(added).cloned().collect();
            }
            Self::Arrival(_)
            | Self::Level { .. }
            | Self::Log(_)
            | Self::Acknowledge { .. }
            | Self::Hold(_)
            | Self::Release { .. }
            | Self::Status { .. }
            | Self::Draft(_)
            | Self::Trigger(_)
            | Self::RemoveTrigger { .. }
            | Self::Set { .. }
            | Self::Verdicts { .. }
            | Self::Collect(_)
            | Self::Source { .. }
            | Self::TestedThread { .. } => return Err(ApplyError::OtherKindOfFile),
        }
        Ok(())
    }
}

impl ReadingMark {
    /// Returns the reading state after the change. A reading without a date keeps the date of an
    /// earlier one.
    fn applied_to(&self, before: Reading) -> Reading {
        match self {
            Self::Read { on, .. } => Reading::Read { on: on.or(before.date()) },
            // A dropped line that is marked as read stays so.
            Self::Dropped(_) if matches!(before, Reading::Read { .. }) => before,
            Self::Skipped { .. } | Self::Dropped(_) => Reading::Dropped,
            Self::Unread => Reading::Unread,
            Self::Restored if before == Reading::Dropped => Reading::Unread,
            Self::Restored => before,
        }
    }
}

/// Copies strings to values that were not read from a file.
fn spanless(texts: &[String]) -> Vec<Spanned<String>> {
    texts.iter().cloned().map(Spanned::from).collect()
}

fn item_at(catalog: &mut Catalog, line: usize) -> Result<&mut CatalogItem, ApplyError> {
    let mut items = catalog.items.iter_mut();
    items.find(|listed| listed.item.span.start == line).ok_or(ApplyError::NoItem(line))
}

fn evidence(Arrival { item, source, landed }: &Arrival) -> Evidence {
    let item = ItemRecord {
        source: Some(source.as_str().into()),
        dated_by: DateOrigin::Line,
        ..item.clone().without_spans()
    };
    Evidence { item, landed: Some(*landed), verdict: None, notes: Vec::new(), dropped: None }
}

fn catalog_item(Listing { item, threads }: &Listing) -> CatalogItem {
    CatalogItem { item: item.clone().without_spans(), threads: spanless(threads) }
}

fn read_evidence(line: &mut Evidence, NewReading { mark, line: _, item: _ }: &NewReading) {
    line.item.reading = mark.applied_to(line.item.reading);
    match mark {
        ReadingMark::Read { verdict: Some(verdict), .. } => {
            line.verdict = Some(verdict.clone().into());
        }
        ReadingMark::Read { verdict: None, .. } | ReadingMark::Skipped { .. } => {}
        ReadingMark::Unread => line.verdict = None,
        ReadingMark::Dropped(dropped) => line.dropped = Some(dropped.clone()),
        ReadingMark::Restored => line.dropped = None,
    }
    if let ReadingMark::Read { note: Some(note), .. } | ReadingMark::Skipped { note: Some(note) } =
        mark
    {
        line.notes.push(note.clone());
    }
}

fn hold(NewHold { below, only, until, why, since }: &NewHold) -> Hold {
    let until = match until {
        NewUntil::Date(date) => HoldUntil::Date(*date),
        NewUntil::Read(item) => {
            HoldUntil::Condition(Condition::Leaf(Leaf::Read { item: item.clone().into() }))
        }
    };
    Hold {
        below: below.clone(),
        only: spanless(only),
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
        state: Some(state.clone().into()),
        anchors: spanless(anchors),
    }
}
