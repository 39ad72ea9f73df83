//! A thread judged on a day: the whole of what commands show and what a scan acts on.

use std::sync::Arc;

use foldhash::HashSet;

use crate::model::{Configuration, Date, Effect, Hold, Item, Status, Thread};

use crate::evaluate::conditions::{Facts, Outcome, look_beyond};
use crate::evaluate::history::History;
use crate::evaluate::items::catalog_index::Archive;
use crate::evaluate::items::item::MergedItem;
use crate::evaluate::items::thread_items::Universe;
use crate::evaluate::level_state::Standing;
use crate::evaluate::triggers::decision::{Decision, decide};
use crate::evaluate::triggers::status;
use crate::evaluate::triggers::status::{Bench, State, Verdict};
use crate::model::Name;

/// A thread judged on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement<'t> {
    /// The thread.
    pub thread: &'t Thread,
    /// The day.
    pub day: Date,
    /// What it knows on the day.
    pub universe: Arc<Universe>,
    /// The level it has when the day begins; `None` on a date before the first log entry, if that
    /// entry does not say what the level was.
    pub level: Option<String>,
    /// Its hold, if it still stands.
    pub hold: Option<&'t Hold>,
    /// Its triggers, nearest first.
    pub verdicts: Vec<Verdict<'t>>,
    /// What a scan is to do.
    pub decision: Decision,
}

/// Judges a thread on a day by what its file tells.
pub fn judge<'t>(
    thread: &'t Thread,
    archive: &Archive<'_>,
    configuration: &Configuration,
    day: Date,
) -> Judgement<'t> {
    let history = History::new(thread, archive, configuration);
    let standing = Standing::at(&history, day);
    judge_thread(thread, &history, &standing, day, history.on(day))
}

/// Judges a thread on a day, as if this had been decided so far.
pub fn judge_as<'a>(history: &History<'a>, standing: &Standing, day: Date) -> Judgement<'a> {
    judge_thread(history.thread, history, standing, day, history.on(day))
}

/// Judges a thread on a day, as if it knew this on that day.
pub fn judge_knowing<'a>(
    history: &History<'a>,
    standing: &Standing,
    day: Date,
    universe: Universe,
) -> Judgement<'a> {
    judge_thread(history.thread, history, standing, day, Arc::new(universe))
}

fn judge_thread<'t>(
    thread: &'t Thread,
    history: &History<'_>,
    standing: &Standing,
    day: Date,
    universe: Arc<Universe>,
) -> Judgement<'t> {
    let History { archive, configuration, .. } = *history;
    let facts = Facts { thread, archive, configuration, day, universe: &universe };
    let hold = status::standing_hold(thread, facts);
    let bench = Bench { facts, history, standing, hold };
    let triggers = thread.triggers.iter();
    let mut verdicts: Vec<Verdict<'t>> =
        triggers.map(|trigger| status::judge(trigger, &bench)).collect();
    verdicts.sort_by(|a, b| nearness(a).cmp(&nearness(b)));
    let level = standing.level.clone();
    let decision = decide(&verdicts, &bench);
    Judgement { thread, day, universe, level, hold, verdicts, decision }
}

/// Ready triggers first, then by how much is missing, raises before the others; ties by id.
fn nearness<'v>(verdict: &'v Verdict<'_>) -> (u8, u32, u8, &'v str) {
    let state = match verdict.state {
        State::Ready => 0,
        State::Held(_) => 1,
        State::Holding { .. } => 2,
        State::Waiting => 3,
        State::Weighed => 4,
        State::Met => 5,
        State::Off(_) => 6,
    };
    let effect = match verdict.trigger.effect {
        Effect::RaiseTo(_) => 0,
        Effect::StayAt(_) => 1,
        Effect::LowerTo(_) => 2,
    };
    (state, verdict.outcome.missing, effect, &verdict.trigger.id.value)
}

/// The names of a line that is not among the items of the day. Without a URL it is the item that is
/// called by its id.
fn names_of_line(item: &Item) -> impl Iterator<Item = Name<'_>> {
    let id = (!item.has_address()).then(|| Name::Derived(item.id.as_str().into()));
    Name::all_of(item).chain(id)
}

impl Judgement<'_> {
    /// Looks for near misses beyond what the thread knows.
    #[must_use]
    pub fn looking_beyond(mut self, archive: &Archive<'_>, configuration: &Configuration) -> Self {
        let Self { thread, day, universe, verdicts, .. } = &mut self;
        let facts = Facts { thread, archive, configuration, day: *day, universe };
        for verdict in verdicts {
            look_beyond(&verdict.trigger.when, &mut verdict.outcome, facts);
        }
        self
    }

    /// The catalog items that the thread does not hold yet, by landing and id. A closed thread
    /// takes nothing in.
    pub fn arrivals(&self) -> Vec<&MergedItem> {
        if self.thread.status == Status::Closed {
            return Vec::new();
        }
        // Lines that are invisible on this day are in the file all the same.
        let seen: HashSet<usize> =
            self.universe.items.iter().flat_map(|item| item.evidence.iter().copied()).collect();
        let lines = self.thread.evidence.iter().enumerate();
        let unseen = lines.filter(|(index, _)| !seen.contains(index)).map(|(_, line)| &line.item);
        let unseen: HashSet<Name<'_>> = unseen.flat_map(names_of_line).collect();
        let is_new = |item: &&MergedItem| {
            item.evidence.is_empty() && !item.names.iter().any(|name| unseen.contains(name))
        };
        let mut arrivals: Vec<&MergedItem> = self.universe.items.iter().filter(is_new).collect();
        arrivals.sort_by_key(|item| (item.landed, item.date, item.id.clone()));
        arrivals
    }

    /// Since when the thread has its level: as the front matter says, or, for a day before the end
    /// of the log, since the last change of level before it.
    pub fn since(&self) -> Option<Date> {
        let thread = self.thread;
        if thread.last_log_date().is_none_or(|last| last <= self.day) {
            return thread.ripeness.since.filter(|since| *since <= self.day);
        }
        let (mut level, mut since) = (None, None);
        for entry in thread.log_by_time().into_iter().filter(|entry| entry.date <= self.day) {
            let Some(change) = &entry.change else { continue };
            let to = Some(change.to.value.as_str());
            // An entry that the level stays is an answer, not a change.
            if change.from.as_deref().or(level) != to {
                since = Some(entry.date);
            }
            level = to;
        }
        since
    }

    /// The level, for a person: `unknown` if nothing says what it was.
    pub fn level_name(&self) -> &str {
        level_name(self.level.as_deref())
    }

    /// Returns whether the level is the top of the ladder.
    pub fn is_ripe(&self, configuration: &Configuration) -> bool {
        self.level.as_deref().is_some_and(|level| configuration.ladder.is_ripe(level))
    }

    /// The triggers that a decision by a person weighs: those that are true, whatever their state,
    /// and those that the calendar alone will make true.
    pub fn on_table(&self) -> impl Iterator<Item = &Verdict<'_>> {
        self.verdicts
            .iter()
            .filter(|verdict| verdict.outcome.is_true() || verdict.outcome.true_in_time)
    }

    /// The trigger to look at: the nearest that is not settled.
    pub fn nearest(&self) -> Option<&Verdict<'_>> {
        self.verdicts.iter().find(|verdict| {
            matches!(
                verdict.state,
                State::Ready | State::Held(_) | State::Holding { .. } | State::Waiting
            )
        })
    }

    /// The verdict of a trigger.
    pub fn verdict(&self, id: &str) -> Option<&Verdict<'_>> {
        self.verdicts.iter().find(|verdict| verdict.trigger.id.value == id)
    }
}

/// A level for a person: `unknown` if nothing says what it was.
pub fn level_name(level: Option<&str>) -> &str {
    level.unwrap_or("unknown")
}

/// What is said of a verdict's numbers: `2/3`, or `4 (at most 3)`.
pub fn have_need(outcome: &Outcome) -> String {
    use super::conditions::Bounds;
    match outcome.need {
        Bounds::AtLeast(need) => format!("{}/{need}", outcome.have),
        Bounds::AtMost(most) => format!("{} (at most {most})", outcome.have),
    }
}
