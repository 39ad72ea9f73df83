//! A hook of git.

use schemars::JsonSchema;
use serde::Serialize;

/// Where the hook is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct HookReport {
    /// Its path.
    pub path: String,
    /// Whether it was written; `false` where it is so already.
    pub written: bool,
}
