//! What a new fact settles: two judgements of one thread on one day, without it and with it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{EffectKind, Trigger};

use crate::evaluate::evaluation::Evaluation;
use crate::evaluate::triggers::status::{TriggerState, TriggerStatus};

/// Consequences of a new fact in one thread.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Consequences {
    /// Triggers that become ready, so that the next scan acts on them.
    pub ready: Vec<ReadyTrigger>,
    /// Reason (`why`) of the hold that ends.
    pub released: Option<String>,
}

/// A trigger that is ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ReadyTrigger {
    /// Id of the trigger.
    pub id: String,
    /// Effect on the level.
    pub effect: EffectKind,
    /// Level that the effect names.
    pub level: String,
    /// Reason, from the trigger's `why`.
    pub why: String,
    /// Next step for the user, from the trigger's `next`.
    pub next: Option<String>,
}

impl Consequences {
    /// Compares two judgements.
    pub fn between(before: &Evaluation<'_>, after: &Evaluation<'_>) -> Self {
        let was_ready = |verdict: &TriggerStatus<'_>| {
            let known = before.verdict(&verdict.trigger.id.value);
            known.is_some_and(|known| known.state == TriggerState::Ready)
        };
        let is_new = |verdict: &&TriggerStatus<'_>| {
            verdict.state == TriggerState::Ready && !was_ready(verdict)
        };
        let released = match (before.hold, after.hold) {
            (Some(hold), None) => Some(hold.why.clone()),
            _ => None,
        };
        let new = after.verdicts.iter().filter(is_new);
        let ready = new.map(|verdict| ReadyTrigger::new(verdict.trigger));
        Self { ready: ready.collect(), released }
    }

    /// Whether nothing is settled.
    pub fn is_empty(&self) -> bool {
        self.ready.is_empty() && self.released.is_none()
    }
}

impl ReadyTrigger {
    fn new(trigger: &Trigger) -> Self {
        Self {
            id: trigger.id.value.clone(),
            effect: trigger.effect.kind(),
            level: trigger.effect.level().value.clone(),
            why: trigger.why.clone(),
            next: trigger.next.clone(),
        }
    }
}
