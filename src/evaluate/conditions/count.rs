//! `count`: the number of items in a set, or of their different orgs or sources.

use std::collections::BTreeMap;

use crate::evaluate::conditions::near_miss::{Miss, NearMiss};
use crate::evaluate::conditions::timeline::{Timeline, Truth};
use crate::evaluate::conditions::{Counted, Facts, Outcome};
use crate::evaluate::history::Version;
use crate::evaluate::items::item::Item;
use crate::evaluate::items::selection;
use crate::evaluate::items::selection::Fit;
use crate::model::trigger::Bound;
use crate::model::{Condition, Count, Date, Distinct, Selection};

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
    let set = facts.set(&leaf.of.value);
    let counted = counted.into_iter();
    outcome.counted = counted.map(|item| Counted::item_of(item, set)).collect();
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
struct CountedItems<'u> {
    /// They count; the earliest landing first.
    counted: Vec<&'u Item>,
    /// They match, and count from a later date on.
    future: Vec<&'u Item>,
    /// They match, and do not count any more or never will.
    past: Vec<&'u Item>,
    near: Vec<NearMiss>,
}

fn find<'u>(leaf: &Count, facts: Facts<'u>) -> CountedItems<'u> {
    let set = facts.set(&leaf.of.value);
    let mut found = CountedItems { counted: vec![], future: vec![], past: vec![], near: vec![] };
    for item in &facts.items.items {
        match selection::fit_any(set, item) {
            Fit::Not => {}
            Fit::Nearly(reason) => found.near.push(NearMiss::of(item, reason)),
            Fit::Full => match dates_counted(leaf, item) {
                Ok((first, _)) if facts.date < first => found.future.push(item),
                Ok((_, last)) if facts.date <= last => found.counted.push(item),
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

/// Returns the id of the fact that an item is in a set: the item, or `item=read` or `item=verdict`
/// if the set selects by reading or verdict.
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
        for entry in facts.index.candidates(selection, facts.date) {
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
                landed: Some(entry.landed()),
                source: item.source.as_deref().map(str::to_string),
                title_has: None,
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

impl Distinct {
    /// The voices that an item may count for, in order: its org, or every source that lists it.
    pub(crate) fn voices(self, item: &Item) -> Vec<&str> {
        match self {
            Self::Org => item.org.as_deref().into_iter().collect(),
            Self::Source => item.sources.iter().map(String::as_str).collect(),
        }
    }
}

/// A number of items, or of different voices, that follows items as they come and go.
///
/// The number of different sources is the largest number of items that can each have a source of
/// their own: items listed by {a} and by {a, b} are two sources, independent of their names.
pub(crate) enum Tally<'i> {
    /// Without `distinct`: the number of items.
    Items(usize),
    /// Items by their voices.
    Voices {
        distinct: Distinct,
        /// Number of items with this one voice.
        single: BTreeMap<&'i str, usize>,
        /// Number of items with these voices.
        several: BTreeMap<Vec<&'i str>, usize>,
    },
}

impl<'i> Tally<'i> {
    /// A tally of no items.
    pub(crate) fn new(distinct: Option<Distinct>) -> Self {
        match distinct {
            None => Self::Items(0),
            Some(distinct) => {
                Self::Voices { distinct, single: BTreeMap::new(), several: BTreeMap::new() }
            }
        }
    }

    /// A tally of these items.
    pub(crate) fn of(distinct: Option<Distinct>, items: impl Iterator<Item = &'i Item>) -> Self {
        let mut tally = Self::new(distinct);
        items.for_each(|item| tally.add(item));
        tally
    }

    /// Counts an item.
    pub(crate) fn add(&mut self, item: &'i Item) {
        match self {
            Self::Items(number) => *number += 1,
            Self::Voices { distinct, single, several } => {
                let voices = distinct.voices(item);
                match voices.as_slice() {
                    [] => {}
                    [voice] => *single.entry(voice).or_default() += 1,
                    _ => *several.entry(voices).or_default() += 1,
                }
            }
        }
    }

    /// Takes back an item that was added.
    pub(crate) fn remove(&mut self, item: &'i Item) {
        match self {
            Self::Items(number) => *number -= 1,
            Self::Voices { distinct, single, several } => {
                let voices = distinct.voices(item);
                match voices.as_slice() {
                    [] => {}
                    [voice] => take_one(single, voice),
                    _ => take_one(several, &voices),
                }
            }
        }
    }

    /// The number of items, or of different voices.
    pub(crate) fn have(&self) -> usize {
        match self {
            Self::Items(number) => *number,
            Self::Voices { single, several, .. } if several.is_empty() => single.len(),
            Self::Voices { single, several, .. } => {
                let alone = single.keys().map(|voice| vec![*voice]);
                // More items of one set of voices than there are voices in it cannot matter.
                let shared = several
                    .iter()
                    .flat_map(|(voices, &items)| vec![voices.clone(); items.min(voices.len())]);
                let voices: Vec<Vec<&str>> = alone.chain(shared).collect();
                matched(&voices).into_iter().filter(|counts| *counts).count()
            }
        }
    }
}

fn take_one<K, Q>(items: &mut BTreeMap<K, usize>, voices: &Q)
where
    K: Ord + std::borrow::Borrow<Q>,
    Q: Ord + ?Sized,
{
    if let Some(number) = items.get_mut(voices) {
        *number -= 1;
        if *number == 0 {
            items.remove(voices);
        }
    }
}

/// Returns whether each item gets a voice of its own, in a largest assignment of voices to items in
/// which earlier items come first.
///
/// Kuhn's algorithm (H. W. Kuhn, "The Hungarian method for the assignment problem", 1955): an item
/// takes a free voice, or one whose item can move to another.
pub(crate) fn matched(voices: &[Vec<&str>]) -> Vec<bool> {
    let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
    (0..voices.len()).map(|item| assign(item, voices, &mut taken, &mut Vec::new())).collect()
}

fn assign<'v>(
    item: usize,
    voices: &[Vec<&'v str>],
    taken: &mut BTreeMap<&'v str, usize>,
    tried: &mut Vec<&'v str>,
) -> bool {
    for &voice in &voices[item] {
        if tried.contains(&voice) {
            continue;
        }
        tried.push(voice);
        let holder = taken.get(voice).copied();
        if holder.is_none_or(|holder| assign(holder, voices, taken, tried)) {
            taken.insert(voice, item);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::matched;

    #[test]
    fn matched_does_not_depend_on_the_names_of_voices() {
        for other in ["alpha", "zeta"] {
            let mut both = vec!["gamma", other];
            both.sort_unstable();
            assert_eq!(matched(&[vec!["gamma"], both.clone()]), [true, true], "{other}");
            assert_eq!(matched(&[both.clone(), vec!["gamma"]]), [true, true], "{other}");
            let three = [both.clone(), vec!["gamma"], both];
            assert_eq!(matched(&three), [true, true, false], "two voices for three items");
        }
        assert_eq!(matched(&[vec![], vec!["a"], vec!["a"]]), [false, true, false]);
    }
}
