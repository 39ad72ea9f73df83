//! Findings of `thread check`, and the fixes that it made.

use schemars::JsonSchema;
use serde::Serialize;

use crate::check::fix::AppliedFix;
use crate::commands::shared::findings::Finding;
use crate::commands::shared::json::Report;

/// Findings of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct CheckReport {
    /// Number of thread files.
    pub threads: usize,
    /// Number of catalog files.
    pub catalogs: usize,
    /// Fixes that were made, in order.
    pub fixed: Vec<FixedFinding>,
    /// Findings that are left.
    pub findings: Vec<Finding>,
}

impl Report for CheckReport {
    const KIND: &'static str = "check";
}

/// A finding that was fixed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FixedFinding {
    /// Name of the rule.
    pub rule: &'static str,
    /// Path relative to the workspace.
    pub path: String,
    /// Line of the finding before the fix, from 1.
    pub line: usize,
    /// Column of the finding before the fix, from 1, in characters.
    pub column: usize,
    /// Message of the finding.
    pub message: String,
    /// Description of the fix, such as "write `medium`".
    pub title: String,
}

impl FixedFinding {
    /// Returns the report of a fix.
    pub(super) fn new(made: &AppliedFix) -> Self {
        Self {
            rule: made.rule.name(),
            path: made.path.clone(),
            line: made.position.line,
            column: made.position.column,
            message: made.message.clone(),
            title: made.title.clone(),
        }
    }
}
