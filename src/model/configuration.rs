//! `thread.yaml`: where the files are, the ladder of levels, the sources, the people.

use std::collections::BTreeMap;

use crate::model::{Days, RuleLevels};

/// What `thread.yaml` says, with defaults for what it leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configuration {
    /// Folder of the threads, relative to the workspace.
    pub threads: String,
    /// Folder of the catalogs, relative to the workspace.
    pub backlogs: String,
    /// Folder of the drafts, relative to the workspace.
    pub drafts: String,
    /// The levels of ripeness.
    pub ladder: Ladder,
    /// The states a draft may have.
    pub draft_states: Vec<String>,
    /// Sources by slug.
    pub sources: BTreeMap<String, Source>,
    /// Who may attest, by name; empty where the file lists nobody, and then anybody may.
    pub people: BTreeMap<String, PersonKind>,
    /// How rules of `check` are taken.
    pub rule_levels: RuleLevels,
}

/// Who publishes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Its name in headings and for people; the slug where none is given.
    pub name: Option<String>,
    /// Other names and slugs by which files call it.
    pub aliases: Vec<String>,
    /// Who speaks when an item does not say. A channel that reports others' work has none.
    pub org: Option<String>,
    /// How often it is expected to be scanned.
    pub every: Option<Days>,
}

/// What kind of attester somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonKind {
    /// A human.
    Person,
    /// A program that works beside people.
    Agent,
}

/// The levels of ripeness, lowest first. The last one means ripe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder(pub Vec<String>);

impl Ladder {
    /// How far up a level stands, from 0; `None` for a word that is no level.
    pub fn rank(&self, level: &str) -> Option<usize> {
        self.0.iter().position(|known| known == level)
    }

    /// Whether `level` is the top of the ladder.
    pub fn is_ripe(&self, level: &str) -> bool {
        self.0.last().is_some_and(|top| top == level)
    }
}

impl Default for Configuration {
    fn default() -> Self {
        let words = |list: &[&str]| list.iter().map(ToString::to_string).collect();
        Self {
            threads: "threads".into(),
            backlogs: "backlogs".into(),
            drafts: "drafts".into(),
            ladder: Ladder(words(&["low", "medium", "medium-high", "ripe-pending-eval", "ripe"])),
            draft_states: words(&[
                "drafting",
                "awaiting-review",
                "approved",
                "published",
                "dropped",
            ]),
            sources: BTreeMap::new(),
            people: BTreeMap::new(),
            rule_levels: RuleLevels::default(),
        }
    }
}

impl Configuration {
    /// The slug of the source that `name` calls: a slug, a name or an alias, in any case.
    /// A name that nobody declared stands for itself, as a slug.
    pub fn source_slug(&self, name: &str) -> String {
        let slug = crate::model::slug::slug_of(name);
        let called = |source: &Source| {
            let mut names = source.name.iter().chain(&source.aliases);
            names.any(|known| crate::model::slug::slug_of(known) == slug)
        };
        if self.sources.contains_key(&slug) {
            return slug;
        }
        self.sources
            .iter()
            .find(|(_, source)| called(source))
            .map_or(slug, |(known, _)| known.clone())
    }

    /// The name of a source for people.
    pub fn source_name<'a>(&'a self, slug: &'a str) -> &'a str {
        self.sources.get(slug).and_then(|source| source.name.as_deref()).unwrap_or(slug)
    }

    /// Who speaks in the items of a source that do not say.
    pub fn source_org(&self, slug: &str) -> Option<&str> {
        self.sources.get(slug)?.org.as_deref()
    }
}
