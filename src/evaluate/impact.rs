//! What hangs on an item in one thread.
//!
//! It is not guessed from the words of the triggers: the thread is judged as if the item had been
//! read today, once for each verdict that is declared for it, and the judgements are compared with
//! today's. So is what hangs on its date, where it has none.

use std::collections::BTreeSet;

use crate::model::{Condition, Configuration, Date, Leaf, Reading, Selection, Status, Thread};

use crate::evaluate::conditions::{Bounds, Outcome};
use crate::evaluate::consequences::Settlement;
use crate::evaluate::evaluation::{Judgement, judge_knowing};
use crate::evaluate::history::History;
use crate::evaluate::items::catalog_index::Archive;
use crate::evaluate::items::item::MergedItem;
use crate::evaluate::items::selection::{Fit, fit_any};
use crate::evaluate::level_state::Standing;
use crate::evaluate::triggers::status::{State, Verdict};

/// What hangs on an item in one thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stake<'t> {
    /// The thread.
    pub thread: &'t Thread,
    /// What a reading could settle, by the verdict it comes to; `None` for a reading without one.
    pub settles: Vec<(Option<String>, Settlement)>,
    /// The triggers that a reading would bring nearer, though not make ready.
    pub counts: BTreeSet<String>,
    /// The triggers that would come nearer, or be ready, only if the item had a date.
    pub counts_once_dated: BTreeSet<String>,
}

impl Stake<'_> {
    /// The triggers that a reading could make ready.
    pub fn ready(&self) -> BTreeSet<String> {
        let ready = self.settles.iter().flat_map(|(_, settlement)| &settlement.ready);
        ready.map(|trigger| trigger.id.clone()).collect()
    }

    /// Whether a reading could end the hold.
    pub fn releases(&self) -> bool {
        self.settles.iter().any(|(_, settlement)| settlement.released.is_some())
    }
}

/// An item of a thread that is to be read, or lacks a date that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open<'j> {
    /// The item.
    pub item: &'j MergedItem,
    /// What hangs on it.
    pub stake: Stake<'j>,
}

/// The open items of a thread. One that rests or is closed asks for nothing.
pub fn open_items<'j>(
    judgement: &'j Judgement<'j>,
    archive: &Archive<'_>,
    configuration: &Configuration,
) -> Vec<Open<'j>> {
    let thread = judgement.thread;
    if thread.status != Status::Active {
        return Vec::new();
    }
    let history = History::new(thread, archive, configuration);
    let standing = Standing::at(&history, judgement.day);
    let scene = Scene { now: judgement, history: &history, standing: &standing };
    let asked: Vec<&Leaf> = thread.conditions().flat_map(Condition::leaves).collect();
    let mut open = Vec::new();
    for (place, item) in judgement.universe.items.iter().enumerate() {
        let unread = matches!(item.reading, Reading::Unread | Reading::Unknown);
        let read = matches!(item.reading, Reading::Read { .. });
        let mut stake = Stake {
            thread,
            settles: vec![],
            counts: BTreeSet::new(),
            counts_once_dated: BTreeSet::new(),
        };
        if unread && asked.iter().any(|leaf| asks_for_reading(leaf, thread, item)) {
            scene.suppose_read(place, &mut stake);
        }
        if (unread || read) && asked.iter().any(|leaf| asks_for_date(leaf, item)) {
            scene.suppose_dated(place, unread, &mut stake);
        }
        if unread || !stake.counts_once_dated.is_empty() {
            open.push(Open { item, stake });
        }
    }
    open
}

/// A thread as it is judged today, to be judged again on a supposition.
struct Scene<'s> {
    now: &'s Judgement<'s>,
    history: &'s History<'s>,
    standing: &'s Standing,
}

impl Scene<'_> {
    fn suppose_read(&self, place: usize, stake: &mut Stake<'_>) {
        let item = &self.now.universe.items[place];
        for verdict in possible(self.now.thread, item) {
            let then = self.judge(place, |item| read(item, self.now.day, verdict.as_deref()));
            stake.counts.extend(self.nearer(&then, item));
            let settlement = Settlement::between(self.now, &then);
            if !settlement.is_empty() {
                stake.settles.push((verdict, settlement));
            }
        }
        let ready = stake.ready();
        stake.counts.retain(|trigger| !ready.contains(trigger));
    }

    /// An item cannot have been published later than it landed: if that day is too long ago, so is
    /// its date.
    fn suppose_dated(&self, place: usize, unread: bool, stake: &mut Stake<'_>) {
        let item = &self.now.universe.items[place];
        let date = item.landed.unwrap_or(self.now.day);
        let readings = if unread { possible(self.now.thread, item) } else { Vec::new() };
        let mut suppose = |reading: Option<&Option<String>>| {
            let then = self.judge(place, |item| {
                item.date = Some(date);
                if let Some(verdict) = reading {
                    read(item, self.now.day, verdict.as_deref());
                }
            });
            let settled = Settlement::between(self.now, &then).ready;
            stake.counts_once_dated.extend(settled.into_iter().map(|trigger| trigger.id));
            stake.counts_once_dated.extend(self.nearer(&then, item));
        };
        suppose(None);
        for verdict in &readings {
            suppose(Some(verdict));
        }
        let by_reading = &stake.ready() | &stake.counts;
        stake.counts_once_dated.retain(|trigger| !by_reading.contains(trigger));
    }

    /// The thread judged as if one of its items were different.
    fn judge(&self, place: usize, change: impl FnOnce(&mut MergedItem)) -> Judgement<'_> {
        let mut universe = (*self.now.universe).clone();
        change(&mut universe.items[place]);
        judge_knowing(self.history, self.standing, self.now.day, universe)
    }

    /// The triggers that wait, and lack less than they do today or count the item as they do not
    /// today.
    fn nearer(&self, then: &Judgement<'_>, item: &MergedItem) -> Vec<String> {
        let comes_nearer = |verdict: &&Verdict<'_>| {
            let now = self.now.verdict(&verdict.trigger.id.value);
            now.filter(|now| now.state == State::Waiting).is_some_and(|now| {
                verdict.outcome.missing < now.outcome.missing
                    || (counts(&verdict.outcome, &item.id) && !counts(&now.outcome, &item.id))
            })
        };
        let nearer = then.verdicts.iter().filter(comes_nearer);
        nearer.map(|verdict| verdict.trigger.id.value.clone()).collect()
    }
}

fn read(item: &mut MergedItem, day: Date, verdict: Option<&str>) {
    item.reading = Reading::Read { on: Some(day) };
    item.verdict = verdict.map(str::to_string);
}

/// Whether some part of a condition that wants more counts an item.
fn counts(outcome: &Outcome, id: &str) -> bool {
    matches!(outcome.need, Bounds::AtLeast(_))
        && (outcome.counted.iter().any(|counted| counted.token == id)
            || outcome.children.iter().any(|child| counts(child, id)))
}

/// What a reading may come to: no verdict, or one of those declared.
fn possible(thread: &Thread, item: &MergedItem) -> Vec<Option<String>> {
    let declared = thread.verdicts.iter().filter(|(name, _)| item.is_named(name));
    let words = declared.flat_map(|(_, words)| words).map(|word| Some(word.value.clone()));
    std::iter::once(None).chain(words).collect()
}

/// Whether the answer to a question may change with the reading of an item.
fn asks_for_reading(leaf: &Leaf, thread: &Thread, item: &MergedItem) -> bool {
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

/// Whether the answer to a question may change with the date of an item.
fn asks_for_date(leaf: &Leaf, item: &MergedItem) -> bool {
    item.date.is_none() && matches!(leaf, Leaf::Count(count) if count.published_within.is_some())
}
