//! Events of threads as data: decisions, readings, claims and drafts.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::findings::Finding;
use crate::commands::shared::json::Report;
use crate::commands::shared::session::Ahead;
use crate::evaluate::level_state::level_on;
use crate::evaluate::{Evaluation, Item};
use crate::model::date::days_between;
use crate::model::{Date, Draft, Evidence, Ladder, LogEntry, Reading, Thread};

/// Events of threads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct LogReport {
    /// Last date.
    pub today: Date,
    /// Threads whose log is one day ahead of `today`.
    pub ahead: Vec<Ahead>,
    /// First date, from `--since`.
    pub since: Option<Date>,
    /// Events, oldest first.
    pub events: Vec<ThreadEvent>,
    /// Level of each thread over time.
    pub levels: Vec<LevelOverTime>,
    /// Errors in the files.
    pub problems: Vec<Finding>,
}

impl Report for LogReport {
    const KIND: &'static str = "log";
}

/// An event of a thread. Keys that do not apply are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ThreadEvent {
    /// Date of the event.
    pub date: Date,
    /// Slug of the thread.
    pub thread: String,
    /// Kind of the event.
    pub event: EventKind,
    /// Level before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Level after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Id of the item, the claim, or path of the draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// The verdict of the reading, the state of the draft, or the source of the item that arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Ids of the triggers that acted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<String>,
    /// Ids of the facts that the triggers counted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<String>,
    /// The user who decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Reason of the decision, or title of the item or draft.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Kind of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum EventKind {
    /// The level rose, or was logged for the first time.
    Promoted,
    /// The level fell.
    Demoted,
    /// A decision left the level.
    Stayed,
    /// A user attested a claim.
    Attested,
    /// A user withdrew a claim.
    Withdrawn,
    /// A log entry of another kind.
    Noted,
    /// An item was read.
    Read,
    /// A draft was begun, or its state changed.
    Drafted,
    /// An item landed.
    Arrived,
}

/// Level of a thread on up to 24 dates, evenly spread from the first to the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct LevelOverTime {
    /// Slug of the thread.
    pub thread: String,
    /// First date.
    pub from: Date,
    /// Level on the last date; `null` if unknown.
    pub level: Option<String>,
    /// Index of the level on the ladder, from 0, on each of the dates.
    pub ranks: Vec<usize>,
    /// Index of the last level of the ladder.
    pub top: usize,
}

/// Greatest number of dates in [`LevelOverTime`].
const SAMPLES: usize = 24;

/// Returns the events of threads from `since` to `today`, which may differ by thread, together with
/// their arrivals.
pub(super) fn events(
    threads: &[&Thread],
    arrivals: &[ThreadEvent],
    ladder: &Ladder,
    since: Option<Date>,
    today: impl Fn(&Thread) -> Date,
) -> Vec<ThreadEvent> {
    let mut events = Vec::new();
    for thread in threads {
        let (first, last) = (since.unwrap_or(Date::MIN), today(thread));
        let arrived = arrivals.iter().filter(|event| event.thread == thread.slug).cloned();
        let events_of_thread = arrived.chain(events_of(thread, ladder));
        events.extend(events_of_thread.filter(|event| (first..=last).contains(&event.date)));
    }
    // Stable: events of one thread and date keep the order of the log.
    events.sort_by(|a, b| (a.date, &a.thread).cmp(&(b.date, &b.thread)));
    events
}

fn events_of(thread: &Thread, ladder: &Ladder) -> Vec<ThreadEvent> {
    let read = thread.evidence.iter().filter_map(|line| reading_event(thread, line));
    let mut level = None;
    let logged = thread.log_by_time().into_iter().map(|entry| {
        let before = level;
        level = entry.change.as_ref().map(|change| change.to.value.as_str()).or(level);
        log_event(thread, entry, before, ladder)
    });
    let drafts = thread.drafts.iter().map(|draft| draft_event(thread, draft));
    read.chain(logged).chain(drafts).collect()
}

/// Returns the arrivals of the items of a thread.
pub(super) fn arrivals(evaluation: &Evaluation<'_>) -> Vec<ThreadEvent> {
    let landed = evaluation.items.items.iter().filter_map(|item| Some((item, item.landed?)));
    let arrival = |(item, landed): (&Item, Date)| ThreadEvent {
        what: Some(item.id.clone()),
        outcome: item.source.clone(),
        reason: item.title.clone(),
        ..event(evaluation.thread, landed, EventKind::Arrived)
    };
    landed.map(arrival).collect()
}

/// Returns an event with its required keys; the caller adds the others.
fn event(thread: &Thread, date: Date, event: EventKind) -> ThreadEvent {
    ThreadEvent {
        date,
        thread: thread.slug.clone(),
        event,
        from: None,
        to: None,
        what: None,
        outcome: None,
        triggers: Vec::new(),
        on: Vec::new(),
        by: None,
        reason: String::new(),
    }
}

fn reading_event(thread: &Thread, line: &Evidence) -> Option<ThreadEvent> {
    let Reading::Read { on: Some(on) } = line.item.reading else {
        return None;
    };
    Some(ThreadEvent {
        what: Some(line.item.id.clone()),
        outcome: line.verdict.as_ref().map(|verdict| verdict.value.clone()),
        reason: line.item.name().to_string(),
        ..event(thread, on, EventKind::Read)
    })
}

/// Returns the event of a log entry. An entry without a level before gets the level of the entry
/// before it.
fn log_event(
    thread: &Thread,
    entry: &LogEntry,
    before: Option<&str>,
    ladder: &Ladder,
) -> ThreadEvent {
    let from = entry.change.as_ref().and_then(|change| change.from.as_deref().or(before));
    let to = entry.change.as_ref().map(|change| change.to.value.as_str());
    let kind = if let Some(to) = to {
        level_event_kind(from, to, ladder)
    } else if entry.attested.is_some() {
        EventKind::Attested
    } else if entry.withdrawn.is_some() {
        EventKind::Withdrawn
    } else {
        EventKind::Noted
    };
    ThreadEvent {
        from: from.map(str::to_string),
        to: to.map(str::to_string),
        what: entry.attested.clone().or_else(|| entry.withdrawn.clone()),
        triggers: entry.triggers.clone(),
        on: entry.on.clone(),
        by: entry.by.as_ref().map(|by| by.value.clone()),
        reason: entry.reason.clone(),
        ..event(thread, entry.date, kind)
    }
}

fn level_event_kind(from: Option<&str>, to: &str, ladder: &Ladder) -> EventKind {
    match from {
        Some(from) if from == to => EventKind::Stayed,
        Some(from) if ladder.rank(to) < ladder.rank(from) => EventKind::Demoted,
        _ => EventKind::Promoted,
    }
}

fn draft_event(thread: &Thread, draft: &Draft) -> ThreadEvent {
    ThreadEvent {
        what: draft.path.clone(),
        outcome: draft.state.as_ref().map(|state| state.value.clone()),
        reason: draft.title.clone().unwrap_or_default(),
        ..event(thread, draft.date, EventKind::Drafted)
    }
}

/// Returns the level of a thread from `since`, or else from the date on which it was opened or
/// first logged, to `today`.
pub(super) fn level_over_time(
    thread: &Thread,
    ladder: &Ladder,
    since: Option<Date>,
    today: Date,
) -> Option<LevelOverTime> {
    let first = thread.log.iter().map(|entry| entry.date).chain(thread.opened).min();
    let from = since.or(first).filter(|from| *from <= today)?;
    let days = u64::try_from(days_between(from, today)).ok()?;
    let samples = SAMPLES.min(usize::try_from(days).ok()? + 1) as u64;
    let dates = (0..samples).map(|nth| from + chrono::Days::new(days * nth / (samples - 1).max(1)));
    let levels = dates.map(|date| level_on(thread, date));
    let ranks = levels.map(|level| level.and_then(|level| ladder.rank(level)).unwrap_or(0));
    Some(LevelOverTime {
        thread: thread.slug.clone(),
        from,
        level: level_on(thread, today).map(str::to_string),
        ranks: ranks.collect(),
        top: ladder.0.len().saturating_sub(1),
    })
}
