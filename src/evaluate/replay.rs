//! Days gone through one after the other, as a daily scan would have: the engine of back-tests and
//! of trigger tests. It writes nothing.

use std::collections::BTreeMap;

use crate::model::Date;

use crate::evaluate::evaluation::{Judgement, judge_as};
use crate::evaluate::history::History;
use crate::evaluate::level_state::Standing;
use crate::evaluate::triggers::decision::Decision;

/// One day of a replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayedDay<'t> {
    /// What the scan of the day finds.
    pub judgement: Judgement<'t>,
    /// How things stand once it is done.
    pub after: Standing,
}

/// Evaluates a thread on the dates from `from` to `to` on which anything may change, as a daily scan
/// would; on the dates between, nothing does. `decided` are levels that a person sets, before the
/// scan of that date; `wanted` are further dates to evaluate.
pub fn replay<'a>(
    history: &'a History<'a>,
    start: Standing,
    (from, to): (Date, Date),
    decided: &'a BTreeMap<Date, String>,
    wanted: impl IntoIterator<Item = Date>,
) -> impl Iterator<Item = ReplayedDay<'a>> {
    let mut standing = start;
    let mut dates = history.events();
    dates.extend(decided.keys().copied().chain(wanted).chain([from, to]));
    let mut next = Some(from);
    std::iter::from_fn(move || {
        let day = next.filter(|day| *day <= to)?;
        let before = standing.clone();
        let mut judgement = judge_as(history, &standing, day);
        if let Some(level) = decided.get(&day) {
            decide(&mut standing, level, &judgement);
            judgement = judge_as(history, &standing, day);
        }
        take(&mut standing, &judgement);
        // A decision changes what the triggers say on the next date.
        if standing != before {
            dates.extend(day.succ_opt());
        }
        next = day.succ_opt().and_then(|first| dates.range(first..).next().copied());
        Some(ReplayedDay { judgement, after: standing.clone() })
    })
}

/// Records the decision of a scan: the level, and the facts known to every trigger that was part
/// of the decision.
fn take(standing: &mut Standing, judgement: &Judgement<'_>) {
    if let Decision::Level { to, triggers, met } = &judgement.decision {
        for verdict in triggers.iter().chain(met).filter_map(|id| judgement.verdict(id)) {
            standing.weigh(verdict, judgement.day);
        }
        standing.level = Some(to.clone());
    }
}

/// Records the decision of a person: the level, and the facts known to every trigger, so that
/// none of them undoes the decision.
fn decide(standing: &mut Standing, level: &str, judgement: &Judgement<'_>) {
    for verdict in judgement.on_table() {
        standing.weigh(verdict, judgement.day);
    }
    standing.level = Some(level.to_string());
}
