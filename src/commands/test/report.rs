//! Trigger tests: which passed, what failed, what no test has seen.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::test_run::{LeafName, Seen, TestRun};
use crate::commands::shared::json::Report;

use crate::commands::shared::findings::report::Finding;

/// The tests of one session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TestReport {
    /// How many passed.
    pub passed: usize,
    /// How many failed.
    pub failed: usize,
    /// The tests by file.
    pub files: Vec<TestFileReport>,
    /// What failed, and what is wrong with the files.
    pub findings: Vec<Finding>,
}

impl Report for TestReport {
    const KIND: &'static str = "test";
}

/// The tests of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TestFileReport {
    /// Its path.
    pub path: String,
    /// Slug of the thread.
    pub thread: String,
    /// Its tests.
    pub tests: Vec<TestRunReport>,
    /// Leaves that were not seen both ways, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
}

/// One test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TestRunReport {
    /// Its name.
    pub name: String,
    /// Whether all that it expects holds.
    pub passed: bool,
    /// How many single expectations were compared.
    pub compared: usize,
}

/// What the tests of a file have seen of the thread's conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Coverage {
    /// How many leaves the triggers have.
    pub leaves: usize,
    /// Leaves that were satisfied on no day.
    pub never_satisfied: Vec<LeafReport>,
    /// Leaves that were satisfied on every day.
    pub never_unsatisfied: Vec<LeafReport>,
}

/// A leaf of a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct LeafReport {
    /// The trigger.
    pub trigger: String,
    /// The leaf in words.
    pub asks: String,
}

/// Tells of one test.
pub fn test_run(test_run: &TestRun) -> TestRunReport {
    TestRunReport {
        name: test_run.name.clone(),
        passed: test_run.failures.is_empty() && test_run.compared > 0,
        compared: test_run.compared,
    }
}

/// Tells what all tests of a file have seen together.
pub fn coverage(runs: &[TestRun]) -> Coverage {
    let mut seen: BTreeMap<&LeafName, Seen> = BTreeMap::new();
    for (leaf, how) in runs.iter().flat_map(|test_run| &test_run.seen) {
        let known = seen.entry(leaf).or_default();
        known.satisfied |= how.satisfied;
        known.unsatisfied |= how.unsatisfied;
    }
    let missing = |is_missing: fn(&Seen) -> bool| {
        let leaves = seen.iter().filter(|(_, how)| is_missing(how));
        leaves
            .map(|((trigger, asks), _)| LeafReport { trigger: trigger.clone(), asks: asks.clone() })
            .collect()
    };
    Coverage {
        leaves: seen.len(),
        never_satisfied: missing(|how| !how.satisfied),
        never_unsatisfied: missing(|how| !how.unsatisfied),
    }
}
