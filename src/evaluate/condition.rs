//! Conditions judged on a day: what there is, what it takes, and what was nearly counted.

mod count;
mod people;
mod quiet;
mod reading;

use std::collections::BTreeSet;

use crate::model::{Condition, Configuration, Date, Leaf, Selection, Thread};

use super::archive::Archive;
use super::merged_item::MergedItem;
use super::universe::Universe;

pub use people::attesters;

/// A condition as it stands on a day, with all that it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The condition in words: `metr-rd-evals at least 3`.
    pub asks: String,
    /// How it joins its children; `None` for a leaf.
    pub join: Option<Join>,
    /// Whether it is satisfied.
    pub satisfied: bool,
    /// How much there is.
    pub have: u32,
    /// How much it takes.
    pub need: Bounds,
    /// How many facts are missing until it is satisfied; 0 where it is.
    pub missing: u32,
    /// What was counted.
    pub counted: Vec<Counted>,
    /// What was nearly counted: of what the thread knows, and of all the catalogs list once somebody
    /// has asked to [`look_beyond`] that.
    pub near_misses: Vec<NearMiss>,
    /// What is to be said beside the numbers.
    pub note: Option<String>,
    /// The facts that it stands on: item, `item=verdict`, `claim@person`, `path=state`.
    pub tokens: BTreeSet<String>,
    /// The conditions that it joins.
    pub children: Vec<Outcome>,
}

/// How a condition joins others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// Every one must be satisfied.
    All,
    /// One suffices.
    Any,
    /// None may be.
    None,
}

/// How much a condition takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bounds {
    /// This much or more.
    AtLeast(u32),
    /// This much or less.
    AtMost(u32),
}

/// Something that was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Its token.
    pub token: String,
    /// What to call it.
    pub title: String,
    /// When it was published.
    pub date: Option<Date>,
    /// When it became known.
    pub landed: Option<Date>,
    /// Where it was published.
    pub source: Option<String>,
}

/// Something that was nearly counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// What it is.
    pub item: Counted,
    /// Why it does not count.
    pub reason: String,
}

/// All that conditions are judged by.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The thread.
    pub thread: &'a Thread,
    /// All catalogs.
    pub archive: &'a Archive<'a>,
    /// Sources and people.
    pub configuration: &'a Configuration,
    /// The day.
    pub day: Date,
    /// What the thread knows on the day.
    pub universe: &'a Universe,
}

impl Facts<'_> {
    fn set(&self, name: &str) -> &[Selection] {
        self.thread.sets.get(name).map(|set| set.value.as_slice()).unwrap_or_default()
    }
}

impl Counted {
    fn item(item: &MergedItem) -> Self {
        Self {
            token: item.id.clone(),
            title: item.title.clone(),
            date: item.date,
            landed: item.landed,
            source: item.sources.first().cloned(),
        }
    }
}

impl Outcome {
    /// A leaf that has `have` of `need`; everything else is still to be filled in.
    fn new(asks: String, have: usize, need: Bounds) -> Self {
        let have = u32::try_from(have).unwrap_or(u32::MAX);
        let missing = match need {
            Bounds::AtLeast(least) => least.saturating_sub(have),
            Bounds::AtMost(most) => have.saturating_sub(most),
        };
        Self {
            asks,
            join: None,
            satisfied: missing == 0,
            have,
            need,
            missing,
            counted: Vec::new(),
            near_misses: Vec::new(),
            note: None,
            tokens: BTreeSet::new(),
            children: Vec::new(),
        }
    }

    /// The part of this condition that its state hangs on: while it is open, the open leaf that is
    /// nearest to being satisfied; once it is satisfied, the branch of an `any` that satisfies it.
    pub fn crux(&self) -> &Outcome {
        let same = self.children.iter().filter(|child| child.satisfied == self.satisfied);
        match (self.join, self.satisfied) {
            (Some(Join::Any), _) | (Some(Join::All), false) => {
                same.min_by_key(|child| child.missing).map_or(self, Outcome::crux)
            }
            _ => self,
        }
    }
}

/// Judges a condition.
pub fn judge(condition: &Condition, facts: Facts<'_>) -> Outcome {
    match condition {
        Condition::All(list) => all(list, facts),
        Condition::Any(list) => any(list, facts),
        Condition::None(list) => none(list, facts),
        Condition::Leaf(Leaf::Count(leaf)) => count::judge(leaf, facts),
        Condition::Leaf(Leaf::Quiet(leaf)) => quiet::judge(leaf, facts),
        Condition::Leaf(Leaf::Read { item }) => reading::read(item, facts),
        Condition::Leaf(Leaf::Verdict { item, is }) => reading::verdict(item, is, facts),
        Condition::Leaf(Leaf::Attested { claim, by, people }) => {
            people::attested(claim, by, *people, facts)
        }
        Condition::Leaf(Leaf::Draft { is }) => people::draft(is, facts),
    }
}

/// Looks for near misses in what the catalogs list and the thread does not have. It takes a look at
/// everything that a set may mean, and no state or decision hangs on it.
pub fn look_beyond(condition: &Condition, outcome: &mut Outcome, facts: Facts<'_>) {
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

fn children(list: &[Condition], facts: Facts<'_>) -> (Vec<Outcome>, usize) {
    let children: Vec<Outcome> = list.iter().map(|condition| judge(condition, facts)).collect();
    let satisfied = children.iter().filter(|child| child.satisfied).count();
    (children, satisfied)
}

fn tokens_of<'o>(outcomes: impl Iterator<Item = &'o Outcome>) -> BTreeSet<String> {
    outcomes.flat_map(|outcome| outcome.tokens.iter().cloned()).collect()
}

fn size(list: &[Condition]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

fn all(list: &[Condition], facts: Facts<'_>) -> Outcome {
    let (children, satisfied) = children(list, facts);
    let mut outcome = Outcome::new("all of".into(), satisfied, Bounds::AtLeast(size(list)));
    outcome.join = Some(Join::All);
    outcome.missing = children.iter().map(|child| child.missing).sum();
    outcome.tokens = tokens_of(children.iter());
    outcome.children = children;
    outcome
}

fn any(list: &[Condition], facts: Facts<'_>) -> Outcome {
    let (children, satisfied) = children(list, facts);
    let mut outcome = Outcome::new("any of".into(), satisfied, Bounds::AtLeast(1));
    outcome.join = Some(Join::Any);
    outcome.missing = children.iter().map(|child| child.missing).min().unwrap_or(0);
    outcome.tokens = tokens_of(children.iter().filter(|child| child.satisfied));
    outcome.children = children;
    outcome
}

fn none(list: &[Condition], facts: Facts<'_>) -> Outcome {
    let (children, satisfied) = children(list, facts);
    let mut outcome = Outcome::new("none of".into(), satisfied, Bounds::AtMost(0));
    outcome.join = Some(Join::None);
    outcome.children = children;
    outcome
}
