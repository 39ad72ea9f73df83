//! The conditions `attested` and `draft`.

use std::collections::BTreeMap;

use crate::evaluate::conditions::near_miss::{Miss, NearMiss};
use crate::evaluate::conditions::{Attester, Counted, Facts, Outcome, OutcomeNote};
use crate::model::trigger::Bound;
use crate::model::{Condition, Date, Draft, DraftHistory, LogEntry, PersonKind, Thread};
use crate::text::Spanned;

/// The last statement of one person about a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attestation<'t> {
    /// The log entry of the statement.
    pub entry: &'t LogEntry,
    /// True if the person attests the claim; false if it is withdrawn.
    pub in_force: bool,
    /// True if the person withdrew the claim and attested it again.
    pub again: bool,
}

impl Attestation<'_> {
    /// Fact id: `claim@person`; `claim@person/DATE` if the person attests it again after
    /// withdrawing it, which is a new fact.
    pub fn fact_id(&self, claim: &str, person: &str) -> String {
        if self.again {
            format!("{claim}@{person}/{}", self.entry.date)
        } else {
            format!("{claim}@{person}")
        }
    }
}

/// Returns the latest statement of each person about a claim, as known on a date.
pub fn attesters<'t>(
    thread: &'t Thread,
    claim: &str,
    date: Date,
) -> BTreeMap<&'t str, Attestation<'t>> {
    let mut latest: BTreeMap<&str, Attestation<'_>> = BTreeMap::new();
    for entry in thread.log_by_time().into_iter().filter(|entry| entry.date <= date) {
        let person = entry.by.as_ref().map_or("somebody", |by| by.value.as_str());
        let in_force = entry.attested.as_deref() == Some(claim);
        if !in_force && entry.withdrawn.as_deref() != Some(claim) {
            continue;
        }
        let before = latest.get(person);
        // Attesting twice is one fact: the first attestation counts.
        if before.is_some_and(|before| before.in_force && in_force) {
            continue;
        }
        let again = before.is_some_and(|before| before.again || !before.in_force);
        latest.insert(person, Attestation { entry, in_force, again });
    }
    latest
}

pub(crate) fn attested<'t>(
    condition: &'t Condition,
    claim: &Spanned<String>,
    by: &[Spanned<String>],
    people: u32,
    facts: Facts<'_>,
) -> Outcome<'t> {
    let mut counted = Vec::new();
    let mut near = Vec::new();
    let mut spoken: Vec<&str> = Vec::new();
    for (person, said) in attesters(facts.thread, &claim.value, facts.date) {
        let item = Counted {
            fact_id: said.fact_id(&claim.value, person),
            title: said.entry.reason.clone(),
            date: Some(said.entry.date),
            landed: Some(said.entry.date),
            source: None,
            title_has: None,
        };
        match not_counted(person, said, by, facts) {
            Some(reason) => near.push(NearMiss { item, reason }),
            None => {
                counted.push(item);
                spoken.push(person);
            }
        }
    }
    let names: Vec<&str> = by.iter().map(|name| name.value.as_str()).collect();
    let mut outcome = Outcome::of_facts(condition, counted, Bound::AtLeast(people));
    outcome.near_misses = near;
    if !outcome.is_true() {
        outcome.note = wanted(&names, &spoken, facts);
    }
    outcome
}

/// The reason why a person's statement about a claim does not count.
fn not_counted(
    person: &str,
    said: Attestation<'_>,
    by: &[Spanned<String>],
    facts: Facts<'_>,
) -> Option<Miss> {
    let known = &facts.configuration.people;
    if !said.in_force {
        Some(Miss::Withdrawn(said.entry.date))
    } else if !known.is_empty() && !known.contains_key(person) {
        Some(Miss::UnknownPerson(person.into()))
    } else if !by.is_empty() && !by.iter().any(|name| name.value == person) {
        Some(Miss::NotAsked(person.into()))
    } else {
        None
    }
}

/// The people whose attestation would count and is missing; `None` if anyone's would.
fn wanted(by: &[&str], spoken: &[&str], facts: Facts<'_>) -> Option<OutcomeNote> {
    let people = &facts.configuration.people;
    let is_asked = |name: &str| by.is_empty() || by.contains(&name);
    let listed = people.keys().map(String::as_str).filter(|name| is_asked(name));
    let asked: Vec<&str> = if people.is_empty() { by.to_vec() } else { listed.collect() };
    let named = asked.into_iter().filter(|name| !spoken.contains(name));
    let attesters: Vec<Attester> = named
        .map(|name| Attester {
            name: name.to_string(),
            is_agent: people.get(name) == Some(&PersonKind::Agent),
        })
        .collect();
    (!attesters.is_empty()).then_some(OutcomeNote::WaitsFor(attesters))
}

pub(crate) fn draft<'t>(
    condition: &'t Condition,
    is: &[Spanned<String>],
    facts: Facts<'_>,
) -> Outcome<'t> {
    let words: Vec<&str> = is.iter().map(|word| word.value.as_str()).collect();
    let mut counted = Vec::new();
    let mut near = Vec::new();
    for history in facts.thread.drafts_on(facts.date) {
        let draft = history.newest();
        let title = history.title().map(str::to_string);
        let state = draft.state_name();
        let item = Counted {
            fact_id: fact_of_state(&history),
            title: title.unwrap_or_else(|| name_of(draft)),
            date: Some(draft.date),
            landed: Some(draft.date),
            source: None,
            title_has: None,
        };
        if words.contains(&state) {
            counted.push(item);
        } else {
            near.push(NearMiss { item, reason: Miss::OtherState(state.into()) });
        }
    }
    let mut outcome = Outcome::of_facts(condition, counted, Bound::AtLeast(1));
    outcome.near_misses = near;
    outcome
}

/// Fact id of a draft's newest state: `path=state`; `path=state/DATE` if the draft had that state
/// before and another one meanwhile, which is a new fact.
fn fact_of_state(history: &DraftHistory<'_>) -> String {
    let (newest, bullets) = (history.newest(), history.bullets());
    let state = newest.state_name();
    let fact = format!("{}={state}", name_of(newest));
    let other = bullets.iter().rposition(|bullet| bullet.state_name() != state);
    let had_it = |at: &usize| bullets[..*at].iter().any(|bullet| bullet.state_name() == state);
    match other.filter(had_it) {
        Some(at) => format!("{fact}/{}", bullets[at + 1].date),
        None => fact,
    }
}

fn name_of(draft: &Draft) -> String {
    draft.path.clone().or_else(|| draft.title.clone()).unwrap_or_else(|| "draft".into())
}
