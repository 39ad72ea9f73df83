//! The decision of a scan about a thread's level, and whether a trigger has news since the last
//! one.

use foldhash::HashSet;
use schemars::JsonSchema;
use serde::Serialize;

use crate::evaluate::conditions::{Facts, Outcome, count};
use crate::evaluate::history::History;
use crate::evaluate::items::item::Item;
use crate::evaluate::level_state::{LevelState, last_decision};
use crate::evaluate::trigger_status::{
    TriggerContext, TriggerState, TriggerStatus, ready_since, state,
};
use crate::model::trigger::Bound;
use crate::model::{Condition, Date, Effect, Ladder, Leaf, Reading, date};

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
        /// Ids of true triggers whose level is reached already. The decision acknowledges their
        /// facts, too.
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

impl Decision {
    /// Returns whether triggers contradict each other.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict { .. })
    }
}

/// Decides what a scan does.
///
/// All ready raises together lead to the highest target, all lowerings to the mildest; `stay-at`
/// keeps the level and counts as an action. The new level may make further triggers ready (`from`,
/// `stay-at`): they act in the same scan, so that a second scan changes nothing. Raises and
/// lowerings that are ready on the same facts, together or one after the other, are a conflict.
///
/// The facts of a trigger that is met are acknowledged with those of the triggers that act, unless
/// it became true after all of them: with daily scans they would have acted before, and it would
/// have been ready then.
pub fn decide<'t: 's, 's>(
    statuses: &[TriggerStatus<'t>],
    context: &TriggerContext<'s>,
) -> Decision {
    let ladder = &context.facts.configuration.ladder;
    let mut level_state = context.level_state.clone();
    let mut acted: Vec<&TriggerStatus<'t>> = Vec::new();
    let mut met: Vec<&TriggerStatus<'t>> = Vec::new();
    loop {
        let now = TriggerContext { level_state: &level_state, ..*context };
        let (ready, mut there) = sort_out(statuses, &now);
        let acting = ready.iter().map(|status| ready_since(status.trigger, &now)).max();
        let Some(acting) = acting else {
            break;
        };
        there.retain(|status| ready_since(status.trigger, &now) <= acting);
        for status in ready.iter().chain(&there) {
            level_state.acknowledge(status, context.facts.date);
        }
        // Only `stay-at` has no target, and it is off while the level is unknown.
        if let Some(level) = target(&ready, ladder) {
            level_state.level = Some(level.to_string());
        }
        acted.extend(ready);
        met.extend(there);
    }
    let of_kind = |wanted: fn(&Effect) -> bool| {
        ids(acted.iter().filter(|status| wanted(&status.trigger.effect)))
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
    statuses: &'v [TriggerStatus<'t>],
    context: &TriggerContext<'s>,
) -> (Vec<&'v TriggerStatus<'t>>, Vec<&'v TriggerStatus<'t>>) {
    let mut ready = Vec::new();
    let mut met = Vec::new();
    for status in statuses {
        match state(status.trigger, &status.outcome, context) {
            TriggerState::Ready => ready.push(status),
            TriggerState::Met => met.push(status),
            _ => {}
        }
    }
    let ladder = &context.facts.configuration.ladder;
    let to = target(&ready, ladder).map(str::to_string);
    ready.sort_by_key(|status| {
        let trigger = status.trigger;
        (Some(&trigger.effect.level().value) != to.as_ref(), &trigger.id.value)
    });
    (ready, met)
}

/// The level that ready triggers lead to: the highest raise and the mildest lowering are both the
/// highest target. `None` where none of them moves the level.
fn target<'t>(ready: &[&TriggerStatus<'t>], ladder: &Ladder) -> Option<&'t str> {
    let levels = ready.iter().filter_map(|status| match &status.trigger.effect {
        Effect::RaiseTo(level) | Effect::LowerTo(level) => Some(level.value.as_str()),
        Effect::StayAt(_) => None,
    });
    levels.max_by_key(|level| ladder.rank(level))
}

fn ids<'v, 't: 'v>(statuses: impl Iterator<Item = &'v &'v TriggerStatus<'t>>) -> Vec<String> {
    statuses.map(|status| status.trigger.id.value.clone()).collect()
}

impl LevelState {
    /// Records the facts that a trigger depends on when a decision is made.
    pub fn acknowledge(&mut self, status: &TriggerStatus<'_>, date: Date) {
        let acknowledged = self.acknowledged.entry(status.trigger.id.value.clone()).or_default();
        let new = acknowledged_facts(status, acknowledged, date);
        acknowledged.extend(new);
    }
}

/// Returns the entries that a decision on `date` adds to the `weighed` list of a trigger: its
/// facts, and `true-on-DATE` if the trigger has a leaf that depends on no fact.
pub fn acknowledged_facts(
    status: &TriggerStatus<'_>,
    acknowledged: &[String],
    day: Date,
) -> Vec<String> {
    let known: HashSet<&String> = acknowledged.iter().collect();
    let date = has_edge(&status.trigger.when).then(|| true_on(day));
    let entries = status.outcome.acknowledged_facts.iter().cloned().chain(date);
    entries.filter(|entry| !known.contains(entry)).collect()
}

/// The facts that the decisions so far have acknowledged, for one trigger on one date.
pub struct Acknowledged<'a> {
    when: &'a Condition,
    facts: HashSet<String>,
    /// Date of the last decision that was made while the trigger was true.
    decided: Option<Date>,
    context: Facts<'a>,
    history: &'a History<'a>,
}

/// Returns the entry of `weighed` for a decision on a date: `true-on-2026-05-12`.
pub fn true_on(date: Date) -> String {
    format!("{TRUE_ON}{date}")
}

/// Returns the date of an entry `true-on-DATE`.
pub fn date_of_true_on(entry: &str) -> Option<Date> {
    date::parse(entry.strip_prefix(TRUE_ON)?).ok()
}

const TRUE_ON: &str = "true-on-";

/// Returns whether a condition has a leaf that depends on no fact, so that a decision must remember
/// its date.
pub fn has_edge(condition: &Condition) -> bool {
    match condition {
        Condition::All(list) | Condition::Any(list) => list.iter().any(has_edge),
        Condition::None(_) => true,
        Condition::Leaf(leaf) => is_edge(leaf),
    }
}

fn is_edge(leaf: &Leaf) -> bool {
    match leaf {
        Leaf::Quiet(_) => true,
        Leaf::Count(count) => matches!(count.bound, Bound::AtMost(_)),
        Leaf::Read { .. } | Leaf::Verdict { .. } | Leaf::Attested { .. } | Leaf::Draft { .. } => {
            false
        }
    }
}

impl<'a> Acknowledged<'a> {
    /// Parses the `weighed` entries of a trigger. An item has all of its names.
    ///
    /// Lists of version 0.1 have no `true-on-DATE`: the last decision in the log is used instead.
    pub fn new(
        when: &'a Condition,
        acknowledged: &[String],
        context: Facts<'a>,
        history: &'a History<'a>,
    ) -> Self {
        let mut facts: HashSet<String> = HashSet::default();
        for entry in acknowledged {
            facts.insert(entry.clone());
            if let Some(item) = context.items.find(entry) {
                facts.insert(item.id.clone());
            } else if let Some((word, conclusion)) = entry.rsplit_once('=')
                && let Some(item) = context.items.find(word)
            {
                facts.insert(format!("{}={conclusion}", item.id));
            }
        }
        let stated = acknowledged.iter().filter_map(|entry| date_of_true_on(entry));
        let decided = stated.filter(|date| *date <= context.date).max();
        let thread = context.thread;
        let since = || thread.ripeness.since.filter(|since| *since <= context.date);
        let decided = decided.or_else(|| last_decision(thread, context.date)).or_else(since);
        Self { when, facts, decided, context, history }
    }

    /// Returns whether a leaf that makes the trigger true has news; `outcome` is that of its
    /// condition.
    pub fn has_news(&self, outcome: &Outcome<'_>) -> bool {
        self.part_has_news(self.when, outcome)
    }

    fn part_has_news(&self, condition: &'a Condition, outcome: &Outcome<'_>) -> bool {
        if !outcome.is_true() {
            return false;
        }
        match condition {
            Condition::All(list) | Condition::Any(list) => {
                let mut parts = list.iter().zip(&outcome.children);
                parts.any(|(condition, outcome)| self.part_has_news(condition, outcome))
            }
            Condition::None(_) => self.rose(condition),
            Condition::Leaf(leaf) if is_edge(leaf) => self.rose(condition),
            Condition::Leaf(Leaf::Count(leaf)) => {
                let known = |item: &Item, fact: &str| self.holds_of(item, fact);
                let have = count::have_among(leaf, self.context, known);
                have < usize::try_from(outcome.have).unwrap_or(usize::MAX)
            }
            Condition::Leaf(Leaf::Read { item } | Leaf::Verdict { item, .. }) => {
                let item = self.context.items.find(&item.value);
                let is_known = |fact: &String| match item {
                    Some(item) => self.holds_of(item, fact),
                    None => self.facts.contains(fact),
                };
                !outcome.acknowledged_facts.iter().all(is_known)
            }
            Condition::Leaf(_) => {
                !outcome.acknowledged_facts.iter().all(|fact| self.facts.contains(fact))
            }
        }
    }

    /// Returns whether a fact about an item was acknowledged.
    ///
    /// Lists of version 0.1 name a reading or a verdict by its item alone: such an entry also
    /// counts for the reading if the item had been read by the last decision.
    fn holds_of(&self, item: &Item, fact: &str) -> bool {
        let had_been_read = || match item.reading {
            Reading::Read { on: Some(on) } => self.decided.is_some_and(|decided| on <= decided),
            Reading::Read { on: None } => true,
            Reading::Unknown | Reading::Unread | Reading::Dropped => false,
        };
        self.facts.contains(fact) || (self.facts.contains(&item.id) && had_been_read())
    }

    /// Returns whether an edge leaf, and the whole condition with it, has become true since the
    /// last decision.
    fn rose(&self, leaf: &'a Condition) -> bool {
        self.decided.is_none_or(|decided| {
            [leaf, self.when].into_iter().all(|condition| {
                let timeline = self.history.timeline(condition);
                !timeline.is_true_throughout(decided, self.context.date)
            })
        })
    }
}
