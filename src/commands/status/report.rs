//! Where everything stands: one row a thread, ripe first, then what needs a person.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::json::Report;
use crate::evaluate::triggers::status::{TriggerState, TriggerStatus};
use crate::evaluate::{CatalogIndex, Decision, Evaluation, Miss};
use crate::model::date::days_between;
use crate::model::{Condition, Configuration, Date, HoldUntil, Leaf, Reading, Status};

use crate::commands::shared::ahead::Ahead;
use crate::commands::shared::findings::report::Finding;
use crate::commands::shared::phrases;

/// All threads as of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct StatusReport {
    /// The day.
    pub today: Date,
    /// Threads whose log is one day ahead of it.
    pub ahead: Vec<Ahead>,
    /// The threads: ripe first, then down the ladder; resting and closed ones last.
    pub threads: Vec<Row>,
    /// Sources whose scan is overdue.
    pub overdue: Vec<Overdue>,
    /// Files that could not be read.
    pub problems: Vec<Finding>,
}

impl Report for StatusReport {
    const KIND: &'static str = "status";
}

/// One thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// Its slug.
    pub thread: String,
    /// Its title.
    pub title: String,
    /// Its file.
    pub path: String,
    /// `active`, `dormant` or `closed`.
    #[schemars(extend("enum" = ["active", "dormant", "closed"]))]
    pub status: &'static str,
    /// Its level; `null` on a date before the log says what it was.
    pub level: Option<String>,
    /// How far up the ladder, from 0.
    pub rank: usize,
    /// Whether that is the top.
    pub ripe: bool,
    /// Since when.
    pub since: Option<Date>,
    /// How many items it has.
    pub evidence: usize,
    /// How many of them are not known to be read.
    pub unread: usize,
    /// How many items the next scan brings in.
    pub arriving: usize,
    /// When its newest item was published.
    pub newest: Option<Date>,
    /// How many days ago.
    pub newest_age_days: Option<i64>,
    /// The trigger that is nearest to acting.
    pub nearest: Option<Nearest>,
    /// What to do next.
    pub next: String,
    /// How many drafts are in each state.
    pub drafts: BTreeMap<String, usize>,
    /// How many items have landed since the day of its newest draft; none without a draft.
    pub landed_since_draft: Option<usize>,
    /// Whether its triggers contradict each other.
    pub conflict: bool,
}

/// A trigger in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Nearest {
    /// Its name.
    pub trigger: String,
    /// Its state.
    #[schemars(extend("enum" = ["off", "waiting", "pending", "weighed", "met", "on-hold", "ready"]))]
    pub state: &'static str,
    /// `2/3`: of its nearest open condition.
    pub have_need: String,
    /// That condition in words.
    pub asks: String,
}

/// A source that should have been scanned by now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Overdue {
    /// Its slug.
    pub source: String,
    /// Its name.
    pub name: String,
    /// How often it is expected, in days.
    pub every_days: u32,
    /// Its last scan.
    pub last_scan: Option<Date>,
}

/// Puts the rows in order, ripe first, beside what needs a person.
pub fn report(
    mut threads: Vec<Row>,
    index: &CatalogIndex<'_>,
    configuration: &Configuration,
    today: Date,
    problems: Vec<Finding>,
) -> StatusReport {
    let resting = |row: &Row| row.status != Status::Active.as_str();
    // Within a level, what is about to move or cannot comes first.
    let pressing = |row: &Row| {
        row.conflict || row.nearest.as_ref().is_some_and(|nearest| nearest.state == "ready")
    };
    threads.sort_by(|a, b| {
        let key = |row: &Row| (resting(row), std::cmp::Reverse(row.rank), !pressing(row));
        key(a).cmp(&key(b)).then_with(|| a.thread.cmp(&b.thread))
    });
    let overdue = overdue(index, configuration, today);
    StatusReport { today, ahead: Vec::new(), threads, overdue, problems }
}

fn overdue(index: &CatalogIndex<'_>, configuration: &Configuration, today: Date) -> Vec<Overdue> {
    let mut late = Vec::new();
    for (slug, source) in &configuration.sources {
        let Some(every) = source.every else { continue };
        let last_scan = index.last_scan(slug, today);
        if last_scan.is_none_or(|last| days_between(last, today) > i64::from(every.0)) {
            let name = configuration.source_name(slug).to_string();
            late.push(Overdue { source: slug.clone(), name, every_days: every.0, last_scan });
        }
    }
    late
}

/// Tells where a thread stands.
pub fn row(evaluation: &Evaluation<'_>, configuration: &Configuration) -> Row {
    let thread = evaluation.thread;
    let day = evaluation.day;
    let items = &evaluation.items.items;
    let unread = items
        .iter()
        .filter(|item| matches!(item.reading, Reading::Unread | Reading::Unknown))
        .count();
    let arriving = evaluation.arrivals().len();
    let newest = items.iter().filter_map(|item| item.date).filter(|date| *date <= day).max();
    let mut drafts: BTreeMap<String, usize> = BTreeMap::new();
    for draft in thread.drafts_on(day) {
        let state = draft.newest().state_name();
        *drafts.entry(state.to_string()).or_default() += 1;
    }
    Row {
        thread: thread.slug.clone(),
        title: thread.title.clone(),
        path: thread.path.clone(),
        status: thread.status.as_str(),
        level: evaluation.level.clone(),
        rank: evaluation.level.as_deref().and_then(|l| configuration.ladder.rank(l)).unwrap_or(0),
        ripe: evaluation.is_ripe(configuration),
        since: evaluation.since(),
        evidence: items.len(),
        unread,
        arriving,
        newest,
        newest_age_days: newest.map(|date| days_between(date, day)),
        nearest: evaluation.nearest().map(nearest),
        next: next(evaluation, configuration, arriving, &drafts),
        drafts,
        landed_since_draft: landed_since_draft(evaluation),
        conflict: matches!(evaluation.decision, Decision::Conflict { .. }),
    }
}

fn nearest(verdict: &TriggerStatus<'_>) -> Nearest {
    let open = verdict.outcome.crux();
    Nearest {
        trigger: verdict.trigger.id.value.clone(),
        state: verdict.state.as_str(),
        have_need: phrases::have_need(open),
        asks: phrases::condition_label(open.condition),
    }
}

/// The one thing to do next.
fn next(
    evaluation: &Evaluation<'_>,
    configuration: &Configuration,
    arriving: usize,
    drafts: &BTreeMap<String, usize>,
) -> String {
    let thread = evaluation.thread;
    if thread.status != Status::Active {
        return thread.status.as_str().to_string();
    }
    match &evaluation.decision {
        Decision::Conflict { raises, lowers } => {
            return format!("decide: {} raises, {} lowers", raises.join(", "), lowers.join(", "));
        }
        Decision::Level { to, .. } if Some(to) != evaluation.level.as_ref() => {
            return format!(
                "run `thread scan`: {} → {to}",
                phrases::level_name(evaluation.level.as_deref())
            );
        }
        Decision::Level { .. } => return "run `thread scan` to log an answer".into(),
        Decision::Nothing if arriving > 0 => {
            return format!("run `thread scan`: {arriving} new");
        }
        Decision::Nothing => {}
    }
    if evaluation.is_ripe(configuration) {
        return match landed_since_draft(evaluation) {
            Some(landed) => drafted(drafts, landed),
            None => acted_next(evaluation).unwrap_or_else(|| "write a draft".into()),
        };
    }
    let watched = thread.watching.iter().find(|watch| !watch.done);
    match (evaluation.hold, evaluation.nearest()) {
        (Some(hold), _) => match &hold.until {
            HoldUntil::Condition(Condition::Leaf(Leaf::Read { item })) => {
                format!("read {}", item.value)
            }
            until => format!("held until {}", phrases::hold_end(until)),
        },
        (None, Some(verdict)) if verdict.state == TriggerState::Waiting => settles(verdict),
        (None, Some(verdict)) => phrases::state_reason(&verdict.state).unwrap_or_default(),
        (None, None) => watched.map_or_else(String::new, |watch| watch.text.clone()),
    }
}

/// The number of items that have landed since the date on which the newest draft was begun.
fn landed_since_draft(evaluation: &Evaluation<'_>) -> Option<usize> {
    let drafts = evaluation.thread.drafts_on(evaluation.day);
    let newest = drafts.iter().map(|draft| draft.begun().date).max()?;
    let landed = evaluation.items.items.iter().filter_map(|item| item.landed);
    Some(landed.filter(|landed| *landed > newest).count())
}

/// `draft: awaiting-review, 2 published; 3 landed since`
fn drafted(drafts: &BTreeMap<String, usize>, landed: usize) -> String {
    let states: Vec<String> = drafts
        .iter()
        .map(|(state, number)| match number {
            1 => state.clone(),
            _ => format!("{number} {state}"),
        })
        .collect();
    let since = if landed > 0 { format!("; {landed} landed since") } else { String::new() };
    format!("draft: {}{since}", states.join(", "))
}

/// `next:` of the trigger that acted last.
fn acted_next(evaluation: &Evaluation<'_>) -> Option<String> {
    let entries = evaluation.thread.log.iter().filter(|entry| entry.date <= evaluation.day);
    let last = entries.filter(|entry| !entry.triggers.is_empty()).max_by_key(|entry| entry.date)?;
    last.triggers.iter().find_map(|id| evaluation.verdict(id)?.trigger.next.clone())
}

/// What would settle a waiting trigger.
fn settles(verdict: &TriggerStatus<'_>) -> String {
    let open = verdict.outcome.crux();
    match open.near_misses.first() {
        Some(near) if near.reason == Miss::NotRead => format!("read {}", near.item.fact_id),
        _ => format!("{} more: {}", open.missing, phrases::condition_label(open.condition)),
    }
}
