//! `attested` and `draft`: what people said and wrote.

use std::collections::BTreeMap;

use crate::model::{Date, LogEntry, PersonKind, Thread};
use crate::text::Spanned;

use super::{Bounds, Counted, Facts, NearMiss, Outcome};

/// Whose word on a claim is known on a day, each one's latest, and whether it still stands.
pub fn attesters<'t>(
    thread: &'t Thread,
    claim: &str,
    day: Date,
) -> BTreeMap<&'t str, (&'t LogEntry, bool)> {
    let mut latest = BTreeMap::new();
    for entry in thread.log_by_time().into_iter().filter(|entry| entry.date <= day) {
        let person = entry.by.as_ref().map_or("somebody", |by| by.value.as_str());
        if entry.attested.as_deref() == Some(claim) {
            latest.insert(person, (entry, true));
        } else if entry.withdrawn.as_deref() == Some(claim) {
            latest.insert(person, (entry, false));
        }
    }
    latest
}

pub(super) fn attested(
    claim: &Spanned<String>,
    by: &[Spanned<String>],
    people: u32,
    facts: Facts<'_>,
) -> Outcome {
    let known = &facts.configuration.people;
    let mut outcome = Outcome::new(String::new(), 0, Bounds::AtLeast(people));
    for (person, (entry, stands)) in attesters(facts.thread, &claim.value, facts.day) {
        let item = Counted {
            token: format!("{}@{person}", claim.value),
            title: entry.reason.clone(),
            date: Some(entry.date),
            landed: Some(entry.date),
            source: None,
        };
        let reason = match () {
            () if !stands => Some(format!("withdrawn {}", entry.date)),
            () if !known.is_empty() && !known.contains_key(person) => {
                Some(format!("`{person}` is not among the people of thread.yaml"))
            }
            () if !by.is_empty() && !by.iter().any(|name| name.value == person) => {
                Some(format!("{person} is not asked"))
            }
            () => None,
        };
        match reason {
            Some(reason) => outcome.near_misses.push(NearMiss { item, reason }),
            None => {
                outcome.tokens.insert(item.token.clone());
                outcome.counted.push(item);
            }
        }
    }
    let names: Vec<&str> = by.iter().map(|name| name.value.as_str()).collect();
    let mut asks = format!("{} attested", claim.value);
    if !names.is_empty() {
        asks.push_str(&format!(" by {}", names.join(" or ")));
    }
    if people > 1 {
        asks.push_str(&format!(" by {people} people"));
    }
    let counted = Outcome::new(asks, outcome.counted.len(), Bounds::AtLeast(people));
    let note = match counted.satisfied {
        true => None,
        false => wanted(&claim.value, &names, &outcome, facts),
    };
    Outcome {
        note,
        asks: counted.asks,
        satisfied: counted.satisfied,
        have: counted.have,
        missing: counted.missing,
        ..outcome
    }
}

/// Whose word would count and is not there yet; `None` where it may be anybody's.
fn wanted(claim: &str, by: &[&str], so_far: &Outcome, facts: Facts<'_>) -> Option<String> {
    let people = &facts.configuration.people;
    let is_asked = |name: &str| by.is_empty() || by.contains(&name);
    let has_spoken = |name: &str| so_far.tokens.contains(&format!("{claim}@{name}"));
    let listed = people.keys().map(String::as_str).filter(|name| is_asked(name));
    let asked: Vec<&str> = if people.is_empty() { by.to_vec() } else { listed.collect() };
    let named = asked.into_iter().filter(|name| !has_spoken(name));
    let names: Vec<String> = named
        .map(|name| match people.get(name) {
            Some(PersonKind::Agent) => format!("{name} (agent)"),
            _ => name.to_string(),
        })
        .collect();
    (!names.is_empty()).then(|| format!("waits for {}", names.join(" or ")))
}

pub(super) fn draft(is: &[Spanned<String>], facts: Facts<'_>) -> Outcome {
    let words: Vec<&str> = is.iter().map(|word| word.value.as_str()).collect();
    let mut counted = Vec::new();
    let mut near = Vec::new();
    for history in facts.thread.drafts_on(facts.day) {
        let draft = history.newest();
        let title = history.title().map(str::to_string);
        let state = draft.state.as_ref().map_or("no state", |state| state.value.as_str());
        let name = draft.path.clone().or_else(|| title.clone()).unwrap_or_else(|| "draft".into());
        let item = Counted {
            token: format!("{name}={state}"),
            title: title.unwrap_or(name),
            date: Some(draft.date),
            landed: Some(draft.date),
            source: None,
        };
        match words.contains(&state) {
            true => counted.push(item),
            false => near.push(NearMiss { item, reason: format!("its state is `{state}`") }),
        }
    }
    let asks = format!("a draft is {}", words.join(" or "));
    let mut outcome = Outcome::new(asks, counted.len(), Bounds::AtLeast(1));
    outcome.tokens = counted.iter().map(|item| item.token.clone()).collect();
    outcome.counted = counted;
    outcome.near_misses = near;
    outcome
}
