//! `quiet`: how long nothing has landed, by the scans that looked.

use std::collections::BTreeSet;

use crate::evaluate::selection::{self, Fit};
use crate::model::date::days_between;
use crate::model::{Date, Quiet};

use super::{Bounds, Counted, Facts, Outcome};

pub(super) fn judge(leaf: &Quiet, facts: Facts<'_>) -> Outcome {
    let set = facts.set(&leaf.of.value);
    let asks = format!("{} quiet for {}", leaf.of.value, leaf.silent_for);
    let need = Bounds::AtLeast(leaf.silent_for.0);
    let newest = facts
        .universe
        .items
        .iter()
        .filter(|item| item.landed.is_some() && selection::fit_any(set, item) == Fit::Full)
        .max_by_key(|item| (item.landed, item.id.clone()));
    let heard = newest.and_then(|item| item.landed.map(|landed| (item, landed)));
    let sources: BTreeSet<&str> = set
        .iter()
        .flat_map(|selection| &selection.source)
        .map(|word| word.value.as_str())
        .collect();
    let scans: Vec<(Option<Date>, &str)> = sources
        .iter()
        .map(|source| (facts.archive.last_scan(source, facts.day), *source))
        .collect();
    let stopped = |note: String| {
        let mut outcome = Outcome::new(asks.clone(), 0, need);
        outcome.note = Some(note);
        outcome
    };
    if let Some((_, source)) = scans.iter().find(|(scan, _)| scan.is_none()) {
        return stopped(format!("the clock stands: {source} was never scanned"));
    }
    let Some((Some(last_scan), scanned)) = scans.into_iter().min() else {
        return stopped("the clock stands: the set names no source".into());
    };
    let Some((item, landed)) = heard else {
        return stopped("the clock stands: nothing of this set ever landed".into());
    };
    let silence = usize::try_from(days_between(landed, last_scan)).unwrap_or(0);
    let mut outcome = Outcome::new(asks, silence, need);
    outcome.note = Some(format!("newest landed {landed}; {scanned} was last scanned {last_scan}"));
    outcome.counted = vec![Counted::item(item)];
    outcome.tokens = std::iter::once(item.id.clone()).collect();
    outcome
}
