//! A back-test: day by day what the triggers would have said and done, beside what the log tells.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::json::Report;
use crate::evaluate::replay::ReplayedDay;
use crate::evaluate::triggers::status::TriggerStatus;
use crate::evaluate::{Decision, Evaluation};
use crate::model::{Date, Thread};

use crate::commands::shared::phrases;
use crate::commands::shared::trigger_report::{ItemReport, NearMissReport, near_misses};
use crate::commands::show::report::{DecisionReport, LogReport, decision, log};

/// A back-test of one thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct BacktestReport {
    /// Slug of the thread.
    pub thread: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The level at the beginning; `null` if nothing says what it was.
    pub level_before: Option<String>,
    /// The level that the triggers alone would have led to; `null` if unknown.
    pub level_after: Option<String>,
    /// The days on which anything changed.
    pub days: Vec<BacktestDay>,
}

impl Report for BacktestReport {
    const KIND: &'static str = "backtest";
}

/// A day on which anything changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct BacktestDay {
    /// The day.
    pub date: Date,
    /// Items that became known.
    pub landed: Vec<ItemReport>,
    /// Triggers that say something else than the day before.
    pub triggers: Vec<TriggerTurn>,
    /// What a scan would have done.
    pub decision: DecisionReport,
    /// The level after it; `null` if unknown.
    pub level: Option<String>,
    /// What the log says of the day.
    pub logged: Vec<LogReport>,
}

/// A trigger that says something else than the day before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TriggerTurn {
    /// Its id.
    pub id: String,
    /// Its state the day before; `None` on the first day.
    pub before: Option<&'static str>,
    /// Its state.
    #[schemars(extend("enum" = ["off", "waiting", "pending", "weighed", "met", "on-hold", "ready"]))]
    pub state: &'static str,
    /// Why, where the numbers do not say.
    pub because: Option<String>,
    /// What its crux asks.
    pub asks: String,
    /// `2/3`: what its crux had the day before.
    pub had: Option<String>,
    /// What its crux asked the day before, where that was another condition.
    pub asked: Option<String>,
    /// What it has.
    pub has: String,
    /// The facts it stands on.
    pub on: Vec<String>,
    /// What is newly among the near misses.
    pub near_misses: Vec<NearMissReport>,
}

/// Tells of the days of a replay on which anything changed.
pub fn report<'t>(
    thread: &'t Thread,
    level_before: Option<String>,
    (from, to): (Date, Date),
    replayed: impl Iterator<Item = ReplayedDay<'t>>,
) -> BacktestReport {
    let mut days = Vec::new();
    let mut level_after = level_before.clone();
    let mut before: Option<Evaluation<'t>> = None;
    for day in replayed {
        let told = tell(thread, &day, before.as_ref());
        if !told.landed.is_empty() || !told.triggers.is_empty() || !told.logged.is_empty() {
            days.push(told);
        }
        level_after = day.after.level;
        before = Some(day.evaluation);
    }
    BacktestReport { thread: thread.slug.clone(), from, to, level_before, level_after, days }
}

fn tell(thread: &Thread, day: &ReplayedDay<'_>, before: Option<&Evaluation<'_>>) -> BacktestDay {
    let evaluation = &day.evaluation;
    let date = evaluation.day;
    let items = evaluation.items.items.iter().filter(|item| item.landed == Some(date));
    let landed = items.map(|item| ItemReport {
        id: item.id.clone(),
        title: item.title.clone(),
        date: item.date,
        landed: item.landed,
        source: item.sources.first().cloned(),
    });
    let acts = evaluation.decision != Decision::Nothing;
    let mut turns: Vec<TriggerTurn> = evaluation
        .verdicts
        .iter()
        .filter_map(|verdict| {
            let known = before.and_then(|before| before.verdict(&verdict.trigger.id.value));
            turn(verdict, known, before.is_none())
        })
        .collect();
    turns.sort_by(|a, b| a.id.cmp(&b.id));
    BacktestDay {
        date,
        landed: landed.collect(),
        triggers: turns,
        decision: if acts { decision(&evaluation.decision) } else { DecisionReport::Nothing },
        level: day.after.level.clone(),
        logged: thread.log.iter().filter(|entry| entry.date == date).map(log).collect(),
    }
}

/// What is new about a trigger; `None` where nothing is. On the first day everything that is not at
/// nought is new.
fn turn(
    verdict: &TriggerStatus<'_>,
    before: Option<&TriggerStatus<'_>>,
    first: bool,
) -> Option<TriggerTurn> {
    let known: Vec<NearMissReport> =
        before.map(|before| near_misses(&before.outcome)).unwrap_or_default();
    let mut nearly = near_misses(&verdict.outcome);
    nearly.retain(|near| !known.contains(near));
    let crux = verdict.outcome.crux();
    let asks = phrases::condition_label(crux.condition);
    let crux_before = before.map(|before| before.outcome.crux());
    let has = phrases::have_need(crux);
    let had = crux_before.map(phrases::have_need);
    let moved = match before {
        Some(before) => {
            before.state.as_str() != verdict.state.as_str()
                || had.as_ref() != Some(&has)
                || !nearly.is_empty()
        }
        None => first && (verdict.outcome.is_true() || crux.have > 0 || !nearly.is_empty()),
    };
    moved.then(|| TriggerTurn {
        id: verdict.trigger.id.value.clone(),
        before: before.map(|before| before.state.as_str()),
        state: verdict.state.as_str(),
        because: phrases::state_reason(&verdict.state),
        asked: crux_before
            .map(|before| phrases::condition_label(before.condition))
            .filter(|asked| *asked != asks),
        asks,
        had,
        has,
        on: verdict.outcome.fact_ids.iter().cloned().collect(),
        near_misses: nearly,
    })
}
