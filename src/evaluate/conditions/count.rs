//! `count`: the number of items in a set, or of their different orgs or sources.

use std::collections::BTreeMap;

use crate::evaluate::conditions::near_miss::{Miss, NearMiss};
use crate::evaluate::conditions::timeline::Timeline;
use crate::evaluate::conditions::truth::Truth;
use crate::evaluate::conditions::voices::{Tally, matched};
use crate::evaluate::history::Version;
use crate::evaluate::items::item::Item;
use crate::evaluate::items::selection;
use crate::evaluate::items::selection::Fit;
use crate::model::trigger::Bound;
use crate::model::{Condition, Count, Date, Distinct, Selection};

use crate::evaluate::conditions::{Counted, Facts, Outcome};

pub(crate) fn evaluate<'t>(
    condition: &'t Condition,
    leaf: &Count,
    facts: Facts<'_>,
) -> Outcome<'t> {
    let found = find(leaf, facts);
    let mut near = found.near;
    let future = found.future.iter().map(|item| NearMiss::of(item, future_date(item)));
    near.extend(future);
    let counted = one_for_each_voice(&found.counted, leaf.distinct, &mut near);
    let mut outcome = Outcome::new(condition, counted.len(), leaf.bound);
    outcome.fact_ids = counted.iter().map(|item| item.id.clone()).collect();
    outcome.counted = counted.into_iter().map(Counted::item).collect();
    outcome.near_misses = newest_first(near);
    if let Bound::AtLeast(least) = leaf.bound {
        let set = facts.set(&leaf.of.value);
        let known = found.counted.iter().chain(&found.future).chain(&found.past);
        outcome.acknowledged_facts = known.map(|item| fact_id(set, item)).collect();
        let in_time = found.counted.iter().chain(&found.future);
        outcome.true_in_time = Tally::of(leaf.distinct, in_time.copied()).have() >= size(least);
    }
    outcome
}

/// The number that count, of the items whose fact id satisfies `is_wanted`.
pub(in crate::evaluate) fn have_among(
    leaf: &Count,
    facts: Facts<'_>,
    is_wanted: impl Fn(&Item, &str) -> bool,
) -> usize {
    let set = facts.set(&leaf.of.value);
    let mut items = find(leaf, facts).counted;
    items.retain(|item| is_wanted(item, &fact_id(set, item)));
    Tally::of(leaf.distinct, items.into_iter()).have()
}

/// Truth of the leaf over time.
pub(crate) fn timeline(leaf: &Count, set: &[Selection], versions: &[Version]) -> Timeline {
    let mut changes: BTreeMap<Date, Vec<(bool, &Item)>> = BTreeMap::new();
    for version in versions.iter().filter(|v| selection::fit_any(set, &v.item) == Fit::Full) {
        let Ok((first, last)) = dates_counted(leaf, &version.item) else { continue };
        let (first, last) = (first.max(version.first), last.min(version.last));
        if first > last {
            continue;
        }
        changes.entry(first).or_default().push((true, &version.item));
        if let Some(end) = last.succ_opt() {
            changes.entry(end).or_default().push((false, &version.item));
        }
    }
    let mut tally = Tally::new(leaf.distinct);
    Timeline::new(changes.keys().copied().collect(), |date| {
        for (is_added, item) in changes.get(&date).into_iter().flatten() {
            if *is_added { tally.add(item) } else { tally.remove(item) }
        }
        match leaf.bound {
            Bound::AtLeast(least) => Truth::from(tally.have() >= size(least)),
            Bound::AtMost(most) => Truth::from(tally.have() <= size(most)),
        }
    })
}

/// Adds to the near misses the catalog items that the set matches and that are not mapped to this
/// thread.
pub(crate) fn look_beyond(leaf: &Count, outcome: &mut Outcome<'_>, facts: Facts<'_>) {
    let mut near = std::mem::take(&mut outcome.near_misses);
    near.extend(unmapped(facts.set(&leaf.of.value), facts));
    outcome.near_misses = newest_first(near);
}

/// Items of a set, by whether they count on the date of evaluation.
struct Found<'u> {
    /// They count; the earliest landing first.
    counted: Vec<&'u Item>,
    /// They match, and count from a later date on.
    future: Vec<&'u Item>,
    /// They match, and do not count any more or never will.
    past: Vec<&'u Item>,
    near: Vec<NearMiss>,
}

fn find<'u>(leaf: &Count, facts: Facts<'u>) -> Found<'u> {
    let set = facts.set(&leaf.of.value);
    let mut found = Found { counted: vec![], future: vec![], past: vec![], near: vec![] };
    for item in &facts.items.items {
        match selection::fit_any(set, item) {
            Fit::Not => {}
            Fit::Nearly(reason) => found.near.push(NearMiss::of(item, reason)),
            Fit::Full => match dates_counted(leaf, item) {
                Ok((first, _)) if facts.day < first => found.future.push(item),
                Ok((_, last)) if facts.day <= last => found.counted.push(item),
                Ok(_) => {
                    found.past.push(item);
                    found.near.push(NearMiss::of(item, outside_window(leaf, item)));
                }
                Err(reason) => {
                    found.past.push(item);
                    found.near.push(NearMiss::of(item, reason));
                }
            },
        }
    }
    found.counted.sort_by_key(|item| (item.landed, item.date, item.id.clone()));
    found
}

/// The first and the last date on which an item of the set counts, or why it never does.
fn dates_counted(leaf: &Count, item: &Item) -> Result<(Date, Date), Miss> {
    let last = match (leaf.published_within, item.date) {
        (None, _) => Date::MAX,
        (Some(_), None) => return Err(Miss::NoDate),
        (Some(window), Some(date)) => {
            let end = date.checked_add_days(chrono::Days::new(window.0.into()));
            end.and_then(|end| end.pred_opt()).unwrap_or(Date::MAX)
        }
    };
    match (leaf.landed_since, item.landed) {
        (Some(_), None) => return Err(Miss::NoLanding),
        (Some(since), Some(landed)) if landed < since => {
            return Err(Miss::LandedBefore { landed, since });
        }
        _ => {}
    }
    Ok((item.date.unwrap_or(Date::MIN), last))
}

fn future_date(item: &Item) -> Miss {
    item.date.map_or(Miss::NoDate, Miss::InTheFuture)
}

fn outside_window(leaf: &Count, item: &Item) -> Miss {
    match (item.date, leaf.published_within) {
        (Some(published), Some(window)) => Miss::OutsideWindow { published, window },
        _ => Miss::NoDate,
    }
}

/// Id of the fact that an item is in a set: the item; `item=read` or `item=verdict` if the set asks
/// for a reading or a verdict, which are facts of their own.
fn fact_id(set: &[Selection], item: &Item) -> String {
    let fits = |selection: &&Selection| selection::fit(selection, item) == Fit::Full;
    let is_plain =
        |selection: &Selection| selection.verdict.is_empty() && selection.read != Some(true);
    match set.iter().filter(fits).min_by_key(|selection| !is_plain(selection)) {
        Some(selection) if !is_plain(selection) => match &item.verdict {
            Some(verdict) if !selection.verdict.is_empty() => format!("{}={verdict}", item.id),
            _ => super::reading::fact_of_reading(item),
        },
        _ => item.id.clone(),
    }
}

/// The items that count for a voice each, the earliest first; the others become near misses.
fn one_for_each_voice<'u>(
    items: &[&'u Item],
    distinct: Option<Distinct>,
    near: &mut Vec<NearMiss>,
) -> Vec<&'u Item> {
    let Some(distinct) = distinct else {
        return items.to_vec();
    };
    let voices: Vec<Vec<&str>> = items.iter().map(|item| distinct.voices(item)).collect();
    let has_voice = matched(&voices);
    let mut counted: Vec<&Item> = Vec::new();
    for ((item, voices), counts) in items.iter().zip(&voices).zip(has_voice) {
        let Some(voice) = voices.first() else {
            let reason = if distinct == Distinct::Org { Miss::NoOrg } else { Miss::NoSource };
            near.push(NearMiss::of(item, reason));
            continue;
        };
        if counts {
            counted.push(item);
            continue;
        }
        let shares = |other: &&&Item| distinct.voices(other).contains(voice);
        let earlier =
            counted.iter().find(shares).map_or_else(String::new, |other| other.id.clone());
        let reason = Miss::SameVoice { earlier, voice: (*voice).to_string() };
        near.push(NearMiss::of(item, reason));
    }
    counted
}

fn size(bound: u32) -> usize {
    usize::try_from(bound).unwrap_or(usize::MAX)
}
fn unmapped(set: &[Selection], facts: Facts<'_>) -> Vec<NearMiss> {
    let mut found: BTreeMap<String, NearMiss> = BTreeMap::new();
    for selection in set {
        for entry in facts.index.candidates(selection, facts.day) {
            let item = &entry.listed.item;
            let id = facts.index.id(&entry);
            let known = found.contains_key(id) || facts.items.holds(&entry);
            let read_only = selection.read.is_some() || !selection.verdict.is_empty();
            if known
                || read_only
                || !selection::takes(selection, &entry, facts.index, facts.configuration)
            {
                continue;
            }
            let counted = Counted {
                fact_id: id.to_string(),
                title: item.name().to_string(),
                date: item.date,
                landed: Some(entry.catalog.scanned),
                source: item.source.as_deref().map(str::to_string),
            };
            found.insert(id.to_string(), NearMiss { item: counted, reason: Miss::NotMapped });
        }
    }
    found.into_values().collect()
}

fn newest_first(mut near: Vec<NearMiss>) -> Vec<NearMiss> {
    near.sort_by(|a, b| (b.item.landed, &a.item.fact_id).cmp(&(a.item.landed, &b.item.fact_id)));
    near
}
