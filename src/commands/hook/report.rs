//! Report of `hook install`: the files and settings that were written for git.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::json::Report;

/// A hook and a merge driver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct HookReport {
    /// The hook that checks commits; `null` if only the merge driver was installed.
    pub hook: Option<FileReport>,
    /// The file with the patterns of the files that the driver merges.
    pub attributes: FileReport,
    /// The command that merges them, in the configuration of the repository.
    pub driver: String,
    /// True if the configuration was written; `false` if it was up to date.
    pub driver_written: bool,
    /// The directory of the hook, if other repositories use it too.
    pub shared_hooks: Option<String>,
}

impl Report for HookReport {
    const KIND: &'static str = "hook";
}

/// A file that was written, or was so already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FileReport {
    /// Its path.
    pub path: String,
    /// True if it was written; false if it was up to date.
    pub written: bool,
}
