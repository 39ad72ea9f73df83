//! The next step for a thread, which `thread status` shows in the column NEXT.

use std::collections::BTreeMap;

use crate::commands::shared::phrases::{condition_label, hold_end, level_name, state_reason};
use crate::evaluate::{Decision, Evaluation, Miss, TriggerState, TriggerStatus};
use crate::model::{Condition, Configuration, Hold, HoldUntil, Leaf, Status};

/// Returns the next step for an evaluated thread, or an empty string if there is none. The first of
/// these that exists counts: a change of the file by a scan, a draft of a ripe thread, the end of
/// the hold, the facts that the nearest trigger needs, the watch list.
pub(super) fn next_step(evaluation: &Evaluation<'_>, configuration: &Configuration) -> String {
    let thread = evaluation.thread;
    if thread.status != Status::Active {
        return thread.status.as_str().to_string();
    }
    if let Some(step) = scan_step(evaluation) {
        return step;
    }
    if evaluation.is_ripe(configuration) {
        return draft_step(evaluation);
    }
    if let Some(hold) = evaluation.hold {
        return hold_step(hold);
    }
    if let Some(nearest) = evaluation.nearest() {
        return trigger_step(nearest);
    }
    let open_line = thread.watching.iter().find(|line| !line.done);
    open_line.map(|line| line.text.clone()).unwrap_or_default()
}

/// ``run `thread scan`: medium → ripe``; `None` if a scan would change nothing.
fn scan_step(evaluation: &Evaluation<'_>) -> Option<String> {
    match &evaluation.decision {
        Decision::Conflict { raises, lowers } => {
            Some(format!("decide: {} raises, {} lowers", raises.join(", "), lowers.join(", ")))
        }
        Decision::Level { to, .. } if evaluation.level.as_ref() == Some(to) => {
            Some("run `thread scan` to log it".to_string())
        }
        Decision::Level { to, .. } => {
            let from = level_name(evaluation.level.as_deref());
            Some(format!("run `thread scan`: {from} → {to}"))
        }
        Decision::Nothing => match evaluation.arrivals().len() {
            0 => None,
            arriving => Some(format!("run `thread scan`: {arriving} new")),
        },
    }
}

/// `draft: awaiting-review, 2 published; 3 landed since`. Without a draft, the `next` of the
/// trigger that acted last.
fn draft_step(evaluation: &Evaluation<'_>) -> String {
    let Some(landed) = landed_since_draft(evaluation) else {
        return next_of_last_trigger(evaluation).unwrap_or("write a draft").to_string();
    };
    let states = draft_states(evaluation).into_iter().map(|(state, number)| match number {
        1 => state,
        _ => format!("{number} {state}"),
    });
    let states = states.collect::<Vec<_>>().join(", ");
    if landed > 0 {
        format!("draft: {states}; {landed} landed since")
    } else {
        format!("draft: {states}")
    }
}

/// `read import-ai/455`, or `held until 2026-06-01`.
fn hold_step(hold: &Hold) -> String {
    match &hold.until {
        HoldUntil::Condition(Condition::Leaf(Leaf::Read { item })) => {
            format!("read {}", item.value)
        }
        until => format!("held until {}", hold_end(until)),
    }
}

/// `1 more: metr-rd-evals at least 3`, or `read metr/rd-3` if the trigger may count that item.
fn trigger_step(status: &TriggerStatus<'_>) -> String {
    if status.state != TriggerState::Waiting {
        return state_reason(&status.state).unwrap_or_default();
    }
    let crux = status.outcome.crux();
    match crux.near_misses.first() {
        Some(near) if near.reason == Miss::NotRead => format!("read {}", near.item.fact_id),
        _ => format!("{} more: {}", crux.missing, condition_label(crux.condition)),
    }
}

/// Returns the number of drafts in each state.
pub(super) fn draft_states(evaluation: &Evaluation<'_>) -> BTreeMap<String, usize> {
    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    for draft in evaluation.thread.drafts_on(evaluation.date) {
        *states.entry(draft.newest().state_name().to_string()).or_default() += 1;
    }
    states
}

/// Returns the number of items that landed since the newest draft was begun; `None` without a
/// draft.
pub(super) fn landed_since_draft(evaluation: &Evaluation<'_>) -> Option<usize> {
    let drafts = evaluation.thread.drafts_on(evaluation.date);
    let begun = drafts.iter().map(|draft| draft.begun().date).max()?;
    let landed = evaluation.items.items.iter().filter_map(|item| item.landed);
    Some(landed.filter(|landed| *landed > begun).count())
}

/// Returns the `next` of the trigger that acted last.
fn next_of_last_trigger<'e>(evaluation: &'e Evaluation<'_>) -> Option<&'e str> {
    let entries = evaluation.thread.log.iter().filter(|entry| entry.date <= evaluation.date);
    let last = entries.filter(|entry| !entry.triggers.is_empty()).max_by_key(|entry| entry.date)?;
    last.triggers.iter().find_map(|id| evaluation.trigger(id)?.trigger.next.as_deref())
}
