//! When a thread's level is to change: sets say which items count as what, triggers how much of
//! which set, and then what.

use crate::model::{Date, Days};
use crate::text::{Span, Spanned};

/// One promotion trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Where it stands in the front matter.
    pub span: Span,
    /// Its name within the thread.
    pub id: Spanned<String>,
    /// One sentence for a person, printed whenever it acts.
    pub why: String,
    /// What it does.
    pub effect: Effect,
    /// When.
    pub when: Condition,
    /// Only while the thread has one of these levels; empty means any.
    pub from: Vec<String>,
    /// How long the condition must have held.
    pub hold_for: Option<Days>,
    /// The last day on which it may act.
    pub until: Option<Date>,
    /// What to do once it has acted.
    pub next: Option<String>,
    /// The tokens it was weighed on at the last decision; `None` before any decision.
    pub weighed: Option<Vec<String>>,
}

/// What a trigger does to the level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// `raise-to`
    RaiseTo(Spanned<String>),
    /// `lower-to`
    LowerTo(Spanned<String>),
    /// `stay-at`: the level stays, the answer is logged.
    StayAt(Spanned<String>),
}

impl Effect {
    /// The level it names.
    pub fn level(&self) -> &Spanned<String> {
        match self {
            Self::RaiseTo(level) | Self::LowerTo(level) | Self::StayAt(level) => level,
        }
    }

    /// Its YAML key.
    pub fn key(&self) -> &'static str {
        match self {
            Self::RaiseTo(_) => "raise-to",
            Self::LowerTo(_) => "lower-to",
            Self::StayAt(_) => "stay-at",
        }
    }
}

/// A condition: a leaf, or conditions joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Every one is satisfied.
    All(Vec<Condition>),
    /// At least one is satisfied.
    Any(Vec<Condition>),
    /// Not one is satisfied.
    None(Vec<Condition>),
    /// One question to the facts.
    Leaf(Leaf),
}

impl Condition {
    /// The leaves, in the order of the text.
    pub fn leaves(&self) -> Vec<&Leaf> {
        match self {
            Self::All(list) | Self::Any(list) | Self::None(list) => {
                list.iter().flat_map(Self::leaves).collect()
            }
            Self::Leaf(leaf) => vec![leaf],
        }
    }
}

/// One question to the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaf {
    /// How many items of a set there are.
    Count(Count),
    /// How long a set has been silent.
    Quiet(Quiet),
    /// Whether an item's body was read.
    Read {
        /// Item id or address.
        item: Spanned<String>,
    },
    /// What the reading of an item concluded.
    Verdict {
        /// Item id or address.
        item: Spanned<String>,
        /// Any of these words.
        is: Vec<Spanned<String>>,
    },
    /// Whether people attest a claim in the log.
    Attested {
        /// The claim's word.
        claim: Spanned<String>,
        /// Only these people count; empty means anybody.
        by: Vec<Spanned<String>>,
        /// How many different people; at least 1.
        people: u32,
    },
    /// Whether some draft has one of these states.
    Draft {
        /// Any of these states.
        is: Vec<Spanned<String>>,
    },
}

impl Leaf {
    /// The item that it names, by id or URL.
    pub fn item(&self) -> Option<&str> {
        match self {
            Self::Read { item } | Self::Verdict { item, .. } => Some(&item.value),
            Self::Count(_) | Self::Quiet(_) | Self::Attested { .. } | Self::Draft { .. } => None,
        }
    }
}

/// `count:`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The set's name.
    pub of: Spanned<String>,
    /// The bound.
    pub bound: Bound,
    /// Count different speakers or channels instead of items.
    pub distinct: Option<Distinct>,
    /// Only items published on the last so many days, today being the first.
    pub published_within: Option<Days>,
    /// Only items that landed on this day or later.
    pub landed_since: Option<Date>,
}

/// How many are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// This many or more; at least 1.
    AtLeast(u32),
    /// This many or fewer.
    AtMost(u32),
}

/// What is counted instead of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distinct {
    /// Different orgs: voices.
    Org,
    /// Different sources: channels.
    Source,
}

/// `quiet:`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiet {
    /// The set's name; each of its selections names its sources.
    pub of: Spanned<String>,
    /// How long nothing must have landed, by the scans that looked.
    pub silent_for: Days,
}

/// Which items: all keys that are given must match, and a key matches with any of its words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Slugs of sources.
    pub source: Vec<Spanned<String>>,
    /// Who speaks.
    pub org: Vec<Spanned<String>>,
    /// Tags.
    pub tag: Vec<Spanned<String>>,
    /// Ids or addresses of items.
    pub item: Vec<Spanned<String>>,
    /// What the reading concluded.
    pub verdict: Vec<Spanned<String>>,
    /// Whether the body was read.
    pub read: Option<bool>,
    /// Not these, by selections that have no `except` of their own.
    pub except: Vec<Selection>,
}
