//! The model: it is the old one with the changes made.

use crate::model::{Catalog, CatalogItem, Draft, Evidence, LogEntry, Reading, Thread, Watch};
use crate::plan::bullet_line::difference;
use crate::plan::change::{Arrival, Change, Listing, Mark, NewDraft, NewEntry};
use crate::text::Span;

/// Compares two threads.
pub(super) fn compare(before: &Thread, after: &Thread, changes: &[Change]) -> Result<(), String> {
    evidence(before, after, changes)?;
    log(before, after, changes)?;
    drafts(before, after, changes)?;
    settings(before, after, changes)?;
    let words = |lines: &[Watch]| lines.iter().map(|line| line.text.clone()).collect::<Vec<_>>();
    let rest = before.remarks.len() == after.remarks.len()
        && before.title == after.title
        && words(&before.watching) == words(&after.watching)
        && before.triggers.len() == after.triggers.len();
    match rest {
        true => Ok(()),
        false => Err("the edit would change another section".into()),
    }
}

/// The level and the status are the new ones, or what they were.
fn settings(before: &Thread, after: &Thread, changes: &[Change]) -> Result<(), String> {
    let mut level = (before.ripeness.level.value.clone(), before.ripeness.since);
    let mut status = before.status;
    for change in changes {
        match change {
            Change::Level { to, since, .. } => level = (to.clone(), Some(*since)),
            Change::Status { to, .. } => status = *to,
            _ => {}
        }
    }
    match (after.ripeness.level.value.clone(), after.ripeness.since) == level {
        true if after.status == status => Ok(()),
        true => Err("the edit would not set the status".into()),
        false => Err("the edit would not set the level".into()),
    }
}

/// The mark that a change gives to the line at a place of the old text.
fn mark_of(changes: &[Change], line: Span) -> Option<&Mark> {
    changes.iter().find_map(|change| match change {
        Change::Reading(reading) if reading.line == line.start => Some(&reading.mark),
        _ => None,
    })
}

/// The old lines say what they said, or what they were marked with; the others are the arrivals.
fn evidence(before: &Thread, after: &Thread, changes: &[Change]) -> Result<(), String> {
    let mut arrivals: Vec<&Arrival> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Arrival(arrival) => Some(arrival),
            _ => None,
        })
        .collect();
    let mut old = before.evidence.iter().peekable();
    for line in &after.evidence {
        let says_it =
            |known: &&Evidence| says_the_same(known, mark_of(changes, known.item.span), line);
        if old.next_if(says_it).is_some() {
            continue;
        }
        match arrivals.iter().position(|arrival| tells_of(line, arrival)) {
            Some(at) => drop(arrivals.remove(at)),
            None => {
                let id = &line.item.id;
                return Err(format!("the line of `{id}` would be read as something else"));
            }
        }
    }
    match (old.next(), arrivals.first()) {
        (None, None) => Ok(()),
        (Some(lost), _) => Err(format!("the line of `{}` would be lost", lost.item.id)),
        (None, Some(missing)) => Err(format!("`{}` would not become evidence", missing.item.id)),
    }
}

/// Whether a line says what it said, beside the mark that it was given.
fn says_the_same(before: &Evidence, mark: Option<&Mark>, after: &Evidence) -> bool {
    let mut expected = before.clone();
    expected.item.span = after.item.span;
    if let Some(mark) = mark {
        expected.item.reading = after.item.reading;
        let verdict = |line: &Evidence| line.verdict.as_ref().map(|word| word.value.clone());
        let was_told = match mark {
            Mark::Read { verdict: Some(word), .. } => verdict(after).as_ref() == Some(word),
            Mark::Read { verdict: None, .. } => verdict(after) == verdict(before),
            Mark::Unread => after.verdict.is_none(),
        };
        if !is_marked(after.item.reading, mark) || !was_told {
            return false;
        }
        expected.verdict.clone_from(&after.verdict);
    }
    if let (Some(verdict), Some(other)) = (&mut expected.verdict, &after.verdict) {
        verdict.span = other.span;
    }
    expected == *after
}

/// Whether a reading is what a mark says. A catalog's bullet without a box has nothing to tick.
fn is_marked(reading: Reading, mark: &Mark) -> bool {
    match mark {
        Mark::Read { on: Some(on), .. } => reading == Reading::Read { on: Some(*on) },
        Mark::Read { on: None, .. } => !matches!(reading, Reading::Unread | Reading::Dropped),
        Mark::Unread => !matches!(reading, Reading::Read { .. }),
    }
}

/// Whether a line is read as what was to be written.
fn tells_of(line: &Evidence, arrival: &Arrival) -> bool {
    difference(&line.item, &arrival.item).is_none()
        && line.item.source.as_deref() == Some(&arrival.source)
        && line.landed == Some(arrival.landed)
}

/// The old entries are there, and the new ones.
fn log(before: &Thread, after: &Thread, changes: &[Change]) -> Result<(), String> {
    let entries: Vec<&NewEntry> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Log(entry) => Some(entry),
            _ => None,
        })
        .collect();
    let is_new = |found: &LogEntry| entries.iter().any(|entry| records(found, entry));
    let kept: Vec<_> = after.log.iter().filter(|found| !is_new(found)).collect();
    let known: Vec<_> = before.log.iter().filter(|found| !is_new(found)).collect();
    let same = kept.len() == known.len()
        && kept
            .iter()
            .zip(&known)
            .all(|(a, b)| a.date == b.date && a.reason == b.reason && a.triggers == b.triggers);
    match same && after.log.len() == before.log.len() + entries.len() {
        true => Ok(()),
        false => Err("the edit would disturb the log".into()),
    }
}

/// Whether a log entry is read as what was to be written.
fn records(found: &LogEntry, meant: &NewEntry) -> bool {
    found.date == meant.date
        && found.triggers == meant.triggers
        && found.on == meant.on
        && found.attested == meant.attested
        && found.withdrawn == meant.withdrawn
        && found.by.as_ref().map(|by| &by.value) == meant.by.as_ref()
        && found.change.as_ref().map(|change| &change.to.value)
            == meant.step.as_ref().map(|step| &step.to)
}

/// The old drafts are there, in the states that they have now, and the new ones.
fn drafts(before: &Thread, after: &Thread, changes: &[Change]) -> Result<(), String> {
    type Told<'d> = (Option<&'d str>, Option<&'d str>, Option<&'d str>);
    fn told(draft: &Draft) -> Told<'_> {
        let state = draft.state.as_ref().map(|state| state.value.as_str());
        (draft.path.as_deref(), draft.title.as_deref(), state)
    }
    let new: Vec<&NewDraft> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Draft(draft) => Some(draft),
            _ => None,
        })
        .collect();
    let mut expected: Vec<Told<'_>> = before.drafts.iter().map(told).collect();
    for change in changes {
        if let Change::DraftState { line, to, .. } = change
            && let Some(at) = before.drafts.iter().position(|draft| draft.span.start == *line)
        {
            expected[at].2 = Some(to);
        }
    }
    let is_new = |draft: &&Draft| {
        new.iter().any(|new| told(draft).0 == Some(&new.path) && told(draft).2 == Some(&new.state))
    };
    let kept: Vec<Told<'_>> =
        after.drafts.iter().filter(|draft| !is_new(draft)).map(told).collect();
    match kept == expected && after.drafts.len() == before.drafts.len() + new.len() {
        true => Ok(()),
        false => Err("the edit would disturb the drafts".into()),
    }
}

/// Compares two catalogs.
pub(super) fn compare_catalogs(
    before: &Catalog,
    after: &Catalog,
    changes: &[Change],
) -> Result<(), String> {
    let mut listings: Vec<&Listing> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Listing(listing) => Some(listing),
            _ => None,
        })
        .collect();
    let mut old = before.items.iter().peekable();
    for line in &after.items {
        if old.next_if(|known| lists_the_same(known, line, changes)).is_some() {
            continue;
        }
        let is_it = |listing: &&Listing| {
            difference(&line.item, &listing.item).is_none() && threads(line) == listing.threads
        };
        match listings.iter().position(is_it) {
            Some(at) => drop(listings.remove(at)),
            None => {
                let id = &line.item.id;
                return Err(format!("the line of `{id}` would be read as something else"));
            }
        }
    }
    let same_scan = (&before.source, before.scanned) == (&after.source, after.scanned);
    match (old.next(), listings.first(), same_scan) {
        (None, None, true) => Ok(()),
        (Some(lost), ..) => Err(format!("the line of `{}` would be lost", lost.item.id)),
        (None, Some(missing), _) => Err(format!("`{}` would not be listed", missing.item.id)),
        (None, None, false) => Err("the edit would change which scan this is".into()),
    }
}

/// Whether a catalog's line says what it said, beside its mark and its mapping.
fn lists_the_same(before: &CatalogItem, after: &CatalogItem, changes: &[Change]) -> bool {
    let mut expected = before.item.clone();
    expected.span = after.item.span;
    if let Some(mark) = mark_of(changes, before.item.span) {
        if !is_marked(after.item.reading, mark) {
            return false;
        }
        expected.reading = after.item.reading;
    }
    let mapped = changes.iter().find_map(|change| match change {
        Change::Mapping { line, threads, .. } if *line == before.item.span.start => {
            Some(threads.clone())
        }
        _ => None,
    });
    expected == after.item && threads(after) == mapped.unwrap_or_else(|| threads(before))
}

fn threads(listed: &CatalogItem) -> Vec<String> {
    listed.threads.iter().map(|thread| thread.value.clone()).collect()
}
