//! What came of a merge.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::json::Report;

/// Three versions of a file that became one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct MergeReport {
    /// What the file is called.
    pub path: String,
    /// How many places stand between markers for a person to decide.
    pub conflicts: usize,
    /// Whether files were left alone.
    pub dry_run: bool,
}

impl Report for MergeReport {
    const KIND: &'static str = "merge";
}
