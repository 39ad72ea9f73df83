//! What a scan did, or would do.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::json::Report;
use crate::edit::{Change, Rewrite};
use crate::model::Date;
use crate::model::LogEntry;

use crate::commands::shared::ahead::Ahead;
use crate::commands::shared::findings::report::Finding;

/// One daily session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ScanReport {
    /// The day it was for.
    pub today: Date,
    /// Threads whose log is one day ahead of it.
    pub ahead: Vec<Ahead>,
    /// Whether files were left alone.
    pub dry_run: bool,
    /// How many threads were looked at.
    pub threads: usize,
    /// The threads that changed.
    pub changed: Vec<ChangedThread>,
    /// What is wrong with the files, and what could not be written.
    pub problems: Vec<Finding>,
}

impl Report for ScanReport {
    const KIND: &'static str = "scan";
}

/// What changed in one thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ChangedThread {
    /// Its slug.
    pub thread: String,
    /// Its file.
    pub path: String,
    /// Ids of the items that became evidence.
    pub arrivals: Vec<String>,
    /// The level before and after, where it was decided on.
    pub decision: Option<LevelDecision>,
}

/// A decision that a scan wrote down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct LevelDecision {
    /// The level before.
    pub from: String,
    /// The level after; the same where it stays.
    pub to: String,
    /// The triggers that acted.
    pub triggers: Vec<String>,
    /// What they stood on.
    pub on: Vec<String>,
    /// Why, as the log has it.
    pub reason: String,
}

/// Tells what a rewrite changes.
pub fn changed(rewrite: &Rewrite) -> ChangedThread {
    let mut changed = ChangedThread {
        thread: crate::model::slug::slug_of_path(&rewrite.before.path).to_string(),
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
