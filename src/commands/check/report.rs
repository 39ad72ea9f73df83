//! What `check` found, and what it mended.

use schemars::JsonSchema;
use serde::Serialize;

use crate::check::fix::Made;
use crate::commands::shared::json::Report;

use crate::commands::shared::findings::report::Finding;

/// The findings of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct CheckReport {
    /// How many thread files there are.
    pub threads: usize,
    /// How many catalog files there are.
    pub catalogs: usize,
    /// What was fixed just now, in the order in which it was done.
    pub fixed: Vec<FixedFinding>,
    /// What there is to find.
    pub findings: Vec<Finding>,
}

impl Report for CheckReport {
    const KIND: &'static str = "check";
}

/// A finding that is no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FixedFinding {
    /// Name of the rule.
    pub rule: &'static str,
    /// Path relative to the workspace.
    pub path: String,
    /// The line where it stood, from 1.
    pub line: usize,
    /// The column where it stood, from 1, in characters.
    pub column: usize,
    /// What was wrong.
    pub message: String,
    /// What the fix did.
    pub title: String,
}

/// The fixes that were made, as a program reads them.
pub fn fixed(made: &[Made]) -> Vec<FixedFinding> {
    let fixed = |made: &Made| FixedFinding {
        rule: made.rule.name(),
        path: made.path.clone(),
        line: made.position.line,
        column: made.position.column,
        message: made.message.clone(),
        title: made.title.clone(),
    };
    made.iter().map(fixed).collect()
}
