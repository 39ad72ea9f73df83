//! Facts that the prose of a note states: the date on which it was opened, its level and since
//! when, its tags, and a hold.

use crate::adopt::passages::{Passage, PassageKind, bare_words, sentences};
use crate::model::SectionKind;
use crate::model::{Date, Ladder, date};

/// Something that a passage states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact<T> {
    /// Offset of the passage in the new thread.
    pub start: usize,
    /// The stated value.
    pub value: T,
}

/// A level, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LevelState {
    /// A level of the ladder.
    pub level: String,
    /// The date, if one is given.
    pub since: Option<Date>,
}

/// The largest number of words between two words of a phrase.
const NEAR: usize = 3;

/// Words that state that a level was reached.
const PROMOTED: [&str; 5] = ["promoted", "demoted", "raised", "lowered", "bumped"];

/// Words that state a change of level only near the word "ripeness".
const MOVED: [&str; 3] = ["moved", "set", "dropped"];

/// Words that may follow a level. Other words make it a part of a longer name: "medium sized".
const BEHIND: [&str; 12] =
    ["on", "as", "since", "after", "because", "when", "by", "in", "from", "again", "and", "for"];

/// Returns the date on which the thread was opened: the first date after "opened", if that word
/// begins a clause or follows "thread".
pub(super) fn opened(passages: &[Passage]) -> Option<Fact<Date>> {
    passages.iter().find_map(|passage| {
        let words: Vec<&str> = passage.text.split_whitespace().collect();
        let bare = |word: &str| bare_words(word).pop().unwrap_or_default();
        let at =
            words.iter().position(|word| matches!(bare(word).as_str(), "opened" | "started"))?;
        let begins = at == 0 || words[at - 1].ends_with(['.', ',', ';', ':', '—', '–']);
        let of_thread =
            words[..at].iter().any(|word| matches!(bare(word).as_str(), "thread" | "storyline"));
        let mut behind = words[at + 1..].iter().take(NEAR);
        let date = behind.find_map(|word| date::parse(&bare(word)).ok())?;
        (begins || of_thread).then_some(Fact { start: passage.start, value: date })
    })
}

/// Returns the level: the one stated with the latest date, else one that is stated without a date.
pub(super) fn level_state(passages: &[Passage], ladder: &Ladder) -> Option<Fact<LevelState>> {
    let told = passages.iter().flat_map(|passage| {
        let words = bare_words(&passage.text);
        // Evidence is about others, unless it names the key.
        let of_others = passage.section == Some(SectionKind::Evidence);
        let stated = if of_others {
            [None, None, called(passage, ladder).filter(|_| passage.kind != PassageKind::Bullet)]
        } else {
            [moved(passage, ladder), logged(&words, ladder), called(passage, ladder)]
        };
        stated.into_iter().flatten().map(|value| Fact { start: passage.start, value })
    });
    told.max_by_key(|told| told.value.since)
}

/// `promoted to medium on 2026-05-11`
fn moved(passage: &Passage, ladder: &Ladder) -> Option<LevelState> {
    let of_ripeness = passage.section == Some(SectionKind::Ripeness);
    let verb = |word: &str| PROMOTED.contains(&word) || (of_ripeness && MOVED.contains(&word));
    let stands_alone = |behind: Option<&String>| {
        behind.is_none_or(|word| BEHIND.contains(&word.as_str()) || date::parse(word).is_ok())
    };
    sentences(&passage.text).into_iter().find_map(|sentence| {
        let words = bare_words(sentence);
        let at = words.windows(3).position(|words| {
            verb(&words[0]) && words[1] == "to" && ladder.rank(&words[2]).is_some()
        })?;
        let mut behind = words[at + 3..].iter().take(NEAR);
        let since = behind.find_map(|word| date::parse(word).ok());
        let level = words[at + 2].clone();
        stands_alone(words.get(at + 3)).then_some(LevelState { level, since })
    })
}

/// `2026-05-11: low → medium`
fn logged(words: &[String], ladder: &Ladder) -> Option<LevelState> {
    let since = date::parse(words.first()?).ok()?;
    let level =
        words.windows(2).find(|words| is_arrow(&words[0]) && ladder.rank(&words[1]).is_some());
    Some(LevelState { level: level?[1].clone(), since: Some(since) })
}

/// `Ripeness: medium`
fn called(passage: &Passage, ladder: &Ladder) -> Option<LevelState> {
    let text = passage.text.replace(['*', '_', '`'], "");
    let (key, value) = text.split_once(':')?;
    let is_key = ["ripeness", "level", "readiness"].contains(&key.trim().to_lowercase().as_str());
    let words = bare_words(value);
    let level = words.first().filter(|word| is_key && ladder.rank(word).is_some())?;
    let mut behind = words[1..].iter().take(NEAR);
    let since = behind.find_map(|word| date::parse(word).ok());
    Some(LevelState { level: level.clone(), since })
}

/// Returns whether a word is an arrow between two levels.
pub(super) fn is_arrow(word: &str) -> bool {
    matches!(word, "→" | "->" | ">")
}

/// `Tags: a, b`
pub(super) fn tags(passages: &[Passage]) -> Option<Fact<Vec<String>>> {
    passages.iter().filter(|passage| passage.kind == PassageKind::Paragraph).find_map(|passage| {
        let text = passage.text.replace(['*', '_', '`'], "");
        let (key, value) = text.split_once(':')?;
        let is_key = ["tags", "tag", "keywords"].contains(&key.trim().to_lowercase().as_str());
        let words = value.split([',', ' ', ';']).map(|word| word.trim_matches(['#', '.']));
        let tags: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_string).collect();
        (is_key && !tags.is_empty()).then_some(Fact { start: passage.start, value: tags })
    })
}

/// A sentence that keeps the thread from a level for now: `holding short of ripe until …`.
pub(super) fn held(passages: &[Passage], ladder: &Ladder) -> Option<Fact<String>> {
    let mut ripeness =
        passages.iter().filter(|passage| passage.section == Some(SectionKind::Ripeness));
    ripeness.find_map(|passage| {
        let words = bare_words(&passage.text);
        let at =
            words.iter().position(|word| matches!(word.as_str(), "hold" | "holding" | "held"))?;
        let level = words[at + 1..].iter().take(NEAR).find(|word| ladder.rank(word).is_some())?;
        Some(Fact { start: passage.start, value: level.clone() })
    })
}
