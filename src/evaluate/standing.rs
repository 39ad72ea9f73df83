//! What has been decided of a thread by a day: its level, and on what its triggers were weighed.

use std::collections::BTreeMap;

use crate::model::{Date, LogEntry, Thread};

use super::history::History;

/// The decisions so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The level.
    pub level: String,
    /// The tokens that each trigger was weighed on at its last decision, by its id. A trigger that
    /// never was part of a decision is not here.
    pub weighed: BTreeMap<String, Vec<String>>,
}

impl Standing {
    /// The decisions that a thread's file tells of by `day`.
    ///
    /// The front matter tells where things stand at the end of the log. For a day before that, the
    /// level is the one that the log had arrived at, and a trigger was weighed on those of its tokens
    /// that were known when the last decision before that day was made.
    pub fn at(history: &History<'_>, day: Date) -> Self {
        let thread = history.thread;
        let triggers = thread.triggers.iter();
        let weighed = triggers
            .filter_map(|trigger| Some((trigger.id.value.clone(), trigger.weighed.clone()?)));
        let mut standing =
            Self { level: thread.ripeness.level.value.clone(), weighed: weighed.collect() };
        if thread.last_log_date().is_none_or(|last| last <= day) {
            return standing;
        }
        standing.level = level_on(thread, day).to_string();
        match last_decision(thread, day) {
            None => standing.weighed.clear(),
            Some(decided) => {
                // An empty list stood on no fact, then as now; one that is emptied was not there yet.
                // Unless its trigger had acted already, on no fact.
                standing.weighed.retain(|trigger, weighed| {
                    let stood_on_nothing =
                        weighed.is_empty() || had_acted(thread, trigger, decided);
                    weighed.retain(|token| was_known(token, history, decided));
                    stood_on_nothing || !weighed.is_empty()
                });
            }
        }
        standing
    }
}

/// The last day up to `day` on which the log tells of a decision.
fn last_decision(thread: &Thread, day: Date) -> Option<Date> {
    let decides = |entry: &&LogEntry| entry.change.is_some() || !entry.triggers.is_empty();
    let entries = thread.log.iter().filter(decides).map(|entry| entry.date);
    entries.filter(|date| *date <= day).max()
}

/// Whether the log tells by `day` that a trigger acted.
fn had_acted(thread: &Thread, trigger: &str, day: Date) -> bool {
    let names = |entry: &LogEntry| entry.triggers.iter().any(|id| id == trigger);
    thread.log.iter().any(|entry| entry.date <= day && names(entry))
}

/// Whether the fact behind a token (item, `item=verdict`, `claim@person`, `path=state`) was known.
fn was_known(token: &str, history: &History<'_>, day: Date) -> bool {
    let thread = history.thread;
    let (subject, conclusion) = token.split_once('=').unwrap_or((token, ""));
    let item = |word: &str| history.on(day).find(word).map(|item| item.verdict.clone());
    let read = item(subject)
        .is_some_and(|verdict| conclusion.is_empty() || verdict.as_deref() == Some(conclusion));
    let says = |entry: &LogEntry| {
        let by = entry.by.as_ref().map_or("somebody", |by| by.value.as_str());
        entry.attested.as_ref().is_some_and(|claim| format!("{claim}@{by}") == token)
    };
    let attested = thread.log.iter().any(|entry| entry.date <= day && says(entry));
    let drafted = thread
        .drafts
        .iter()
        .any(|draft| draft.date <= day && draft.path.as_deref() == Some(subject));
    read || attested || drafted
}

/// The level of a thread on a day: as the front matter says from the last day of its log on; before
/// that, the one that the log had arrived at; before its first change, the one that it began from.
pub fn level_on(thread: &Thread, day: Date) -> &str {
    let current = thread.ripeness.level.value.as_str();
    if thread.last_log_date().is_none_or(|last| last <= day) {
        return current;
    }
    let log = thread.log_by_time().into_iter();
    let moves: Vec<_> =
        log.filter_map(|entry| Some((entry.date, entry.change.as_ref()?))).collect();
    let before = moves.iter().rev().find(|(date, _)| *date <= day);
    let after = moves.iter().find(|(date, _)| *date > day);
    match (before, after) {
        (Some((_, change)), _) => &change.to.value,
        (None, Some((_, change))) => change.from.as_deref().unwrap_or(current),
        (None, None) => current,
    }
}
