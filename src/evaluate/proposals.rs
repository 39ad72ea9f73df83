//! Proposals for the threads that unmapped items may belong to.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt};

use crate::evaluate::items::catalog_index::{CatalogIndex, Entry};
use crate::evaluate::items::selection::takes;
use crate::model::title_pattern::words;
use crate::model::{Configuration, Date, Selection, Status, Thread};

/// A thread that an item may belong to, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal<'w> {
    /// Slug of the thread.
    pub thread: &'w str,
    /// The sets of the thread that would select the item.
    pub sets: Vec<&'w str>,
    /// The tags that the item and the thread have in common.
    pub tags: Vec<&'w str>,
    /// The words of the item's title that the thread has as well, rarest first.
    pub words: Vec<String>,
}

/// At most this many threads are proposed for an item.
const MOST_PROPOSALS: usize = 3;

/// Fewer common words than this are no reason for a proposal.
const LEAST_WORDS: usize = 2;

/// A word that more than one title in this many has is no reason for a proposal.
const COMMON_SHARE: usize = 10;

/// Words are common or rare only among at least this many titles.
const LEAST_TITLES: usize = 20;

/// Shorter words of ASCII letters are no reason for a proposal: most of them are articles and
/// prepositions.
const LEAST_LETTERS: usize = 4;

/// The words and sets of all open threads, and the frequencies of words in catalogs.
///
/// A thread is proposed for an item in this order: because one of its sets would select the item by
/// a tag, a title or an id; because both have a tag; because the title of the item has at least two
/// words that the thread's title, tags or evidence have, and that are rare in titles of catalogs.
/// The rarity is the inverse document frequency of Spärck Jones (1972).
pub struct Proposals<'w> {
    threads: Vec<&'w Thread>,
    /// The threads, as positions in `threads`, by the words they have.
    by_word: HashMap<String, Vec<usize>>,
    /// The number of catalog titles that have a word.
    frequencies: HashMap<String, usize>,
    titles: usize,
    index: &'w CatalogIndex<'w>,
    configuration: &'w Configuration,
}

impl<'w> Proposals<'w> {
    /// Collects the words of the threads that are not closed, and of the catalogs up to `date`.
    pub fn new(
        threads: impl IntoIterator<Item = &'w Thread>,
        index: &'w CatalogIndex<'w>,
        configuration: &'w Configuration,
        date: Date,
    ) -> Self {
        let is_open = |thread: &&Thread| thread.status != Status::Closed;
        let threads: Vec<&Thread> = threads.into_iter().filter(is_open).collect();
        let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, thread) in threads.iter().enumerate() {
            let titles = thread.evidence.iter().filter_map(|line| line.item.title.as_deref());
            let texts =
                titles.chain([&*thread.title]).chain(thread.tags.iter().map(String::as_str));
            let words: BTreeSet<String> = texts.flat_map(telling_words).collect();
            for word in words {
                by_word.entry(word).or_default().push(at);
            }
        }
        let mut frequencies: HashMap<String, usize> = HashMap::new();
        let mut titles = 0;
        for title in index.all(date).filter_map(|entry| entry.listed.item.title.as_deref()) {
            titles += 1;
            for word in telling_words(title) {
                if by_word.contains_key(&word) {
                    *frequencies.entry(word).or_default() += 1;
                }
            }
        }
        Self { threads, by_word, frequencies, titles, index, configuration }
    }

    /// Returns the threads that an item may belong to, the nearest first.
    pub fn of(&self, entry: &Entry<'w>) -> Vec<Proposal<'w>> {
        let item = &entry.listed.item;
        let words = self.words_of_threads(item.title.as_deref().unwrap_or_default());
        let mut found: Vec<(f64, Proposal<'w>)> = Vec::new();
        for (at, thread) in self.threads.iter().enumerate() {
            let sets: Vec<&str> = thread
                .sets
                .iter()
                .filter(|(_, selections)| {
                    selections.value.iter().any(|selection| self.selects(selection, entry))
                })
                .map(|(name, _)| name.as_str())
                .collect();
            let tags = thread.tags.iter().filter(|tag| item.tags.contains(*tag));
            let tags: Vec<&str> = tags.map(String::as_str).collect();
            let words = words.get(&at).map_or(&[][..], Vec::as_slice);
            if sets.is_empty() && tags.is_empty() && words.len() < LEAST_WORDS {
                continue;
            }
            let weight: f64 = words.iter().map(|word| self.rarity(word)).sum();
            let words = words.iter().map(|word| (*word).clone()).collect();
            found.push((weight, Proposal { thread: &thread.slug, sets, tags, words }));
        }
        found.sort_by(|(a_weight, a), (b_weight, b)| {
            let ranks = |proposal: &Proposal<'_>| (proposal.sets.len(), proposal.tags.len());
            ranks(b).cmp(&ranks(a)).then(b_weight.total_cmp(a_weight)).then(a.thread.cmp(b.thread))
        });
        found.into_iter().take(MOST_PROPOSALS).map(|(_, proposal)| proposal).collect()
    }

    /// Returns whether a selection says more of the items than their source or org, and selects an
    /// item.
    fn selects(&self, selection: &Selection, entry: &Entry<'w>) -> bool {
        let Selection { tag, title, item, .. } = selection;
        let is_telling = !(tag.is_empty() && title.is_empty() && item.is_empty());
        is_telling && takes(selection, entry, self.index, self.configuration)
    }

    /// Returns the rare words of a title, rarest first, for each thread that has any of them.
    fn words_of_threads(&self, title: &str) -> BTreeMap<usize, Vec<&String>> {
        let words: BTreeSet<String> = telling_words(title).collect();
        let known = words.iter().filter_map(|word| self.by_word.get_key_value(word));
        let mut known: Vec<_> = known.filter(|(word, _)| !self.is_common(word)).collect();
        known.sort_by(|(a, _), (b, _)| self.rarity(b).total_cmp(&self.rarity(a)).then(a.cmp(b)));
        let mut by_thread: BTreeMap<usize, Vec<&String>> = BTreeMap::new();
        for (word, threads) in known {
            for at in threads {
                by_thread.entry(*at).or_default().push(word);
            }
        }
        by_thread
    }

    fn frequency(&self, word: &str) -> usize {
        self.frequencies.get(word).copied().unwrap_or(0)
    }

    fn is_common(&self, word: &str) -> bool {
        self.titles >= LEAST_TITLES && self.frequency(word) * COMMON_SHARE > self.titles
    }

    /// The inverse document frequency of a word.
    #[expect(clippy::cast_precision_loss, reason = "there are fewer titles than 2^52")]
    fn rarity(&self, word: &str) -> f64 {
        ((1 + self.titles) as f64 / (1 + self.frequency(word)) as f64).ln()
    }
}

/// Returns the words of a text that may tell what it is about, in lower case.
fn telling_words(text: &str) -> impl Iterator<Item = String> {
    words(text, true).into_iter().filter(|word| {
        let is_short =
            word.len() < LEAST_LETTERS && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        !is_short && !is_number
    })
}
