//! Merge of three versions of a file. Conflicts of an ordinary merge of lines are resolved by
//! meaning if only one meaning is possible: items and log entries that both sides added, the level
//! by the later decision, `weighed` lists by union. All other conflicts stay between markers.

mod decisions;
mod lines;
mod units;

use std::collections::BTreeSet;

use crate::edit::rewrite::rewrite;
use crate::model::{Configuration, Thread};
use crate::parse::{ThreadFile, thread};
use crate::text::Document;

/// Result of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The text, with markers where a person must decide.
    pub text: String,
    /// Number of conflicts between markers.
    pub conflicts: usize,
}

/// The three versions of a file.
#[derive(Debug, Clone, Copy)]
pub struct Versions<'v> {
    /// The common ancestor; empty if each side created the file.
    pub base: &'v str,
    /// The side that is merged into.
    pub ours: &'v str,
    /// The side that is merged.
    pub theirs: &'v str,
}

/// Merges a thread or catalog; `path` is its path in the workspace, `marker_size` the number of
/// characters of a conflict marker.
pub fn merge(
    versions: Versions<'_>,
    path: &str,
    configuration: &Configuration,
    marker_size: usize,
) -> Merged {
    let read = |text: &str| thread::parse(Document::new(path, text), configuration).0;
    let (ours, theirs) = (read(versions.ours), read(versions.theirs));
    let sides = ours.as_ref().zip(theirs.as_ref());
    let base = read(versions.base);
    let by_meaning = base.as_ref().zip(sides).and_then(|(base, (ours, theirs))| {
        let consequences = decisions::settle(base, ours, theirs)?;
        let merged = unit_merge(consequences.versions(), marker_size);
        let file =
            Some(merged.text).filter(|_| merged.conflicts == 0).and_then(|text| read(&text))?;
        let text = rewrite(&file, consequences.changes, configuration).ok()?.after;
        Some(Merged { text, conflicts: 0 })
    });
    let by_units = std::iter::once_with(|| unit_merge(versions, marker_size));
    let mut attempts = by_meaning.into_iter().chain(by_units);
    let holds = |merged: &Merged| match sides {
        Some((ours, theirs)) if merged.conflicts == 0 => {
            read(&merged.text).is_some_and(|file| is_whole(&file, base.as_ref(), [ours, theirs]))
        }
        _ => true,
    };
    // A merge of lines is what git would have done.
    attempts.find(holds).unwrap_or_else(|| lines::merge(versions, marker_size, |_| None))
}

/// Merges the lines, and where they conflict the bullets and headings.
fn unit_merge(versions: Versions<'_>, marker_size: usize) -> Merged {
    lines::merge(versions, marker_size, lines::resolved_by(units::merge))
}

/// Returns whether a merged thread has everything that a side has and the other side did not
/// remove.
fn is_whole(merged: &ThreadFile, base: Option<&ThreadFile>, sides: [&ThreadFile; 2]) -> bool {
    let merged = told(&merged.thread);
    let base = base.map(|base| told(&base.thread)).unwrap_or_default();
    let [ours, theirs] = sides.map(|side| told(&side.thread));
    let is_there = |side: &BTreeSet<String>, other: &BTreeSet<String>| {
        let taken_out = |what: &String| base.contains(what) && !other.contains(what);
        side.iter().all(|what| merged.contains(what) || taken_out(what))
    };
    is_there(&ours, &theirs) && is_there(&theirs, &ours)
}

/// Returns all items, log entries and drafts of a thread.
fn told(thread: &Thread) -> BTreeSet<String> {
    let items = thread.evidence.iter().map(|line| format!("item {}", line.item.id));
    let entries = thread.log.iter().map(|entry| {
        let level = entry.change.as_ref().map(|change| change.to.value.as_str());
        let claim = entry.attested.as_deref().or(entry.withdrawn.as_deref());
        format!("entry {} {level:?} {claim:?} {}", entry.date, entry.reason)
    });
    let drafts = thread
        .drafts
        .iter()
        .map(|draft| format!("draft {} {:?} {:?}", draft.date, draft.path, draft.title));
    items.chain(entries).chain(drafts).collect()
}
