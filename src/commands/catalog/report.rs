//! The catalogs, and their items that no thread has.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::findings::report::Finding;
use crate::commands::shared::json::Report;
use crate::evaluate::CatalogIndex;
use crate::evaluate::items::catalog_index::Entry;
use crate::evaluate::items::thread_items::unclaimed;
use crate::evaluate::proposals::{Proposal, Proposals};
use crate::model::Date;
use crate::workspace::Workspace;

/// All scans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ScansReport {
    /// The date of the report.
    pub today: Date,
    /// The scans, newest first.
    pub catalogs: Vec<ScanOfSource>,
    /// Problems of the files.
    pub problems: Vec<Finding>,
}

impl Report for ScansReport {
    const KIND: &'static str = "catalogs";
}

/// One scan of one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ScanOfSource {
    /// The catalog.
    pub path: String,
    /// The date of the scan.
    pub scanned: Date,
    /// Slug of the source.
    pub source: String,
    /// Its name.
    pub name: String,
    /// Number of items.
    pub items: usize,
    /// Number of items that a field maps to a thread.
    pub mapped: usize,
}

/// Items of catalogs that no thread has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct UnmappedReport {
    /// The date of the report.
    pub today: Date,
    /// The items, those of the newest scan first.
    pub items: Vec<UnmappedItem>,
    /// Problems of the files.
    pub problems: Vec<Finding>,
}

impl Report for UnmappedReport {
    const KIND: &'static str = "unmapped";
}

/// An item that no thread has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct UnmappedItem {
    /// Its id.
    pub id: String,
    /// The title, label or id.
    pub title: String,
    /// The URL.
    pub url: Option<String>,
    /// When it was published.
    pub date: Option<Date>,
    /// The date of the catalog.
    pub scanned: Date,
    /// The catalog that lists it.
    pub path: String,
    /// Line in the catalog, from 1.
    pub line: usize,
    /// Threads that it may belong to, the nearest first.
    pub proposals: Vec<ProposalReport>,
}

/// A thread that an item may belong to, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ProposalReport {
    /// Slug of the thread.
    pub thread: String,
    /// Sets of the thread that would select the item.
    pub sets: Vec<String>,
    /// Tags that both have.
    pub tags: Vec<String>,
    /// Words of the title that the thread has as well.
    pub words: Vec<String>,
}

impl From<Proposal<'_>> for ProposalReport {
    fn from(proposal: Proposal<'_>) -> Self {
        let Proposal { thread, sets, tags, words } = proposal;
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_string).collect();
        Self { thread: thread.to_string(), sets: owned(sets), tags: owned(tags), words }
    }
}

/// Returns the scans up to `date` of some sources; of all sources if `only` is empty.
pub fn scans(workspace: &Workspace, date: Date, only: &[String]) -> Vec<ScanOfSource> {
    let catalogs = workspace.catalogs.iter().filter(|catalog| {
        catalog.scanned <= date && (only.is_empty() || only.contains(&catalog.source))
    });
    let mut scans: Vec<ScanOfSource> = catalogs
        .map(|catalog| ScanOfSource {
            path: catalog.path.clone(),
            scanned: catalog.scanned,
            source: catalog.source.clone(),
            name: workspace.configuration.source_name(&catalog.source).to_string(),
            items: catalog.items.len(),
            mapped: catalog.items.iter().filter(|listed| !listed.threads.is_empty()).count(),
        })
        .collect();
    scans.sort_by(|a, b| (b.scanned, &a.path).cmp(&(a.scanned, &b.path)));
    scans
}

fn unmapped_item<'a>(
    workspace: &Workspace,
    index: &CatalogIndex<'a>,
    proposals: &Proposals<'a>,
    entry: &Entry<'a>,
) -> UnmappedItem {
    let (item, path) = (&entry.listed.item, &entry.catalog.path);
    let document = workspace.document(path);
    UnmappedItem {
        id: index.id(entry).to_string(),
        title: item.name().to_string(),
        url: item.url.as_deref().map(str::to_string),
        date: item.date,
        scanned: entry.catalog.scanned,
        path: path.clone(),
        line: document.map_or(1, |document| document.position(item.span.start).line),
        proposals: proposals.of(entry).into_iter().map(ProposalReport::from).collect(),
    }
}

/// Returns the items of catalogs up to `date` that belong to no thread by mapping, by `collect` or
/// as evidence.
pub fn unmapped(
    workspace: &Workspace,
    index: &CatalogIndex<'_>,
    date: Date,
    only: &[String],
) -> Vec<UnmappedItem> {
    let threads: Vec<_> = workspace.threads.iter().map(|file| &file.thread).collect();
    let configuration = &workspace.configuration;
    let proposals = Proposals::new(threads.iter().copied(), index, configuration, date);
    let mut items: Vec<UnmappedItem> = unclaimed(&threads, index, configuration, date)
        .into_iter()
        .filter(|entry| only.is_empty() || only.contains(&entry.catalog.source))
        .map(|entry| unmapped_item(workspace, index, &proposals, &entry))
        .collect();
    items.sort_by(|a, b| (b.scanned, &a.path, a.line).cmp(&(a.scanned, &b.path, b.line)));
    items
}
