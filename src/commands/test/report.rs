//! Results of tests as data.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::tagging::TaggingRun;
use super::test_run::{LeafName, Seen, TestRun};
use crate::commands::fetch::report::GivenTag;
use crate::commands::shared::findings::Finding;
use crate::commands::shared::json::Report;

/// Results of tests of triggers and tag rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TestReport {
    /// Number of tests that passed.
    pub passed: usize,
    /// Number of tests that failed.
    pub failed: usize,
    /// Results by file.
    pub files: Vec<TestFileReport>,
    /// Failed expectations, and errors in the files.
    pub findings: Vec<Finding>,
}

impl Report for TestReport {
    const KIND: &'static str = "test";
}

/// Results of one file of tests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TestFileReport {
    /// Path of the file.
    pub path: String,
    /// Slug of the thread; `null` if the file tests tag rules only.
    pub thread: Option<String>,
    /// The tests of triggers.
    pub tests: Vec<TestRunReport>,
    /// The tests of tag rules.
    pub tagging: Vec<TaggingReport>,
    /// Conditions that the tests covered; absent without `--coverage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
}

/// Result of one test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TestRunReport {
    /// Name of the test.
    pub name: String,
    /// True if the test has expectations and all of them are met.
    pub passed: bool,
    /// Number of values that were compared.
    pub compared: usize,
}

/// Result of one test of tag rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TaggingReport {
    /// Title of the entry.
    pub title: String,
    /// Slug of its source.
    pub source: Option<String>,
    /// True if the rules give exactly the expected tags.
    pub passed: bool,
    /// The tags that the rules give, with the reasons.
    pub tags: Vec<GivenTag>,
}

/// Leaves of the thread's conditions that the tests covered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Coverage {
    /// Number of leaves of all triggers.
    pub leaves: usize,
    /// Leaves that were true on no date.
    pub never_satisfied: Vec<LeafReport>,
    /// Leaves that were true on every date.
    pub never_unsatisfied: Vec<LeafReport>,
}

/// A leaf of a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct LeafReport {
    /// Id of the trigger.
    pub trigger: String,
    /// The text of the leaf.
    pub asks: String,
}

impl TestReport {
    /// Returns the report of test files.
    pub(super) fn new(files: Vec<TestFileReport>, findings: Vec<Finding>) -> Self {
        let tests = files.iter().flat_map(|file| &file.tests).map(|test| test.passed);
        let tagging = files.iter().flat_map(|file| &file.tagging).map(|test| test.passed);
        let (passed, failed): (Vec<bool>, Vec<bool>) = tests.chain(tagging).partition(|test| *test);
        Self { passed: passed.len(), failed: failed.len(), files, findings }
    }
}

impl TestRunReport {
    /// Returns the report of a test.
    pub(super) fn new(test_run: &TestRun) -> Self {
        Self {
            name: test_run.name.clone(),
            passed: test_run.failures.is_empty() && test_run.compared > 0,
            compared: test_run.compared,
        }
    }
}

impl TaggingReport {
    /// Returns the report of a test of tag rules.
    pub(super) fn new(run: &TaggingRun<'_>) -> Self {
        let tag = |(tag, reason): &(String, String)| GivenTag {
            tag: tag.clone(),
            reason: Some(reason.clone()),
        };
        Self {
            title: run.test.title.clone(),
            source: Some(run.test.source.clone()).filter(|source| !source.is_empty()),
            passed: run.failures.is_empty(),
            tags: run.found.iter().map(tag).collect(),
        }
    }
}

impl Coverage {
    /// Returns the coverage of all tests of a file.
    pub(super) fn new(runs: &[TestRun]) -> Self {
        let mut leaves: BTreeMap<&LeafName, Seen> = BTreeMap::new();
        for (leaf, seen) in runs.iter().flat_map(|test_run| &test_run.seen) {
            let total = leaves.entry(leaf).or_default();
            total.satisfied |= seen.satisfied;
            total.unsatisfied |= seen.unsatisfied;
        }
        Self {
            leaves: leaves.len(),
            never_satisfied: leaves_with(&leaves, |seen| !seen.satisfied),
            never_unsatisfied: leaves_with(&leaves, |seen| !seen.unsatisfied),
        }
    }
}

fn leaves_with(
    leaves: &BTreeMap<&LeafName, Seen>,
    is_wanted: impl Fn(&Seen) -> bool,
) -> Vec<LeafReport> {
    let wanted = leaves.iter().filter(|(_, seen)| is_wanted(seen));
    wanted
        .map(|((trigger, asks), _)| LeafReport { trigger: trigger.clone(), asks: asks.clone() })
        .collect()
}
