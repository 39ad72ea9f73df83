//! Evaluation of conditions on a date: the number found, the number needed, and near misses.

pub mod count;
pub mod near_miss;
pub mod people;
pub mod quiet;
pub mod reading;
pub mod timeline;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::evaluate::conditions::near_miss::NearMiss;
use crate::evaluate::conditions::timeline::{Timeline, Truth};
use crate::evaluate::history::History;
use crate::evaluate::items::catalog_index::CatalogIndex;
use crate::evaluate::items::item::Item;
use crate::evaluate::items::selection::matched_title;
use crate::evaluate::items::thread_items::ThreadItems;
use crate::model::trigger::Bound;
use crate::model::{Condition, Configuration, Date, Leaf, Selection, Thread};

pub use people::{Attestation, attesters};

/// A condition evaluated on a date, with the facts it depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome<'t> {
    /// The condition.
    pub condition: &'t Condition,
    /// Its truth on the date.
    pub truth: Truth,
    /// True if the condition is true, or becomes true by the passing of time alone: an item of the
    /// thread has a date in the future.
    pub true_in_time: bool,
    /// The number found.
    pub have: u32,
    /// The number needed.
    pub need: Bound,
    /// Number of facts that are missing until it is true; 0 if it is true.
    pub missing: u32,
    /// The facts that count.
    pub counted: Vec<Counted>,
    /// Facts that nearly count: those of the thread, and, after [`look_beyond`], those of all
    /// catalogs.
    pub near_misses: Vec<NearMiss>,
    /// A remark on the numbers.
    pub note: Option<OutcomeNote>,
    /// Ids of the facts that make it true, for the log: item, `item=verdict`, `claim@person`,
    /// `path=state`.
    pub fact_ids: BTreeSet<String>,
    /// Ids of all matching facts of the thread, counted or not, for `weighed`. Empty for a
    /// condition that depends on no fact (see [`decision`](crate::evaluate::decision)).
    pub acknowledged_facts: BTreeSet<String>,
    /// The outcomes of the conditions that `all`, `any` or `none` joins; empty for a leaf.
    pub children: Vec<Outcome<'t>>,
}

/// A remark on an outcome that its numbers do not express.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutcomeNote {
    /// The thread has no item that this reference (id or URL) refers to.
    NoSuchItem(String),
    /// The reference is the short id of several items.
    AmbiguousItem {
        /// The reference.
        reference: String,
        /// Ids of the items, each unique in the thread.
        ids: Vec<String>,
    },
    /// The condition waits for an attestation by one of these people.
    WaitsFor(Vec<Attester>),
    /// The dates between which silence is measured.
    Silence {
        /// Date on which the newest item of the set landed.
        newest: Date,
        /// The source of the set whose last scan is the oldest.
        source: String,
        /// Date of the last scan of this source.
        last_scan: Date,
    },
    /// Silence cannot be measured.
    SilenceUnknown(SilenceUnknown),
}

/// A person who may attest a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attester {
    /// The name in `thread.yaml`, or in the condition.
    pub name: String,
    /// True if `thread.yaml` lists the person as an agent.
    pub is_agent: bool,
}

/// The reason why silence cannot be measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SilenceUnknown {
    /// The set names no source.
    NoSource,
    /// This source of the set was never scanned.
    NeverScanned(String),
    /// No item of the set has ever landed.
    NothingLanded,
}

/// A fact that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Counted {
    /// Id of the item, or of another fact, such as `claim@person`.
    #[serde(rename = "id")]
    pub fact_id: String,
    /// Title of the item.
    pub title: String,
    /// Date of publication.
    pub date: Option<Date>,
    /// The date on which it landed.
    pub landed: Option<Date>,
    /// Slug of a source that lists it.
    pub source: Option<String>,
    /// The pattern for titles by which the item is in the set of the condition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_has: Option<String>,
}

/// The input of conditions.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The thread.
    pub thread: &'a Thread,
    /// All catalogs.
    pub index: &'a CatalogIndex<'a>,
    /// Sources and people.
    pub configuration: &'a Configuration,
    /// The date of the evaluation.
    pub date: Date,
    /// The items of the thread on this date.
    pub items: &'a ThreadItems,
}

impl<'a> Facts<'a> {
    fn set(&self, name: &str) -> &'a [Selection] {
        set_of(self.thread, name)
    }
}

/// The selections of a set of a thread; none if there is no such set.
fn set_of<'t>(thread: &'t Thread, name: &str) -> &'t [Selection] {
    thread.sets.get(name).map(|set| set.value.as_slice()).unwrap_or_default()
}

impl Counted {
    pub(crate) fn item(item: &Item) -> Self {
        Self {
            fact_id: item.id.clone(),
            title: item.title.clone(),
            date: item.date,
            landed: item.landed,
            source: item.source.clone(),
            title_has: None,
        }
    }

    /// An item of a set.
    pub(crate) fn item_of(item: &Item, set: &[Selection]) -> Self {
        let pattern = matched_title(set, item);
        Self { title_has: pattern.map(ToString::to_string), ..Self::item(item) }
    }
}

impl<'t> Outcome<'t> {
    /// A condition that has `have` of `need`; the caller fills in everything else.
    fn new(condition: &'t Condition, have: usize, need: Bound) -> Self {
        let have = u32::try_from(have).unwrap_or(u32::MAX);
        let missing = match need {
            Bound::AtLeast(least) => least.saturating_sub(have),
            Bound::AtMost(most) => have.saturating_sub(most),
        };
        Self {
            condition,
            truth: (missing == 0).into(),
            true_in_time: missing == 0,
            have,
            need,
            missing,
            counted: Vec::new(),
            near_misses: Vec::new(),
            note: None,
            fact_ids: BTreeSet::new(),
            acknowledged_facts: BTreeSet::new(),
            children: Vec::new(),
        }
    }

    /// A leaf that counts these facts, and depends on no other.
    fn of_facts(condition: &'t Condition, counted: Vec<Counted>, need: Bound) -> Self {
        let mut outcome = Self::new(condition, counted.len(), need);
        outcome.fact_ids = counted.iter().map(|fact| fact.fact_id.clone()).collect();
        outcome.acknowledged_facts.clone_from(&outcome.fact_ids);
        outcome.counted = counted;
        outcome
    }

    /// Returns whether the condition is true.
    pub fn is_true(&self) -> bool {
        self.truth.is_true()
    }

    /// The part that decides the state: of a condition that is not true, the leaf nearest to being
    /// true; of a true `any`, the branch that makes it true.
    pub fn crux(&self) -> &Outcome<'t> {
        let same = self.children.iter().filter(|child| child.is_true() == self.is_true());
        match (self.condition, self.is_true()) {
            (Condition::Any(_), _) | (Condition::All(_), false) => {
                same.min_by_key(|child| child.missing).map_or(self, Outcome::crux)
            }
            _ => self,
        }
    }
}

/// Evaluates a condition.
pub fn evaluate<'t>(condition: &'t Condition, facts: Facts<'_>) -> Outcome<'t> {
    match condition {
        Condition::All(list) => all(condition, list, facts),
        Condition::Any(list) => any(condition, list, facts),
        Condition::None(list) => none(condition, list, facts),
        Condition::Leaf(Leaf::Count(leaf)) => count::evaluate(condition, leaf, facts),
        Condition::Leaf(Leaf::Quiet(leaf)) => quiet::evaluate(condition, leaf, facts),
        Condition::Leaf(Leaf::Read { item }) => reading::read(condition, item, facts),
        Condition::Leaf(Leaf::Verdict { item, is }) => reading::verdict(condition, item, is, facts),
        Condition::Leaf(Leaf::Attested { claim, by, people }) => {
            people::attested(condition, claim, by, *people, facts)
        }
        Condition::Leaf(Leaf::Draft { is }) => people::draft(condition, is, facts),
    }
}

/// Truth of a condition over time.
pub fn timeline(condition: &Condition, history: &History<'_>) -> Timeline {
    let join = |list: &[Condition], join: fn(&mut dyn Iterator<Item = Truth>) -> Truth| {
        let parts: Vec<Timeline> = list.iter().map(|part| timeline(part, history)).collect();
        Timeline::join(&parts, join)
    };
    let set = |name: &str| set_of(history.thread, name);
    let versions = || history.versions();
    match condition {
        Condition::All(list) => join(list, |parts| Truth::all(parts)),
        Condition::Any(list) => join(list, |parts| Truth::any(parts)),
        Condition::None(list) => join(list, |parts| Truth::none(parts)),
        Condition::Leaf(Leaf::Count(leaf)) => {
            let set = set(&leaf.of.value);
            exact(condition, set, count::timeline(leaf, set, versions()), history)
        }
        Condition::Leaf(Leaf::Quiet(leaf)) => {
            let set = set(&leaf.of.value);
            let timeline = quiet::timeline(leaf, set, versions(), history.index);
            exact(condition, set, timeline, history)
        }
        Condition::Leaf(Leaf::Read { item } | Leaf::Verdict { item, .. }) => {
            let named = versions().iter().filter(|version| version.item.is_named(&item.value));
            let changes = named.flat_map(|version| [Some(version.first), version.last.succ_opt()]);
            sampled(condition, changes.flatten().collect(), history)
        }
        Condition::Leaf(Leaf::Attested { .. }) => {
            sampled(condition, history.thread.log.iter().map(|entry| entry.date).collect(), history)
        }
        Condition::Leaf(Leaf::Draft { .. }) => {
            let changes = history.thread.drafts.iter().map(|draft| draft.date);
            sampled(condition, changes.collect(), history)
        }
    }
}

/// The timeline of a leaf over a set. Which item a reference means depends on the other items of
/// the thread, so a set that names items is evaluated on each of its events.
fn exact(
    condition: &Condition,
    set: &[Selection],
    timeline: Timeline,
    history: &History<'_>,
) -> Timeline {
    let names_items = |selection: &Selection| {
        !selection.item.is_empty() || selection.except.iter().any(|except| !except.item.is_empty())
    };
    if set.iter().any(names_items) {
        sampled(condition, timeline.events, history)
    } else {
        timeline
    }
}

/// The timeline of a leaf that changes on few dates: it is evaluated on each of them.
fn sampled(condition: &Condition, changes: BTreeSet<Date>, history: &History<'_>) -> Timeline {
    Timeline::new(changes, |date| {
        let items = history.on(date);
        let History { thread, index, configuration, .. } = *history;
        evaluate(condition, Facts { thread, index, configuration, date, items: &items }).truth
    })
}

/// Adds near misses among items of the catalogs that the thread does not have. This tests every
/// item that a set may select, and affects no state and no decision.
pub fn look_beyond(condition: &Condition, outcome: &mut Outcome<'_>, facts: Facts<'_>) {
    match condition {
        Condition::All(list) | Condition::Any(list) | Condition::None(list) => {
            for (condition, outcome) in list.iter().zip(&mut outcome.children) {
                look_beyond(condition, outcome, facts);
            }
        }
        Condition::Leaf(Leaf::Count(leaf)) => count::look_beyond(leaf, outcome, facts),
        Condition::Leaf(_) => {}
    }
}

fn children<'t>(list: &'t [Condition], facts: Facts<'_>) -> Vec<Outcome<'t>> {
    list.iter().map(|condition| evaluate(condition, facts)).collect()
}

/// Evaluates a condition on `children` of which `need` must be true.
fn joined<'t>(
    condition: &'t Condition,
    truth: Truth,
    need: Bound,
    children: Vec<Outcome<'t>>,
) -> Outcome<'t> {
    let have = children.iter().filter(|child| child.is_true()).count();
    Outcome { truth, children, ..Outcome::new(condition, have, need) }
}

fn truths<'o>(children: &'o [Outcome<'_>]) -> impl Iterator<Item = Truth> + use<'o> {
    children.iter().map(|child| child.truth)
}

fn ids_of<'o, 't: 'o>(
    children: impl Iterator<Item = &'o Outcome<'t>>,
    ids: impl Fn(&'o Outcome<'t>) -> &'o BTreeSet<String>,
) -> BTreeSet<String> {
    children.flat_map(|child| ids(child).iter().cloned()).collect()
}

fn all<'t>(condition: &'t Condition, list: &'t [Condition], facts: Facts<'_>) -> Outcome<'t> {
    let size = u32::try_from(list.len()).unwrap_or(u32::MAX);
    let children = children(list, facts);
    let truth = Truth::all(truths(&children));
    let mut outcome = joined(condition, truth, Bound::AtLeast(size), children);
    let children = &outcome.children;
    outcome.true_in_time = children.iter().all(|child| child.true_in_time);
    outcome.missing = children.iter().map(|child| child.missing).sum();
    outcome.fact_ids = ids_of(children.iter(), |child| &child.fact_ids);
    outcome.acknowledged_facts = ids_of(children.iter(), |child| &child.acknowledged_facts);
    outcome
}

fn any<'t>(condition: &'t Condition, list: &'t [Condition], facts: Facts<'_>) -> Outcome<'t> {
    let children = children(list, facts);
    let truth = Truth::any(truths(&children));
    let mut outcome = joined(condition, truth, Bound::AtLeast(1), children);
    let children = &outcome.children;
    outcome.true_in_time = children.iter().any(|child| child.true_in_time);
    outcome.missing = children.iter().map(|child| child.missing).min().unwrap_or(0);
    outcome.fact_ids =
        ids_of(children.iter().filter(|child| child.is_true()), |child| &child.fact_ids);
    outcome.acknowledged_facts = ids_of(children.iter(), |child| &child.acknowledged_facts);
    outcome
}

/// `none` depends on no fact: it is true because something is absent.
fn none<'t>(condition: &'t Condition, list: &'t [Condition], facts: Facts<'_>) -> Outcome<'t> {
    let children = children(list, facts);
    let truth = Truth::none(truths(&children));
    let mut outcome = joined(condition, truth, Bound::AtMost(0), children);
    outcome.true_in_time = outcome.is_true();
    let unknown = outcome.children.iter().find(|child| child.truth == Truth::Unknown);
    if let Some(unknown) = unknown.filter(|_| outcome.truth == Truth::Unknown) {
        outcome.note = unknown.note.clone();
    }
    outcome
}
