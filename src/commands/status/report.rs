//! Status of all threads as data.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::next_step::{draft_states, landed_since_draft, next_step};
use crate::commands::shared::findings::Finding;
use crate::commands::shared::json::Report;
use crate::commands::shared::phrases;
use crate::commands::shared::session::Ahead;
use crate::evaluate::{CatalogIndex, Evaluation, StateName, TriggerStatus};
use crate::model::date::days_between;
use crate::model::{Configuration, Date, Status};

/// Status of all threads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct StatusReport {
    /// Date of the report.
    pub today: Date,
    /// Threads whose log is one day ahead of `today`.
    pub ahead: Vec<Ahead>,
    /// The threads: ripe ones first, then down the ladder; dormant and closed ones last.
    pub threads: Vec<StatusRow>,
    /// The number of threads that the options leave out.
    pub hidden: usize,
    /// The number of catalog items that belong to no thread; `null` if threads are named.
    pub unmapped: Option<usize>,
    /// Sources whose scan is overdue.
    pub overdue: Vec<OverdueSource>,
    /// Errors in the files.
    pub problems: Vec<Finding>,
}

impl Report for StatusReport {
    const KIND: &'static str = "status";
}

/// Status of one thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct StatusRow {
    /// Slug of the thread.
    pub thread: String,
    /// Title of the thread.
    pub title: String,
    /// Path relative to the workspace.
    pub path: String,
    /// Status in the front matter.
    pub status: Status,
    /// Level; `null` on a date before the first level of the log.
    pub level: Option<String>,
    /// Index of the level on the ladder, from 0.
    pub rank: usize,
    /// True if the level is the last of the ladder.
    pub ripe: bool,
    /// Date of the last change of level.
    pub since: Option<Date>,
    /// Number of items.
    pub evidence: usize,
    /// Number of items that are not read.
    pub unread: usize,
    /// Number of items that the next scan brings in.
    pub arriving: usize,
    /// Publication date of the newest item.
    pub newest: Option<Date>,
    /// Days since that date.
    pub newest_age_days: Option<i64>,
    /// The trigger that is nearest to acting.
    pub nearest: Option<NearestTrigger>,
    /// Next step for the user.
    pub next: String,
    /// Number of drafts by state.
    pub drafts: BTreeMap<String, usize>,
    /// Number of items that landed since the newest draft was begun; `null` without a draft.
    pub landed_since_draft: Option<usize>,
    /// True if a raise and a lowering of the thread are ready at the same time.
    pub conflict: bool,
}

/// The trigger that is nearest to acting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct NearestTrigger {
    /// Id of the trigger.
    pub trigger: String,
    /// State of the trigger.
    pub state: StateName,
    /// Numbers of the part of its condition that decides the state: `2/3`.
    pub have_need: String,
    /// The text of the part.
    pub asks: String,
}

/// A source whose next scan is overdue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct OverdueSource {
    /// Slug of the source.
    pub source: String,
    /// Name of the source.
    pub name: String,
    /// Expected number of days between scans.
    pub every_days: u32,
    /// Date of the last scan.
    pub last_scan: Option<Date>,
}

impl StatusRow {
    /// Returns the status of an evaluated thread.
    pub(super) fn new(evaluation: &Evaluation<'_>, configuration: &Configuration) -> Self {
        let Evaluation { thread, date, level, .. } = evaluation;
        let items = &evaluation.items.items;
        let newest =
            items.iter().filter_map(|item| item.date).filter(|newest| newest <= date).max();
        let rank = level.as_deref().and_then(|level| configuration.ladder.rank(level));
        Self {
            thread: thread.slug.clone(),
            title: thread.title.clone(),
            path: thread.path.clone(),
            status: thread.status,
            level: level.clone(),
            rank: rank.unwrap_or(0),
            ripe: evaluation.is_ripe(configuration),
            since: evaluation.since(),
            evidence: items.len(),
            unread: items.iter().filter(|item| item.reading.is_open()).count(),
            arriving: evaluation.arrivals().len(),
            newest,
            newest_age_days: newest.map(|newest| days_between(newest, *date)),
            nearest: evaluation.nearest().map(NearestTrigger::new),
            next: next_step(evaluation, configuration),
            drafts: draft_states(evaluation),
            landed_since_draft: landed_since_draft(evaluation),
            conflict: evaluation.decision.is_conflict(),
        }
    }

    /// Returns whether the next scan acts on a trigger of the thread.
    pub(super) fn is_ready(&self) -> bool {
        let nearest = self.nearest.as_ref().map(|nearest| nearest.state);
        nearest == Some(StateName::Ready) && !self.conflict
    }

    /// Returns the order of rows: active threads first, then by level from the top. Within a level
    /// the threads come first that are ready or in conflict.
    fn order(&self) -> (bool, Reverse<usize>, bool, &str) {
        let is_urgent = self.is_ready() || self.conflict;
        (self.status != Status::Active, Reverse(self.rank), !is_urgent, &self.thread)
    }
}

impl NearestTrigger {
    fn new(status: &TriggerStatus<'_>) -> Self {
        let crux = status.outcome.crux();
        Self {
            trigger: status.trigger.id.value.clone(),
            state: status.state.name(),
            have_need: phrases::have_need(crux),
            asks: phrases::condition_label(crux.condition),
        }
    }
}

/// Sorts the rows, ripe threads first.
pub(super) fn sort_rows(rows: &mut [StatusRow]) {
    rows.sort_by(|a, b| a.order().cmp(&b.order()));
}

/// Returns the sources whose last scan is longer ago than their `every`.
pub(super) fn overdue_sources(
    index: &CatalogIndex<'_>,
    configuration: &Configuration,
    today: Date,
) -> Vec<OverdueSource> {
    let mut overdue = Vec::new();
    for (slug, source) in &configuration.sources {
        let Some(every) = source.every else { continue };
        let last_scan = index.last_scan(slug, today);
        if source.is_overdue(last_scan, today) {
            let name = configuration.source_name(slug).to_string();
            overdue.push(OverdueSource {
                source: slug.clone(),
                name,
                every_days: every.0,
                last_scan,
            });
        }
    }
    overdue
}
