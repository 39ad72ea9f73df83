//! What to read next, and why.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::json::Report;
use crate::evaluate::reading_queue::{Queue, Unread, Watched, is_top};
use crate::model::Date;
use crate::text::Document;

use crate::commands::shared::ahead::Ahead;
use crate::commands::shared::consequences_report::{ConsequencesReport, consequences_report};
use crate::commands::shared::findings::report::Finding;

/// The reading queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct NextReport {
    /// The day it is for.
    pub today: Date,
    /// Threads whose log is one day ahead of it.
    pub ahead: Vec<Ahead>,
    /// What to read, the most pressing first.
    pub entries: Vec<Entry>,
    /// How many entries a limit left out.
    pub more: usize,
    /// What is wrong with the files.
    pub problems: Vec<Finding>,
}

impl Report for NextReport {
    const KIND: &'static str = "next";
}

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Entry {
    /// `settles`, `counts`, `top-priority`, `watch` or `unread`: why it stands where it does.
    #[schemars(extend("enum" = ["settles", "counts", "top-priority", "watch", "unread"]))]
    pub reason: &'static str,
    /// The item's id; none for a watch line.
    pub id: Option<String>,
    /// Its title, or the words of a watch line.
    pub title: String,
    /// When it was published.
    pub date: Option<Date>,
    /// How many days it has waited.
    pub waiting_days: Option<i64>,
    /// How to open it: an address, else the file and line that tell of it.
    pub open: String,
    /// The threads that want it.
    pub threads: Vec<StakeReport>,
}

/// What hangs on it in one thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct StakeReport {
    /// The thread.
    pub thread: String,
    /// What a reading could settle.
    pub settles: Vec<PossibleReport>,
    /// The triggers that a reading would bring nearer.
    pub counts: Vec<String>,
    /// The triggers that would come nearer if the item had a date.
    pub counts_once_dated: Vec<String>,
}

/// What one outcome of a reading would settle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct PossibleReport {
    /// The verdict; none for a reading without one.
    pub verdict: Option<String>,
    /// What it settles.
    #[serde(flatten)]
    pub consequences: ConsequencesReport,
}

/// Tells the queue, at most `limit` entries of it; `document` gives the text of a file.
pub fn report<'d>(
    queue: &Queue<'_>,
    today: Date,
    limit: Option<usize>,
    document: impl Fn(&str) -> Option<&'d Document>,
    problems: Vec<Finding>,
) -> NextReport {
    let place = |path: &str, offset: usize| {
        let line = document(path).map_or(1, |document| document.position(offset).line);
        format!("{path}:{line}")
    };
    let item = |unread: &Unread<'_>| item(unread, today, &place);
    let pressing = queue.items.iter().filter(|unread| unread.settles() + unread.counts() > 0);
    let rest = queue.items.iter().filter(|unread| unread.settles() + unread.counts() == 0);
    let watching = queue.watching.iter().map(|watched| watch(watched, &place));
    let all = queue.items.len() + queue.watching.len();
    let entries = pressing.map(&item).chain(watching).chain(rest.map(&item));
    let entries: Vec<Entry> = entries.take(limit.unwrap_or(all)).collect();
    let more = all - entries.len();
    NextReport { today, ahead: Vec::new(), entries, more, problems }
}

fn item(unread: &Unread<'_>, today: Date, place: &impl Fn(&str, usize) -> String) -> Entry {
    let item = unread.item;
    let reason = match (unread.settles(), unread.counts()) {
        (0, 0) => "unread",
        (0, _) => "counts",
        _ => "settles",
    };
    let line = || {
        let thread = unread.impacts.first()?.thread;
        let at = *item.evidence.first()?;
        Some(place(&thread.path, thread.evidence[at].item.span.start))
    };
    let address = item.url.as_deref().map(str::to_string);
    let open = address.or_else(line).or_else(|| item.catalogs.first().cloned());
    Entry {
        reason,
        id: Some(item.id.clone()),
        title: item.title.clone(),
        date: item.date,
        waiting_days: unread.waited(today),
        open: open.unwrap_or_default(),
        threads: unread
            .impacts
            .iter()
            .map(|impact| StakeReport {
                thread: impact.thread.slug.clone(),
                settles: impact
                    .settles
                    .iter()
                    .map(|(verdict, consequences)| PossibleReport {
                        verdict: verdict.clone(),
                        consequences: consequences_report(consequences),
                    })
                    .collect(),
                counts: impact.counts.iter().cloned().collect(),
                counts_once_dated: impact.counts_once_dated.iter().cloned().collect(),
            })
            .collect(),
    }
}

fn watch(watched: &Watched<'_>, place: &impl Fn(&str, usize) -> String) -> Entry {
    let thread = watched.thread;
    Entry {
        reason: if is_top(&watched.line.text) { "top-priority" } else { "watch" },
        id: None,
        title: watched.line.text.clone(),
        date: None,
        waiting_days: None,
        open: place(&thread.path, watched.line.span.start),
        threads: vec![StakeReport {
            thread: thread.slug.clone(),
            settles: Vec::new(),
            counts: Vec::new(),
            counts_once_dated: Vec::new(),
        }],
    }
}
