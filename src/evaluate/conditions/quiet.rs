//! `quiet`: for how long nothing has landed, measured by the scans of the sources.

use std::collections::{BTreeMap, BTreeSet};

use crate::evaluate::conditions::timeline::{Timeline, Truth};
use crate::evaluate::conditions::{Counted, Facts, Outcome, OutcomeNote, SilenceUnknown};
use crate::evaluate::history::Version;
use crate::evaluate::items::catalog_index::CatalogIndex;
use crate::evaluate::items::selection;
use crate::evaluate::items::selection::Fit;
use crate::model::date::days_between;
use crate::model::trigger::Bound;
use crate::model::{Condition, Date, Quiet, Selection};

pub(crate) fn evaluate<'t>(
    condition: &'t Condition,
    leaf: &Quiet,
    facts: Facts<'_>,
) -> Outcome<'t> {
    let set = facts.set(&leaf.of.value);
    let need = Bound::AtLeast(leaf.silent_for.0);
    let newest = facts
        .items
        .items
        .iter()
        .filter(|item| item.landed.is_some() && selection::fit_any(set, item) == Fit::Full)
        .max_by_key(|item| (item.landed, item.id.clone()));
    let heard = newest.and_then(|item| item.landed.map(|landed| (item, landed)));
    let unknown = |reason: SilenceUnknown| {
        let mut outcome = Outcome::new(condition, 0, need);
        outcome.truth = Truth::Unknown;
        outcome.note = Some(OutcomeNote::SilenceUnknown(reason));
        outcome
    };
    let (last_scan, source) = match last_scan(set, facts.index, facts.date) {
        LastScan::NoSource => return unknown(SilenceUnknown::NoSource),
        LastScan::Never(source) => return unknown(SilenceUnknown::NeverScanned(source.into())),
        LastScan::On(date, source) => (date, source.to_string()),
    };
    let Some((item, landed)) = heard else {
        return unknown(SilenceUnknown::NothingLanded);
    };
    let silence = usize::try_from(days_between(landed, last_scan)).unwrap_or(0);
    let mut outcome = Outcome::new(condition, silence, need);
    outcome.note = Some(OutcomeNote::Silence { newest: landed, source, last_scan });
    outcome.counted = vec![Counted::item_of(item, set)];
    outcome.fact_ids = std::iter::once(item.id.clone()).collect();
    outcome
}

/// Truth of the leaf over time.
pub(crate) fn timeline(
    leaf: &Quiet,
    set: &[Selection],
    versions: &[Version],
    index: &CatalogIndex<'_>,
) -> Timeline {
    let mut landings: BTreeMap<Date, Vec<(bool, Date)>> = BTreeMap::new();
    for version in versions.iter().filter(|v| selection::fit_any(set, &v.item) == Fit::Full) {
        let Some(landed) = version.item.landed else { continue };
        landings.entry(version.first).or_default().push((true, landed));
        if let Some(end) = version.last.succ_opt() {
            landings.entry(end).or_default().push((false, landed));
        }
    }
    let scans = sources(set).into_iter().flat_map(|source| index.scans(source));
    let events = landings.keys().copied().chain(scans.copied()).collect();
    let mut known: BTreeMap<Date, usize> = BTreeMap::new();
    Timeline::new(events, |date| {
        for (is_added, landed) in landings.get(&date).into_iter().flatten() {
            let number = known.entry(*landed).or_default();
            *number = if *is_added { *number + 1 } else { *number - 1 };
        }
        known.retain(|_, number| *number > 0);
        let newest = known.last_key_value().map(|(landed, _)| *landed);
        match (last_scan(set, index, date), newest) {
            (LastScan::On(scan, _), Some(newest)) => {
                Truth::from(days_between(newest, scan) >= leaf.silent_for.0.into())
            }
            _ => Truth::Unknown,
        }
    })
}

/// Newest scan of the source that was not scanned for the longest time.
enum LastScan<'s> {
    /// On this date, of this source.
    On(Date, &'s str),
    /// This source was never scanned.
    Never(&'s str),
    /// The set names no source.
    NoSource,
}

fn last_scan<'s>(set: &'s [Selection], index: &CatalogIndex<'_>, date: Date) -> LastScan<'s> {
    let scans = sources(set).into_iter().map(|source| (index.last_scan(source, date), source));
    match scans.min() {
        None => LastScan::NoSource,
        Some((None, source)) => LastScan::Never(source),
        Some((Some(date), source)) => LastScan::On(date, source),
    }
}

fn sources(set: &[Selection]) -> BTreeSet<&str> {
    let words = set.iter().flat_map(|selection| &selection.source);
    words.map(|word| word.value.as_str()).collect()
}
