//! What a new fact settles: two judgements of one thread on one day, without it and with it.

use crate::model::{Effect, Trigger};

use crate::evaluate::evaluation::Judgement;
use crate::evaluate::triggers::status::{State, Verdict};

/// What is settled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settlement {
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

impl Settlement {
    /// Compares two judgements.
    pub fn between(before: &Judgement<'_>, after: &Judgement<'_>) -> Self {
        let was_ready = |verdict: &Verdict<'_>| {
            let known = before.verdict(&verdict.trigger.id.value);
            known.is_some_and(|known| known.state == State::Ready)
        };
        let is_new = |verdict: &&Verdict<'_>| verdict.state == State::Ready && !was_ready(verdict);
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
