//! What a trigger says on a day: the first state that applies, and why.

use foldhash::HashSet;

use crate::model::date::days_between;
use crate::model::{Condition, Date, Days, Effect, Hold, HoldUntil, Status, Thread, Trigger};

use super::condition::{self, Facts, Outcome};
use super::history::History;
use super::standing::Standing;
use super::universe::Universe;

/// A trigger judged on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict<'t> {
    /// The trigger.
    pub trigger: &'t Trigger,
    /// The first state that applies.
    pub state: State,
    /// Its condition, judged.
    pub outcome: Outcome,
}

/// The states of a trigger, in the order in which they are tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Not asked, for this reason.
    Off(String),
    /// Its condition is not satisfied.
    Waiting,
    /// Satisfied, but not for long enough.
    Holding {
        /// The first day on which it was.
        since: Date,
        /// The day on which it has been for long enough.
        until: Date,
    },
    /// Satisfied only by facts that were on the table at the last decision.
    Weighed,
    /// Satisfied, and the level is already there.
    Met,
    /// Satisfied, but the thread's hold keeps it waiting, for this reason.
    Held(String),
    /// Acts at the next scan.
    Ready,
}

impl State {
    /// The word for people and for JSON.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Off(_) => "off",
            Self::Waiting => "waiting",
            Self::Holding { .. } => "holding",
            Self::Weighed => "weighed",
            Self::Met => "met",
            Self::Held(_) => "held",
            Self::Ready => "ready",
        }
    }
}

/// What verdicts are given by, beside the facts of the day.
#[derive(Clone, Copy)]
pub struct Bench<'a> {
    /// The facts of the day.
    pub facts: Facts<'a>,
    /// The facts of the days before.
    pub history: &'a History<'a>,
    /// What has been decided by then.
    pub standing: &'a Standing,
    /// The hold, if it still stands on that day.
    pub hold: Option<&'a Hold>,
}

/// Judges one trigger.
pub fn judge<'t>(trigger: &'t Trigger, bench: &Bench<'_>) -> Verdict<'t> {
    let outcome = condition::judge(&trigger.when, bench.facts);
    let state = state(trigger, &outcome, bench);
    Verdict { trigger, state, outcome }
}

/// The first state that applies to a trigger whose condition has been judged.
pub fn state(trigger: &Trigger, outcome: &Outcome, bench: &Bench<'_>) -> State {
    if let Some(reason) = off(trigger, bench) {
        return State::Off(reason);
    }
    if !outcome.satisfied {
        return State::Waiting;
    }
    let day = bench.facts.day;
    if let Some(wanted) = trigger.hold_for {
        let since = held_since(&trigger.when, wanted, bench);
        if days_between(since, day) < i64::from(wanted.0) {
            let until = since + chrono::Days::new(u64::from(wanted.0));
            return State::Holding { since, until };
        }
    }
    let weighed = bench.standing.weighed.get(&trigger.id.value);
    if weighed.is_some_and(|weighed| covers(weighed, outcome, bench.facts.universe)) {
        return State::Weighed;
    }
    let ladder = &bench.facts.configuration.ladder;
    let (target, now) =
        (ladder.rank(&trigger.effect.level().value), ladder.rank(&bench.standing.level));
    let met = match trigger.effect {
        Effect::RaiseTo(_) => now >= target,
        Effect::LowerTo(_) => now <= target,
        Effect::StayAt(_) => false,
    };
    if met {
        return State::Met;
    }
    match (&trigger.effect, bench.hold) {
        (Effect::RaiseTo(_), Some(hold)) if target >= ladder.rank(&hold.below) => {
            State::Held(hold.why.clone())
        }
        _ => State::Ready,
    }
}

fn off(trigger: &Trigger, bench: &Bench<'_>) -> Option<String> {
    let day = bench.facts.day;
    if let Some(last) = trigger.until.filter(|&last| day > last) {
        return Some(format!("its last day was {last}"));
    }
    let status = bench.facts.thread.status;
    if status != Status::Active {
        return Some(format!("the thread is {}", status.as_str()));
    }
    if !trigger.from.is_empty() && !trigger.from.contains(&bench.standing.level) {
        return Some(format!(
            "only from {}, the level is {}",
            trigger.from.join(" or "),
            bench.standing.level
        ));
    }
    match &trigger.effect {
        Effect::StayAt(level) if level.value != bench.standing.level => {
            Some(format!("only at {}, the level is {}", level.value, bench.standing.level))
        }
        _ => None,
    }
}

/// The first day of the unbroken run of days, up to today, on which the condition was satisfied;
/// looked for no further back than `wanted`.
fn held_since(condition: &Condition, wanted: Days, bench: &Bench<'_>) -> Date {
    let today = bench.facts.day;
    let was_satisfied = |day: Date| {
        let universe = bench.history.on(day);
        condition::judge(condition, Facts { day, universe: &universe, ..bench.facts }).satisfied
    };
    let mut since = today;
    for back in 1..=u64::from(wanted.0) {
        match today.checked_sub_days(chrono::Days::new(back)) {
            Some(day) if was_satisfied(day) => since = day,
            _ => break,
        }
    }
    since
}

/// Whether every token was weighed, under this name or another of the same item.
fn covers(weighed: &[String], outcome: &Outcome, universe: &Universe) -> bool {
    let same = |token: &str, known: &str| {
        let (item, rest) = token.split_once('=').unwrap_or((token, ""));
        let (known_item, known_rest) = known.split_once('=').unwrap_or((known, ""));
        rest == known_rest && universe.find(item).is_some_and(|item| item.is_named(known_item))
    };
    let known: HashSet<&String> = weighed.iter().collect();
    let is_weighed =
        |token: &String| known.contains(token) || weighed.iter().any(|known| same(token, known));
    outcome.tokens.iter().all(is_weighed)
}

/// The hold of a thread, if it still stands.
pub fn standing_hold<'t>(thread: &'t Thread, facts: Facts<'_>) -> Option<&'t Hold> {
    let hold = thread.hold.as_ref()?;
    let over = match &hold.until {
        HoldUntil::Date(day) => facts.day >= *day,
        HoldUntil::Condition(condition) => condition::judge(condition, facts).satisfied,
    };
    (!over).then_some(hold)
}
