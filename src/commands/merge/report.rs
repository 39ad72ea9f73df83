//! Result of `thread merge`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::json::Report;

/// Three versions of a file that became one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct MergeReport {
    /// The path of the file.
    pub path: String,
    /// Number of conflicts between markers.
    pub conflicts: usize,
    /// True if nothing was written.
    pub dry_run: bool,
}

impl Report for MergeReport {
    const KIND: &'static str = "merge";
}
