//! What a new workspace begins with.

use schemars::JsonSchema;
use serde::Serialize;

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct InitReport {
    /// Paths below the workspace; folders end in `/`.
    pub created: Vec<String>,
}
