//! Result of `thread adopt`.

use schemars::JsonSchema;
use serde::Serialize;

use super::Target;
use crate::adopt::{Adopted, FoundItems, Remark};
use crate::commands::shared::findings::report::Finding;
use crate::commands::shared::json::Report;
use crate::model::slug::slug_of_path;
use crate::text::Document;

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
    /// True if nothing was written because of `--dry-run`.
    pub dry_run: bool,
    /// False if the note has no items and was left alone.
    pub adopted: bool,
    /// The headings of its sections of evidence.
    pub evidence: Vec<String>,
    /// The number of items.
    pub items: usize,
    /// The number of items with a date.
    pub dated: usize,
    /// The number of items with a link.
    pub linked: usize,
    /// The number of lines that look like items and are not read, and of remarks.
    pub unread: usize,
    /// Remarks on lines that were understood.
    pub understood: Vec<RemarkReport>,
    /// Remarks on lines that were not understood and are unchanged.
    pub left: Vec<RemarkReport>,
    /// Errors in lines of the note. The thread is not evaluated until they are corrected.
    pub errors: Vec<RemarkReport>,
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

/// The result for several notes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AdoptAllReport {
    /// True if nothing was written because of `--dry-run`.
    pub dry_run: bool,
    /// The notes that were read.
    pub notes: Vec<AdoptReport>,
    /// The notes that cannot become threads.
    pub refused: Vec<RefusedNote>,
    /// The number of items of all notes.
    pub items: usize,
    /// The number of items with a date.
    pub dated: usize,
    /// The number of items with a link.
    pub linked: usize,
    /// The number of lines that look like items and are not read, and of remarks.
    pub unread: usize,
}

/// A note that cannot become a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RefusedNote {
    /// The note as it was named.
    pub note: String,
    /// The reason.
    pub reason: String,
}

impl Report for AdoptAllReport {
    const KIND: &'static str = "adopt-all";
}

impl AdoptAllReport {
    /// Adds a note.
    pub fn add(&mut self, note: AdoptReport) {
        self.items += note.items;
        self.dated += note.dated;
        self.linked += note.linked;
        self.unread += note.unread;
        self.notes.push(note);
    }
}

impl AdoptReport {
    /// The report of a note before it is converted.
    pub fn new(note: &Document, target: &Target, dry_run: bool) -> Self {
        Self {
            note: note.path.clone(),
            thread: slug_of_path(&target.path).to_string(),
            path: target.path.clone(),
            created: !target.is_note,
            dry_run,
            adopted: false,
            evidence: Vec::new(),
            items: 0,
            dated: 0,
            linked: 0,
            unread: 0,
            understood: Vec::new(),
            left: Vec::new(),
            errors: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Adds what was found in the note.
    #[must_use]
    pub fn with(mut self, adopted: &Adopted) -> Self {
        let FoundItems { items, dated, linked, unread } = adopted.found;
        (self.items, self.dated, self.linked, self.unread) = (items, dated, linked, unread);
        self.adopted = true;
        self.evidence.clone_from(&adopted.evidence);
        let told = |remarks: &[Remark]| {
            let told = remarks
                .iter()
                .map(|remark| RemarkReport { line: remark.line, what: remark.what.clone() });
            told.collect()
        };
        self.understood = told(&adopted.understood);
        self.left = told(&adopted.left);
        self.errors = told(&adopted.errors);
        self
    }
}
