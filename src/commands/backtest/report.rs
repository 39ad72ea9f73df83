//! Backtest of one thread as data: the states of its triggers on each date, and its log.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::json::Report;
use crate::commands::shared::phrases;
use crate::commands::shared::trigger_report::{NearMissReport, near_misses};
use crate::commands::show::report::LogEntryReport;
use crate::evaluate::replay::ReplayedDay;
use crate::evaluate::{Counted, Decision, Evaluation, StateName, TriggerStatus};
use crate::model::{Date, Thread};

/// Backtest of one thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct BacktestReport {
    /// Slug of the thread.
    pub thread: String,
    /// First date.
    pub from: Date,
    /// Last date.
    pub to: Date,
    /// Level before the first date; `null` if unknown.
    pub level_before: Option<String>,
    /// Level on the last date if only the triggers decide; `null` if unknown.
    pub level_after: Option<String>,
    /// Dates on which something changes.
    pub days: Vec<BacktestDay>,
}

impl Report for BacktestReport {
    const KIND: &'static str = "backtest";
}

/// A date on which something changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct BacktestDay {
    /// The date.
    pub date: Date,
    /// Items that landed.
    pub landed: Vec<Counted>,
    /// Triggers whose state, numbers or near misses differ from the date before.
    pub triggers: Vec<TriggerChange>,
    /// The decision of a scan.
    pub decision: Decision,
    /// Level after the scan; `null` if unknown.
    pub level: Option<String>,
    /// Log entries of the date.
    pub logged: Vec<LogEntryReport>,
}

/// A trigger that differs from the date before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TriggerChange {
    /// Id of the trigger.
    pub id: String,
    /// State on the date before; `null` on the first date.
    pub before: Option<StateName>,
    /// State of the trigger.
    pub state: StateName,
    /// Reason for the state, if the numbers do not show it.
    pub because: Option<String>,
    /// The part of its condition that decides the state.
    pub asks: String,
    /// Numbers of that part on the date before: `1/3`.
    pub had: Option<String>,
    /// The part that decided the state on the date before, if it was another one.
    pub asked: Option<String>,
    /// Numbers of the part: `2/3`.
    pub has: String,
    /// Ids of the facts that the condition counts.
    pub on: Vec<String>,
    /// Near misses that are new.
    pub near_misses: Vec<NearMissReport>,
}

impl BacktestReport {
    /// Returns the dates of a replay on which something changes.
    pub(super) fn new<'t>(
        thread: &'t Thread,
        level_before: Option<String>,
        (from, to): (Date, Date),
        replayed: impl Iterator<Item = ReplayedDay<'t>>,
    ) -> Self {
        let mut days = Vec::new();
        let mut level_after = level_before.clone();
        let mut before: Option<Evaluation<'t>> = None;
        for replayed in replayed {
            let day = BacktestDay::new(&replayed, before.as_ref());
            if day.has_changes() {
                days.push(day);
            }
            level_after = replayed.after.level;
            before = Some(replayed.evaluation);
        }
        Self { thread: thread.slug.clone(), from, to, level_before, level_after, days }
    }
}

impl BacktestDay {
    fn new(replayed: &ReplayedDay<'_>, before: Option<&Evaluation<'_>>) -> Self {
        let evaluation = &replayed.evaluation;
        let date = evaluation.date;
        let items = evaluation.items.items.iter().filter(|item| item.landed == Some(date));
        let landed = items
            .map(|item| Counted { source: item.sources.first().cloned(), ..Counted::item(item) });
        let mut triggers: Vec<TriggerChange> = evaluation
            .triggers
            .iter()
            .filter_map(|now| match before {
                Some(before) => TriggerChange::since(before.trigger(&now.trigger.id.value)?, now),
                None => TriggerChange::on_first_date(now),
            })
            .collect();
        triggers.sort_by(|a, b| a.id.cmp(&b.id));
        let logged = evaluation.thread.log.iter().filter(|entry| entry.date == date);
        Self {
            date,
            landed: landed.collect(),
            triggers,
            decision: evaluation.decision.clone(),
            level: replayed.after.level.clone(),
            logged: logged.map(LogEntryReport::new).collect(),
        }
    }

    fn has_changes(&self) -> bool {
        !self.landed.is_empty() || !self.triggers.is_empty() || !self.logged.is_empty()
    }
}

impl TriggerChange {
    /// Returns the trigger if it differs from the date before.
    fn since(before: &TriggerStatus<'_>, now: &TriggerStatus<'_>) -> Option<Self> {
        let near_misses_before = near_misses(&before.outcome);
        let mut change = Self::new(now);
        change.near_misses.retain(|near_miss| !near_misses_before.contains(near_miss));
        let crux = before.outcome.crux();
        let asked = phrases::condition_label(crux.condition);
        change.before = Some(before.state.name());
        change.had = Some(phrases::have_need(crux));
        change.asked = Some(asked).filter(|asked| *asked != change.asks);
        let has_changed = change.before != Some(change.state)
            || change.had.as_ref() != Some(&change.has)
            || !change.near_misses.is_empty();
        has_changed.then_some(change)
    }

    /// Returns the trigger if its condition is true or nearly true on the first date.
    fn on_first_date(now: &TriggerStatus<'_>) -> Option<Self> {
        let change = Self::new(now);
        let has_facts = now.outcome.is_true() || now.outcome.crux().have > 0;
        (has_facts || !change.near_misses.is_empty()).then_some(change)
    }

    /// Returns the state of a trigger, without the date before.
    fn new(now: &TriggerStatus<'_>) -> Self {
        let crux = now.outcome.crux();
        Self {
            id: now.trigger.id.value.clone(),
            before: None,
            state: now.state.name(),
            because: phrases::state_reason(&now.state),
            asks: phrases::condition_label(crux.condition),
            had: None,
            asked: None,
            has: phrases::have_need(crux),
            on: now.outcome.fact_ids.iter().cloned().collect(),
            near_misses: near_misses(&now.outcome),
        }
    }
}
