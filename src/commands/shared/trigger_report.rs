//! Evaluated triggers as data: state, condition, numbers, facts that count and near misses.

use schemars::JsonSchema;
use serde::Serialize;

use super::phrases;
use crate::evaluate::{Counted, NearMiss, Outcome, StateName, TriggerStatus, Truth};
use crate::model::EffectKind;
use crate::model::trigger::Bound;

/// An evaluated trigger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TriggerReport {
    /// Id of the trigger.
    pub id: String,
    /// State of the trigger.
    pub state: StateName,
    /// Reason for the state, if the numbers do not show it.
    pub because: Option<String>,
    /// Effect on the level.
    pub effect: EffectKind,
    /// Level that the effect names.
    pub level: String,
    /// Reason, from the trigger's `why`.
    pub why: String,
    /// Next step once the trigger has acted, from its `next`.
    pub next: Option<String>,
    /// The evaluated condition.
    pub when: OutcomeReport,
    /// The part of the condition that decides the state.
    pub crux: CruxReport,
}

/// The part of a condition that decides the state of a trigger: of a condition that is not true,
/// the part that lacks least; of a true `any`, the part that makes it true. `status`, `backtest`
/// and `thread test` show its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct CruxReport {
    /// The text of the part.
    pub asks: String,
    /// Number of facts that count.
    pub have: u32,
    /// Least number that is needed; absent if there is a greatest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u32>,
    /// Greatest number that is allowed; absent if there is a least number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
}

/// An evaluated condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct OutcomeReport {
    /// The text of the condition.
    pub asks: String,
    /// True if the condition is satisfied.
    pub satisfied: bool,
    /// True if the condition is satisfied or not satisfied; false if it is unknown, such as the
    /// silence of a source that was never scanned.
    pub known: bool,
    /// Number of facts that count.
    pub have: u32,
    /// Least number that is needed; absent if there is a greatest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u32>,
    /// Greatest number that is allowed; absent if there is a least number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// Explanation of the numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Facts that count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<Counted>,
    /// Facts that nearly count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub near_misses: Vec<NearMissReport>,
    /// The conditions that this one joins.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<OutcomeReport>,
}

/// A fact that nearly counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct NearMissReport {
    /// The fact.
    #[serde(flatten)]
    pub item: Counted,
    /// Reason why it does not count.
    pub reason: String,
}

impl TriggerReport {
    /// Returns the report of an evaluated trigger.
    pub(crate) fn new(status: &TriggerStatus<'_>) -> Self {
        let trigger = status.trigger;
        Self {
            id: trigger.id.value.clone(),
            state: status.state.name(),
            because: phrases::state_reason(&status.state),
            effect: trigger.effect.kind(),
            level: trigger.effect.level().value.clone(),
            why: trigger.why.clone(),
            next: trigger.next.clone(),
            when: OutcomeReport::new(&status.outcome),
            crux: CruxReport::new(status.outcome.crux()),
        }
    }
}

impl CruxReport {
    fn new(outcome: &Outcome<'_>) -> Self {
        let (at_least, at_most) = at_least_at_most(outcome.need);
        Self {
            asks: phrases::condition_label(outcome.condition),
            have: outcome.have,
            at_least,
            at_most,
        }
    }
}

impl OutcomeReport {
    fn new(outcome: &Outcome<'_>) -> Self {
        let (at_least, at_most) = at_least_at_most(outcome.need);
        Self {
            asks: phrases::condition_label(outcome.condition),
            satisfied: outcome.is_true(),
            known: outcome.truth != Truth::Unknown,
            have: outcome.have,
            at_least,
            at_most,
            note: outcome.note.as_ref().map(phrases::outcome_note),
            counted: outcome.counted.clone(),
            near_misses: outcome.near_misses.iter().map(NearMissReport::new).collect(),
            of: outcome.children.iter().map(Self::new).collect(),
        }
    }
}

fn at_least_at_most(need: Bound) -> (Option<u32>, Option<u32>) {
    match need {
        Bound::AtLeast(least) => (Some(least), None),
        Bound::AtMost(most) => (None, Some(most)),
    }
}

impl NearMissReport {
    fn new(near_miss: &NearMiss) -> Self {
        Self { item: near_miss.item.clone(), reason: phrases::near_miss(&near_miss.reason) }
    }
}

/// Returns the near misses of a condition and of all its parts.
pub(crate) fn near_misses(outcome: &Outcome<'_>) -> Vec<NearMissReport> {
    let own = outcome.near_misses.iter().map(NearMissReport::new);
    own.chain(outcome.children.iter().flat_map(near_misses)).collect()
}
