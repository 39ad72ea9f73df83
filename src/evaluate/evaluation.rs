//! Evaluation of a thread on a date: the data that commands show and a scan acts on.

use std::sync::Arc;

use foldhash::HashSet;

use crate::evaluate::conditions::{Facts, look_beyond};
use crate::evaluate::decision::{Decision, decide};
use crate::evaluate::history::History;
use crate::evaluate::items::catalog_index::CatalogIndex;
use crate::evaluate::items::item::Item;
use crate::evaluate::items::thread_items::ThreadItems;
use crate::evaluate::level_state::LevelState;
use crate::evaluate::trigger_status::{
    TriggerContext, TriggerState, TriggerStatus, evaluate_trigger, hold_in_force,
};
use crate::model::{Configuration, Date, Effect, Hold, ItemRecord, Name, Status, Thread};

/// The evaluation of a thread on a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation<'t> {
    /// The thread.
    pub thread: &'t Thread,
    /// The date.
    pub date: Date,
    /// The items of the thread on this date.
    pub items: Arc<ThreadItems>,
    /// The level at the start of this date; `None` before the first log entry, if that entry does
    /// not name the earlier level.
    pub level: Option<String>,
    /// The hold, if it is in force.
    pub hold: Option<&'t Hold>,
    /// Its triggers, nearest first.
    pub triggers: Vec<TriggerStatus<'t>>,
    /// The decision of a scan.
    pub decision: Decision,
}

/// Evaluates a thread on a date by the decisions in its file.
pub fn evaluate<'t>(
    thread: &'t Thread,
    index: &CatalogIndex<'_>,
    configuration: &Configuration,
    date: Date,
) -> Evaluation<'t> {
    let history = History::new(thread, index, configuration);
    let level_state = LevelState::at(&history, date);
    evaluate_thread(thread, &history, &level_state, date, history.on(date))
}

/// Evaluates a thread on a date by other decisions.
pub fn evaluate_from<'a>(
    history: &History<'a>,
    level_state: &LevelState,
    date: Date,
) -> Evaluation<'a> {
    evaluate_thread(history.thread, history, level_state, date, history.on(date))
}

/// Evaluates a thread on a date with other items.
pub fn evaluate_with<'a>(
    history: &History<'a>,
    level_state: &LevelState,
    date: Date,
    items: ThreadItems,
) -> Evaluation<'a> {
    evaluate_thread(history.thread, history, level_state, date, Arc::new(items))
}

fn evaluate_thread<'t>(
    thread: &'t Thread,
    history: &History<'_>,
    level_state: &LevelState,
    date: Date,
    items: Arc<ThreadItems>,
) -> Evaluation<'t> {
    let History { index, configuration, .. } = *history;
    let facts = Facts { thread, index, configuration, date, items: &items };
    let hold = hold_in_force(thread, facts);
    let context = TriggerContext { facts, history, level_state, hold };
    let triggers = thread.triggers.iter();
    let mut statuses: Vec<TriggerStatus<'t>> =
        triggers.map(|trigger| evaluate_trigger(trigger, &context)).collect();
    statuses.sort_by(|a, b| nearness(a).cmp(&nearness(b)));
    let level = level_state.level.clone();
    let decision = decide(&statuses, &context);
    Evaluation { thread, date, items, level, hold, triggers: statuses, decision }
}

/// Ready triggers first, then by how much is missing, raises before the others; ties by id.
fn nearness<'v>(status: &'v TriggerStatus<'_>) -> (u8, u32, u8, &'v str) {
    let state = match status.state {
        TriggerState::Ready => 0,
        TriggerState::OnHold(_) => 1,
        TriggerState::Pending { .. } => 2,
        TriggerState::Waiting => 3,
        TriggerState::Acknowledged => 4,
        TriggerState::Met => 5,
        TriggerState::Off(_) => 6,
    };
    let effect = match status.trigger.effect {
        Effect::RaiseTo(_) => 0,
        Effect::StayAt(_) => 1,
        Effect::LowerTo(_) => 2,
    };
    (state, status.outcome.missing, effect, &status.trigger.id.value)
}

/// Returns the names of a line that is not among the items of the date. A line without a URL has
/// only the name of its id.
fn names_of_line(item: &ItemRecord) -> impl Iterator<Item = Name<'_>> {
    let id = (!item.has_url()).then(|| Name::Derived(item.id.as_str().into()));
    Name::all_of(item).chain(id)
}

impl Evaluation<'_> {
    /// Adds near misses among items that the thread does not have.
    #[must_use]
    pub fn looking_beyond(
        mut self,
        index: &CatalogIndex<'_>,
        configuration: &Configuration,
    ) -> Self {
        let Self { thread, date, items, triggers: statuses, .. } = &mut self;
        let facts = Facts { thread, index, configuration, date: *date, items };
        for status in statuses {
            look_beyond(&status.trigger.when, &mut status.outcome, facts);
        }
        self
    }

    /// The catalog items that the thread does not hold yet, by landing and id. A closed thread
    /// takes nothing in.
    pub fn arrivals(&self) -> Vec<&Item> {
        if self.thread.status == Status::Closed {
            return Vec::new();
        }
        // The lines of items that land later are also in the file.
        let known = self.items.with_dropped();
        let seen: HashSet<usize> = known.flat_map(|item| item.evidence.iter().copied()).collect();
        let lines = self.thread.evidence.iter().enumerate();
        let unseen = lines.filter(|(index, _)| !seen.contains(index)).map(|(_, line)| &line.item);
        let unseen: HashSet<Name<'_>> = unseen.flat_map(names_of_line).collect();
        let is_new = |item: &&Item| {
            item.evidence.is_empty() && !item.names.iter().any(|name| unseen.contains(name))
        };
        let mut arrivals: Vec<&Item> = self.items.items.iter().filter(is_new).collect();
        arrivals.sort_by_key(|item| (item.landed, item.date, item.id.clone()));
        arrivals
    }

    /// Returns the date since which the thread has its level: that of the front matter or, on a
    /// date before the end of the log, that of the last change of level before it.
    pub fn since(&self) -> Option<Date> {
        let thread = self.thread;
        if thread.last_log_date().is_none_or(|last| last <= self.date) {
            return thread.ripeness.since.filter(|since| *since <= self.date);
        }
        let (mut level, mut since) = (None, None);
        for entry in thread.log_by_time().into_iter().filter(|entry| entry.date <= self.date) {
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

    /// Returns whether the level is the top of the ladder.
    pub fn is_ripe(&self, configuration: &Configuration) -> bool {
        self.level.as_deref().is_some_and(|level| configuration.ladder.is_ripe(level))
    }

    /// Returns the triggers whose facts a person's decision acknowledges: those that are true in
    /// any state, and those that will become true by the passing of time alone.
    pub fn acknowledged_triggers(&self) -> impl Iterator<Item = &TriggerStatus<'_>> {
        self.triggers
            .iter()
            .filter(|status| status.outcome.is_true() || status.outcome.true_in_time)
    }

    /// The trigger to look at: the nearest that is not settled.
    pub fn nearest(&self) -> Option<&TriggerStatus<'_>> {
        self.triggers.iter().find(|status| {
            matches!(
                status.state,
                TriggerState::Ready
                    | TriggerState::OnHold(_)
                    | TriggerState::Pending { .. }
                    | TriggerState::Waiting
            )
        })
    }

    /// Returns the status of a trigger.
    pub fn trigger(&self, id: &str) -> Option<&TriggerStatus<'_>> {
        self.triggers.iter().find(|status| status.trigger.id.value == id)
    }
}
