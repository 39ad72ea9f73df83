//! The rows of a list.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::catalog;
use crate::commands::next::all_entries;
use crate::commands::shared::evidence_report::ReadingState;
use crate::commands::shared::findings::report::Finding;
use crate::commands::shared::json::Report;
use crate::commands::shared::session::{Session, evaluate_each};
use crate::evaluate::{CatalogIndex, Evaluation, Item};
use crate::model::Date;
use crate::model::url::is_web;
use crate::workspace::Workspace;

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ListReport {
    /// The date of the list.
    pub today: Date,
    /// The rows.
    pub rows: Vec<Row>,
    /// Errors in the files.
    pub problems: Vec<Finding>,
}

impl Report for ListReport {
    const KIND: &'static str = "list";
}

/// A row of a list. Keys that do not apply are `null`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// Slug of the thread.
    pub thread: Option<String>,
    /// Id of the item.
    pub id: Option<String>,
    /// Title of the thread or item, or text of the watch line.
    pub title: String,
    /// URL of the item.
    pub url: Option<String>,
    /// Date of the item; for a thread, the date since which it is at its level.
    pub date: Option<Date>,
    /// Slug of the source.
    pub source: Option<String>,
    /// Level of the thread.
    pub level: Option<String>,
    /// `read`, `unread`, `dropped` or `unknown`.
    pub reading: Option<String>,
    /// Path of the file.
    pub path: Option<String>,
    /// Line in the file, from 1.
    pub line: Option<usize>,
}

/// Returns a row for each thread, by slug.
pub(super) fn threads(session: &Session, workspace: &Workspace) -> Vec<Row> {
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    evaluate_each(workspace, &index, session.date_of_thread(), &[], |_, evaluation| Row {
        thread: Some(evaluation.thread.slug.clone()),
        title: evaluation.thread.title.clone(),
        date: evaluation.since(),
        level: evaluation.level.clone(),
        path: Some(evaluation.thread.path.clone()),
        line: Some(1),
        ..Row::default()
    })
}

/// Returns a row for each item of each thread.
pub(super) fn items(session: &Session, workspace: &Workspace) -> Vec<Row> {
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let rows = evaluate_each(workspace, &index, session.date_of_thread(), &[], |_, evaluation| {
        let items = evaluation.items.items.iter();
        items.map(|item| item_row(workspace, &evaluation, item)).collect::<Vec<_>>()
    });
    rows.concat()
}

fn item_row(workspace: &Workspace, evaluation: &Evaluation<'_>, item: &Item) -> Row {
    let thread = evaluation.thread;
    let line = item.evidence.first().and_then(|&at| {
        let document = workspace.document(&thread.path)?;
        Some(document.position(thread.evidence[at].item.span.start).line)
    });
    let reading = ReadingState::from(item.reading);
    Row {
        thread: Some(thread.slug.clone()),
        id: Some(item.id.clone()),
        title: item.title.clone(),
        url: item.url.as_deref().map(str::to_string),
        date: item.date,
        source: item.source.clone(),
        level: evaluation.level.clone(),
        reading: Some(reading.as_str().to_string()),
        path: line.map(|_| thread.path.clone()).or_else(|| item.catalogs.first().cloned()),
        line,
    }
}

/// Returns a row for each catalog item that belongs to no thread.
pub(super) fn unmapped(session: &Session, workspace: &Workspace) -> Vec<Row> {
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let items = catalog::report::unmapped(workspace, &index, session.today, &[]);
    let row = |item: catalog::report::UnmappedItem| Row {
        source: item.id.split('/').next().map(str::to_string),
        id: Some(item.id),
        title: item.title,
        url: item.url,
        date: item.date,
        path: Some(item.path),
        line: Some(item.line),
        ..Row::default()
    };
    items.into_iter().map(row).collect()
}

/// Returns a row for each entry of the reading queue; an entry of several threads has the first.
pub(super) fn next(session: &Session, workspace: &Workspace) -> Vec<Row> {
    let entries = all_entries(session, workspace, &[], &[]).into_iter();
    let rows = entries.map(|entry| {
        let (url, place) = match entry.open {
            open if is_web(&open) => (Some(open), None),
            open => (None, Some(open)),
        };
        let place = place.as_deref().map(|place| place.rsplit_once(':').unwrap_or((place, "")));
        Row {
            thread: entry.threads.first().map(|impact| impact.thread.clone()),
            id: entry.id,
            title: entry.title,
            url,
            date: entry.date,
            path: place.map(|(path, _)| path.to_string()),
            line: place.and_then(|(_, line)| line.parse().ok()),
            ..Row::default()
        }
    });
    rows.collect()
}
