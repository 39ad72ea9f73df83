//! `count`: how many items of a set there are, or how many voices.

use std::collections::BTreeMap;

use crate::evaluate::merged_item::MergedItem;
use crate::evaluate::selection::{self, Fit};
use crate::model::date::days_between;
use crate::model::trigger::Bound;
use crate::model::{Count, Date, Distinct, Selection};

use super::{Bounds, Counted, Facts, NearMiss, Outcome};

pub(super) fn judge(leaf: &Count, facts: Facts<'_>) -> Outcome {
    let set = facts.set(&leaf.of.value);
    let mut counted: Vec<&MergedItem> = Vec::new();
    let mut near: Vec<NearMiss> = Vec::new();
    for item in &facts.universe.items {
        let reason = match selection::fit_any(set, item) {
            Fit::Not => continue,
            Fit::Nearly(reason) => Some(reason),
            Fit::Full => outside(leaf, item, facts.day),
        };
        match reason {
            None => counted.push(item),
            Some(reason) => near.push(NearMiss { item: Counted::item(item), reason }),
        }
    }
    // Earliest landing first: the first of a voice stays its representative as more arrive.
    counted.sort_by_key(|item| (item.landed, item.date, item.id.clone()));
    if let Some(distinct) = leaf.distinct {
        counted = voices(counted, distinct, &mut near);
    }
    let (need, words) = match leaf.bound {
        Bound::AtLeast(least) => (Bounds::AtLeast(least), format!("at least {least}")),
        Bound::AtMost(most) => (Bounds::AtMost(most), format!("at most {most}")),
    };
    let mut outcome = Outcome::new(asks_count(leaf, &words), counted.len(), need);
    outcome.tokens = counted.iter().map(|item| item.id.clone()).collect();
    outcome.counted = counted.into_iter().map(Counted::item).collect();
    outcome.near_misses = newest_first(near);
    outcome
}

/// Adds to the near misses the catalog items that the set means but that nobody mapped to this thread.
pub(super) fn look_beyond(leaf: &Count, outcome: &mut Outcome, facts: Facts<'_>) {
    let mut near = std::mem::take(&mut outcome.near_misses);
    near.extend(unmapped(facts.set(&leaf.of.value), facts));
    outcome.near_misses = newest_first(near);
}

fn asks_count(leaf: &Count, bound: &str) -> String {
    let mut asks = format!("{} {bound}", leaf.of.value);
    match leaf.distinct {
        Some(Distinct::Org) => asks.push_str(" different orgs"),
        Some(Distinct::Source) => asks.push_str(" different sources"),
        None => {}
    }
    if let Some(days) = leaf.published_within {
        asks.push_str(&format!(", published within {days}"));
    }
    if let Some(since) = leaf.landed_since {
        asks.push_str(&format!(", landed since {since}"));
    }
    asks
}

/// Why an item of the set lies outside the bounds of time.
fn outside(leaf: &Count, item: &MergedItem, day: Date) -> Option<String> {
    if let Some(date) = item.date.filter(|&date| date > day) {
        return Some(format!("dated {date}, which is still to come"));
    }
    if let Some(window) = leaf.published_within {
        let Some(date) = item.date else {
            return Some("has no date".into());
        };
        if days_between(date, day) >= i64::from(window.0) {
            return Some(format!("published {date}, not within {window}"));
        }
    }
    match (leaf.landed_since, item.landed) {
        (Some(_), None) => Some("landed on no known day".into()),
        (Some(since), Some(landed)) if landed < since => {
            Some(format!("landed {landed}, before {since}"))
        }
        _ => None,
    }
}

/// One item a voice: the earliest; the others and those that name no voice are near misses.
fn voices<'u>(
    items: Vec<&'u MergedItem>,
    distinct: Distinct,
    near: &mut Vec<NearMiss>,
) -> Vec<&'u MergedItem> {
    let mut first: BTreeMap<String, &MergedItem> = BTreeMap::new();
    let mut counted = Vec::new();
    for item in items {
        let (voice, missing) = match distinct {
            Distinct::Org => (item.org.clone(), "names no org"),
            Distinct::Source => (item.sources.first().cloned(), "stands under no source"),
        };
        let reason = match voice {
            None => missing.to_string(),
            Some(voice) => match first.get(&voice) {
                Some(earlier) => format!("same voice as {} ({voice})", earlier.id),
                None => {
                    first.insert(voice, item);
                    counted.push(item);
                    continue;
                }
            },
        };
        near.push(NearMiss { item: Counted::item(item), reason });
    }
    counted
}

fn unmapped(set: &[Selection], facts: Facts<'_>) -> Vec<NearMiss> {
    let mut found: BTreeMap<String, NearMiss> = BTreeMap::new();
    for selection in set {
        for entry in facts.archive.candidates(selection, facts.day) {
            let item = &entry.listed.item;
            let known = found.contains_key(&item.id) || facts.universe.find(&item.id).is_some();
            let read_only = selection.read.is_some() || !selection.verdict.is_empty();
            if known || read_only || !selection::takes(selection, &entry, facts.configuration) {
                continue;
            }
            if item.url.as_deref().is_some_and(|url| facts.universe.find(url).is_some()) {
                continue;
            }
            let counted = Counted {
                token: item.id.clone(),
                title: item.name().to_string(),
                date: item.date,
                landed: Some(entry.catalog.scanned),
                source: item.source.as_deref().map(str::to_string),
            };
            let reason = "not mapped to this thread".to_string();
            found.insert(item.id.clone(), NearMiss { item: counted, reason });
        }
    }
    found.into_values().collect()
}

fn newest_first(mut near: Vec<NearMiss>) -> Vec<NearMiss> {
    near.sort_by(|a, b| (b.item.landed, &a.item.token).cmp(&(a.item.landed, &b.item.token)));
    near
}
