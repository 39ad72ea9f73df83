//! Days gone through one after the other, as a daily scan would have: the engine of back-tests and
//! of trigger tests. It writes nothing.

use std::collections::BTreeMap;

use crate::model::Date;

use super::decision::Decision;
use super::history::History;
use super::judgement::{Judgement, judge_as};
use super::standing::Standing;

/// One day of a replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayedDay<'t> {
    /// What the scan of the day finds.
    pub judgement: Judgement<'t>,
    /// How things stand once it is done.
    pub after: Standing,
}

/// Goes through the days from `from` to `to`. `decided` are levels that a person sets, before the
/// scan of that day.
pub fn replay<'a>(
    history: &'a History<'a>,
    start: Standing,
    from: Date,
    to: Date,
    decided: &'a BTreeMap<Date, String>,
) -> impl Iterator<Item = ReplayedDay<'a>> {
    let mut standing = start;
    from.iter_days().take_while(move |day| *day <= to).map(move |day| {
        let mut judgement = judge_as(history, &standing, day);
        if let Some(level) = decided.get(&day) {
            decide(&mut standing, level, &judgement);
            judgement = judge_as(history, &standing, day);
        }
        take(&mut standing, &judgement);
        ReplayedDay { judgement, after: standing.clone() }
    })
}

/// Takes in what a scan decides: the level, and the tokens of every trigger that was part of it.
fn take(standing: &mut Standing, judgement: &Judgement<'_>) {
    if let Decision::Level { to, triggers, met } = &judgement.decision {
        for verdict in triggers.iter().chain(met).filter_map(|id| judgement.verdict(id)) {
            standing.weigh(verdict);
        }
        standing.level.clone_from(to);
    }
}

/// Takes in what a person decides: the level, and for every trigger that is true its tokens, so
/// that none of them undoes the decision.
fn decide(standing: &mut Standing, level: &str, judgement: &Judgement<'_>) {
    for verdict in judgement.verdicts.iter().filter(|verdict| verdict.outcome.satisfied) {
        standing.weigh(verdict);
    }
    standing.level = level.to_string();
}
