//! Replay of dates one after the other, as daily scans would have evaluated them, for `backtest`
//! and trigger tests.

use std::collections::BTreeMap;

use crate::evaluate::decision::Decision;
use crate::evaluate::evaluation::{Evaluation, evaluate_from};
use crate::evaluate::history::History;
use crate::evaluate::level_state::LevelState;
use crate::model::Date;

/// One date of a replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayedDay<'t> {
    /// The evaluation by the scan of this date.
    pub evaluation: Evaluation<'t>,
    /// The decisions after the scan.
    pub after: LevelState,
}

/// Evaluates a thread on the dates from `from` to `to` on which anything may change, as a daily
/// scan would; on the dates between, nothing does. `decided` are levels that a person sets, before
/// the scan of that date; `wanted` are further dates to evaluate.
pub fn replay<'a>(
    history: &'a History<'a>,
    start: LevelState,
    (from, to): (Date, Date),
    decided: &'a BTreeMap<Date, String>,
    wanted: impl IntoIterator<Item = Date>,
) -> impl Iterator<Item = ReplayedDay<'a>> {
    let mut level_state = start;
    let mut dates = history.events();
    dates.extend(decided.keys().copied().chain(wanted).chain([from, to]));
    let mut next = Some(from);
    std::iter::from_fn(move || {
        let date = next.filter(|date| *date <= to)?;
        let before = level_state.clone();
        let mut evaluation = evaluate_from(history, &level_state, date);
        if let Some(level) = decided.get(&date) {
            decide(&mut level_state, level, &evaluation);
            evaluation = evaluate_from(history, &level_state, date);
        }
        take(&mut level_state, &evaluation);
        // A decision changes the triggers on the next date.
        if level_state != before {
            dates.extend(date.succ_opt());
        }
        next = date.succ_opt().and_then(|first| dates.range(first..).next().copied());
        Some(ReplayedDay { evaluation, after: level_state.clone() })
    })
}

/// Records the decision of a scan: the level, and the facts of every trigger that was part of it.
fn take(level_state: &mut LevelState, evaluation: &Evaluation<'_>) {
    if let Decision::Level { to, triggers, met } = &evaluation.decision {
        for status in triggers.iter().chain(met).filter_map(|id| evaluation.trigger(id)) {
            level_state.acknowledge(status, evaluation.date);
        }
        level_state.level = Some(to.clone());
    }
}

/// Records the decision of a person: the level, and the facts of every trigger, so that no trigger
/// undoes the decision.
fn decide(level_state: &mut LevelState, level: &str, evaluation: &Evaluation<'_>) {
    for status in evaluation.acknowledged_triggers() {
        level_state.acknowledge(status, evaluation.date);
    }
    level_state.level = Some(level.to_string());
}
