//! What happened to the threads: decisions, readings, claims and drafts, in the order of time.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::json::Report;
use crate::evaluate::level_state::level_on;
use crate::model::date::days_between;
use crate::model::{Date, Draft, Evidence, Ladder, LogEntry, Reading, Thread};

use crate::commands::shared::ahead::Ahead;
use crate::commands::shared::findings::report::Finding;

/// What happened, across threads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct LogReport {
    /// The last day.
    pub today: Date,
    /// Threads whose log is one day ahead of it.
    pub ahead: Vec<Ahead>,
    /// The first day, where one was asked for.
    pub since: Option<Date>,
    /// What happened, oldest first.
    pub events: Vec<Event>,
    /// The level of each thread over time.
    pub levels: Vec<LevelOverTime>,
    /// What is wrong with the files.
    pub problems: Vec<Finding>,
}

impl Report for LogReport {
    const KIND: &'static str = "log";
}

/// One thing that happened. What does not apply is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Event {
    /// When.
    pub date: Date,
    /// To which thread.
    pub thread: String,
    /// `promoted`, `demoted`, `stayed`, `attested`, `withdrawn`, `noted`, `read` or `drafted`.
    #[schemars(extend("enum" = ["promoted", "demoted", "stayed", "attested", "withdrawn", "noted", "read", "drafted"]))]
    pub event: &'static str,
    /// The level before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The level after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The item, the claim, or the path of the draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// The verdict, or the state of the draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// The triggers that acted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<String>,
    /// The facts it stood on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<String>,
    /// Who decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why, or the title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// The level of a thread on so many days, evenly spread from the first to the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct LevelOverTime {
    /// The thread.
    pub thread: String,
    /// The first day.
    pub from: Date,
    /// The level on the last day; `null` if nothing says what it was.
    pub level: Option<String>,
    /// How far up the ladder, from 0, on each of the days.
    pub ranks: Vec<usize>,
    /// The highest rank of the ladder.
    pub top: usize,
}

/// How many days of a level over time are shown.
const SAMPLES: usize = 24;

/// Tells what happened from `since` to `today`; `day` gives the date that is today for a thread.
pub fn report(
    threads: &[&Thread],
    ladder: &Ladder,
    since: Option<Date>,
    today: Date,
    day: impl Fn(&Thread) -> Date,
    problems: Vec<Finding>,
) -> LogReport {
    let known = |thread: &Thread| {
        let (last, mut events) = (day(thread), of_thread(thread, ladder));
        events.retain(|event| event.date <= last && since.is_none_or(|since| since <= event.date));
        events
    };
    let mut events: Vec<Event> = threads.iter().flat_map(|thread| known(thread)).collect();
    // Of one day and thread, decisions keep the order of the log.
    events.sort_by(|a, b| (a.date, &a.thread).cmp(&(b.date, &b.thread)));
    let levels = threads.iter();
    let levels =
        levels.filter_map(|thread| over_time(thread, ladder, since, day(thread))).collect();
    LogReport { today, ahead: Vec::new(), since, events, levels, problems }
}

fn of_thread(thread: &Thread, ladder: &Ladder) -> Vec<Event> {
    let read = thread.evidence.iter().filter_map(|line| reading(thread, line));
    let mut level = None;
    let logged = thread.log_by_time().into_iter().map(|entry| {
        let before = level;
        level = entry.change.as_ref().map(|change| change.to.value.as_str()).or(level);
        logged(thread, entry, before, ladder)
    });
    let drafts = thread.drafts.iter().map(|draft| drafted(thread, draft));
    read.chain(logged).chain(drafts).collect()
}

fn event(thread: &Thread, date: Date, event: &'static str) -> Event {
    Event {
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

fn reading(thread: &Thread, line: &Evidence) -> Option<Event> {
    let Reading::Read { on: Some(on) } = line.item.reading else {
        return None;
    };
    Some(Event {
        what: Some(line.item.id.clone()),
        outcome: line.verdict.as_ref().map(|word| word.value.clone()),
        reason: line.item.name().to_string(),
        ..event(thread, on, "read")
    })
}

/// An entry need not say from which level: then it was the one `before`, as far as the log tells.
fn logged(thread: &Thread, entry: &LogEntry, before: Option<&str>, ladder: &Ladder) -> Event {
    let from = entry.change.as_ref().and_then(|change| change.from.as_deref().or(before));
    let to = entry.change.as_ref().map(|change| change.to.value.as_str());
    let rank = |level: Option<&str>| level.and_then(|level| ladder.rank(level));
    let what = entry.attested.as_ref().or(entry.withdrawn.as_ref());
    let name = match (to, what) {
        (Some(_), _) if from == to => "stayed",
        (Some(_), _) if from.is_some() && rank(to) < rank(from) => "demoted",
        (Some(_), _) => "promoted",
        (None, Some(_)) if entry.attested.is_some() => "attested",
        (None, Some(_)) => "withdrawn",
        (None, None) => "noted",
    };
    Event {
        from: from.map(str::to_string),
        to: to.map(str::to_string),
        what: what.cloned(),
        triggers: entry.triggers.clone(),
        on: entry.on.clone(),
        by: entry.by.as_ref().map(|by| by.value.clone()),
        reason: entry.reason.clone(),
        ..event(thread, entry.date, name)
    }
}

fn drafted(thread: &Thread, draft: &Draft) -> Event {
    Event {
        what: draft.path.clone(),
        outcome: draft.state.as_ref().map(|state| state.value.clone()),
        reason: draft.title.clone().unwrap_or_default(),
        ..event(thread, draft.date, "drafted")
    }
}

/// The level from `since`, else from the day the thread was opened or first logged, to `today`.
fn over_time(
    thread: &Thread,
    ladder: &Ladder,
    since: Option<Date>,
    today: Date,
) -> Option<LevelOverTime> {
    let first = thread.log.iter().map(|entry| entry.date).chain(thread.opened).min();
    let from = since.or(first).filter(|from| *from <= today)?;
    let days = u64::try_from(days_between(from, today)).ok()?;
    let samples = SAMPLES.min(usize::try_from(days).ok()? + 1) as u64;
    let day = |nth: u64| from + chrono::Days::new(days * nth / (samples - 1).max(1));
    let ranks = (0..samples)
        .map(|nth| level_on(thread, day(nth)).and_then(|level| ladder.rank(level)).unwrap_or(0));
    Some(LevelOverTime {
        thread: thread.slug.clone(),
        from,
        level: level_on(thread, today).map(str::to_string),
        ranks: ranks.collect(),
        top: ladder.0.len().saturating_sub(1),
    })
}
