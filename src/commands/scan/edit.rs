//! The daily run for one thread: arrivals become evidence, a decision becomes level, log and
//! `weighed`.

use crate::check::rules::level_differs_from_log;
use crate::commands::shared::phrases;
use crate::evaluate::triggers::decision::acknowledged_facts;
use crate::evaluate::triggers::status::TriggerStatus;
use crate::evaluate::{CatalogIndex, Decision, Evaluation, Item};
use crate::model::{Configuration, Date, Diagnostic, ItemRecord, LevelChange, LogEntry, Rule};
use crate::parse::ThreadFile;

use crate::edit::bullet_line;
use crate::edit::rewrite::{Rewrite, rewrite};
use crate::model::change::{Arrival, Change};

/// What a scan is to do with a thread.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Planned {
    /// What is to be written; `None` where nothing is new, or nothing may be.
    pub rewrite: Option<Rewrite>,
    /// Why something is not: of the thread a conflict, a clock behind the log, a place that cannot be
    /// edited; of a catalog an item that no line could tell of.
    pub problems: Vec<Diagnostic>,
}

/// What a scan is to do with a thread.
pub fn plan(
    file: &ThreadFile,
    evaluation: &Evaluation<'_>,
    index: &CatalogIndex<'_>,
    configuration: &Configuration,
) -> Planned {
    let day = evaluation.day;
    if let Some(finding) = clock_behind_log(file, day)
        .or_else(|| level_differs_from_log::finding(file))
        .or_else(|| conflict(file, evaluation))
    {
        return Planned { rewrite: None, problems: vec![finding] };
    }
    let mut planned = Planned::default();
    let mut changes = Vec::new();
    for item in evaluation.arrivals() {
        let Some((catalog, arrival)) = arrival(item, index, configuration, day) else { continue };
        match unwritable(&arrival, catalog) {
            Some(problem) => planned.problems.push(problem),
            None => changes.push(Change::Arrival(arrival)),
        }
    }
    changes.extend(decided(evaluation));
    if !changes.is_empty() {
        match rewrite(file, changes, configuration) {
            Ok(rewrite) => planned.rewrite = Some(rewrite),
            Err(refusal) => planned.problems.push(refusal.diagnostic(&file.document.path)),
        }
    }
    planned
}

/// The finding for an item that no line of evidence could tell of. It alone is left out.
fn unwritable(arrival: &Arrival, catalog: &str) -> Option<Diagnostic> {
    let line = bullet_line::arrival(arrival, "- ");
    let part = bullet_line::misread(&arrival.item, &line, &arrival.source)?;
    let message =
        format!("the {part} of `{}` would be read as something else in a thread", arrival.item.id);
    Some(
        Diagnostic::new(Rule::UneditableFile, catalog, arrival.item.span, message)
            .label("left out")
            .help("write its tags and fields without brackets, backticks and backslashes"),
    )
}

/// The finding for a thread whose log is ahead of the day.
pub fn clock_behind_log(file: &ThreadFile, day: Date) -> Option<Diagnostic> {
    let last = file.thread.log.iter().max_by_key(|entry| entry.date)?;
    let message = format!("today is {day}, the log already holds {}", last.date);
    (day < last.date).then(|| {
        Diagnostic::new(Rule::ClockBehindLog, &file.document.path, last.span, message)
            .label("nothing was written")
            .help("set the clock right, or name the day with `--today`")
    })
}

/// The finding for a thread whose triggers would raise and lower it at once.
pub fn conflict(file: &ThreadFile, evaluation: &Evaluation<'_>) -> Option<Diagnostic> {
    let Decision::Conflict { raises, lowers } = &evaluation.decision else {
        return None;
    };
    let message = format!(
        "`{}` would raise and `{}` would lower this thread",
        raises.join("`, `"),
        lowers.join("`, `")
    );
    let place = |ids: &[String]| {
        ids.first().and_then(|id| evaluation.verdict(id)).map(|verdict| verdict.trigger.id.span)
    };
    let (raise, lower) = (place(raises)?, place(lowers)?);
    Some(
        Diagnostic::new(Rule::TriggerConflict, &file.document.path, raise, message)
            .label("this raises")
            .related(&file.document.path, lower, "this lowers")
            .help("narrow one of them, or list its items in its `weighed`; until then nothing is written"),
    )
}

/// The evidence line of an item, in the words of the record that brought it, and the path of the
/// catalog that has this record. Read alone, the line gives the id, the source and the org that the
/// item had on the day it landed.
fn arrival<'a>(
    merged: &Item,
    index: &CatalogIndex<'a>,
    configuration: &Configuration,
    day: Date,
) -> Option<(&'a str, Arrival)> {
    let arrived = merged.arrival.as_ref()?;
    let entry = index.entry(arrived.by);
    let told = &entry.listed.item;
    let source = told.source.as_deref()?.to_string();
    let implied = configuration.source_org(&source);
    let org = arrived.org.clone().filter(|org| told.org.is_some() || Some(org.as_str()) != implied);
    let item = ItemRecord {
        id: merged.id.clone(),
        url: merged.url.clone(),
        date: arrived.date,
        org,
        tags: arrived.tags.iter().cloned().collect(),
        reading: merged.reading,
        ..told.clone()
    };
    let arrival = Arrival { item, source, landed: merged.landed.unwrap_or(day) };
    Some((&entry.catalog.path, arrival))
}

/// What a decision writes: the level if it moves, one log entry, and for each trigger that was part of it
/// the tokens it has now been weighed on.
fn decided(evaluation: &Evaluation<'_>) -> Vec<Change> {
    let Decision::Level { to, triggers, met } = &evaluation.decision else {
        return Vec::new();
    };
    let acted: Vec<&TriggerStatus<'_>> =
        triggers.iter().filter_map(|id| evaluation.verdict(id)).collect();
    let day = evaluation.day;
    let from = evaluation.thread.ripeness.level.value.clone();
    let mut on: Vec<String> =
        acted.iter().flat_map(|verdict| verdict.outcome.fact_ids.iter().cloned()).collect();
    on.sort();
    on.dedup();
    let mut changes = Vec::new();
    if *to != from {
        changes.push(Change::Level { from: from.clone(), to: to.clone(), since: day });
    }
    changes.push(Change::Log(LogEntry {
        change: Some(LevelChange::new(&from, to)),
        triggers: triggers.clone(),
        on,
        ..LogEntry::new(day, phrases::log_reason(&acted))
    }));
    let there = met.iter().filter_map(|id| evaluation.verdict(id));
    changes.extend(acted.into_iter().chain(there).map(|verdict| weigh(verdict, day)));
    changes
}

/// Adds the facts known at a decision to the `weighed` list of a trigger.
pub fn weigh(verdict: &TriggerStatus<'_>, day: Date) -> Change {
    let weighed = verdict.trigger.weighed.as_deref().unwrap_or_default();
    let fact_ids = acknowledged_facts(verdict, weighed, day);
    Change::Weigh { trigger: verdict.trigger.id.value.clone(), fact_ids }
}
