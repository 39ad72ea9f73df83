//! The items of a thread as data, grouped by source.

use std::cmp::Reverse;

use schemars::JsonSchema;
use serde::Serialize;

use crate::evaluate::{CatalogIndex, Counted, Evaluation, Item};
use crate::model::{Configuration, Date, DateOrigin, Dropped, Evidence, Reading};

/// The items of one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SourceReport {
    /// Slug of the source; `null` for items without one.
    pub source: Option<String>,
    /// Name of the source.
    pub name: String,
    /// The number of items that the catalogs of the source list.
    pub listed: usize,
    /// The number of these that belong to the thread.
    pub belonging: usize,
    /// Its items, newest first.
    pub items: Vec<EvidenceReport>,
}

/// An item of a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct EvidenceReport {
    /// The item.
    #[serde(flatten)]
    pub item: Counted,
    /// Origin of the date.
    pub dated_by: DateOrigin,
    /// URL of the item.
    pub url: Option<String>,
    /// Organization that published the item.
    pub org: Option<String>,
    /// Tags of the item.
    pub tags: Vec<String>,
    /// State of its reading.
    pub reading: ReadingState,
    /// The verdict of the reading.
    pub verdict: Option<String>,
    /// Notes of its readers, in the order of the file.
    pub notes: Vec<String>,
    /// True if the item is only in catalogs, and the next scan brings it in.
    pub arriving: bool,
    /// Paths of the catalogs that list the item.
    pub catalogs: Vec<String>,
}

/// An item that was dropped from a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct DroppedReport {
    /// The item.
    #[serde(flatten)]
    pub item: Counted,
    /// First date on which the item does not count.
    pub on: Date,
    /// Reason of the decision.
    pub reason: Option<String>,
}

/// State of the reading of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum ReadingState {
    /// The item was read.
    Read,
    /// The item was not read yet.
    Unread,
    /// A user decided not to read the item.
    Dropped,
    /// The file does not state it; such an item does not count as read.
    Unknown,
}

impl ReadingState {
    /// The word for the state, as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Unread => "unread",
            Self::Dropped => "dropped",
            Self::Unknown => "unknown",
        }
    }

    /// Returns whether the item may still have to be read.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Unread | Self::Unknown)
    }
}

impl From<Reading> for ReadingState {
    fn from(reading: Reading) -> Self {
        match reading {
            Reading::Read { .. } => Self::Read,
            Reading::Unread => Self::Unread,
            Reading::Dropped => Self::Dropped,
            Reading::Unknown => Self::Unknown,
        }
    }
}

/// Returns the items by source. Sources are in the order of the file; sources of arriving items
/// that the file does not have come last.
pub(crate) fn by_source(
    evaluation: &Evaluation<'_>,
    index: &CatalogIndex<'_>,
    configuration: &Configuration,
) -> Vec<SourceReport> {
    let arrivals: Vec<&str> = evaluation.arrivals().iter().map(|item| item.id.as_str()).collect();
    let mut items: Vec<&Item> = evaluation.items.items.iter().collect();
    items.sort_by_key(|item| {
        (item.evidence.first().copied().unwrap_or(usize::MAX), item.id.clone())
    });
    let mut sources: Vec<SourceReport> = Vec::new();
    for item in items {
        let lines: Vec<&Evidence> =
            item.evidence.iter().map(|&line| &evaluation.thread.evidence[line]).collect();
        let report = EvidenceReport::new(item, &lines, arrivals.contains(&item.id.as_str()));
        match sources.iter_mut().find(|known| known.source == report.item.source) {
            Some(known) => known.items.push(report),
            None => sources.push(SourceReport::new(report, configuration)),
        }
    }
    for source in &mut sources {
        let slug = source.source.as_deref();
        source.listed = slug.map_or(0, |slug| index.listed_items(slug, evaluation.date));
        source.belonging = source.items.iter().filter(|item| !item.catalogs.is_empty()).count();
        source
            .items
            .sort_by_cached_key(|report| (Reverse(report.item.date), report.item.fact_id.clone()));
    }
    sources
}

/// Returns the dropped items, by id.
pub(crate) fn dropped(evaluation: &Evaluation<'_>) -> Vec<DroppedReport> {
    let items = evaluation.items.dropped.iter();
    let reports = items.filter_map(|item| {
        let Dropped { on, reason } = item.dropped.clone()?;
        Some(DroppedReport { item: Counted::item(item), on, reason })
    });
    reports.collect()
}

impl SourceReport {
    fn new(first: EvidenceReport, configuration: &Configuration) -> Self {
        let source = first.item.source.clone();
        let name = source.as_deref().map_or("no source", |slug| configuration.source_name(slug));
        Self { name: name.to_string(), source, listed: 0, belonging: 0, items: vec![first] }
    }
}

impl EvidenceReport {
    /// Returns the report of an item with these lines in the thread.
    fn new(item: &Item, lines: &[&Evidence], arriving: bool) -> Self {
        let source = match lines.first() {
            Some(line) => line.item.source.as_deref().map(str::to_string),
            None => item.source.clone(),
        };
        Self {
            item: Counted { source, ..Counted::item(item) },
            dated_by: item.dated_by,
            url: item.url.as_deref().map(str::to_string),
            org: item.org.clone(),
            tags: item.tags.iter().cloned().collect(),
            reading: item.reading.into(),
            verdict: item.verdict.clone(),
            notes: lines.iter().flat_map(|line| line.notes.iter().cloned()).collect(),
            arriving,
            catalogs: item.catalogs.clone(),
        }
    }
}
