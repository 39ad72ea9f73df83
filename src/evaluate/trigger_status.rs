//! The state of a trigger on a date: the first one that applies, and its reason.

use schemars::JsonSchema;
use serde::Serialize;

use crate::evaluate::conditions;
use crate::evaluate::conditions::{Facts, Outcome};
use crate::evaluate::decision::Acknowledged;
use crate::evaluate::history::History;
use crate::evaluate::level_state::LevelState;
use crate::model::date::days_between;
use crate::model::{Condition, Date, Effect, Hold, HoldUntil, Status, Thread, Trigger};

/// The status of a trigger on a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriggerStatus<'t> {
    /// The trigger.
    pub trigger: &'t Trigger,
    /// The first state that applies.
    pub state: TriggerState,
    /// The evaluation of its condition.
    pub outcome: Outcome<'t>,
}

/// The states of a trigger, in the order in which they are tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TriggerState {
    /// Not evaluated, for this reason.
    Off(OffReason),
    /// Its condition is not satisfied.
    Waiting,
    /// Satisfied, but not for long enough.
    Pending {
        /// The first date on which it was true.
        since: Date,
        /// The date on which it will have been true for long enough.
        until: Date,
    },
    /// Satisfied only by facts that were on the table at the last decision.
    Acknowledged,
    /// Satisfied, and the level is already there.
    Met,
    /// Satisfied, but the thread's hold keeps it waiting, for this reason.
    OnHold(String),
    /// Acts at the next scan.
    Ready,
}

/// The reason why a trigger is off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OffReason {
    /// Its last date (`until`) has passed.
    Expired(Date),
    /// The thread is not active.
    ThreadStatus(Status),
    /// The thread is at none of its `from` levels.
    NotFrom {
        /// The levels at which the trigger applies.
        from: Vec<String>,
        /// The level of the thread; `None` if unknown.
        level: Option<String>,
    },
    /// The thread is not at the level of its `stay-at`.
    NotAt {
        /// The level at which the trigger applies.
        at: String,
        /// The level of the thread; `None` if unknown.
        level: Option<String>,
    },
}

impl TriggerState {
    /// The name of the state, without its details.
    pub fn name(&self) -> StateName {
        match self {
            Self::Off(_) => StateName::Off,
            Self::Waiting => StateName::Waiting,
            Self::Pending { .. } => StateName::Pending,
            Self::Acknowledged => StateName::Acknowledged,
            Self::Met => StateName::Met,
            Self::OnHold(_) => StateName::OnHold,
            Self::Ready => StateName::Ready,
        }
    }

    /// The name of the state as text and JSON show it.
    pub fn as_str(&self) -> &'static str {
        self.name().as_str()
    }
}

/// Name of a [`TriggerState`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum StateName {
    /// The trigger does not apply: its `until` has passed, the thread is not active, or the level
    /// is not among its `from`.
    Off,
    /// The condition is not true.
    Waiting,
    /// The condition is true, but not yet for the duration of `for`.
    Pending,
    /// The condition is true, but only by facts that a decision has acknowledged.
    #[serde(rename = "weighed")]
    Acknowledged,
    /// The condition is true, and the level is already reached.
    Met,
    /// The condition is true, but the thread's `hold` blocks the trigger.
    OnHold,
    /// The next scan acts on the trigger.
    Ready,
}

impl StateName {
    /// The name as text and JSON show it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Waiting => "waiting",
            Self::Pending => "pending",
            Self::Acknowledged => "weighed",
            Self::Met => "met",
            Self::OnHold => "on-hold",
            Self::Ready => "ready",
        }
    }
}

/// The input of triggers, in addition to the facts of the date.
#[derive(Clone, Copy)]
pub struct TriggerContext<'a> {
    /// The facts of the date.
    pub facts: Facts<'a>,
    /// The facts of earlier dates.
    pub history: &'a History<'a>,
    /// The decisions so far.
    pub level_state: &'a LevelState,
    /// The hold, if it is in force on the date.
    pub hold: Option<&'a Hold>,
}

/// Evaluates a trigger.
pub fn evaluate_trigger<'t: 's, 's>(
    trigger: &'t Trigger,
    context: &TriggerContext<'s>,
) -> TriggerStatus<'t> {
    let outcome = conditions::evaluate(&trigger.when, context.facts);
    let state = state(trigger, &outcome, context);
    TriggerStatus { trigger, state, outcome }
}

/// The first state that applies to a trigger whose condition has been evaluated.
pub fn state<'a>(
    trigger: &'a Trigger,
    outcome: &Outcome<'_>,
    context: &TriggerContext<'a>,
) -> TriggerState {
    if let Some(reason) = off(trigger, context) {
        return TriggerState::Off(reason);
    }
    if !outcome.is_true() {
        return TriggerState::Waiting;
    }
    let date = context.facts.date;
    if let Some(wait) = trigger.hold_for {
        let since = true_since(&trigger.when, context);
        if days_between(since, date) < i64::from(wait.0) {
            let until = since + chrono::Days::new(u64::from(wait.0));
            return TriggerState::Pending { since, until };
        }
    }
    if let Some(acknowledged) = context.level_state.acknowledged.get(&trigger.id.value)
        && !Acknowledged::new(&trigger.when, acknowledged, context.facts, context.history)
            .has_news(outcome)
    {
        return TriggerState::Acknowledged;
    }
    if is_met(trigger, context) {
        return TriggerState::Met;
    }
    let ladder = &context.facts.configuration.ladder;
    match (&trigger.effect, context.hold) {
        (Effect::RaiseTo(target), Some(hold))
            if hold.holds(&trigger.id.value)
                && ladder.rank(&target.value) >= ladder.rank(&hold.below) =>
        {
            TriggerState::OnHold(hold.why.clone())
        }
        _ => TriggerState::Ready,
    }
}

/// Returns whether the target level of a trigger is reached already. An unknown level is below all
/// others.
fn is_met(trigger: &Trigger, context: &TriggerContext<'_>) -> bool {
    let ladder = &context.facts.configuration.ladder;
    let target = ladder.rank(&trigger.effect.level().value);
    let now = context.level_state.level.as_deref().and_then(|level| ladder.rank(level));
    match trigger.effect {
        Effect::RaiseTo(_) => now >= target,
        Effect::LowerTo(_) => now <= target,
        Effect::StayAt(_) => false,
    }
}

fn off(trigger: &Trigger, context: &TriggerContext<'_>) -> Option<OffReason> {
    let date = context.facts.date;
    if let Some(last) = trigger.until.filter(|&last| date > last) {
        return Some(OffReason::Expired(last));
    }
    let status = context.facts.thread.status;
    if status != Status::Active {
        return Some(OffReason::ThreadStatus(status));
    }
    let level = &context.level_state.level;
    if !trigger.from.is_empty() && !level.as_ref().is_some_and(|now| trigger.from.contains(now)) {
        let from = trigger.from.clone();
        return Some(OffReason::NotFrom { from, level: level.clone() });
    }
    match &trigger.effect {
        Effect::StayAt(at) if level.as_ref() != Some(&at.value) => {
            Some(OffReason::NotAt { at: at.value.clone(), level: level.clone() })
        }
        _ => None,
    }
}

/// The date since which a true trigger would have acted, as far as its condition and `for` decide.
pub fn ready_since<'a>(trigger: &'a Trigger, context: &TriggerContext<'a>) -> Date {
    let wait = trigger.hold_for.map_or(0, |wait| wait.0);
    let since = true_since(&trigger.when, context);
    since.checked_add_days(chrono::Days::new(wait.into())).unwrap_or(since)
}

/// The first date of the unbroken time, up to the date of evaluation, in which a condition that is
/// true now was true.
fn true_since<'a>(condition: &'a Condition, context: &TriggerContext<'a>) -> Date {
    let today = context.facts.date;
    let timeline = context.history.timeline(condition);
    match today.pred_opt() {
        Some(yesterday) if timeline.on(yesterday).is_true() => timeline.since(yesterday),
        _ => today,
    }
}

/// The hold of a thread, if it is in force on the date of evaluation.
pub fn hold_in_force<'t>(thread: &'t Thread, facts: Facts<'_>) -> Option<&'t Hold> {
    let hold = thread.hold.as_ref()?;
    if hold_made(thread, hold).is_some_and(|made| facts.date < made) {
        return None;
    }
    let over = match &hold.until {
        HoldUntil::Date(date) => facts.date >= *date,
        HoldUntil::Condition(condition) => conditions::evaluate(condition, facts).is_true(),
    };
    (!over).then_some(hold)
}

/// The date on which a hold was made: its `since`, else that of the last change of level.
fn hold_made(thread: &Thread, hold: &Hold) -> Option<Date> {
    let changes = thread.log.iter().filter(|entry| entry.change.is_some());
    let changed = || changes.map(|entry| entry.date).max();
    hold.since.or_else(changed).or(thread.ripeness.since)
}
