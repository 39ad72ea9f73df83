//! Triggers, which change the level of a thread when their conditions are true, and the selections
//! of items that the conditions count.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Date, Days, TitlePattern};
use crate::text::{Span, Spanned};

/// A trigger of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// The whole map in the front matter.
    pub span: Span,
    /// The id, unique within the thread.
    pub id: Spanned<String>,
    /// The reason, printed whenever the trigger acts.
    pub why: String,
    /// The effect on the level.
    pub effect: Effect,
    /// The condition.
    pub when: Condition,
    /// The levels of the thread at which the trigger may act; empty for all.
    pub from: Vec<String>,
    /// `for:` how long the condition must have been true.
    pub hold_for: Option<Days>,
    /// The last date on which the trigger may act.
    pub until: Option<Date>,
    /// The next step of the user after the trigger has acted, for display.
    pub next: Option<String>,
    /// Ids of the facts that were known at decisions; `None` before the first decision.
    pub acknowledged: Option<Vec<String>>,
}

/// The effect of a trigger on the level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// `raise-to`
    RaiseTo(Spanned<String>),
    /// `lower-to`
    LowerTo(Spanned<String>),
    /// `stay-at`: the level stays, and a log entry records this.
    StayAt(Spanned<String>),
}

impl Effect {
    /// The level in the effect.
    pub fn level(&self) -> &Spanned<String> {
        match self {
            Self::RaiseTo(level) | Self::LowerTo(level) | Self::StayAt(level) => level,
        }
    }

    /// The kind of the effect, without its level.
    pub fn kind(&self) -> EffectKind {
        match self {
            Self::RaiseTo(_) => EffectKind::RaiseTo,
            Self::LowerTo(_) => EffectKind::LowerTo,
            Self::StayAt(_) => EffectKind::StayAt,
        }
    }
}

/// Kind of an [`Effect`], by its YAML key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum EffectKind {
    /// Raises the level.
    RaiseTo,
    /// Lowers the level.
    LowerTo,
    /// Leaves the level, and logs an answer.
    StayAt,
}

/// A condition: a leaf, or conditions joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// All conditions are true.
    All(Vec<Condition>),
    /// At least one condition is true.
    Any(Vec<Condition>),
    /// No condition is true.
    None(Vec<Condition>),
    /// A condition on the facts.
    Leaf(Leaf),
}

impl Condition {
    /// Returns the leaves, in the order of the file.
    pub fn leaves(&self) -> Vec<&Leaf> {
        match self {
            Self::All(list) | Self::Any(list) | Self::None(list) => {
                list.iter().flat_map(Self::leaves).collect()
            }
            Self::Leaf(leaf) => vec![leaf],
        }
    }
}

/// A condition on the facts of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaf {
    /// The number of items in a set.
    Count(Count),
    /// The time since the newest item of a set landed.
    Quiet(Quiet),
    /// An item was read.
    Read {
        /// Id or URL of the item.
        item: Spanned<String>,
    },
    /// The reading of an item had one of some verdicts.
    Verdict {
        /// Id or URL of the item.
        item: Spanned<String>,
        /// The verdicts.
        is: Vec<Spanned<String>>,
    },
    /// People attest a claim in the log.
    Attested {
        /// The name of the claim.
        claim: Spanned<String>,
        /// The people who count; empty for all.
        by: Vec<Spanned<String>>,
        /// The required number of people; at least 1.
        people: u32,
    },
    /// A draft has one of some states.
    Draft {
        /// The states.
        is: Vec<Spanned<String>>,
    },
}

impl Leaf {
    /// Returns the id or URL of the item in the condition.
    pub fn item(&self) -> Option<&str> {
        match self {
            Self::Read { item } | Self::Verdict { item, .. } => Some(&item.value),
            Self::Count(_) | Self::Quiet(_) | Self::Attested { .. } | Self::Draft { .. } => None,
        }
    }
}

/// `count:`: the number of items in a set is within a bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The name of the set.
    pub of: Spanned<String>,
    /// The bound of the number.
    pub bound: Bound,
    /// Counts different orgs or sources instead of items.
    pub distinct: Option<Distinct>,
    /// Counts only items that were published within this time; `1d` is today.
    pub published_within: Option<Days>,
    /// Counts only items that landed on this date or later.
    pub landed_since: Option<Date>,
}

/// A bound of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The number or more; the number is at least 1.
    AtLeast(u32),
    /// The number or less.
    AtMost(u32),
}

/// A property of items whose different values are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distinct {
    /// The org.
    Org,
    /// The source.
    Source,
}

/// `quiet:`: no item of a set has landed for some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiet {
    /// The name of the set. Each of its selections names its sources.
    pub of: Spanned<String>,
    /// `for:` the time without a new item. Only the time up to the last scan of the sources counts.
    pub silent_for: Days,
}

/// A selection of items. All given keys must match; a key with several values matches with any of
/// them. An empty list is a key that is not given.
///
/// `{tag: [kelp, brick], org: lab}` selects the items of `lab` that have one of the two tags.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Slugs of sources.
    pub source: Vec<Spanned<String>>,
    /// Orgs.
    pub org: Vec<Spanned<String>>,
    /// Tags.
    pub tag: Vec<Spanned<String>>,
    /// Patterns for the title.
    pub title: Vec<Spanned<TitlePattern>>,
    /// Ids or URLs of items.
    pub item: Vec<Spanned<String>>,
    /// Verdicts on the items.
    pub verdict: Vec<Spanned<String>>,
    /// Selects items that were read, or that were not.
    pub read: Option<bool>,
    /// Selections of items that are left out. They have no `except` themselves.
    pub except: Vec<Selection>,
}
