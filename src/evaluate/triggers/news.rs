//! News: whether a true trigger may act again after a decision.
//!
//! `weighed` lists the facts known at the decisions so far: the facts that a trigger's
//! selections matched, counted or not, and `true-on-DATE` for each decision that was made while
//! the trigger was true. What is news depends on the polarity of a leaf:
//!
//! - *Growing* leaves (`count … at-least`, `read`, `verdict`, `attested`, `draft`) need a fact that
//!   was not on the table: fewer would count without it.
//! - *Edge* leaves (`count … at-most`, `quiet`, and `none` as a whole) depend on no fact. They need
//!   a rising edge: neither the leaf nor the whole condition was true on every date from the last
//!   decision to the date before.
//!
//! A trigger has news if one of the leaves that make it true has.

use foldhash::HashSet;

use crate::model::trigger::Bound;
use crate::model::{Condition, Date, Leaf, Reading, date};

use crate::evaluate::conditions::{Facts, Outcome, count};
use crate::evaluate::history::History;
use crate::evaluate::items::item::Item;
use crate::evaluate::level_state::last_decision;

/// The facts known at the decisions so far, for one trigger on one date.
pub struct Acknowledged<'a> {
    when: &'a Condition,
    facts: HashSet<String>,
    /// Date of the last decision that was made while the trigger was true.
    decided: Option<Date>,
    context: Facts<'a>,
    history: &'a History<'a>,
}

/// The entry of `weighed` for a decision on a date: `true-on-2026-05-12`.
pub fn true_on(date: Date) -> String {
    format!("{TRUE_ON}{date}")
}

/// The date of a `true-on-DATE` entry of `weighed`.
pub fn date_of_true_on(entry: &str) -> Option<Date> {
    date::parse(entry.strip_prefix(TRUE_ON)?).ok()
}

const TRUE_ON: &str = "true-on-";

/// Returns whether a condition has a leaf that depends on no fact, so that a decision must remember its
/// date.
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
    /// Reads the `weighed` entries of a trigger. An item is known under any of its names.
    ///
    /// Lists of version 0.1 have no `true-on-DATE`: the last decision in the log is used instead.
    pub fn new(
        when: &'a Condition,
        weighed: &[String],
        context: Facts<'a>,
        history: &'a History<'a>,
    ) -> Self {
        let mut facts: HashSet<String> = HashSet::default();
        for entry in weighed {
            facts.insert(entry.clone());
            if let Some(item) = context.items.find(entry) {
                facts.insert(item.id.clone());
            } else if let Some((word, conclusion)) = entry.rsplit_once('=')
                && let Some(item) = context.items.find(word)
            {
                facts.insert(format!("{}={conclusion}", item.id));
            }
        }
        let stated = weighed.iter().filter_map(|entry| date_of_true_on(entry));
        let decided = stated.filter(|date| *date <= context.day).max();
        let thread = context.thread;
        let since = || thread.ripeness.since.filter(|since| *since <= context.day);
        let decided = decided.or_else(|| last_decision(thread, context.day)).or_else(since);
        Self { when, facts, decided, context, history }
    }

    /// Returns whether a leaf that makes the trigger true has news; `outcome` is that of its condition.
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

    /// Returns whether a fact about an item was on the table.
    ///
    /// Lists of version 0.1 name a reading or a verdict by its item alone: such an entry also counts
    /// for the reading, if the item had been read by the last decision.
    fn holds_of(&self, item: &Item, fact: &str) -> bool {
        let had_been_read = || match item.reading {
            Reading::Read { on: Some(on) } => self.decided.is_some_and(|decided| on <= decided),
            Reading::Read { on: None } => true,
            Reading::Unknown | Reading::Unread | Reading::Dropped => false,
        };
        self.facts.contains(fact) || (self.facts.contains(&item.id) && had_been_read())
    }

    /// Returns whether an edge leaf, and the whole condition with it, has become true since the last
    /// decision.
    fn rose(&self, leaf: &'a Condition) -> bool {
        self.decided.is_none_or(|decided| {
            [leaf, self.when].into_iter().all(|condition| {
                let timeline = self.history.timeline(condition);
                !timeline.is_true_throughout(decided, self.context.day)
            })
        })
    }
}
