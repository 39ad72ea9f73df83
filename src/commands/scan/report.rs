//! Result of a scan as data.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::findings::Finding;
use crate::commands::shared::json::Report;
use crate::commands::shared::session::Ahead;
use crate::edit::{Change, Rewrite};
use crate::model::slug::slug_of_path;
use crate::model::{Date, LogEntry};

/// Result of a scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ScanReport {
    /// Date of the scan.
    pub today: Date,
    /// Threads whose log is one day ahead of `today`.
    pub ahead: Vec<Ahead>,
    /// True if no file was written.
    pub dry_run: bool,
    /// Ids of the items that a catalog of this date lists first and that belong to no thread.
    pub new_unmapped: Vec<String>,
    /// Number of threads that were scanned.
    pub threads: usize,
    /// Threads that changed.
    pub changed: Vec<ChangedThread>,
    /// Errors in the files, and changes that could not be written.
    pub problems: Vec<Finding>,
}

impl Report for ScanReport {
    const KIND: &'static str = "scan";
}

/// The changes of one thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ChangedThread {
    /// Slug of the thread.
    pub thread: String,
    /// Path relative to the workspace.
    pub path: String,
    /// Ids of the items that became evidence.
    pub arrivals: Vec<String>,
    /// Decision about the level, if one was logged.
    pub decision: Option<LevelDecision>,
}

/// A decision about the level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct LevelDecision {
    /// Level before.
    pub from: String,
    /// Level after; the same if it stays.
    pub to: String,
    /// Ids of the triggers that acted.
    pub triggers: Vec<String>,
    /// Ids of the facts that the triggers counted.
    pub on: Vec<String>,
    /// Reason, as in the log entry.
    pub reason: String,
}

impl ChangedThread {
    /// Returns the report of a changed thread.
    pub(super) fn new(rewrite: &Rewrite) -> Self {
        let mut changed = Self {
            thread: slug_of_path(&rewrite.before.path).to_string(),
            path: rewrite.before.path.clone(),
            arrivals: Vec::new(),
            decision: None,
        };
        for change in &rewrite.changes {
            match change {
                Change::Arrival(arrival) => changed.arrivals.push(arrival.item.id.clone()),
                Change::Log(LogEntry { change: Some(level), triggers, on, reason, .. }) => {
                    changed.decision = Some(LevelDecision {
                        from: level.from.clone().unwrap_or_default(),
                        to: level.to.value.clone(),
                        triggers: triggers.clone(),
                        on: on.clone(),
                        reason: reason.clone(),
                    });
                }
                _ => {}
            }
        }
        changed
    }
}
