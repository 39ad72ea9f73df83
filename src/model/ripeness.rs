//! The level of a thread, and the log of its changes.

use super::Date;
use crate::text::{Span, Spanned};

/// `ripeness:` in the front matter, which alone defines the level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ripeness {
    /// A level of the ladder.
    pub level: Spanned<String>,
    /// The date of the last change of level.
    pub since: Option<Date>,
}

/// A dated bullet of the Ripeness section.
///
/// `- 2026-06-20: medium → ripe — a third result [trigger:: third] [on:: lab/a]` has the change
/// `medium → ripe`, the reason `a third result`, the trigger `third` and the fact id `lab/a`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// The bullet.
    pub span: Span,
    /// The date that the bullet begins with.
    pub date: Date,
    /// The change of level, if there is one.
    pub change: Option<LevelChange>,
    /// The remaining text, without fields.
    pub reason: String,
    /// `[trigger:: …]`: ids of the triggers that acted.
    pub triggers: Vec<String>,
    /// `[on:: …]`: ids of the facts on which they acted.
    pub on: Vec<String>,
    /// `[by:: …]`: the person who decided or attests; `None` for the tool.
    pub by: Option<Spanned<String>>,
    /// `[attested:: …]`: the claim that the person attests.
    pub attested: Option<String>,
    /// `[withdrawn:: …]`: the claim that the person no longer attests.
    pub withdrawn: Option<String>,
}

/// A change of level in a log entry: `medium → ripe`, `→ ripe`, or `stays medium`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelChange {
    /// The level before, if the entry has it; equal to `to` for `stays medium`.
    pub from: Option<String>,
    /// The level after.
    pub to: Spanned<String>,
}

impl LogEntry {
    /// Creates a note without a span: an entry that has no change of level and no fields.
    pub fn new(date: Date, reason: impl Into<String>) -> Self {
        Self {
            span: Span::default(),
            date,
            change: None,
            reason: reason.into(),
            triggers: Vec::new(),
            on: Vec::new(),
            by: None,
            attested: None,
            withdrawn: None,
        }
    }
}

impl LevelChange {
    /// Creates a change without a span.
    pub fn new(from: &str, to: &str) -> Self {
        Self { from: Some(from.to_string()), to: to.to_string().into() }
    }
}
