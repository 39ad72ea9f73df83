//! The decisions about a thread up to a date: its level, and the facts that were acknowledged.

use std::collections::BTreeMap;

use crate::evaluate::decision::date_of_true_on;
use crate::evaluate::history::History;
use crate::model::{Date, Draft, LogEntry, Reading, Thread, date};

/// The decisions so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelState {
    /// The level; `None` if it is unknown.
    pub level: Option<String>,
    /// The facts acknowledged by decisions, by trigger. A trigger that was part of no decision is
    /// missing.
    pub acknowledged: BTreeMap<String, Vec<String>>,
}

impl LevelState {
    /// Returns the decisions in a thread's file up to `date`.
    ///
    /// The front matter has the state at the end of the log. For an earlier date, the level is that
    /// of the log, and the acknowledged facts of a trigger are those that were known at the last
    /// decision before that date.
    pub fn at(history: &History<'_>, date: Date) -> Self {
        let thread = history.thread;
        let triggers = thread.triggers.iter();
        let acknowledged = triggers
            .filter_map(|trigger| Some((trigger.id.value.clone(), trigger.acknowledged.clone()?)));
        let mut level_state = Self {
            level: Some(thread.ripeness.level.value.clone()),
            acknowledged: acknowledged.collect(),
        };
        if thread.last_log_date().is_none_or(|last| last <= date) {
            return level_state;
        }
        level_state.level = level_on(thread, date).map(str::to_string);
        match last_decision(thread, date) {
            None => level_state.acknowledged.clear(),
            Some(decided) => {
                // An empty list had no fact then either. A list that becomes empty did not exist
                // yet, unless the trigger had acted already, on no fact.
                level_state.acknowledged.retain(|trigger, acknowledged| {
                    let stood_on_nothing =
                        acknowledged.is_empty() || had_acted(thread, trigger, decided);
                    acknowledged.retain(|fact_id| was_known(fact_id, history, decided));
                    stood_on_nothing || !acknowledged.is_empty()
                });
            }
        }
        level_state
    }
}

/// Returns the date of the last decision in the log up to `date`.
pub(crate) fn last_decision(thread: &Thread, day: Date) -> Option<Date> {
    let decides = |entry: &&LogEntry| entry.change.is_some() || !entry.triggers.is_empty();
    let entries = thread.log.iter().filter(decides).map(|entry| entry.date);
    entries.filter(|date| *date <= day).max()
}

/// Returns whether the log up to `date` states that a trigger acted.
fn had_acted(thread: &Thread, trigger: &str, date: Date) -> bool {
    let names = |entry: &LogEntry| entry.triggers.iter().any(|id| id == trigger);
    thread.log.iter().any(|entry| entry.date <= date && names(entry))
}

/// Returns whether an entry of `weighed` (item, `item=read`, `item=verdict`, `claim@person`,
/// `path=state`, `true-on-DATE`) was known on a date.
fn was_known(entry: &str, history: &History<'_>, day: Date) -> bool {
    if let Some(date) = date_of_true_on(entry) {
        return date <= day;
    }
    let items = history.on(day);
    if items.find(entry).is_some() {
        return true;
    }
    let (subject, conclusion) = entry.rsplit_once('=').unwrap_or((entry, ""));
    let concluded = items.find(subject).is_some_and(|item| match conclusion {
        "read" => matches!(item.reading, Reading::Read { .. }),
        word => item.verdict.as_deref() == Some(word),
    });
    concluded || was_said(entry, history.thread, day) || was_drafted(subject, history.thread, day)
}

fn was_said(entry: &str, thread: &Thread, day: Date) -> bool {
    let Some((claim, person)) = entry.split_once('@') else {
        return false;
    };
    let (person, again) = match person.rsplit_once('/') {
        Some((person, date)) => (person, date::parse(date).ok()),
        None => (person, None),
    };
    thread.log.iter().any(|said| {
        let by = said.by.as_ref().map_or("somebody", |by| by.value.as_str());
        let is_it = said.attested.as_deref() == Some(claim) && by == person;
        is_it && said.date <= day && again.is_none_or(|again| said.date == again)
    })
}

fn was_drafted(path: &str, thread: &Thread, date: Date) -> bool {
    let is_it = |draft: &Draft| draft.date <= date && draft.path.as_deref() == Some(path);
    thread.drafts.iter().any(is_it)
}

/// Returns the level of a thread on a date: from the last date of its log on, that of the front
/// matter; before that, that of the log; before its first change, the level before the change, or
/// `None` if the entry does not name it (`→ ripe`).
pub fn level_on(thread: &Thread, day: Date) -> Option<&str> {
    let current = thread.ripeness.level.value.as_str();
    if thread.last_log_date().is_none_or(|last| last <= day) {
        return Some(current);
    }
    let log = thread.log_by_time().into_iter();
    let moves: Vec<_> =
        log.filter_map(|entry| Some((entry.date, entry.change.as_ref()?))).collect();
    let before = moves.iter().rev().find(|(date, _)| *date <= day);
    let after = moves.iter().find(|(date, _)| *date > day);
    match (before, after) {
        (Some((_, change)), _) => Some(&change.to.value),
        (None, Some((_, change))) => change.from.as_deref(),
        (None, None) => Some(current),
    }
}

/// Returns the date that is today for a thread: the local date, or the date of its last log entry
/// if that is one day later.
///
/// A user in another time zone, or a cron job in UTC, may have written an entry with the date of
/// tomorrow. The thread is then evaluated on that date, and new entries get it, so that the log
/// stays in order. A log that is further ahead is an error, which `clock-behind-log` reports.
pub fn day_of(thread: &Thread, local: Date) -> Date {
    thread.last_log_date().filter(|last| Some(*last) == local.succ_opt()).unwrap_or(local)
}
