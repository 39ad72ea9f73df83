//! What a new fact settles: two judgements of one thread on one day, without it and with it.

use crate::model::{Effect, Trigger};

use crate::evaluate::evaluation::Evaluation;
use crate::evaluate::triggers::status::{TriggerState, TriggerStatus};

/// What is settled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Consequences {
    /// The triggers that the next scan acts on, and would not have.
    pub ready: Vec<ReadyTrigger>,
    /// Why the hold stood that is over now.
    pub released: Option<String>,
}

/// A trigger that is ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyTrigger {
    /// Its id.
    pub id: String,
    /// What it does.
    pub effect: Effect,
    /// Its reason for a person.
    pub why: String,
    /// What to do now.
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
        let ready = after.verdicts.iter().filter(is_new).map(|verdict| told(verdict.trigger));
        Self { ready: ready.collect(), released }
    }

    /// Whether nothing is settled.
    pub fn is_empty(&self) -> bool {
        self.ready.is_empty() && self.released.is_none()
    }
}

fn told(trigger: &Trigger) -> ReadyTrigger {
    ReadyTrigger {
        id: trigger.id.value.clone(),
        effect: trigger.effect.clone(),
        why: trigger.why.clone(),
        next: trigger.next.clone(),
    }
}
