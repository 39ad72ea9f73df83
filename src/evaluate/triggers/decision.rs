//! What a scan is to do with a thread's level, given the verdicts of its triggers.

use foldhash::HashSet;
use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Date, Effect, Ladder};

use crate::evaluate::level_state::LevelState;
use crate::evaluate::triggers::news;
use crate::evaluate::triggers::status;
use crate::evaluate::triggers::status::{TriggerContext, TriggerState, TriggerStatus, state};

/// Decision of a scan about the level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "does")]
pub enum Decision {
    /// No trigger is ready.
    Nothing,
    /// Triggers act: the level changes, or a trigger with `stay-at` logs an answer.
    #[serde(rename = "act")]
    Level {
        /// Level afterwards.
        #[serde(rename = "level")]
        to: String,
        /// Ids of the triggers that act, in the order in which they do.
        triggers: Vec<String>,
        /// Ids of those that have nothing to do because the level is there already. They are true
        /// and on the table, so the decision is weighed on their facts too.
        #[serde(skip)]
        met: Vec<String>,
    },
    /// Raises and lowerings are ready on the same facts.
    Conflict {
        /// Ids of the triggers that would raise.
        raises: Vec<String>,
        /// Ids of the triggers that would lower.
        lowers: Vec<String>,
    },
}

/// Decides what a scan does.
///
/// All ready raises together reach the highest target, all lowerings the mildest; `stay-at` leaves
/// the level and is an answer all the same. The new level may make further triggers ready (`from`,
/// `stay-at`): they act in the same scan, so that a second one finds nothing to do. Raises and
/// lowerings that are ready on the same facts, at once or one after the other, are a conflict.
///
/// A trigger that is met is weighed with those that act, unless it came true after all of them: on
/// a daily run they would have acted before, and it would have been ready then.
pub fn decide<'t: 's, 's>(
    verdicts: &[TriggerStatus<'t>],
    context: &TriggerContext<'s>,
) -> Decision {
    let ladder = &context.facts.configuration.ladder;
    let mut level_state = context.level_state.clone();
    let mut acted: Vec<&TriggerStatus<'t>> = Vec::new();
    let mut met: Vec<&TriggerStatus<'t>> = Vec::new();
    loop {
        let now = TriggerContext { level_state: &level_state, ..*context };
        let (ready, mut there) = sort_out(verdicts, &now);
        let acting = ready.iter().map(|verdict| status::ready_since(verdict.trigger, &now)).max();
        let Some(acting) = acting else {
            break;
        };
        there.retain(|verdict| status::ready_since(verdict.trigger, &now) <= acting);
        for verdict in ready.iter().chain(&there) {
            level_state.weigh(verdict, context.facts.day);
        }
        // Only `stay-at` has no target, and it is off while the level is unknown.
        if let Some(level) = target(&ready, ladder) {
            level_state.level = Some(level.to_string());
        }
        acted.extend(ready);
        met.extend(there);
    }
    let of_kind = |wanted: fn(&Effect) -> bool| {
        ids(acted.iter().filter(|verdict| wanted(&verdict.trigger.effect)))
    };
    let raises = of_kind(|effect| matches!(effect, Effect::RaiseTo(_)));
    let lowers = of_kind(|effect| matches!(effect, Effect::LowerTo(_)));
    match (acted.is_empty(), raises.is_empty() || lowers.is_empty()) {
        (true, _) => Decision::Nothing,
        (false, false) => Decision::Conflict { raises, lowers },
        (false, true) => Decision::Level {
            to: level_state.level.unwrap_or_default(),
            triggers: ids(acted.iter()),
            met: ids(met.iter()),
        },
    }
}

/// The triggers that are ready, those that set the level first, and those that are met.
fn sort_out<'v, 't: 's, 's>(
    verdicts: &'v [TriggerStatus<'t>],
    context: &TriggerContext<'s>,
) -> (Vec<&'v TriggerStatus<'t>>, Vec<&'v TriggerStatus<'t>>) {
    let mut ready = Vec::new();
    let mut met = Vec::new();
    for verdict in verdicts {
        match state(verdict.trigger, &verdict.outcome, context) {
            TriggerState::Ready => ready.push(verdict),
            TriggerState::Met => met.push(verdict),
            _ => {}
        }
    }
    let ladder = &context.facts.configuration.ladder;
    let to = target(&ready, ladder).map(str::to_string);
    ready.sort_by_key(|verdict| {
        let trigger = verdict.trigger;
        (Some(&trigger.effect.level().value) != to.as_ref(), &trigger.id.value)
    });
    (ready, met)
}

/// The level that ready triggers lead to: the highest raise and the mildest lowering are both the
/// highest target. `None` where none of them moves the level.
fn target<'t>(ready: &[&TriggerStatus<'t>], ladder: &Ladder) -> Option<&'t str> {
    let levels = ready.iter().filter_map(|verdict| match &verdict.trigger.effect {
        Effect::RaiseTo(level) | Effect::LowerTo(level) => Some(level.value.as_str()),
        Effect::StayAt(_) => None,
    });
    levels.max_by_key(|level| ladder.rank(level))
}

fn ids<'v, 't: 'v>(verdicts: impl Iterator<Item = &'v &'v TriggerStatus<'t>>) -> Vec<String> {
    verdicts.map(|verdict| verdict.trigger.id.value.clone()).collect()
}

impl LevelState {
    /// Records what was on the table of a trigger when a decision was made.
    pub fn weigh(&mut self, verdict: &TriggerStatus<'_>, day: Date) {
        let weighed = self.weighed.entry(verdict.trigger.id.value.clone()).or_default();
        let new = acknowledged_facts(verdict, weighed, day);
        weighed.extend(new);
    }
}

/// The entries that a decision on `day` adds to the `weighed` list of a trigger: the facts on the
/// table, and `true-on-DATE` if the trigger has a leaf that depends on no fact.
pub fn acknowledged_facts(
    verdict: &TriggerStatus<'_>,
    weighed: &[String],
    day: Date,
) -> Vec<String> {
    let known: HashSet<&String> = weighed.iter().collect();
    let date = news::has_edge(&verdict.trigger.when).then(|| news::true_on(day));
    let entries = verdict.outcome.acknowledged_facts.iter().cloned().chain(date);
    entries.filter(|entry| !known.contains(entry)).collect()
}
