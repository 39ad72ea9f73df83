//! The reading queue as data.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::catalog::report::UnmappedItem;
use crate::commands::shared::findings::Finding;
use crate::commands::shared::json::Report;
use crate::commands::shared::session::Ahead;
use crate::evaluate::Consequences;
use crate::evaluate::impact::Impact;
use crate::evaluate::reading_queue::{Queue, Unread, Watched, is_top};
use crate::model::Date;
use crate::model::date::days_between;
use crate::workspace::Workspace;

/// The reading queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct NextReport {
    /// Date of the queue.
    pub today: Date,
    /// Threads whose log is one day ahead of `today`.
    pub ahead: Vec<Ahead>,
    /// Entries, the most important first.
    pub entries: Vec<QueueEntry>,
    /// Number of entries that `--limit` leaves out.
    pub more: usize,
    /// Errors in the files.
    pub problems: Vec<Finding>,
}

impl Report for NextReport {
    const KIND: &'static str = "next";
}

/// An item to read, or a line of a watch list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct QueueEntry {
    /// Reason for the position in the queue.
    pub reason: QueueReason,
    /// Id of the item; `null` for a watch line.
    pub id: Option<String>,
    /// Title of the item, or text of the watch line.
    pub title: String,
    /// Date of publication.
    pub date: Option<Date>,
    /// Days since the item landed.
    pub waiting_days: Option<i64>,
    /// URL of the item, or else the file and line that mention it.
    pub open: String,
    /// Threads that the item or line belongs to.
    pub threads: Vec<ImpactReport>,
}

/// Reason for the position of an entry in the queue. The first reason that applies counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum QueueReason {
    /// Reading the item can make a trigger ready or end a hold.
    Settles,
    /// Reading or dating the item brings a trigger nearer.
    Counts,
    /// A watch line that calls itself top priority.
    TopPriority,
    /// Any other watch line.
    Watch,
    /// Any other unread item.
    Unread,
    /// A catalog item that belongs to no thread.
    Unmapped,
}

/// Effect that reading an item would have on the triggers and the hold of one thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ImpactReport {
    /// Slug of the thread.
    pub thread: String,
    /// Consequences of a reading, for each verdict that has any.
    pub settles: Vec<PossibleReading>,
    /// Ids of the triggers that a reading brings nearer.
    pub counts: Vec<String>,
    /// Ids of the triggers that come nearer if the item gets a date.
    pub counts_once_dated: Vec<String>,
}

/// Consequences of a reading with one verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct PossibleReading {
    /// The verdict; `null` for a reading without one.
    pub verdict: Option<String>,
    /// The consequences.
    #[serde(flatten)]
    pub consequences: Consequences,
}

/// Returns the entries of the queue: first items whose reading has an effect, then watch lines,
/// then the other items.
pub(super) fn entries<'q>(
    queue: &'q Queue<'_>,
    today: Date,
    workspace: &'q Workspace,
) -> impl Iterator<Item = QueueEntry> + 'q {
    let with_effect = queue.items.iter().filter(|unread| has_effect(unread));
    let without_effect = queue.items.iter().filter(|unread| !has_effect(unread));
    let item = move |unread: &Unread<'_>| item_entry(unread, today, workspace);
    let watching = queue.watching.iter().map(|watched| watch_entry(watched, workspace));
    with_effect.map(item).chain(watching).chain(without_effect.map(item))
}

fn has_effect(unread: &Unread<'_>) -> bool {
    unread.settles() + unread.counts() > 0
}

fn item_entry(unread: &Unread<'_>, today: Date, workspace: &Workspace) -> QueueEntry {
    let item = unread.item;
    let reason = match (unread.settles(), unread.counts()) {
        (0, 0) => QueueReason::Unread,
        (0, _) => QueueReason::Counts,
        _ => QueueReason::Settles,
    };
    let url = item.url.as_deref().map(str::to_string);
    let open = url
        .or_else(|| evidence_location(unread, workspace))
        .or_else(|| item.catalogs.first().cloned());
    QueueEntry {
        reason,
        id: Some(item.id.clone()),
        title: item.title.clone(),
        date: item.date,
        waiting_days: unread.waited(today),
        open: open.unwrap_or_default(),
        threads: unread.impacts.iter().map(ImpactReport::new).collect(),
    }
}

/// Returns the location of the evidence line of an item, in the first of its threads.
fn evidence_location(unread: &Unread<'_>, workspace: &Workspace) -> Option<String> {
    let thread = unread.impacts.first()?.thread;
    let line = *unread.item.evidence.first()?;
    Some(location(workspace, &thread.path, thread.evidence[line].item.span.start))
}

fn watch_entry(watched: &Watched<'_>, workspace: &Workspace) -> QueueEntry {
    let Watched { thread, line } = watched;
    QueueEntry {
        reason: if is_top(&line.text) { QueueReason::TopPriority } else { QueueReason::Watch },
        id: None,
        title: line.text.clone(),
        date: None,
        waiting_days: None,
        open: location(workspace, &thread.path, line.span.start),
        threads: vec![ImpactReport {
            thread: thread.slug.clone(),
            settles: Vec::new(),
            counts: Vec::new(),
            counts_once_dated: Vec::new(),
        }],
    }
}

/// Returns the entry of a catalog item that belongs to no thread.
pub(super) fn unmapped_entry(item: UnmappedItem, today: Date) -> QueueEntry {
    QueueEntry {
        reason: QueueReason::Unmapped,
        id: Some(item.id),
        title: item.title,
        date: item.date,
        waiting_days: Some(days_between(item.scanned, today)),
        open: item.url.unwrap_or_else(|| format!("{}:{}", item.path, item.line)),
        threads: Vec::new(),
    }
}

/// Returns a path with a line number: `threads/x.md:34`.
fn location(workspace: &Workspace, path: &str, offset: usize) -> String {
    let line = workspace.document(path).map_or(1, |document| document.position(offset).line);
    format!("{path}:{line}")
}

impl ImpactReport {
    fn new(impact: &Impact<'_>) -> Self {
        let settles = impact.settles.iter().map(|(verdict, consequences)| PossibleReading {
            verdict: verdict.clone(),
            consequences: consequences.clone(),
        });
        Self {
            thread: impact.thread.slug.clone(),
            settles: settles.collect(),
            counts: impact.counts.iter().cloned().collect(),
            counts_once_dated: impact.counts_once_dated.iter().cloned().collect(),
        }
    }
}
