//! Entries of feeds as items of today's catalog: which are new, and what is written of them.
//!
//! An entry is known if a catalog of the source lists it, or a thread has it as evidence under the
//! source; GUIDs and earlier feeds do not matter. A known entry is never written again.

use std::cmp::Reverse;

use foldhash::HashMap;

use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::new_item::verified;
use crate::feed::{Entry, Reading};
use crate::model::change::Listing;
use crate::model::date::days_between;
use crate::model::url::Url;
use crate::model::{
    Date, DateOrigin, EntryTexts, Error, FeedSettings, ItemRecord, Name, Reading as ReadState,
};
use crate::text::Span;

/// Options of a run.
#[derive(Debug, Clone, Default)]
pub struct IntakeOptions {
    /// Tags of every item.
    pub tags: Vec<String>,
    /// Slugs of threads to which every item is mapped.
    pub threads: Vec<String>,
    /// Whether the catalog is a baseline; by default, if the source has no catalog.
    pub baseline: Option<bool>,
}

/// The entries of a source, divided into known and new ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Intake {
    /// The new items: newest date first, undated ones last.
    pub new: Vec<NewItem>,
    /// The number of entries that were read.
    pub read: usize,
    /// The number of known entries.
    pub known: usize,
    /// The number of entries that `only` and `skip` leave out.
    pub left_out: usize,
    /// Known items whose title or date is another one in the feed.
    pub changed: Vec<ChangedEntry>,
    /// Sentences for the user.
    pub notes: Vec<String>,
    /// True if the catalog is a baseline.
    pub baseline: bool,
}

/// A new item, with the reasons for its tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewItem {
    /// The item and its threads.
    pub listing: Listing,
    /// The tags of rules, with the reasons.
    pub reasons: Vec<(String, String)>,
}

/// A known item that is written differently in the feed. Nothing is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedEntry {
    /// Id of the item.
    pub id: String,
    /// Its title in the workspace and in the feed, if they differ.
    pub title: Option<(String, String)>,
    /// Its date in the workspace and in the feed, if they differ.
    pub date: Option<(Option<Date>, Date)>,
}

/// A new address with the title of an item that is younger than this many days is named.
const SAME_TITLE_DAYS: i64 = 365;

/// From this number of new items on, a feed of which more than half is new is named.
const MANY_NEW: usize = 10;

/// Divides the entries of a source into known and new ones, and completes the new ones by the
/// settings of the source.
///
/// # Errors
/// There are more new items than `at-most` allows.
pub fn take_in(
    context: &EditContext<'_>,
    source: &str,
    reading: &Reading,
    options: &IntakeOptions,
) -> Result<Intake, Error> {
    let configuration = &context.workspace.configuration;
    let settings = configuration.sources.get(source).map(|source| source.feed.clone());
    let settings = settings.unwrap_or_default();
    let known = KnownItems::new(context, source);
    let is_first = context.index.scans(source).is_empty();
    let mut intake = Intake {
        read: reading.entries.len(),
        baseline: options.baseline.unwrap_or(is_first),
        notes: reading.notes.clone(),
        ..Intake::default()
    };
    let mut new_names = ItemsByName::default();
    for entry in &reading.entries {
        let texts = texts(entry, source, configuration.source_org(source));
        if !settings.keeps(&texts) {
            intake.left_out += 1;
            continue;
        }
        let tags = tags(entry, &settings, options);
        let mut reasons = configuration.tags_of(&texts);
        reasons.retain(|(tag, _)| !tags.contains(tag));
        let all = tags.into_iter().chain(reasons.iter().map(|(tag, _)| tag.clone())).collect();
        let item = match record(entry, source, &settings, all) {
            Ok(item) => item,
            Err(error) => {
                let name = entry.title.as_deref().or(entry.url.as_deref()).unwrap_or("an entry");
                intake.notes.push(format!("not added: {name}: {}", error.message));
                continue;
            }
        };
        let first = new_names.find(&item, |at| &intake.new[at].listing.item);
        match (known.find(&item), first) {
            (Some(known), _) => {
                intake.known += 1;
                intake.changed.extend(difference(known, &item));
            }
            (None, Some(first)) => {
                intake.known += 1;
                intake.notes.extend(second_title(first, &item));
            }
            (None, None) => {
                intake.notes.extend(known.notes(context, &item));
                new_names.add(&item, intake.new.len());
                let threads = [options.threads.clone(), entry.threads.clone()].concat();
                intake.new.push(NewItem { listing: Listing { item, threads }, reasons });
            }
        }
    }
    intake.check(&settings, source)?;
    intake.new.sort_by_key(|new| {
        let date = new.listing.item.date;
        (date.is_none(), Reverse(date))
    });
    Ok(intake)
}

/// Returns the note on an item that a reading lists again with another title.
fn second_title(first: &ItemRecord, again: &ItemRecord) -> Option<String> {
    let title = again.title.as_deref().unwrap_or_default();
    let differs = first.title != again.title;
    differs.then(|| format!("`{}` is listed twice; also as “{title}”", first.id))
}

impl Intake {
    /// The new items as lines of a catalog.
    pub fn listings(&self) -> Vec<Listing> {
        self.new.iter().map(|new| new.listing.clone()).collect()
    }

    /// Refuses too many new items, and names a feed that is suddenly new.
    fn check(&mut self, settings: &FeedSettings, source: &str) -> Result<(), Error> {
        let new = self.new.len();
        let most = settings.at_most.unwrap_or(FeedSettings::MOST_NEW);
        if new > usize::try_from(most).unwrap_or(usize::MAX) {
            let message =
                format!("{new} of {} entries of `{source}` are new, more than {most}", self.read);
            let help =
                format!("set `at-most: {new}` for the source in thread.yaml to add them all");
            return Err(Error::request(message, help));
        }
        if !self.baseline && new >= MANY_NEW && new * 2 > self.read {
            self.notes.push(format!(
                "{new} of {} are new: an archive that grew? `-n --baseline` shows them with their \
                 own dates",
                self.read
            ));
        }
        Ok(())
    }
}

fn texts<'e>(entry: &'e Entry, source: &'e str, org: Option<&'e str>) -> EntryTexts<'e> {
    EntryTexts {
        source,
        org: entry.org.as_deref().or(org),
        title: entry.title.as_deref().unwrap_or_default(),
        summary: entry.summary.as_deref().unwrap_or_default(),
        categories: &entry.categories,
        authors: &entry.authors,
        url: entry.url.as_deref().unwrap_or_default(),
    }
}

/// Returns the tags that no rule gives: of the run, the source, the entry and its categories.
fn tags(entry: &Entry, settings: &FeedSettings, options: &IntakeOptions) -> Vec<String> {
    let categories = entry.categories.iter();
    let categories = categories.filter_map(|category| settings.categories.get(category));
    let all = options.tags.iter().chain(&settings.tags).chain(&entry.tags).chain(categories);
    let mut tags: Vec<String> = Vec::new();
    for tag in all {
        if !tags.contains(tag) {
            tags.push(tag.clone());
        }
    }
    tags
}

/// Returns the record of an entry with the id that its line will have.
fn record(
    entry: &Entry,
    source: &str,
    settings: &FeedSettings,
    tags: Vec<String>,
) -> Result<ItemRecord, Error> {
    // Without title and URL, the id is the title.
    let title = entry.title.clone();
    let title = title.or_else(|| entry.id.clone().filter(|_| entry.url.is_none()));
    let label = settings.label.as_ref().zip(title.as_deref());
    verified(
        ItemRecord {
            span: Span::at(0),
            id: String::new(),
            has_written_id: false,
            source: Some(source.into()),
            label: label.and_then(|(pattern, title)| pattern.label(title)),
            title,
            url: entry.url.as_deref().map(Url::from),
            date: entry.date,
            dated_by: DateOrigin::Line,
            org: entry.org.clone(),
            tags: tags.into_iter().collect(),
            same_as: Vec::new(),
            reading: if entry.read { ReadState::Read { on: None } } else { ReadState::Unread },
        },
        source,
    )
}

/// Positions in a list of items, by all texts that can name an item.
#[derive(Default)]
struct ItemsByName(HashMap<String, Vec<usize>>);

impl ItemsByName {
    /// Adds an item at a position.
    fn add(&mut self, item: &ItemRecord, at: usize) {
        for name in names(item) {
            self.0.entry(name).or_default().push(at);
        }
    }

    /// Returns the first item that a record is. `item_at` gives the item at a position.
    fn find<'i>(
        &self,
        item: &ItemRecord,
        item_at: impl Fn(usize) -> &'i ItemRecord,
    ) -> Option<&'i ItemRecord> {
        let names = names(item);
        let candidates = names.iter().filter_map(|name| self.0.get(name)).flatten();
        candidates.copied().filter(|at| item_at(*at).is_same(item)).min().map(item_at)
    }
}

/// The items of a source: those of its catalogs, and the evidence under it.
struct KnownItems<'a> {
    items: Vec<&'a ItemRecord>,
    by_name: ItemsByName,
    /// Positions of items by their titles.
    by_title: HashMap<&'a str, Vec<usize>>,
    source: String,
}

impl<'a> KnownItems<'a> {
    fn new(context: &EditContext<'a>, source: &str) -> Self {
        let workspace = context.workspace;
        let catalogs = workspace.catalogs.iter().filter(|catalog| catalog.source == source);
        let listed = catalogs.flat_map(|catalog| &catalog.items).map(|listed| &listed.item);
        let evidence = workspace.threads.iter().flat_map(|file| &file.thread.evidence);
        let evidence = evidence.map(|line| &line.item);
        let evidence = evidence.filter(|item| item.source.as_deref() == Some(source));
        let items: Vec<&ItemRecord> = listed.chain(evidence).collect();
        let mut by_name = ItemsByName::default();
        let mut by_title: HashMap<&str, Vec<usize>> = HashMap::default();
        for (at, item) in items.iter().enumerate() {
            by_name.add(item, at);
            if let Some(title) = item.title.as_deref() {
                by_title.entry(title).or_default().push(at);
            }
        }
        Self { items, by_name, by_title, source: source.to_string() }
    }

    /// Returns the known item that a record is.
    fn find(&self, item: &ItemRecord) -> Option<&'a ItemRecord> {
        self.by_name.find(item, |at| self.items[at])
    }

    /// Returns what the user may want to know of a new item: an item with the same title, and other
    /// sources that list it.
    fn notes(&self, context: &EditContext<'_>, item: &ItemRecord) -> Vec<String> {
        let mut notes = Vec::new();
        let title = item.title.as_deref().unwrap_or_default();
        let mut same = self.by_title.get(title).into_iter().flatten().map(|&at| self.items[at]);
        let is_near = |known: &&ItemRecord| match (known.date, item.date) {
            (Some(known), Some(date)) => days_between(known, date).abs() <= SAME_TITLE_DAYS,
            _ => true,
        };
        if let Some(known) = same.rfind(is_near) {
            notes.push(format!(
                "`{}` has the same title as `{id}`; `[same-as:: {id}]` joins them",
                item.id,
                id = known.id
            ));
        }
        let named = Name::all_of(item).flat_map(|name| context.index.named(&name, Date::MAX));
        let mut others: Vec<&str> = named
            .map(|entry| entry.catalog.source.as_str())
            .filter(|source| *source != self.source)
            .collect();
        others.sort_unstable();
        others.dedup();
        if !others.is_empty() {
            notes.push(format!("`{}` is also in {}", item.id, others.join(", ")));
        }
        notes
    }
}

/// Returns all texts that can name an item: two records of one item share one of them.
fn names(item: &ItemRecord) -> Vec<String> {
    let urls = Name::all_of(item).filter_map(|name| match name {
        Name::Url(url) => Some(url.into_owned()),
        Name::Id(_) | Name::Derived(_) => None,
    });
    let references = item.same_as.iter().cloned();
    urls.chain(references).chain(item.title_id()).chain([item.id.clone()]).collect()
}

/// Returns the differences between a known item and the one of the feed.
fn difference(known: &ItemRecord, item: &ItemRecord) -> Option<ChangedEntry> {
    let title = (known.title != item.title && item.title.is_some()).then(|| {
        let text = |item: &ItemRecord| item.title.clone().unwrap_or_default();
        (text(known), text(item))
    });
    let date = item.date.filter(|date| known.date != Some(*date));
    let date = date.map(|date| (known.date, date));
    (title.is_some() || date.is_some()).then(|| ChangedEntry { id: known.id.clone(), title, date })
}
