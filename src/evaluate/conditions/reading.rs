//! The conditions `read` and `verdict` on one item.

use crate::evaluate::conditions::near_miss::{Miss, NearMiss};
use crate::evaluate::conditions::{Counted, Facts, Outcome, OutcomeNote};
use crate::evaluate::items::item::Item;
use crate::evaluate::items::thread_items::ResolvedItem;
use crate::model::trigger::Bound;
use crate::model::{Condition, Reading};
use crate::text::Spanned;

pub(crate) fn read<'t>(
    condition: &'t Condition,
    word: &Spanned<String>,
    facts: Facts<'_>,
) -> Outcome<'t> {
    let found = facts.items.resolve(&word.value);
    let item = one(&found);
    let is_read = item.is_some_and(|item| matches!(item.reading, Reading::Read { .. }));
    let mut outcome = Outcome::new(condition, usize::from(is_read), Bound::AtLeast(1));
    match item {
        Some(item) if is_read => {
            outcome.fact_ids = std::iter::once(item.id.clone()).collect();
            outcome.acknowledged_facts = std::iter::once(fact_of_reading(item)).collect();
            outcome.counted = vec![Counted::item(item)];
        }
        Some(item) => outcome.near_misses = vec![unread(item)],
        None => outcome.note = Some(not_one(&word.value, &found)),
    }
    outcome
}

/// Id of the fact that an item was read: `item=read`.
pub(crate) fn fact_of_reading(item: &Item) -> String {
    format!("{}=read", item.id)
}

fn unread(item: &Item) -> NearMiss {
    let reason = match item.reading {
        Reading::Dropped => Miss::NotToBeRead,
        _ => Miss::NotRead,
    };
    NearMiss::of(item, reason)
}

fn one<'u>(found: &ResolvedItem<'u>) -> Option<&'u Item> {
    match found {
        ResolvedItem::One(item) => Some(item),
        ResolvedItem::Nothing | ResolvedItem::Several(_) => None,
    }
}

/// The note for a reference that does not refer to exactly one item.
fn not_one(reference: &str, found: &ResolvedItem<'_>) -> OutcomeNote {
    let reference = reference.to_string();
    match found {
        ResolvedItem::Several(items) => {
            let ids = items.iter().map(|item| item.id.clone()).collect();
            OutcomeNote::AmbiguousItem { reference, ids }
        }
        ResolvedItem::One(_) | ResolvedItem::Nothing => OutcomeNote::NoSuchItem(reference),
    }
}

pub(crate) fn verdict<'t>(
    condition: &'t Condition,
    word: &Spanned<String>,
    is: &[Spanned<String>],
    facts: Facts<'_>,
) -> Outcome<'t> {
    let found = facts.items.resolve(&word.value);
    let item = one(&found);
    let given = item.and_then(|item| item.verdict.as_deref());
    let wanted = given.filter(|given| is.iter().any(|word| word.value == *given));
    let mut outcome = Outcome::new(condition, usize::from(wanted.is_some()), Bound::AtLeast(1));
    match (item, wanted, given) {
        (None, ..) => outcome.note = Some(not_one(&word.value, &found)),
        (Some(item), Some(verdict), _) => {
            outcome.fact_ids = std::iter::once(format!("{}={verdict}", item.id)).collect();
            outcome.acknowledged_facts = outcome.fact_ids.clone();
            outcome.counted = vec![Counted::item(item)];
        }
        (Some(item), None, Some(other)) => {
            outcome.near_misses = vec![NearMiss::of(item, Miss::OtherVerdict(other.into()))];
        }
        (Some(item), None, None) if matches!(item.reading, Reading::Read { .. }) => {
            outcome.near_misses = vec![NearMiss::of(item, Miss::NoVerdict)];
        }
        (Some(item), None, None) => outcome.near_misses = vec![unread(item)],
    }
    outcome
}
