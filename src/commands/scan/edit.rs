//! The changes that a scan makes to a thread: new items become evidence lines; a decision changes
//! the level, the log and the `weighed` lists.

use crate::check::rules::level_differs_from_log;
use crate::commands::shared::phrases;
use crate::edit::bullet_line;
use crate::edit::rewrite::{Rewrite, rewrite};
use crate::evaluate::decision::acknowledged_facts;
use crate::evaluate::{CatalogIndex, Decision, Evaluation, Item, TriggerStatus};
use crate::model::change::{Arrival, Change};
use crate::model::{Configuration, Date, Diagnostic, ItemRecord, LevelChange, LogEntry, Rule};
use crate::parse::ThreadFile;
use crate::text::Span;

/// The changes that a scan makes to a thread, and the problems that prevent changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ThreadPlan {
    /// The changed thread; `None` if nothing is new, or if nothing may be written.
    pub rewrite: Option<Rewrite>,
    /// Problems of the thread (a conflict, a clock behind its log, a line that cannot be edited),
    /// and of a catalog (an item that cannot be written as an evidence line).
    pub problems: Vec<Diagnostic>,
}

/// Plans the changes to a thread.
pub fn plan(
    file: &ThreadFile,
    evaluation: &Evaluation<'_>,
    index: &CatalogIndex<'_>,
    configuration: &Configuration,
) -> ThreadPlan {
    let date = evaluation.date;
    if let Some(finding) = clock_behind_log(file, date)
        .or_else(|| level_differs_from_log::finding(file))
        .or_else(|| conflict(file, evaluation))
    {
        return ThreadPlan { rewrite: None, problems: vec![finding] };
    }
    let mut plan = ThreadPlan::default();
    let mut changes = Vec::new();
    for item in evaluation.arrivals() {
        let Some((catalog, arrival)) = arrival(item, index, configuration, date) else { continue };
        match cannot_be_written(&arrival, catalog) {
            Some(problem) => plan.problems.push(problem),
            None => changes.push(Change::Arrival(arrival)),
        }
    }
    changes.extend(changes_of_decision(evaluation));
    if !changes.is_empty() {
        match rewrite(file, changes, configuration) {
            Ok(rewrite) => plan.rewrite = Some(rewrite),
            Err(refusal) => plan.problems.push(refusal.diagnostic(&file.document.path)),
        }
    }
    plan
}

/// Returns a finding if the evidence line of an item would be read as another item. The scan leaves
/// out this item only.
fn cannot_be_written(arrival: &Arrival, catalog: &str) -> Option<Diagnostic> {
    let line = bullet_line::arrival(arrival, "- ");
    let part = bullet_line::misread(&arrival.item, &line, &arrival.source)?;
    let message =
        format!("the {part} of `{}` would be read differently in a thread", arrival.item.id);
    Some(
        Diagnostic::new(Rule::UneditableFile, catalog, arrival.item.span, message)
            .label("left out")
            .help("remove brackets, backticks and backslashes from its tags and fields"),
    )
}

/// Returns a finding if the log has an entry that is dated after `today`.
pub fn clock_behind_log(file: &ThreadFile, today: Date) -> Option<Diagnostic> {
    let last = file.thread.log.iter().max_by_key(|entry| entry.date)?;
    if last.date <= today {
        return None;
    }
    let message = format!("today is {today}, but the last log entry is dated {}", last.date);
    Some(
        Diagnostic::new(Rule::ClockBehindLog, &file.document.path, last.span, message)
            .label("nothing was written")
            .help("correct the clock, or give the date with `--today`"),
    )
}

/// Returns a finding if the triggers of a thread would both raise and lower it.
fn conflict(file: &ThreadFile, evaluation: &Evaluation<'_>) -> Option<Diagnostic> {
    let Decision::Conflict { raises, lowers } = &evaluation.decision else {
        return None;
    };
    let message = format!(
        "`{}` would raise and `{}` would lower this thread",
        raises.join("`, `"),
        lowers.join("`, `")
    );
    let (raise, lower) = (span_of_first(raises, evaluation)?, span_of_first(lowers, evaluation)?);
    Some(
        Diagnostic::new(Rule::TriggerConflict, &file.document.path, raise, message)
            .label("this raises")
            .related(&file.document.path, lower, "this lowers")
            .help("narrow one of these triggers, or list its items in its `weighed`"),
    )
}

fn span_of_first(triggers: &[String], evaluation: &Evaluation<'_>) -> Option<Span> {
    let first = evaluation.trigger(triggers.first()?)?;
    Some(first.trigger.id.span)
}

/// Returns the evidence line of an item as the catalog record that brought it describes it, and the
/// path of that catalog.
///
/// Parsed without the catalog, the line gives the id, the source and the org that the item had on
/// the date on which it landed.
fn arrival<'a>(
    item: &Item,
    index: &CatalogIndex<'a>,
    configuration: &Configuration,
    date: Date,
) -> Option<(&'a str, Arrival)> {
    let arrived = item.arrival.as_ref()?;
    let entry = index.entry(arrived.by);
    let record = &entry.listed.item;
    let source = record.source.as_deref()?.to_string();
    // The org of the source need not be written.
    let implied = configuration.source_org(&source);
    let org =
        arrived.org.clone().filter(|org| record.org.is_some() || Some(org.as_str()) != implied);
    let line = ItemRecord {
        id: item.id.clone(),
        url: item.url.clone(),
        date: arrived.date,
        org,
        tags: arrived.tags.iter().cloned().collect(),
        reading: item.reading,
        ..record.clone()
    };
    let arrival = Arrival { item: line, source, landed: item.landed.unwrap_or(date) };
    Some((&entry.catalog.path, arrival))
}

/// Returns the changes of a decision: the level if it changes, one log entry, and the facts of its
/// triggers for their `weighed` lists.
fn changes_of_decision(evaluation: &Evaluation<'_>) -> Vec<Change> {
    let Decision::Level { to, triggers, met } = &evaluation.decision else {
        return Vec::new();
    };
    let acted: Vec<&TriggerStatus<'_>> =
        triggers.iter().filter_map(|id| evaluation.trigger(id)).collect();
    let date = evaluation.date;
    let from = evaluation.thread.ripeness.level.value.clone();
    let mut on: Vec<String> =
        acted.iter().flat_map(|status| status.outcome.fact_ids.iter().cloned()).collect();
    on.sort();
    on.dedup();
    let mut changes = Vec::new();
    if *to != from {
        changes.push(Change::Level { from: from.clone(), to: to.clone(), since: date });
    }
    changes.push(Change::Log(LogEntry {
        change: Some(LevelChange::new(&from, to)),
        triggers: triggers.clone(),
        on,
        ..LogEntry::new(date, phrases::log_reason(&acted))
    }));
    let met = met.iter().filter_map(|id| evaluation.trigger(id));
    changes.extend(acted.into_iter().chain(met).map(|status| acknowledge(status, date)));
    changes
}

/// Adds the facts known at a decision to the `weighed` list of a trigger.
pub fn acknowledge(status: &TriggerStatus<'_>, date: Date) -> Change {
    let acknowledged = status.trigger.acknowledged.as_deref().unwrap_or_default();
    let fact_ids = acknowledged_facts(status, acknowledged, date);
    Change::Acknowledge { trigger: status.trigger.id.value.clone(), fact_ids }
}
