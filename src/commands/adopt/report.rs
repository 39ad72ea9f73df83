//! Result of `thread adopt`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::adopt::{Adopted, Remark};
use crate::commands::shared::findings::report::Finding;
use crate::commands::shared::json::Report;

/// A note that became a thread, or did not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AdoptReport {
    /// The note as it was named.
    pub note: String,
    /// The slug of the thread.
    pub thread: String,
    /// The thread's path relative to the workspace.
    pub path: String,
    /// True if the thread is a new file; false if the note itself became the thread.
    pub created: bool,
    /// True if nothing was written.
    pub dry_run: bool,
    /// Remarks on lines that were understood.
    pub understood: Vec<RemarkReport>,
    /// Remarks on lines that were not understood and are unchanged.
    pub left: Vec<RemarkReport>,
    /// The reasons why it could not become a thread, and the errors of other files.
    pub problems: Vec<Finding>,
}

impl Report for AdoptReport {
    const KIND: &'static str = "adopt";
}

/// A remark on a line of the note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RemarkReport {
    /// The line, counted from 1.
    pub line: usize,
    /// The remark.
    pub what: String,
}

impl AdoptReport {
    /// Adds the remarks on the note.
    #[must_use]
    pub fn with(mut self, adopted: &Adopted) -> Self {
        let told = |remarks: &[Remark]| {
            let told = remarks
                .iter()
                .map(|remark| RemarkReport { line: remark.line, what: remark.what.clone() });
            told.collect()
        };
        self.understood = told(&adopted.understood);
        self.left = told(&adopted.left);
        self
    }
}
