//! How ready a thread is to be written about, and how it got there.

use crate::model::Date;
use crate::text::{Span, Spanned};

/// `ripeness:` of the front matter: the level stands here and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ripeness {
    /// A word of the ladder.
    pub level: Spanned<String>,
    /// The day since which the thread has this level.
    pub since: Option<Date>,
}

/// One dated bullet of the Ripeness section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// The bullet.
    pub span: Span,
    /// The day.
    pub date: Date,
    /// The change of level it tells, where it tells one.
    pub change: Option<Move>,
    /// The rest, without fields.
    pub reason: String,
    /// `[trigger:: …]`: ids of the triggers that acted.
    pub triggers: Vec<String>,
    /// `[on:: …]`: the tokens it stood on.
    pub on: Vec<String>,
    /// `[by:: …]`: who decided.
    pub by: Option<Spanned<String>>,
    /// `[attested:: …]`: the claim that somebody attests.
    pub attested: Option<String>,
    /// `[withdrawn:: …]`: the claim that somebody no longer attests.
    pub withdrawn: Option<String>,
}

/// A change of level in a log entry: `medium → ripe`, `→ ripe`, or `stays medium`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The level before, where it is told.
    pub from: Option<String>,
    /// The level after.
    pub to: Spanned<String>,
}
