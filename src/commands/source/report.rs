//! Result of `thread source list`.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::json::Report;
use crate::fetch::{Cache, History};
use crate::model::Date;
use crate::workspace::Workspace;

/// All sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SourcesReport {
    /// The date of the report.
    pub today: Date,
    /// The sources by slug: those of thread.yaml, and those that have catalogs.
    pub sources: Vec<SourceRow>,
}

impl Report for SourcesReport {
    const KIND: &'static str = "sources";
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SourceRow {
    /// Its slug.
    pub slug: String,
    /// Its name; the slug if it has none.
    pub name: String,
    /// True if thread.yaml declares it.
    pub declared: bool,
    /// The org of its items.
    pub org: Option<String>,
    /// The expected number of days between two catalogs.
    pub every: Option<u32>,
    /// The date of its newest catalog.
    pub last_scan: Option<Date>,
    /// True if the newest catalog is older than `every`.
    pub overdue: bool,
    /// The number of its catalogs.
    pub scans: usize,
    /// The number of items that its catalogs list.
    pub items: usize,
    /// The number of these that are mapped to a thread by a field.
    pub mapped: usize,
    /// The URLs of its feeds.
    pub feeds: Vec<String>,
    /// The date on which a feed was last read, by the cache of this machine.
    pub last_fetched: Option<Date>,
    /// The date since which a feed has failed.
    pub failing_since: Option<Date>,
    /// The reason of the last failure.
    pub failure: Option<String>,
    /// The date on which an item was last new.
    pub last_new: Option<Date>,
}

impl SourcesReport {
    /// The sources of a workspace, with the catalogs up to a date.
    pub fn new(workspace: &Workspace, cache: &Cache, today: Date) -> Self {
        let configuration = &workspace.configuration;
        let catalogs: Vec<_> =
            workspace.catalogs.iter().filter(|catalog| catalog.scanned <= today).collect();
        let declared = configuration.sources.keys().map(String::as_str);
        let slugs: BTreeSet<&str> =
            declared.chain(catalogs.iter().map(|catalog| catalog.source.as_str())).collect();
        let row = |slug: &str| {
            let declared = configuration.sources.get(slug);
            let every = declared.and_then(|source| source.every);
            let own: Vec<_> = catalogs.iter().filter(|catalog| catalog.source == slug).collect();
            let last_scan = own.iter().map(|catalog| catalog.scanned).max();
            let items = own.iter().flat_map(|catalog| &catalog.items);
            let feeds = declared.map(|source| source.feed.feeds.clone()).unwrap_or_default();
            let histories: Vec<History> = feeds.iter().map(|feed| cache.history(feed)).collect();
            let date = |time: &DateTime<Utc>| time.date_naive();
            let with_items = own.iter().filter(|catalog| !catalog.items.is_empty());
            SourceRow {
                last_new: with_items.map(|catalog| catalog.scanned).max(),
                last_fetched: histories
                    .iter()
                    .filter_map(|known| known.last_success)
                    .max()
                    .as_ref()
                    .map(date),
                failing_since: histories
                    .iter()
                    .filter_map(|known| known.failing_since)
                    .min()
                    .as_ref()
                    .map(date),
                failure: histories
                    .iter()
                    .find_map(|known| known.failure.as_ref())
                    .map(|failure| failure.message.clone()),
                feeds,
                slug: slug.to_string(),
                name: configuration.source_name(slug).to_string(),
                declared: declared.is_some(),
                org: declared.and_then(|source| source.org.clone()),
                every: every.map(|days| days.0),
                last_scan,
                overdue: declared.is_some_and(|source| source.is_overdue(last_scan, today)),
                scans: own.len(),
                items: items.clone().count(),
                mapped: items.filter(|listed| !listed.threads.is_empty()).count(),
            }
        };
        Self { today, sources: slugs.into_iter().map(row).collect() }
    }
}
