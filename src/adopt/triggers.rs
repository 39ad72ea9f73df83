//! Triggers that a note states in prose. They become claims for a person to attest.
//!
//! Two forms are read: bullets after an announcement ("Promote to ripe on any of:", a heading
//! "Triggers"), and bullets with a level ("If it holds → ripe, start a draft"). In a note without
//! either, a sentence is enough ("Once a third lab confirms it, this goes ripe").

use std::collections::BTreeSet;

use crate::adopt::facts::{Fact, is_arrow};
use crate::adopt::passages::{Passage, PassageKind, bare_words, sentences};
use crate::model::Ladder;
use crate::model::SectionKind;
use crate::model::slug::{free_name, slug_of};

/// A trigger that waits for an attestation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trigger {
    /// Its id, which is also the claim.
    pub id: String,
    /// The sentence.
    pub why: String,
    /// `raise-to`, `lower-to` or `stay-at`.
    pub effect: &'static str,
    /// The level that it leads to.
    pub level: String,
    /// The next step after it.
    pub next: Option<String>,
}

/// The promotion rules that a note states.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Stated {
    /// The triggers.
    pub triggers: Vec<Fact<Trigger>>,
    /// Sentences that read like triggers but were left in the prose.
    pub left: Vec<Fact<String>>,
}

/// The largest length of an id in characters. Words that would exceed it are skipped.
const LONGEST_ID: usize = 40;

/// The largest number of words of an id.
const MOST_WORDS: usize = 4;

/// Words that are left out of ids.
const EMPTY_WORDS: [&str; 38] = [
    "a", "an", "the", "of", "for", "to", "or", "and", "that", "this", "is", "it", "its", "if",
    "when", "once", "in", "on", "at", "by", "from", "with", "as", "has", "have", "had", "been",
    "be", "was", "were", "are", "some", "somebody", "someone", "there", "another", "one", "any",
];

/// Words that make a sentence with a level a condition.
const CONDITIONAL: [&str; 4] = ["if", "when", "once", "whenever"];

/// Finds the triggers. `level` is the current level of the thread.
pub(super) fn find(passages: &[Passage], ladder: &Ladder, level: &str) -> Stated {
    let mut stated = Stated::default();
    let mut announced: Option<String> = None;
    let mut ids = BTreeSet::new();
    for passage in passages {
        let elsewhere =
            matches!(passage.section, Some(SectionKind::Evidence | SectionKind::Drafts));
        if passage.kind != PassageKind::Bullet || passage.text.ends_with(':') {
            announced = announces(passage, ladder).filter(|_| !elsewhere);
        } else if !elsewhere {
            let led = leads(&passage.text, ladder, level);
            let trigger = led.or_else(|| Some(raise(&passage.text, announced.as_deref()?)));
            stated.triggers.extend(trigger.map(|trigger| named(trigger, passage, &mut ids)));
        }
    }
    let top = ladder.0.last().map_or("", String::as_str);
    let bullets_tell = !stated.triggers.is_empty();
    for (passage, sentence) in conditional_sentences(passages, top) {
        if bullets_tell {
            stated.left.push(Fact { start: passage.start, value: sentence.to_string() });
        } else {
            stated.triggers.push(named(raise(sentence, top), passage, &mut ids));
        }
    }
    stated
}

/// The level that the bullets below a passage lead to.
fn announces(passage: &Passage, ladder: &Ladder) -> Option<String> {
    let is_heading = passage.kind == PassageKind::Heading;
    if !is_heading && !passage.text.trim_end_matches(['*', '_', ' ']).ends_with(':') {
        return None;
    }
    let words = bare_words(&passage.text);
    let is_level = |word: &String| ladder.rank(word).is_some();
    let verb = |word: &str| {
        matches!(word, "promote" | "promotes" | "raise" | "raises" | "goes" | "becomes")
    };
    let behind_verb = words
        .iter()
        .position(|word| verb(word))
        .and_then(|at| words[at + 1..].iter().take(2).find(|word| is_level(word)));
    let before_condition = words.windows(2).find_map(|pair| {
        (is_level(&pair[0]) && CONDITIONAL.contains(&pair[1].as_str())).then_some(&pair[0])
    });
    let names_triggers = words.iter().any(|word| word == "trigger" || word == "triggers");
    let level = behind_verb.or(before_condition);
    level.or_else(|| ladder.0.last().filter(|_| names_triggers)).cloned()
}

/// Parses a bullet with a level: `If it holds → ripe, start a draft`.
fn leads(text: &str, ladder: &Ladder, now: &str) -> Option<Trigger> {
    let condition = bare_words(text);
    if !CONDITIONAL.contains(&condition.first()?.as_str()) {
        return None;
    }
    let (why, outcome) = ["→", "->"].iter().find_map(|arrow| text.split_once(arrow))?;
    let words = bare_words(outcome);
    let stays = words.first().is_some_and(|word| word == "stays" || word == "stay");
    let level = words
        .iter()
        .find(|word| !is_arrow(word) && !["stays", "stay", "at", "to"].contains(&word.as_str()))?;
    let (rank, here) = (ladder.rank(level)?, ladder.rank(now)?);
    let effect = if stays || rank == here {
        "stay-at"
    } else if rank < here {
        "lower-to"
    } else {
        "raise-to"
    };
    let behind = outcome.to_lowercase().find(level.as_str()).map(|at| at + level.len());
    let next = behind.and_then(|at| outcome.get(at..)).map(trimmed).filter(|next| !next.is_empty());
    let (why, next) = (trimmed(why).to_string(), next.map(str::to_string));
    Some(Trigger { id: String::new(), why, effect, level: level.clone(), next })
}

/// A bullet or sentence that leads up to `level`.
fn raise(text: &str, level: &str) -> Trigger {
    let why = sentences(text).first().map_or(text, |first| trimmed(first)).to_string();
    Trigger { id: String::new(), why, effect: "raise-to", level: level.to_string(), next: None }
}

/// Removes punctuation that joins a clause to its neighbours.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || ".,;:*_—–".contains(c))
}

/// Sentences outside lists that tie the top of the ladder to a condition.
fn conditional_sentences<'p>(passages: &'p [Passage], top: &str) -> Vec<(&'p Passage, &'p str)> {
    let prose = passages.iter().filter(|passage| {
        passage.kind == PassageKind::Paragraph
            && !matches!(passage.section, Some(SectionKind::Evidence | SectionKind::Drafts))
    });
    let mut found = Vec::new();
    for passage in prose {
        for sentence in sentences(&passage.text).into_iter().filter(|text| !text.ends_with(':')) {
            let words = bare_words(sentence);
            let conditional = words.iter().any(|word| CONDITIONAL.contains(&word.as_str()));
            if conditional && words.iter().any(|word| word == top) {
                found.push((passage, sentence));
            }
        }
    }
    found
}

/// Gives a trigger an id of its own.
fn named(mut trigger: Trigger, passage: &Passage, ids: &mut BTreeSet<String>) -> Fact<Trigger> {
    trigger.id = free_name(&id(&trigger.why), |id| ids.contains(id));
    ids.insert(trigger.id.clone());
    trigger.why = trigger.why.replace(['*', '`'], "");
    Fact { start: passage.start, value: trigger }
}

/// Returns an id made of the first meaningful words.
fn id(why: &str) -> String {
    let mut id = String::new();
    let words = why.split_whitespace().map(slug_of);
    let telling = words.filter(|word| !word.is_empty() && !EMPTY_WORDS.contains(&word.as_str()));
    let mut words = 0;
    for word in telling {
        let length = id.chars().count() + word.chars().count();
        if words == MOST_WORDS || (words > 0 && length >= LONGEST_ID) {
            continue;
        }
        words += 1;
        if id.is_empty() { id = word } else { id = format!("{id}-{word}") }
    }
    if id.is_empty() { "trigger".into() } else { id }
}
