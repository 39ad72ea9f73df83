//! What a fact settles: triggers that are ready, a hold that is over.

use schemars::JsonSchema;
use serde::Serialize;

use crate::evaluate::Consequences;

/// What is settled in a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ConsequencesReport {
    /// The triggers that the next scan acts on.
    pub ready: Vec<ReadyReport>,
    /// Why the hold stood that is over now.
    pub released: Option<String>,
}

/// A trigger that is ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ReadyReport {
    /// Its id.
    pub id: String,
    /// `raise-to`, `lower-to` or `stay-at`.
    #[schemars(extend("enum" = ["raise-to", "lower-to", "stay-at"]))]
    pub effect: &'static str,
    /// The level it names.
    pub level: String,
    /// Its reason for a person.
    pub why: String,
    /// What to do now.
    pub next: Option<String>,
}

/// Tells what is settled.
pub fn consequences_report(consequences: &Consequences) -> ConsequencesReport {
    let ready = consequences.ready.iter().map(|trigger| ReadyReport {
        id: trigger.id.clone(),
        effect: trigger.effect.key(),
        level: trigger.effect.level().value.clone(),
        why: trigger.why.clone(),
        next: trigger.next.clone(),
    });
    ConsequencesReport { ready: ready.collect(), released: consequences.released.clone() }
}
