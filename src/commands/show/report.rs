//! One thread: its evidence, its triggers with all they stand on, its log.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::json::Report;
use crate::evaluate::{Decision, Evaluation};
use crate::model::{Configuration, Date, DraftHistory};

use crate::commands::shared::ahead::Ahead;
use crate::commands::shared::evidence_report;
use crate::commands::shared::evidence_report::SourceReport;
use crate::commands::shared::findings::report::Finding;
use crate::commands::shared::phrases;
use crate::commands::shared::trigger_report;
use crate::commands::shared::trigger_report::TriggerReport;

/// What `show` prints: a thread, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ShowDocument {
    /// A thread that could be read.
    Read(Box<ShowReport>),
    /// One that could not.
    Unreadable(UnreadableReport),
}

impl Report for ShowDocument {
    const KIND: &'static str = "show";
}

/// A thread as of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ShowReport {
    /// The day it is judged on.
    pub today: Date,
    /// The thread, if its log is one day ahead of the local date; then `today` is that later date.
    pub ahead: Vec<Ahead>,
    /// Its slug.
    pub thread: String,
    /// Its title.
    pub title: String,
    /// Its file.
    pub path: String,
    /// `active`, `dormant` or `closed`.
    #[schemars(extend("enum" = ["active", "dormant", "closed"]))]
    pub status: &'static str,
    /// When it was opened.
    pub opened: Option<Date>,
    /// Its level; `null` on a date before the log says what it was.
    pub level: Option<String>,
    /// Since when.
    pub since: Option<Date>,
    /// Whether the level is the top of the ladder.
    pub ripe: bool,
    /// Its hold, if it still stands.
    pub hold: Option<HoldReport>,
    /// `nothing`, `act` or `conflict`: what a scan would do.
    pub decision: DecisionReport,
    /// Its triggers, nearest first.
    pub triggers: Vec<TriggerReport>,
    /// Its items by source, in the order of the file; arrivals come last.
    pub evidence: Vec<SourceReport>,
    /// Its log, as the file has it.
    pub log: Vec<LogReport>,
    /// What it watches for.
    pub watching: Vec<WatchReport>,
    /// Its drafts.
    pub drafts: Vec<DraftReport>,
    /// What is wrong with the files.
    pub problems: Vec<Finding>,
}

/// What keeps raises waiting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct HoldReport {
    /// Raises to this level or higher wait.
    pub below: String,
    /// Ids of the triggers that wait; empty if all raises do.
    pub only: Vec<String>,
    /// What ends it, in words.
    pub until: String,
    /// Why.
    pub why: String,
}

/// What a scan would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "does")]
pub enum DecisionReport {
    /// No trigger is ready.
    Nothing,
    /// The level becomes this one, or stays it.
    Act {
        /// The level afterwards.
        level: String,
        /// The triggers that are ready.
        triggers: Vec<String>,
    },
    /// Nothing, because triggers contradict each other.
    Conflict {
        /// These would raise.
        raises: Vec<String>,
        /// These would lower.
        lowers: Vec<String>,
    },
}

/// A log entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct LogReport {
    /// The day.
    pub date: Date,
    /// The level before, where told.
    pub from: Option<String>,
    /// The level after.
    pub to: Option<String>,
    /// Why.
    pub reason: String,
    /// The triggers that acted.
    pub triggers: Vec<String>,
    /// What they stood on.
    pub on: Vec<String>,
    /// Who decided.
    pub by: Option<String>,
}

/// A watch line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct WatchReport {
    /// Its words.
    pub text: String,
    /// Whether it is done.
    pub done: bool,
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct DraftReport {
    /// The date since which it has its state.
    pub date: Date,
    /// The date on which it was begun.
    pub begun: Date,
    /// Where it is.
    pub path: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its state.
    pub state: Option<String>,
    /// What it rests on.
    pub anchors: Vec<String>,
}

/// Tells all of a thread. Facts dated after the day are left out.
pub fn report(
    evaluation: &Evaluation<'_>,
    configuration: &Configuration,
    problems: Vec<Finding>,
) -> ShowReport {
    let thread = evaluation.thread;
    let day = evaluation.day;
    let known = |date: &Date| *date <= day;
    ShowReport {
        today: day,
        ahead: Vec::new(),
        thread: thread.slug.clone(),
        title: thread.title.clone(),
        path: thread.path.clone(),
        status: thread.status.as_str(),
        opened: thread.opened,
        level: evaluation.level.clone(),
        since: evaluation.since(),
        ripe: evaluation.is_ripe(configuration),
        hold: evaluation.hold.map(|hold| HoldReport {
            below: hold.below.clone(),
            only: hold.only.iter().map(|id| id.value.clone()).collect(),
            until: phrases::hold_end(&hold.until),
            why: hold.why.clone(),
        }),
        decision: decision(&evaluation.decision),
        triggers: evaluation.verdicts.iter().map(trigger_report::report).collect(),
        evidence: evidence_report::report(evaluation, configuration),
        log: thread.log.iter().filter(|entry| known(&entry.date)).map(log).collect(),
        watching: thread
            .watching
            .iter()
            .map(|watch| WatchReport { text: watch.text.clone(), done: watch.done })
            .collect(),
        drafts: thread.drafts_on(evaluation.day).iter().map(draft).collect(),
        problems,
    }
}

fn draft(draft: &DraftHistory<'_>) -> DraftReport {
    let newest = draft.newest();
    DraftReport {
        date: newest.date,
        begun: draft.begun().date,
        path: newest.path.clone(),
        title: draft.title().map(str::to_string),
        state: newest.state.as_ref().map(|state| state.value.clone()),
        anchors: draft.anchors().iter().map(|anchor| anchor.value.clone()).collect(),
    }
}

/// Tells of a log entry.
pub fn log(entry: &crate::model::LogEntry) -> LogReport {
    LogReport {
        date: entry.date,
        from: entry.change.as_ref().and_then(|change| change.from.clone()),
        to: entry.change.as_ref().map(|change| change.to.value.clone()),
        reason: entry.reason.clone(),
        triggers: entry.triggers.clone(),
        on: entry.on.clone(),
        by: entry.by.as_ref().map(|by| by.value.clone()),
    }
}

/// Tells of a decision.
pub fn decision(decision: &Decision) -> DecisionReport {
    match decision {
        Decision::Nothing => DecisionReport::Nothing,
        Decision::Level { to, triggers, .. } => {
            DecisionReport::Act { level: to.clone(), triggers: triggers.clone() }
        }
        Decision::Conflict { raises, lowers } => {
            DecisionReport::Conflict { raises: raises.clone(), lowers: lowers.clone() }
        }
    }
}

/// All that can be told of a thread that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct UnreadableReport {
    /// Its slug.
    pub thread: String,
    /// Why.
    pub problems: Vec<Finding>,
}
