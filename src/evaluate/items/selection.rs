//! Tests whether a selection matches an item, and gives the reason for a near miss.

use crate::evaluate::conditions::near_miss::Miss;
use crate::evaluate::items::catalog_index::{CatalogIndex, Entry};
use crate::evaluate::items::item::Item;
use crate::model::{Configuration, Reading, Selection, TitlePattern};
use crate::text::Spanned;

/// Result of testing an item against a selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fit {
    /// It matches.
    Full,
    /// It would match, except for this reason.
    Nearly(Miss),
    /// It is something else.
    Not,
}

/// Tests an item against a set, which matches if any of its selections matches.
pub fn fit_any(selections: &[Selection], item: &Item) -> Fit {
    let mut nearly = Fit::Not;
    for selection in selections {
        match fit(selection, item) {
            Fit::Full => return Fit::Full,
            Fit::Nearly(reason) if nearly == Fit::Not => nearly = Fit::Nearly(reason),
            _ => {}
        }
    }
    nearly
}

/// Tests an item against one selection.
///
/// Keys that describe the item itself decide whether it matches at all; a difference in `read` or
/// `verdict`, a missing org, and `except` make it a near miss.
pub fn fit(selection: &Selection, item: &Item) -> Fit {
    let is = [
        has(&selection.source, |word| item.sources.contains(word)),
        has(&selection.tag, |word| item.tags.contains(word)),
        has(&selection.item, |word| item.is_named(word)),
        has(&selection.org, |word| item.org.as_deref().is_none_or(|org| org == word)),
        has_title(selection, &item.title),
    ];
    if is.contains(&false) {
        return Fit::Not;
    }
    if !selection.org.is_empty() && item.org.is_none() {
        return Fit::Nearly(Miss::NoOrg);
    }
    if let Some(except) = selection.except.iter().find(|except| fit(except, item) == Fit::Full) {
        return Fit::Nearly(Miss::Excluded(Box::new(except.clone())));
    }
    let wants_read = selection.read;
    let is_read = matches!(item.reading, Reading::Read { .. });
    match wants_read {
        Some(true) if !is_read => return Fit::Nearly(Miss::NotRead),
        Some(false) if is_read => return Fit::Nearly(Miss::AlreadyRead),
        _ => {}
    }
    match &item.verdict {
        _ if selection.verdict.is_empty() => Fit::Full,
        Some(verdict) if selection.verdict.iter().any(|word| word.value == *verdict) => Fit::Full,
        Some(verdict) => Fit::Nearly(Miss::OtherVerdict(verdict.clone())),
        None if is_read => Fit::Nearly(Miss::NoVerdict),
        None => Fit::Nearly(Miss::NotRead),
    }
}

/// Returns whether a selection of `collect` takes a catalog item into a thread. `read` and
/// `verdict` are ignored: an item belongs to a thread whether it is read or not.
pub fn takes<'a>(
    selection: &Selection,
    entry: &Entry<'a>,
    index: &CatalogIndex<'a>,
    configuration: &Configuration,
) -> bool {
    let item = &entry.listed.item;
    let org = item.org.as_deref().or_else(|| configuration.source_org(&entry.catalog.source));
    let keys = [
        has(&selection.source, |word| entry.catalog.source == word),
        has(&selection.tag, |word| item.tags.iter().any(|tag| tag == word)),
        has(&selection.item, |word| index.is_called(entry, word)),
        has(&selection.org, |word| org == Some(word)),
        has_title(selection, item.title.as_deref().unwrap_or_default()),
    ];
    !keys.contains(&false)
        && !selection.except.iter().any(|except| takes(except, entry, index, configuration))
}

/// Returns whether `title` matches: it is not given, or one of its patterns matches.
fn has_title(selection: &Selection, title: &str) -> bool {
    let mut patterns = selection.title.iter();
    selection.title.is_empty() || patterns.any(|pattern| pattern.value.matches(title))
}

/// Returns the pattern by whose match an item is in a set.
pub fn matched_title<'s>(selections: &'s [Selection], item: &Item) -> Option<&'s TitlePattern> {
    if selections.iter().all(|selection| selection.title.is_empty()) {
        return None;
    }
    let selection = selections.iter().find(|selection| fit(selection, item) == Fit::Full)?;
    let mut patterns = selection.title.iter().map(|pattern| &pattern.value);
    patterns.find(|pattern| pattern.matches(&item.title))
}

/// Returns whether a key matches: it is not given, or one of its values matches.
fn has(words: &[Spanned<String>], matches: impl Fn(&str) -> bool) -> bool {
    words.is_empty() || words.iter().any(|word| matches(&word.value))
}
