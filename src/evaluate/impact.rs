//! The effect that reading an item would have on a thread.
//!
//! The thread is evaluated as if the item had been read today, once for each verdict that is
//! declared for it, and the results are compared with today's evaluation. The effect of a missing
//! date is found in the same way.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::evaluate::conditions::Outcome;
use crate::evaluate::evaluation::{Evaluation, evaluate_with};
use crate::evaluate::history::History;
use crate::evaluate::items::catalog_index::CatalogIndex;
use crate::evaluate::items::item::Item;
use crate::evaluate::items::selection::{Fit, fit_any};
use crate::evaluate::level_state::LevelState;
use crate::evaluate::trigger_status::{TriggerState, TriggerStatus};
use crate::model::trigger::Bound;
use crate::model::{
    Condition, Configuration, Date, EffectKind, Leaf, Reading, Selection, Status, Thread, Trigger,
};

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
        let was_ready = |status: &TriggerStatus<'_>| {
            let known = before.trigger(&status.trigger.id.value);
            known.is_some_and(|known| known.state == TriggerState::Ready)
        };
        let is_new =
            |status: &&TriggerStatus<'_>| status.state == TriggerState::Ready && !was_ready(status);
        let released = match (before.hold, after.hold) {
            (Some(hold), None) => Some(hold.why.clone()),
            _ => None,
        };
        let new = after.triggers.iter().filter(is_new);
        let ready = new.map(|status| ReadyTrigger::new(status.trigger));
        Self { ready: ready.collect(), released }
    }

    /// Returns whether there are no consequences.
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

/// The effect of an item in one thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impact<'t> {
    /// The thread.
    pub thread: &'t Thread,
    /// The possible consequences of a reading, by its verdict; `None` for a reading without a
    /// verdict.
    pub settles: Vec<(Option<String>, Consequences)>,
    /// The triggers that a reading would bring nearer, though not make ready.
    pub counts: BTreeSet<String>,
    /// The triggers that would come nearer, or be ready, only if the item had a date.
    pub counts_once_dated: BTreeSet<String>,
}

impl Impact<'_> {
    /// The triggers that a reading could make ready.
    pub fn ready(&self) -> BTreeSet<String> {
        let ready = self.settles.iter().flat_map(|(_, consequences)| &consequences.ready);
        ready.map(|trigger| trigger.id.clone()).collect()
    }

    /// Returns whether a reading could end the hold.
    pub fn releases(&self) -> bool {
        self.settles.iter().any(|(_, consequences)| consequences.released.is_some())
    }
}

/// An item of a thread that is unread, or lacks a date that a condition needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open<'j> {
    /// The item.
    pub item: &'j Item,
    /// Its effect.
    pub impact: Impact<'j>,
}

/// Returns the open items of a thread. Dormant and closed threads have none.
pub fn open_items<'j>(
    evaluation: &'j Evaluation<'j>,
    index: &CatalogIndex<'_>,
    configuration: &Configuration,
) -> Vec<Open<'j>> {
    let thread = evaluation.thread;
    if thread.status != Status::Active {
        return Vec::new();
    }
    let history = History::new(thread, index, configuration);
    let level_state = LevelState::at(&history, evaluation.date);
    let scene = Supposition { now: evaluation, history: &history, level_state: &level_state };
    let asked: Vec<&Leaf> = thread.conditions().flat_map(Condition::leaves).collect();
    let mut open = Vec::new();
    for (place, item) in evaluation.items.items.iter().enumerate() {
        let unread = item.reading.is_open();
        let read = matches!(item.reading, Reading::Read { .. });
        let mut impact = Impact {
            thread,
            settles: vec![],
            counts: BTreeSet::new(),
            counts_once_dated: BTreeSet::new(),
        };
        if unread && asked.iter().any(|leaf| asks_for_reading(leaf, thread, item)) {
            scene.suppose_read(place, &mut impact);
        }
        if (unread || read) && asked.iter().any(|leaf| asks_for_date(leaf, item)) {
            scene.suppose_dated(place, unread, &mut impact);
        }
        if unread || !impact.counts_once_dated.is_empty() {
            open.push(Open { item, impact });
        }
    }
    open
}

/// A thread as evaluated today, to be evaluated again with a changed item.
struct Supposition<'s> {
    now: &'s Evaluation<'s>,
    history: &'s History<'s>,
    level_state: &'s LevelState,
}

impl Supposition<'_> {
    fn suppose_read(&self, place: usize, impact: &mut Impact<'_>) {
        let item = &self.now.items.items[place];
        for verdict in possible(self.now.thread, item) {
            let then = self.evaluate(place, |item| read(item, self.now.date, verdict.as_deref()));
            impact.counts.extend(self.nearer(&then, item));
            let consequences = Consequences::between(self.now, &then);
            if !consequences.is_empty() {
                impact.settles.push((verdict, consequences));
            }
        }
        let ready = impact.ready();
        impact.counts.retain(|trigger| !ready.contains(trigger));
    }

    /// Supposes a date. An item cannot have been published after it landed: if the landing is too
    /// long ago, so is its date.
    fn suppose_dated(&self, place: usize, unread: bool, impact: &mut Impact<'_>) {
        let item = &self.now.items.items[place];
        let date = item.landed.unwrap_or(self.now.date);
        let readings = if unread { possible(self.now.thread, item) } else { Vec::new() };
        let mut suppose = |reading: Option<&Option<String>>| {
            let then = self.evaluate(place, |item| {
                item.date = Some(date);
                if let Some(verdict) = reading {
                    read(item, self.now.date, verdict.as_deref());
                }
            });
            let consequences = Consequences::between(self.now, &then).ready;
            impact.counts_once_dated.extend(consequences.into_iter().map(|trigger| trigger.id));
            impact.counts_once_dated.extend(self.nearer(&then, item));
        };
        suppose(None);
        for verdict in &readings {
            suppose(Some(verdict));
        }
        let by_reading = &impact.ready() | &impact.counts;
        impact.counts_once_dated.retain(|trigger| !by_reading.contains(trigger));
    }

    /// Evaluates the thread as if one of its items were different.
    fn evaluate(&self, place: usize, change: impl FnOnce(&mut Item)) -> Evaluation<'_> {
        let mut items = (*self.now.items).clone();
        change(&mut items.items[place]);
        evaluate_with(self.history, self.level_state, self.now.date, items)
    }

    /// The triggers that wait, and lack less than they do today or count the item as they do not
    /// today.
    fn nearer(&self, then: &Evaluation<'_>, item: &Item) -> Vec<String> {
        let comes_nearer = |status: &&TriggerStatus<'_>| {
            let now = self.now.trigger(&status.trigger.id.value);
            now.filter(|now| now.state == TriggerState::Waiting).is_some_and(|now| {
                status.outcome.missing < now.outcome.missing
                    || (counts(&status.outcome, &item.id) && !counts(&now.outcome, &item.id))
            })
        };
        let nearer = then.triggers.iter().filter(comes_nearer);
        nearer.map(|status| status.trigger.id.value.clone()).collect()
    }
}

fn read(item: &mut Item, date: Date, verdict: Option<&str>) {
    item.reading = Reading::Read { on: Some(date) };
    item.verdict = verdict.map(str::to_string);
}

/// Returns whether an unsatisfied part of a condition counts an item.
fn counts(outcome: &Outcome<'_>, id: &str) -> bool {
    matches!(outcome.need, Bound::AtLeast(_))
        && (outcome.counted.iter().any(|counted| counted.fact_id == id)
            || outcome.children.iter().any(|child| counts(child, id)))
}

/// Returns the possible results of a reading: no verdict, or one of those declared.
fn possible(thread: &Thread, item: &Item) -> Vec<Option<String>> {
    let declared = thread.verdicts.iter().filter(|(name, _)| item.is_named(name));
    let words = declared.flat_map(|(_, words)| words).map(|word| Some(word.value.clone()));
    std::iter::once(None).chain(words).collect()
}

/// Returns whether a leaf may change with the reading of an item.
fn asks_for_reading(leaf: &Leaf, thread: &Thread, item: &Item) -> bool {
    let set = match leaf {
        Leaf::Read { item: name } | Leaf::Verdict { item: name, .. } => {
            return item.is_named(&name.value);
        }
        Leaf::Count(count) => &count.of.value,
        Leaf::Quiet(quiet) => &quiet.of.value,
        Leaf::Attested { .. } | Leaf::Draft { .. } => return false,
    };
    let set = thread.sets.get(set).map(|set| set.value.as_slice()).unwrap_or_default();
    set.iter().any(is_about_reading) && fit_any(set, item) != Fit::Not
}

fn is_about_reading(selection: &Selection) -> bool {
    selection.read.is_some()
        || !selection.verdict.is_empty()
        || selection.except.iter().any(is_about_reading)
}

/// Returns whether a leaf may change with the date of an item.
fn asks_for_date(leaf: &Leaf, item: &Item) -> bool {
    item.date.is_none() && matches!(leaf, Leaf::Count(count) if count.published_within.is_some())
}
