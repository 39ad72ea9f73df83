//! Unit tests of triggers: facts by date, and what must follow from them.

use crate::model::{Date, ItemRecord};
use crate::text::{Span, Spanned};

/// A file of tests for the triggers of one thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestFile {
    /// Slug of the thread.
    pub thread: Spanned<String>,
    /// Its tests; at least one.
    pub tests: Vec<TriggerTest>,
}

/// One test: a world and a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriggerTest {
    /// What it shows, in a sentence.
    pub name: Spanned<String>,
    /// The level at the beginning; `None` is the thread's own where its facts are kept, else the
    /// lowest.
    pub level: Option<Spanned<String>>,
    /// Whether the thread's own evidence, log, drafts and catalogs are there from the beginning.
    pub keeps_facts: bool,
    /// The facts.
    pub given: Vec<Given>,
    /// What must follow; at least one.
    pub expect: Vec<Expectation>,
}

/// What becomes known, or is decided, on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The day.
    pub on: Date,
    /// Items that catalogs of the day list.
    pub items: Vec<GivenItem>,
    /// Slugs of sources that were scanned.
    pub scanned: Vec<String>,
    /// Bodies that were read.
    pub read: Vec<GivenReading>,
    /// Claims that were attested.
    pub attested: Vec<GivenWord>,
    /// Claims that were withdrawn.
    pub withdrawn: Vec<GivenWord>,
    /// Drafts that were begun, or moved on.
    pub drafts: Vec<GivenDraft>,
    /// The level that a person set.
    pub decided: Option<Spanned<String>>,
}

/// An item of a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenItem {
    /// The item.
    pub item: ItemRecord,
    /// Whether it is mapped to the thread.
    pub mapped: bool,
}

/// A reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenReading {
    /// Id or address of the item.
    pub item: Spanned<String>,
    /// What it concluded.
    pub verdict: Option<Spanned<String>>,
}

/// Somebody's word on a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenWord {
    /// The claim.
    pub claim: String,
    /// Who.
    pub by: Spanned<String>,
}

/// A draft in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenDraft {
    /// Where it is.
    pub path: String,
    /// Its state.
    pub state: Spanned<String>,
}

/// What must hold on one day: states and numbers as the scan of the day finds them, level and
/// evidence as it leaves them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// Where it stands.
    pub span: Span,
    /// The day.
    pub on: Date,
    /// What triggers say.
    pub triggers: Vec<ExpectedTrigger>,
    /// How many items sets have.
    pub sets: Vec<(Spanned<String>, u32)>,
    /// The level.
    pub level: Option<Spanned<String>>,
    /// Whether the scan writes anything.
    pub changed: Option<Spanned<bool>>,
    /// Whether triggers contradict each other.
    pub conflict: Option<Spanned<bool>>,
    /// How many items the thread holds.
    pub evidence_count: Option<Spanned<u32>>,
    /// Items that the thread holds.
    pub evidence: Vec<Spanned<String>>,
}

/// What one trigger must say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedTrigger {
    /// Its id.
    pub id: Spanned<String>,
    /// Its state.
    pub state: Option<Spanned<String>>,
    /// What its crux has.
    pub have: Option<Spanned<u32>>,
    /// What its crux takes.
    pub need: Option<Spanned<u32>>,
}
