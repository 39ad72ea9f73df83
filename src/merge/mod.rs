//! Three versions of a file become one. What an ordinary merge of lines leaves in conflict is merged by
//! meaning where that can only mean one thing: items and log entries that both sides added, the level
//! by the later decision, what triggers were weighed on. Everything else stays between markers.

mod decisions;
mod lines;
mod units;

use crate::model::Configuration;
use crate::parse::{ThreadFile, thread};
use crate::plan::rewrite::rewrite;
use crate::text::Document;

/// What came of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The text, with markers where a person must decide.
    pub text: String,
    /// How many places are between markers.
    pub conflicts: usize,
}

/// The three versions of a file.
#[derive(Debug, Clone, Copy)]
pub struct Versions<'v> {
    /// What both sides began with; empty where each side made the file.
    pub base: &'v str,
    /// The side that is merged into.
    pub ours: &'v str,
    /// The side that is merged.
    pub theirs: &'v str,
}

/// Merges a thread or catalog; `path` is what it is called in the workspace.
pub fn merge(versions: Versions<'_>, path: &str, configuration: &Configuration) -> Merged {
    let read = |text: &str| thread::parse(Document::new(path, text), configuration).0;
    let (ours, theirs) = (read(versions.ours), read(versions.theirs));
    let sides = ours.as_ref().zip(theirs.as_ref());
    let by_meaning = read(versions.base).zip(sides).and_then(|(base, (ours, theirs))| {
        let settled = decisions::settle(&base, ours, theirs)?;
        let merged = lines::merge(settled.versions(), lines::resolved_by(units::merge));
        let file =
            Some(merged.text).filter(|_| merged.conflicts == 0).and_then(|text| read(&text))?;
        let text = rewrite(&file, settled.changes, configuration).ok()?.after;
        Some(Merged { text, conflicts: 0 })
    });
    let mut attempts = by_meaning
        .into_iter()
        .chain(std::iter::once_with(|| lines::merge(versions, lines::resolved_by(units::merge))));
    let holds = |merged: &Merged| match sides {
        Some((ours, theirs)) if merged.conflicts == 0 => {
            read(&merged.text).is_some_and(|file| is_whole(&file, ours, theirs))
        }
        _ => true,
    };
    // A merge of lines alone has no opinion, and is what git would have done.
    attempts.find(holds).unwrap_or_else(|| lines::merge(versions, |_| None))
}

/// Whether all log entries and drafts of both sides are there, and every item that one of them holds and
/// neither took out.
fn is_whole(file: &ThreadFile, ours: &ThreadFile, theirs: &ThreadFile) -> bool {
    let sides = [&ours.thread, &theirs.thread];
    let thread = &file.thread;
    let common =
        |id: &str| sides.iter().all(|side| side.evidence.iter().any(|line| line.item.id == id));
    let holds = |id: &str| thread.evidence.iter().any(|line| line.item.id == id);
    sides.iter().all(|side| {
        let items = side.evidence.iter().map(|line| line.item.id.as_str());
        let mut items = items.filter(|id| common(id));
        items.all(holds)
            && thread.log.len() >= side.log.len()
            && thread.drafts.len() >= side.drafts.len()
    })
}
