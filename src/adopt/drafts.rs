//! Drafts in prose: the items that a draft is based on, and its state.

use crate::adopt::passages::{bare_words, sentences};
use crate::edit::bullet_line::field;
use crate::model::SectionKind;
use crate::model::slug::slug_of;
use crate::model::{Configuration, Evidence, ItemRecord, date};
use crate::parse::{ThreadFile, bullet, sections};

/// The fields to add to one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DraftLine {
    /// Offset of its bullet.
    pub start: usize,
    /// Offset at which the fields are added.
    pub end: usize,
    /// The items it is based on, as the note names them, with their ids if the thread has them.
    pub anchors: Vec<(String, Option<String>)>,
    /// Its state, one of `draft-states`.
    pub state: Option<String>,
}

/// The largest number of words of a sentence that only states the state.
const STATE_SENTENCE: usize = 5;

/// Shorter words occur in too many titles.
const TELLING: usize = 4;

impl DraftLine {
    /// Returns the fields to add.
    pub(super) fn fields(&self) -> String {
        let ids = self
            .anchors
            .iter()
            .map(|(phrase, id)| id.clone().unwrap_or_else(|| slug_of(without_brackets(phrase))));
        let ids: Vec<String> = ids.filter(|id| !id.is_empty()).collect();
        let state = self.state.as_ref().map(|state| field("state", state));
        let anchors = (!ids.is_empty()).then(|| field("anchors", &ids.join(", ")));
        state.into_iter().chain(anchors).collect()
    }
}

/// Reads the dated lines of the Drafts section.
pub(super) fn find(file: &ThreadFile, configuration: &Configuration) -> Vec<DraftLine> {
    let Some(section) = file.section(SectionKind::Drafts) else {
        return Vec::new();
    };
    let mut ignored = Vec::new();
    let items = sections::list_items(&file.outline, section.blocks()).into_iter();
    let bullets =
        items.map(|item| bullet::parse(&file.document, item, file.notation.dates, &mut ignored));
    let lines = bullets.filter(|bullet| bullet.date.is_some()).map(|bullet| {
        let raw = file.document.slice(bullet.span);
        let anchors = match bullet.field("anchors") {
            None => anchors(raw),
            Some(_) => Vec::new(),
        };
        let found =
            |phrase: &str| anchor(phrase, &file.thread.evidence).map(|item| item.id.clone());
        DraftLine {
            start: bullet.span.start,
            end: bullet.end,
            anchors: anchors.into_iter().map(|phrase| (phrase.clone(), found(&phrase))).collect(),
            state: bullet
                .field("state")
                .is_none()
                .then(|| state(raw, &configuration.draft_states))
                .flatten(),
        }
    });
    lines.collect()
}

/// Returns the phrases after `Anchors:`, up to the end of the sentence.
fn anchors(raw: &str) -> Vec<String> {
    // Only ASCII letters change, so that offsets stay the same.
    let lower = raw.to_ascii_lowercase();
    let mark = "anchors:";
    let Some(at) = lower.find(mark).map(|at| at + mark.len()) else {
        return Vec::new();
    };
    let list = sentences(&raw[at..]).first().map_or("", |list| list.trim_end_matches('.'));
    let mut phrases = vec![String::new()];
    let mut depth = 0_usize;
    for sign in list.chars() {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match (sign, depth, phrases.last_mut()) {
            (',' | ';', 0, _) => phrases.push(String::new()),
            (_, _, Some(phrase)) => phrase.push(sign),
            (_, _, None) => {}
        }
    }
    let phrases =
        phrases.iter().map(|phrase| phrase.split_whitespace().collect::<Vec<_>>().join(" "));
    phrases.filter(|phrase| !phrase.is_empty()).collect()
}

/// Returns the item that a phrase names by label and source, by date and a word of its title, or by
/// its whole title. Returns `None` if several fit.
fn anchor<'e>(phrase: &str, evidence: &'e [Evidence]) -> Option<&'e ItemRecord> {
    let words = bare_words(phrase);
    let shares = |names: &[&str]| {
        let telling = names
            .iter()
            .flat_map(|name| name.split('-'))
            .filter(|word| word.chars().count() >= TELLING);
        telling.into_iter().any(|word| words.iter().any(|known| known == word))
    };
    let date = words.iter().find_map(|word| date::parse(word).ok());
    let label = phrase.split_whitespace().find(|word| word.starts_with('#'));
    let fits = |item: &ItemRecord| {
        let source = item.source.as_deref().unwrap_or("");
        let name = slug_of(item.title.as_deref().unwrap_or(""));
        let own = item.id.rsplit('/').next().unwrap_or("");
        match (label, date) {
            (Some(label), _) => item.label.as_deref() == Some(label) && shares(&[source]),
            (None, Some(date)) => item.date == Some(date) && shares(&[source, &name, own]),
            (None, None) => {
                let phrase = slug_of(phrase);
                [name.as_str(), own]
                    .into_iter()
                    .any(|name| name.len() >= TELLING && phrase.contains(name))
            }
        }
    };
    let mut fitting = evidence.iter().map(|line| &line.item).filter(|item| fits(item));
    fitting.next().filter(|_| fitting.next().is_none())
}

/// Returns the state that a short sentence names: `Awaiting Kim's review.` gives `awaiting-review`.
fn state(raw: &str, states: &[String]) -> Option<String> {
    let stated = sentences(raw).into_iter().rev().find_map(|sentence| {
        let words = bare_words(sentence);
        let names = |state: &&String| {
            let mut words = words.iter();
            state.split('-').all(|part| words.any(|word| word == part))
        };
        states.iter().find(names).filter(|_| words.len() <= STATE_SENTENCE)
    });
    stated.cloned()
}

fn without_brackets(phrase: &str) -> &str {
    phrase.split('(').next().unwrap_or(phrase)
}
