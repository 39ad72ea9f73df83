//! The result of `fetch` and of `catalog import` as data.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::catalog::intake::{ChangedEntry, Intake, NewItem};
use crate::commands::shared::json::Report;
use crate::model::Date;

/// The result of `fetch`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FetchReport {
    /// The date of the run.
    pub today: Date,
    /// True if nothing was written because of `--dry-run`.
    pub dry_run: bool,
    /// The sources, by slug.
    pub sources: Vec<SourceResult>,
}

impl Report for FetchReport {
    const KIND: &'static str = "fetch";
}

/// The result of `catalog import` of feeds and lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ImportReport {
    /// The date of the run.
    pub today: Date,
    /// True if nothing was written because of `--dry-run`.
    pub dry_run: bool,
    /// The outcome of the source.
    pub outcome: Outcome,
    /// The number of entries that were read.
    pub read: usize,
    /// The number of new items.
    pub new: usize,
    /// The number of known items.
    pub known: usize,
    /// The source.
    pub sources: Vec<SourceResult>,
}

impl Report for ImportReport {
    const KIND: &'static str = "import";
}

/// The outcome of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Outcome {
    /// New items were found.
    New,
    /// Nothing new was found.
    #[default]
    Quiet,
    /// The first reading of the source.
    Baseline,
    /// The host was asked less than an hour ago; the cached feed has nothing new.
    NotDue,
    /// Entries may be missing; what was read counts.
    Damaged,
    /// Nothing could be read.
    Failed,
}

/// The result for one source.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SourceResult {
    /// Slug of the source.
    pub source: String,
    /// The outcome.
    pub outcome: Outcome,
    /// The reason of a failure or damage.
    pub error: Option<String>,
    /// The date since which it has failed.
    pub failing_since: Option<Date>,
    /// The date of the last success before.
    pub last_success: Option<Date>,
    /// The new URL of a feed that has moved for good.
    pub moved_to: Option<String>,
    /// The catalog with the new items.
    pub path: Option<String>,
    /// The number of entries that were read.
    pub read: usize,
    /// The number of new items.
    pub new: usize,
    /// The number of known items.
    pub known: usize,
    /// The number of entries that `only` and `skip` leave out.
    pub left_out: usize,
    /// The new items.
    pub items: Vec<WrittenItem>,
    /// Known items that are written differently in the feed; nothing is changed.
    pub changed: Vec<ChangedItem>,
    /// Remarks.
    pub notes: Vec<String>,
}

/// A new item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct WrittenItem {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Its URL.
    pub url: Option<String>,
    /// The date of publication.
    pub date: Option<Date>,
    /// Its tags.
    pub tags: Vec<GivenTag>,
}

/// A tag of a new item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct GivenTag {
    /// The tag.
    pub tag: String,
    /// The reason, if a rule of `tagging` gave it.
    pub reason: Option<String>,
}

/// A known item that is written differently in the feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ChangedItem {
    /// Its id.
    pub id: String,
    /// Its title in the workspace; `null` if the titles are equal.
    pub old_title: Option<String>,
    /// Its title in the feed; `null` if the titles are equal.
    pub new_title: Option<String>,
    /// Its date in the workspace; `null` if it has none or the dates are equal.
    pub old_date: Option<Date>,
    /// Its date in the feed; `null` if the dates are equal.
    pub new_date: Option<Date>,
}

impl SourceResult {
    /// Adds what was taken in, with the ids of the new items.
    pub(super) fn add(&mut self, intake: &Intake, ids: &[String]) {
        self.read = intake.read;
        self.new = intake.new.len();
        self.known = intake.known;
        self.left_out = intake.left_out;
        self.items =
            intake.new.iter().zip(ids).map(|(new, id)| WrittenItem::new(new, id)).collect();
        self.changed = intake.changed.iter().map(ChangedItem::new).collect();
        self.notes.extend(intake.notes.iter().cloned());
        if self.error.is_none() {
            self.outcome = match (self.new, intake.baseline, self.outcome) {
                (0, _, Outcome::NotDue) => Outcome::NotDue,
                (0, ..) => Outcome::Quiet,
                (_, true, _) => Outcome::Baseline,
                _ => Outcome::New,
            };
        }
    }

    /// Returns whether the source failed or was damaged.
    pub fn is_failure(&self) -> bool {
        matches!(self.outcome, Outcome::Failed | Outcome::Damaged)
    }
}

impl WrittenItem {
    fn new(new: &NewItem, id: &str) -> Self {
        let item = &new.listing.item;
        let reason = |tag: &String| {
            new.reasons.iter().find(|(known, _)| known == tag).map(|(_, reason)| reason.clone())
        };
        let tags = item.tags.iter().map(|tag| GivenTag { tag: tag.clone(), reason: reason(tag) });
        Self {
            id: id.to_string(),
            title: item.title.clone(),
            url: item.url.as_deref().map(str::to_string),
            date: item.date,
            tags: tags.collect(),
        }
    }
}

impl ChangedItem {
    fn new(changed: &ChangedEntry) -> Self {
        let (old_title, new_title) = changed.title.clone().unzip();
        Self {
            id: changed.id.clone(),
            old_title,
            new_title,
            old_date: changed.date.and_then(|(old, _)| old),
            new_date: changed.date.map(|(_, new)| new),
        }
    }
}
