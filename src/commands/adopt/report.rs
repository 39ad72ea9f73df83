//! What became of a note.

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
    /// Whether the thread is a new file; otherwise the note itself became the thread.
    pub created: bool,
    /// Whether files were left alone.
    pub dry_run: bool,
    /// What was understood, by line.
    pub understood: Vec<RemarkReport>,
    /// What was not, and stands as it stood, by line.
    pub left: Vec<RemarkReport>,
    /// The reasons why it could not become a thread, and the errors of other files.
    pub problems: Vec<Finding>,
}

impl Report for AdoptReport {
    const KIND: &'static str = "adopt";
}

/// One thing about one line of the note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RemarkReport {
    /// The line, counted from 1.
    pub line: usize,
    /// What there is to say.
    pub what: String,
}

impl AdoptReport {
    /// Adds what adoption has to say.
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
