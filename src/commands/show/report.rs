//! One thread as data: its evidence, triggers, log, watch list and drafts.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::evidence_report::{DroppedReport, SourceReport, by_source, dropped};
use crate::commands::shared::findings::Finding;
use crate::commands::shared::json::Report;
use crate::commands::shared::phrases;
use crate::commands::shared::session::Ahead;
use crate::commands::shared::trigger_report::TriggerReport;
use crate::evaluate::{CatalogIndex, Decision, Evaluation};
use crate::model::{Configuration, Date, DraftHistory, Hold, LogEntry, Status, Watch};

/// Document of `show`: a thread, or the errors that make it unreadable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ShowDocument {
    /// A thread.
    Read(Box<ShowReport>),
    /// A thread that cannot be read.
    Unreadable(UnreadableReport),
}

impl Report for ShowDocument {
    const KIND: &'static str = "show";
}

/// A thread as of a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ShowReport {
    /// Date of the evaluation.
    pub today: Date,
    /// The thread, if its log is one day ahead of the local date; then `today` is that later date.
    pub ahead: Vec<Ahead>,
    /// Slug of the thread.
    pub thread: String,
    /// Title of the thread.
    pub title: String,
    /// Path relative to the workspace.
    pub path: String,
    /// Status in the front matter.
    pub status: Status,
    /// Date on which the thread was opened.
    pub opened: Option<Date>,
    /// Level; `null` on a date before the first level of the log.
    pub level: Option<String>,
    /// Date of the last change of level.
    pub since: Option<Date>,
    /// True if the level is the last of the ladder.
    pub ripe: bool,
    /// Hold of the thread, unless it is over.
    pub hold: Option<HoldReport>,
    /// The decision of a scan.
    pub decision: Decision,
    /// Triggers, the nearest to acting first.
    pub triggers: Vec<TriggerReport>,
    /// Items by source, in the order of the file; arriving items come last.
    pub evidence: Vec<SourceReport>,
    /// Dropped items, which count for nothing.
    pub dropped: Vec<DroppedReport>,
    /// Log entries, in the order of the file.
    pub log: Vec<LogEntryReport>,
    /// Watch list.
    pub watching: Vec<WatchReport>,
    /// Drafts.
    pub drafts: Vec<DraftReport>,
    /// Errors in the files.
    pub problems: Vec<Finding>,
}

/// A thread that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct UnreadableReport {
    /// Slug of the thread.
    pub thread: String,
    /// Errors in the files.
    pub problems: Vec<Finding>,
}

/// A hold, which blocks triggers that raise the level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct HoldReport {
    /// Lowest level that is blocked.
    pub below: String,
    /// Ids of the triggers that are blocked; empty if all are.
    pub only: Vec<String>,
    /// Date or condition that ends the hold.
    pub until: String,
    /// Reason of the hold.
    pub why: String,
}

/// A log entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct LogEntryReport {
    /// Date of the entry.
    pub date: Date,
    /// Level before, if the entry names it.
    pub from: Option<String>,
    /// Level after, if the entry names it.
    pub to: Option<String>,
    /// Reason of the decision.
    pub reason: String,
    /// Ids of the triggers that acted.
    pub triggers: Vec<String>,
    /// Ids of the facts that the triggers counted.
    pub on: Vec<String>,
    /// The user who decided.
    pub by: Option<String>,
}

/// A line of the watch list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct WatchReport {
    /// Text of the line.
    pub text: String,
    /// True if the line is marked as done.
    pub done: bool,
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct DraftReport {
    /// Date since which the draft has its state.
    pub date: Date,
    /// Date on which the draft was begun.
    pub begun: Date,
    /// Path relative to the workspace.
    pub path: Option<String>,
    /// Title of the draft.
    pub title: Option<String>,
    /// State of the draft.
    pub state: Option<String>,
    /// Ids of the items that the draft cites.
    pub anchors: Vec<String>,
}

impl ShowReport {
    /// Returns the report of an evaluated thread, without facts that are dated later.
    pub(super) fn new(
        evaluation: &Evaluation<'_>,
        index: &CatalogIndex<'_>,
        configuration: &Configuration,
        ahead: Vec<Ahead>,
        problems: Vec<Finding>,
    ) -> Self {
        let Evaluation { thread, date, .. } = evaluation;
        let log = thread.log.iter().filter(|entry| entry.date <= *date);
        Self {
            today: *date,
            ahead,
            thread: thread.slug.clone(),
            title: thread.title.clone(),
            path: thread.path.clone(),
            status: thread.status,
            opened: thread.opened,
            level: evaluation.level.clone(),
            since: evaluation.since(),
            ripe: evaluation.is_ripe(configuration),
            hold: evaluation.hold.map(HoldReport::new),
            decision: evaluation.decision.clone(),
            triggers: evaluation.triggers.iter().map(TriggerReport::new).collect(),
            evidence: by_source(evaluation, index, configuration),
            dropped: dropped(evaluation),
            log: log.map(LogEntryReport::new).collect(),
            watching: thread.watching.iter().map(WatchReport::new).collect(),
            drafts: thread.drafts_on(*date).iter().map(DraftReport::new).collect(),
            problems,
        }
    }
}

impl HoldReport {
    fn new(hold: &Hold) -> Self {
        Self {
            below: hold.below.clone(),
            only: hold.only.iter().map(|id| id.value.clone()).collect(),
            until: phrases::hold_end(&hold.until),
            why: hold.why.clone(),
        }
    }
}

impl LogEntryReport {
    /// Returns the report of a log entry.
    pub(crate) fn new(entry: &LogEntry) -> Self {
        Self {
            date: entry.date,
            from: entry.change.as_ref().and_then(|change| change.from.clone()),
            to: entry.change.as_ref().map(|change| change.to.value.clone()),
            reason: entry.reason.clone(),
            triggers: entry.triggers.clone(),
            on: entry.on.clone(),
            by: entry.by.as_ref().map(|by| by.value.clone()),
        }
    }
}

impl WatchReport {
    fn new(watch: &Watch) -> Self {
        Self { text: watch.text.clone(), done: watch.done }
    }
}

impl DraftReport {
    fn new(draft: &DraftHistory<'_>) -> Self {
        let newest = draft.newest();
        Self {
            date: newest.date,
            begun: draft.begun().date,
            path: newest.path.clone(),
            title: draft.title().map(str::to_string),
            state: newest.state.as_ref().map(|state| state.value.clone()),
            anchors: draft.anchors().iter().map(|anchor| anchor.value.clone()).collect(),
        }
    }
}
