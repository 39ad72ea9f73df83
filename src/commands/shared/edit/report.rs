//! Result of an edit command.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::edit::plan::{EditPlan, ThreadConsequences};
use crate::commands::shared::findings::report::Finding;
use crate::commands::shared::json::Report;
use crate::commands::shared::session::Ahead;
use crate::edit::Rewrite;
use crate::evaluate::Consequences;
use crate::model::change::{Change, NewDraft, NewHold, NewUntil, ReadingMark};
use crate::model::{Date, LogEntry};

/// One edit by a person or an agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct EditReport {
    /// The date of the edit.
    pub today: Date,
    /// Threads whose log is one day ahead of it.
    pub ahead: Vec<Ahead>,
    /// True if nothing was written.
    pub dry_run: bool,
    /// The files that changed.
    pub changed: Vec<ChangedFile>,
    /// Further lines about the change, such as the state of a new trigger.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
    /// The next step of a new user, if the workspace lacks it.
    pub next: Option<String>,
    /// Consequences of the edit.
    pub settles: Vec<ThreadConsequencesReport>,
    /// Problems of the files.
    pub problems: Vec<Finding>,
}

impl Report for EditReport {
    const KIND: &'static str = "edit";
}

/// The changes of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ChangedFile {
    /// Its path relative to the workspace.
    pub path: String,
    /// The lines that are different or new, counted from 1 in the new text; none for a file that is
    /// new or was renamed.
    pub lines: Vec<usize>,
    /// True if the file is new.
    pub created: bool,
    /// Descriptions of the changes.
    pub what: Vec<String>,
}

/// The consequences of an edit in one thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ThreadConsequencesReport {
    /// The thread.
    pub thread: String,
    /// The consequences.
    #[serde(flatten)]
    pub consequences: Consequences,
}

/// The files that a deed changes.
pub fn changed(plan: &EditPlan) -> Vec<ChangedFile> {
    let created = plan.new_files.iter().map(|file| ChangedFile {
        path: file.path.clone(),
        lines: Vec::new(),
        created: true,
        what: vec![file.what.clone()],
    });
    let moved = plan.moved.iter().map(|moved| ChangedFile {
        path: moved.to.clone(),
        lines: Vec::new(),
        created: false,
        what: vec![format!("renamed from {}", moved.from.path)],
    });
    created.chain(plan.rewrites.iter().map(rewritten)).chain(moved).collect()
}

fn rewritten(rewrite: &Rewrite) -> ChangedFile {
    ChangedFile {
        path: rewrite.before.path.clone(),
        lines: rewrite.lines.clone(),
        created: false,
        what: rewrite.changes.iter().filter_map(words).collect(),
    }
}

/// Returns the description of a change; `None` for one that only accompanies another.
fn words(change: &Change) -> Option<String> {
    match change {
        Change::Arrival(arrival) => Some(format!("`{}` is evidence", arrival.item.id)),
        Change::Log(entry) => Some(logged(entry)),
        Change::Level { .. } => None,
        Change::Acknowledge { trigger, .. } => Some(format!("`{trigger}`: facts acknowledged")),
        Change::Reading(reading) => Some(match &reading.mark {
            ReadingMark::Read { on, verdict, note } => {
                let on = on.map(|on| format!(" on {on}")).unwrap_or_default();
                let verdict = verdict.as_ref().map(|word| format!(", verdict `{word}`"));
                let note = note.as_ref().map(|_| ", with a new note");
                let verdict = verdict.unwrap_or_default();
                format!("`{}` is read{on}{verdict}{}", reading.item, note.unwrap_or_default())
            }
            ReadingMark::Skipped { .. } => format!("`{}` will not be read", reading.item),
            ReadingMark::Unread => format!("`{}` is unread again", reading.item),
            ReadingMark::Dropped(_) => format!("`{}` is dropped", reading.item),
            ReadingMark::Restored => format!("`{}` is evidence again", reading.item),
        }),
        Change::Hold(NewHold { below, only, until, why, since: _ }) => {
            let until = match until {
                NewUntil::Date(date) => date.to_string(),
                NewUntil::Read(item) => format!("`{item}` is read"),
            };
            let held = match only.as_slice() {
                [] => "held".to_string(),
                only => format!("`{}` held", only.join("`, `")),
            };
            Some(format!("{held} below `{below}` until {until}: {why}"))
        }
        Change::Release { on } => Some(format!("the hold ended on {on}")),
        Change::Status { from, to } => Some(format!("{} → {}", from.as_str(), to.as_str())),
        Change::Draft(NewDraft { path, from, state, .. }) => Some(match from {
            Some(from) => format!("`{path}` {from} → {state}"),
            None => format!("`{path}` is {state}"),
        }),
        Change::Trigger(trigger) => Some(format!("new trigger `{}`", trigger.id.value)),
        Change::RemoveTrigger { id } => Some(format!("the trigger `{id}` is a comment now")),
        Change::Set { name, .. } => Some(format!("new set `{name}`")),
        Change::Verdicts { item, words } => {
            Some(format!("a verdict on `{item}` may be {}", words.join(", ")))
        }
        Change::Collect(_) => Some("items are collected by a further selection".into()),
        Change::Source { slug } => Some(format!("new source `{slug}`")),
        Change::TestedThread { slug } => Some(format!("the tests are of `{slug}`")),
        Change::Listing(listing) => Some(format!("`{}` is listed", listing.item.id)),
        Change::Tags { item, added, .. } => {
            Some(format!("`{item}` has the tag {}", added.join(", ")))
        }
        Change::Mapping { item, threads, .. } => Some(match threads.as_slice() {
            [] => format!("`{item}` is mapped to no thread"),
            threads => format!("`{item}` is mapped to {}", threads.join(", ")),
        }),
    }
}

fn logged(entry: &LogEntry) -> String {
    let by = entry.by.as_ref().map(|by| format!(" by {}", by.value)).unwrap_or_default();
    match (&entry.change, &entry.attested, &entry.withdrawn) {
        (Some(level), ..) => {
            let from = level.from.as_deref().unwrap_or_default();
            format!("{from} → {}{by}: {}", level.to.value, entry.reason)
        }
        (None, Some(claim), _) => format!("`{claim}` is attested{by}"),
        (None, None, Some(claim)) => format!("`{claim}` is withdrawn{by}"),
        (None, None, None) => entry.reason.clone(),
    }
}

/// Returns the consequences of an edit for the report.
pub fn settles(consequences: &[ThreadConsequences]) -> Vec<ThreadConsequencesReport> {
    let told = consequences.iter().map(|consequences| ThreadConsequencesReport {
        thread: consequences.slug.clone(),
        consequences: consequences.consequences.clone(),
    });
    told.collect()
}
