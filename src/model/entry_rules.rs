//! Rules about the entries of feeds: which are left out, and which tags they get.

use std::collections::BTreeMap;
use std::fmt;

use regex::{Regex, RegexBuilder};

use super::url::is_web;
use super::{Configuration, ItemRecord, TitlePattern};
use crate::text::{Spanned, is_control};

/// A selection of entries of feeds. All given keys must match; a key with several values matches
/// with any of them. An empty list is a key that is not given.
///
/// `{title: [kelp, brick*], url: [/blog/]}` selects the entries whose title has one of the words and
/// whose URL contains `/blog/`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntrySelection {
    /// Slugs of sources.
    pub source: Vec<String>,
    /// Orgs.
    pub org: Vec<String>,
    /// Patterns for the title.
    pub title: Vec<TitlePattern>,
    /// Patterns for the summary.
    pub summary: Vec<TitlePattern>,
    /// Patterns for the categories.
    pub category: Vec<TitlePattern>,
    /// Patterns for the authors.
    pub author: Vec<TitlePattern>,
    /// Parts of the URL.
    pub url: Vec<String>,
    /// Selections of entries that are left out. They have no `except` themselves.
    pub except: Vec<EntrySelection>,
}

/// The texts of an entry, or of a line of a catalog, by which it is selected. A line has no summary,
/// categories and authors.
#[derive(Debug, Clone, Copy, Default)]
pub struct EntryTexts<'e> {
    /// Slug of the source.
    pub source: &'e str,
    /// The org: its own, else that of the source.
    pub org: Option<&'e str>,
    /// The title.
    pub title: &'e str,
    /// The summary.
    pub summary: &'e str,
    /// The categories.
    pub categories: &'e [String],
    /// The authors.
    pub authors: &'e [String],
    /// The URL.
    pub url: &'e str,
}

impl<'e> EntryTexts<'e> {
    /// The texts of a line of a catalog of `source`.
    pub fn of_line(
        item: &'e ItemRecord,
        source: &'e str,
        configuration: &'e Configuration,
    ) -> Self {
        Self {
            source,
            org: item.org.as_deref().or_else(|| configuration.source_org(source)),
            title: item.title.as_deref().unwrap_or_default(),
            url: item.url.as_deref().unwrap_or_default(),
            ..Self::default()
        }
    }
}

impl EntrySelection {
    /// Returns the reason why an entry is selected: `title has "risk report"`. `None` if it is not.
    pub fn reason(&self, entry: &EntryTexts<'_>) -> Option<String> {
        let text = |name: &str, patterns: &[TitlePattern], texts: &[&str]| {
            let mut patterns_found = patterns.iter();
            let found =
                patterns_found.find(|pattern| texts.iter().any(|text| pattern.matches(text)));
            (patterns.is_empty(), found.map(|pattern| format!("{name} has \"{pattern}\"")))
        };
        let word = |name: &str, words: &[String], fits: &dyn Fn(&str) -> bool| {
            let found = words.iter().find(|word| fits(word));
            (words.is_empty(), found.map(|word| format!("{name} {word}")))
        };
        let categories: Vec<&str> = entry.categories.iter().map(String::as_str).collect();
        let authors: Vec<&str> = entry.authors.iter().map(String::as_str).collect();
        let keys = [
            text("title", &self.title, &[entry.title]),
            text("summary", &self.summary, &[entry.summary]),
            text("category", &self.category, &categories),
            text("author", &self.author, &authors),
            word("url", &self.url, &|part| entry.url.contains(part)),
            word("source", &self.source, &|slug| entry.source == slug),
            word("org", &self.org, &|org| entry.org == Some(org)),
        ];
        let is_selected = keys.iter().all(|(is_missing, found)| *is_missing || found.is_some())
            && !self.except.iter().any(|except| except.reason(entry).is_some());
        let reasons: Vec<String> = keys.into_iter().filter_map(|(_, found)| found).collect();
        is_selected.then(|| reasons.join(", "))
    }
}

/// A tag with the selections of the entries that get it. Two rules are equal at any position.
#[derive(Debug, Clone, Eq)]
pub struct TagRule {
    /// The tag.
    pub tag: Spanned<String>,
    /// The selections; any of them is enough.
    pub selections: Vec<TagSelection>,
}

impl PartialEq for TagRule {
    fn eq(&self, other: &Self) -> bool {
        self.tag.value == other.tag.value && self.selections == other.selections
    }
}

/// A selection of a tag rule. Two are equal at any position.
#[derive(Debug, Clone, Eq)]
pub struct TagSelection {
    /// The line in `thread.yaml`, from 1.
    pub line: usize,
    /// The selection.
    pub entries: EntrySelection,
}

impl PartialEq for TagSelection {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl TagRule {
    /// Returns whether catalogs store all texts that the selections ask for.
    pub fn asks_only_for_stored_texts(&self) -> bool {
        self.selections.iter().map(|selection| &selection.entries).all(|entries| {
            entries.summary.is_empty() && entries.category.is_empty() && entries.author.is_empty()
        })
    }

    /// Returns the reason why an entry gets the tag: `title has "risk report" (thread.yaml:14)`. `None` if
    /// it does not.
    pub fn reason(&self, entry: &EntryTexts<'_>) -> Option<String> {
        self.selections.iter().find_map(|selection| {
            let reason = selection.entries.reason(entry)?;
            Some(format!("{reason} (thread.yaml:{})", selection.line))
        })
    }
}

/// The settings of a source for its feeds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedSettings {
    /// URLs of the feeds.
    pub feeds: Vec<String>,
    /// The pattern by which a title gives the label of the item.
    pub label: Option<LabelPattern>,
    /// The entries that are kept; all if there is none.
    pub only: Option<EntrySelection>,
    /// The entries that are left out; stronger than `only`.
    pub skip: Option<EntrySelection>,
    /// Tags of every item.
    pub tags: Vec<String>,
    /// Categories that become tags, with these.
    pub categories: BTreeMap<String, String>,
    /// If a run has more new items than this, nothing is written.
    pub at_most: Option<u32>,
    /// True if a feed without entries is no failure.
    pub may_be_empty: bool,
    /// True if the feed may be on this machine or in a private network.
    pub allow_private: bool,
}

impl FeedSettings {
    /// The largest number of new items of a run, unless `at-most` says otherwise.
    pub const MOST_NEW: u32 = 500;

    /// Checks the URL of a feed: it is on the web, and has no user and password, because `thread.yaml`
    /// is shared.
    ///
    /// # Errors
    /// The remedy.
    pub fn check_url(url: &str) -> Result<(), &'static str> {
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let is_refused = |c: char| c.is_whitespace() || is_control(c);
        if !is_web(url) || authority.is_empty() || url.contains(is_refused) {
            return Err("write a URL that begins with https:// or http://");
        }
        if authority.contains('@') {
            return Err("remove the user and password; thread.yaml is shared");
        }
        Ok(())
    }

    /// Returns whether an entry is kept, by `only` and `skip`.
    pub fn keeps(&self, entry: &EntryTexts<'_>) -> bool {
        let is_in = |selection: &EntrySelection| selection.reason(entry).is_some();
        self.only.as_ref().is_none_or(is_in) && !self.skip.as_ref().is_some_and(is_in)
    }
}

/// A regular expression for titles whose first group is a label: with `Tide Letter #?(\d+)`, the
/// title `Tide Letter 456: Bricks` gives `#456`.
#[derive(Debug, Clone)]
pub struct LabelPattern(Regex);

/// The largest size of a compiled regular expression, in bytes.
const MOST_REGEX: usize = 1 << 20;

impl LabelPattern {
    /// Parses a pattern.
    ///
    /// # Errors
    /// The reason for the user: the expression is not valid, or it has no group.
    pub fn parse(written: &str) -> Result<Self, String> {
        let mut builder = RegexBuilder::new(written);
        let regex = builder.case_insensitive(true).size_limit(MOST_REGEX).build();
        let regex = regex.map_err(|error| {
            let text = error.to_string();
            text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_string()
        })?;
        if regex.captures_len() < 2 {
            return Err("it has no group in parentheses".into());
        }
        Ok(Self(regex))
    }

    /// Returns the label that a title gives.
    pub fn label(&self, title: &str) -> Option<String> {
        let found = self.0.captures(title)?.get(1)?.as_str().trim();
        let label = found.trim_start_matches('#');
        let is_word = !label.is_empty() && !label.contains(char::is_whitespace);
        is_word.then(|| format!("#{label}"))
    }
}

impl PartialEq for LabelPattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for LabelPattern {}

impl fmt::Display for LabelPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl Configuration {
    /// Returns the tags that the rules give an entry, with the reason for each.
    pub fn tags_of(&self, entry: &EntryTexts<'_>) -> Vec<(String, String)> {
        let rules = self.tagging.iter();
        let rules = rules.filter_map(|rule| Some((rule.tag.value.clone(), rule.reason(entry)?)));
        rules.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_is_the_first_group_with_a_number_sign() {
        let pattern = LabelPattern::parse(r"tide letter #?(\d+)").expect("a pattern");
        assert_eq!(pattern.label("Tide Letter 456: Bricks").as_deref(), Some("#456"));
        assert_eq!(pattern.label("Tide Letter #7").as_deref(), Some("#7"));
        assert_eq!(pattern.label("Another"), None);
        assert!(LabelPattern::parse("no group").is_err() && LabelPattern::parse("(").is_err());
    }

    #[test]
    fn reason_needs_every_key_and_any_value() {
        let pattern = |text: &str| TitlePattern::parse(text).expect("a pattern");
        let selection = EntrySelection {
            title: vec![pattern("stone"), pattern("kelp")],
            url: vec!["/blog/".to_string()],
            except: vec![EntrySelection { title: vec![pattern("soup")], ..Default::default() }],
            ..Default::default()
        };
        let entry =
            EntryTexts { title: "Kelp bricks", url: "https://x.org/blog/1", ..Default::default() };
        let reason = selection.reason(&entry);
        assert_eq!(reason.as_deref(), Some("title has \"kelp\", url /blog/"));
        let elsewhere = EntryTexts { url: "https://x.org/team/1", ..entry };
        assert_eq!(selection.reason(&elsewhere), None);
        let excluded = EntryTexts { title: "Kelp soup", ..entry };
        assert_eq!(selection.reason(&excluded), None);
    }
}
