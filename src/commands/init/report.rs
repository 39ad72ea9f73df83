//! What a new workspace begins with.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::json::Report;

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct InitReport {
    /// Paths below the workspace; folders end in `/`.
    pub created: Vec<String>,
}

impl Report for InitReport {
    const KIND: &'static str = "init";
}
