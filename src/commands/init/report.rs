//! Result of `thread init`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::hook::report::FileReport;
use crate::commands::shared::json::Report;

/// The created files and directories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct InitReport {
    /// Paths relative to the workspace; directories end in `/`.
    pub created: Vec<String>,
    /// `.gitattributes`, if it was written; `null` outside of git.
    pub attributes: Option<FileReport>,
}

impl Report for InitReport {
    const KIND: &'static str = "init";
}
