//! The items of a thread, by source.

use schemars::JsonSchema;
use serde::Serialize;

use crate::evaluate::{Evaluation, Item};
use crate::model::{Configuration, Reading};

use crate::commands::shared::trigger_report::ItemReport;

/// The items of one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SourceReport {
    /// Slug of the source.
    pub source: Option<String>,
    /// Its name.
    pub name: String,
    /// Its items, newest first.
    pub items: Vec<EvidenceReport>,
}

/// An item of the thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct EvidenceReport {
    /// What.
    #[serde(flatten)]
    pub item: ItemReport,
    /// The address.
    pub url: Option<String>,
    /// Who speaks.
    pub org: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// `read`, `unread`, `dropped` or `unknown`.
    #[schemars(extend("enum" = ["read", "unread", "dropped", "unknown"]))]
    pub reading: &'static str,
    /// What the reading concluded.
    pub verdict: Option<String>,
    /// Remarks of its readers, in the order of the file.
    pub notes: Vec<String>,
    /// Whether it stands only in catalogs, and the next scan brings it in.
    pub arriving: bool,
    /// The catalogs that list it.
    pub catalogs: Vec<String>,
}

/// The items by source: sources in the order of the file, then those that are new to it.
pub fn report(evaluation: &Evaluation<'_>, configuration: &Configuration) -> Vec<SourceReport> {
    let mut sources: Vec<SourceReport> = Vec::new();
    let arrivals: Vec<&str> = evaluation.arrivals().iter().map(|item| item.id.as_str()).collect();
    let mut items: Vec<&Item> = evaluation.items.items.iter().collect();
    items.sort_by_key(|item| {
        (item.evidence.first().copied().unwrap_or(usize::MAX), item.id.clone())
    });
    for item in items {
        let source = match item.evidence.first() {
            Some(&line) => evaluation.thread.evidence[line].item.source.as_deref(),
            None => item.source.as_deref(),
        };
        let source = source.map(str::to_string);
        let arriving = arrivals.contains(&item.id.as_str());
        let lines = item.evidence.iter().map(|&line| &evaluation.thread.evidence[line]);
        let notes = lines.flat_map(|line| line.notes.iter().cloned()).collect();
        let told = told(item, source.clone(), notes, arriving);
        match sources.iter_mut().find(|known| known.source == source) {
            Some(known) => known.items.push(told),
            None => {
                let name =
                    source.as_deref().map_or("no source", |slug| configuration.source_name(slug));
                sources.push(SourceReport { name: name.to_string(), source, items: vec![told] });
            }
        }
    }
    for source in &mut sources {
        source.items.sort_by(|a, b| (b.item.date, &a.item.id).cmp(&(a.item.date, &b.item.id)));
    }
    sources
}

fn told(item: &Item, source: Option<String>, notes: Vec<String>, arriving: bool) -> EvidenceReport {
    EvidenceReport {
        item: ItemReport {
            id: item.id.clone(),
            title: item.title.clone(),
            date: item.date,
            landed: item.landed,
            source,
        },
        url: item.url.as_deref().map(str::to_string),
        org: item.org.clone(),
        tags: item.tags.iter().cloned().collect(),
        reading: match item.reading {
            Reading::Unknown => "unknown",
            Reading::Unread => "unread",
            Reading::Read { .. } => "read",
            Reading::Dropped => "dropped",
        },
        verdict: item.verdict.clone(),
        notes,
        arriving,
        catalogs: item.catalogs.clone(),
    }
}
