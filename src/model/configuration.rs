//! The configuration of a workspace: directories, levels, sources, people, rule levels.

use std::collections::BTreeMap;

use super::date::{Date, days_between};
use super::section::SectionNames;
use super::slug::slug_of;
use super::{Days, FeedSettings, RuleLevels, TagRule};

/// The contents of `thread.yaml`, with defaults for missing keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configuration {
    /// Directory of the threads, relative to the workspace.
    pub threads: String,
    /// Directory of the catalogs, relative to the workspace.
    pub backlogs: String,
    /// Directory of the drafts, relative to the workspace.
    pub drafts: String,
    /// The levels of ripeness.
    pub ladder: Ladder,
    /// The states that a draft may have.
    pub draft_states: Vec<String>,
    /// Sources by slug.
    pub sources: BTreeMap<String, Source>,
    /// `tagging:`, the rules that give tags to new items of feeds, in the order of the file.
    pub tagging: Vec<TagRule>,
    /// The people who may attest, by name. If empty, anybody may.
    pub people: BTreeMap<String, PersonKind>,
    /// Levels of the rules of `check`.
    pub rule_levels: RuleLevels,
    /// The notation of the files.
    pub notation: Notation,
}

/// The notation of dates and headings in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notation {
    /// `dates:`, the order of day and month in dates such as `04/05/2026`, which are not read
    /// without it.
    pub dates: Option<DateOrder>,
    /// `sections:`, the headings of known sections.
    pub sections: SectionNames,
}

/// The order of day and month in a date of numbers that ends with the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `dmy`: `04/05/2026` is 2026-05-04.
    DayFirst,
    /// `mdy`: `04/05/2026` is 2026-04-05.
    MonthFirst,
}

impl DateOrder {
    /// The orders with the words for them in `thread.yaml`.
    pub const WORDS: [(&'static str, Self); 2] =
        [("dmy", Self::DayFirst), ("mdy", Self::MonthFirst)];
}

/// A publisher that is scanned for items.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Name in headings and for display; `None` if it is the slug.
    pub name: Option<String>,
    /// Other names of the source.
    pub aliases: Vec<String>,
    /// The org of items that do not name one. A source that reports the work of others has none.
    pub org: Option<String>,
    /// The expected time between two scans.
    pub every: Option<Days>,
    /// The settings for its feeds.
    pub feed: FeedSettings,
}

impl Source {
    /// Returns whether the next scan is overdue on a date: the last one is longer ago than `every`,
    /// or there was none. A source without `every` is never overdue.
    pub fn is_overdue(&self, last_scan: Option<Date>, today: Date) -> bool {
        self.every.is_some_and(|every| {
            last_scan.is_none_or(|last| days_between(last, today) > i64::from(every.0))
        })
    }

    /// Returns whether the name or an alias has this slug.
    fn has_name(&self, slug: &str) -> bool {
        self.name.iter().chain(&self.aliases).any(|name| slug_of(name) == slug)
    }
}

/// The kind of someone who may attest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonKind {
    /// A human.
    Person,
    /// A program.
    Agent,
}

/// The levels of ripeness, lowest first. The last one means ripe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder(pub Vec<String>);

impl Ladder {
    /// Returns the position of a level, from 0 for the lowest; `None` for an unknown level.
    pub fn rank(&self, level: &str) -> Option<usize> {
        self.0.iter().position(|known| known == level)
    }

    /// Returns whether a level is the last one, which means ripe.
    pub fn is_ripe(&self, level: &str) -> bool {
        self.0.last().is_some_and(|top| top == level)
    }
}

impl Default for Configuration {
    fn default() -> Self {
        let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect();
        Self {
            threads: "threads".into(),
            backlogs: "backlogs".into(),
            drafts: "drafts".into(),
            ladder: Ladder(owned(&["low", "medium", "medium-high", "ripe-pending-eval", "ripe"])),
            draft_states: owned(&[
                "drafting",
                "awaiting-review",
                "approved",
                "published",
                "dropped",
            ]),
            sources: BTreeMap::new(),
            tagging: Vec::new(),
            people: BTreeMap::new(),
            rule_levels: RuleLevels::default(),
            notation: Notation::default(),
        }
    }
}

impl Configuration {
    /// Returns the slug of the source with this slug, name or alias, in any case. The name of an
    /// undeclared source becomes a slug.
    ///
    /// If `forum` is declared with the name `AI Alignment Forum`, both `ai alignment forum` and
    /// `Forum` give `forum`; `New Source` gives `new-source`.
    pub fn source_slug(&self, name: &str) -> String {
        let slug = slug_of(name);
        if self.sources.contains_key(&slug) {
            return slug;
        }
        let named = self.sources.iter().find(|(_, source)| source.has_name(&slug));
        named.map_or(slug, |(known, _)| known.clone())
    }

    /// Returns the name of a source for display: `name`, else the slug.
    pub fn source_name<'a>(&'a self, slug: &'a str) -> &'a str {
        self.sources.get(slug).and_then(|source| source.name.as_deref()).unwrap_or(slug)
    }

    /// Returns the org of items of a source that do not name one.
    pub fn source_org(&self, slug: &str) -> Option<&str> {
        self.sources.get(slug)?.org.as_deref()
    }
}
