//! Triggers judged: state, why beside when, have and need, what counted and what nearly did.

use schemars::JsonSchema;
use serde::Serialize;

use super::phrases;
use crate::evaluate::{Counted, NearMiss, Outcome, TriggerStatus, Truth};
use crate::model::trigger::Bound;
use crate::model::{Date, EffectKind};

/// A trigger judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TriggerReport {
    /// Its name.
    pub id: String,
    /// `off`, `waiting`, `pending`, `weighed`, `met`, `on-hold` or `ready`.
    #[schemars(extend("enum" = ["off", "waiting", "pending", "weighed", "met", "on-hold", "ready"]))]
    pub state: &'static str,
    /// Why it is in this state, where the numbers do not say.
    pub because: Option<String>,
    /// Effect on the level.
    pub effect: EffectKind,
    /// Level that the effect names.
    pub level: String,
    /// Its reason for a person.
    pub why: String,
    /// What to do once it has acted.
    pub next: Option<String>,
    /// Its condition judged.
    pub when: OutcomeReport,
    /// The part of the condition that decides the state.
    pub crux: CruxReport,
}

/// The part of a condition that decides the state of a trigger: of a condition that is not true, the
/// part that lacks least; of a true `any`, the part that makes it true. `status`, `backtest` and
/// `thread test` give its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct CruxReport {
    /// The part in words.
    pub asks: String,
    /// The number of facts that count.
    pub have: u32,
    /// The least number that is needed; or
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u32>,
    /// the greatest number that is allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
}

/// A condition judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct OutcomeReport {
    /// The condition in words.
    pub asks: String,
    /// Whether it is satisfied.
    pub satisfied: bool,
    /// True if it is known to be true or false: silence of a source that was never scanned is not.
    pub known: bool,
    /// How much there is.
    pub have: u32,
    /// How much it takes at the least; or
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u32>,
    /// at the most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// What is to be said beside the numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What was counted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<ItemReport>,
    /// What was nearly counted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub near_misses: Vec<NearMissReport>,
    /// The conditions it joins.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<OutcomeReport>,
}

/// Something that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ItemReport {
    /// Its id or token.
    pub id: String,
    /// What to call it.
    pub title: String,
    /// When it was published.
    pub date: Option<Date>,
    /// When it became known.
    pub landed: Option<Date>,
    /// Where.
    pub source: Option<String>,
}

/// Something that nearly counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct NearMissReport {
    /// What.
    #[serde(flatten)]
    pub item: ItemReport,
    /// Why not.
    pub reason: String,
}

/// Tells of a verdict.
pub fn report(verdict: &TriggerStatus<'_>) -> TriggerReport {
    let trigger = verdict.trigger;
    TriggerReport {
        id: trigger.id.value.clone(),
        state: verdict.state.as_str(),
        because: phrases::state_reason(&verdict.state),
        effect: trigger.effect.kind(),
        level: trigger.effect.level().value.clone(),
        why: trigger.why.clone(),
        next: trigger.next.clone(),
        when: outcome(&verdict.outcome),
        crux: crux(verdict.outcome.crux()),
    }
}

fn crux(outcome: &Outcome<'_>) -> CruxReport {
    let (at_least, at_most) = bounds(outcome.need);
    CruxReport {
        asks: phrases::condition_label(outcome.condition),
        have: outcome.have,
        at_least,
        at_most,
    }
}

/// A bound as `at-least` and `at-most`.
fn bounds(need: Bound) -> (Option<u32>, Option<u32>) {
    match need {
        Bound::AtLeast(least) => (Some(least), None),
        Bound::AtMost(most) => (None, Some(most)),
    }
}

fn outcome(from: &Outcome<'_>) -> OutcomeReport {
    let (at_least, at_most) = bounds(from.need);
    OutcomeReport {
        asks: phrases::condition_label(from.condition),
        satisfied: from.is_true(),
        known: from.truth != Truth::Unknown,
        have: from.have,
        at_least,
        at_most,
        note: from.note.as_ref().map(phrases::outcome_note),
        counted: from.counted.iter().map(item).collect(),
        near_misses: from.near_misses.iter().map(near_miss).collect(),
        of: from.children.iter().map(outcome).collect(),
    }
}

fn item(counted: &Counted) -> ItemReport {
    ItemReport {
        id: counted.fact_id.clone(),
        title: counted.title.clone(),
        date: counted.date,
        landed: counted.landed,
        source: counted.source.clone(),
    }
}

/// The near misses of all leaves of a condition.
pub fn near_misses(outcome: &Outcome<'_>) -> Vec<NearMissReport> {
    let own = outcome.near_misses.iter().map(near_miss);
    own.chain(outcome.children.iter().flat_map(near_misses)).collect()
}

fn near_miss(near: &NearMiss) -> NearMissReport {
    NearMissReport { item: item(&near.item), reason: phrases::near_miss(&near.reason) }
}
