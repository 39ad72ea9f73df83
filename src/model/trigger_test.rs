//! Trigger tests: facts by date, and the expected results. Tests of tag rules: titles, and the expected
//! tags.

use super::{Date, ItemRecord};
use crate::text::{Span, Spanned};

/// A file with tests of the triggers of one thread, tests of the rules of `tagging`, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestFile {
    /// Slug of the thread; `None` without tests of triggers.
    pub thread: Option<Spanned<String>>,
    /// The tests of triggers.
    pub tests: Vec<TriggerTest>,
    /// The tests of tag rules.
    pub tagging: Vec<TaggingTest>,
}

/// A test of tag rules: an entry of a feed, and the tags that the rules give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaggingTest {
    /// The title.
    pub title: String,
    /// Slug of the source; empty for an entry of no source.
    pub source: String,
    /// The org, if the source does not determine it.
    pub org: Option<String>,
    /// The URL; empty for an entry without one.
    pub url: String,
    /// The summary; empty for an entry without one.
    pub summary: String,
    /// The categories.
    pub categories: Vec<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The expected tags.
    pub tags: Spanned<Vec<Spanned<String>>>,
}

/// A test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriggerTest {
    /// The name of the test, in a sentence.
    pub name: Spanned<String>,
    /// The level at the start; `None` for the level of the thread if its facts are kept, else for
    /// the lowest level.
    pub level: Option<Spanned<String>>,
    /// True if the test starts with the evidence, log, drafts and catalogs of the thread.
    pub keeps_facts: bool,
    /// The facts, by date.
    pub given: Vec<GivenFacts>,
    /// The expected results, by date; at least one.
    pub expect: Vec<Expectation>,
}

/// The facts and decisions of one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenFacts {
    /// The date.
    pub on: Date,
    /// Items in the catalogs of the date.
    pub items: Vec<GivenItem>,
    /// Slugs of sources that were scanned.
    pub scanned: Vec<String>,
    /// Items that were read.
    pub read: Vec<GivenReading>,
    /// Claims that were attested.
    pub attested: Vec<GivenAttestation>,
    /// Claims that were withdrawn.
    pub withdrawn: Vec<GivenAttestation>,
    /// New drafts, and drafts with another state.
    pub drafts: Vec<GivenDraft>,
    /// The level that the user set.
    pub decided: Option<Spanned<String>>,
}

/// An item in a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenItem {
    /// The item.
    pub item: ItemRecord,
    /// True if the item is mapped to the thread.
    pub mapped: bool,
}

/// A reading of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenReading {
    /// Id or URL of the item.
    pub item: Spanned<String>,
    /// The verdict.
    pub verdict: Option<Spanned<String>>,
}

/// An attestation of a claim, or its withdrawal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAttestation {
    /// The claim.
    pub claim: String,
    /// The person.
    pub by: Spanned<String>,
}

/// A draft in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenDraft {
    /// The path.
    pub path: String,
    /// The state.
    pub state: Spanned<String>,
}

/// The expected results of the scan on one date: states and numbers before the scan changes the
/// thread, level and evidence after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The whole map.
    pub span: Span,
    /// The date.
    pub on: Date,
    /// The expected triggers.
    pub triggers: Vec<ExpectedTrigger>,
    /// The number of items in sets.
    pub sets: Vec<(Spanned<String>, u32)>,
    /// The level after the scan.
    pub level: Option<Spanned<String>>,
    /// The expectation that the scan changes the thread, or that it does not.
    pub changed: Option<Spanned<bool>>,
    /// The expectation that a raise and a lowering are ready at the same time, or are not.
    pub conflict: Option<Spanned<bool>>,
    /// The number of items in the evidence.
    pub evidence_count: Option<Spanned<u32>>,
    /// Items in the evidence, by id or URL.
    pub evidence: Vec<Spanned<String>>,
}

/// The expected result of one trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedTrigger {
    /// The id of the trigger.
    pub id: Spanned<String>,
    /// The state.
    pub state: Option<Spanned<String>>,
    /// The number that the crux has.
    pub have: Option<Spanned<u32>>,
    /// The number that the crux needs.
    pub need: Option<Spanned<u32>>,
}
