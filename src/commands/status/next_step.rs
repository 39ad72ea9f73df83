//! The next step for a thread.

use std::collections::BTreeMap;
use std::fmt;

use crate::commands::shared::phrases;
use crate::evaluate::{Decision, Evaluation, Miss, TriggerState, TriggerStatus};
use crate::model::{Condition, Configuration, Hold, HoldUntil, Leaf, Status};

/// The next step for a thread. The text is the column NEXT of `thread status`.
pub(super) enum NextStep<'e> {
    /// Nothing, because the thread is not active.
    Inactive(Status),
    /// Decide between triggers that contradict each other.
    Decide {
        /// Ids of the triggers that raise.
        raises: &'e [String],
        /// Ids of the triggers that lower.
        lowers: &'e [String],
    },
    /// Scan: the level changes.
    ScanToMove {
        /// Level before.
        from: Option<&'e str>,
        /// Level afterwards.
        to: &'e str,
    },
    /// Scan: a trigger logs an answer, and the level stays.
    ScanToAnswer,
    /// Scan: this number of items comes in.
    ScanForItems(usize),
    /// Finish the drafts.
    Draft {
        /// Number of drafts by state.
        states: BTreeMap<String, usize>,
        /// Number of items that landed since the newest draft was begun.
        landed: usize,
    },
    /// Write a first draft.
    WriteDraft,
    /// Do what the trigger that acted last says in its `next`.
    Follow(&'e str),
    /// Read this item: the hold ends, or the nearest trigger may count it.
    Read(&'e str),
    /// Wait for the end of the hold.
    WaitForHold(&'e HoldUntil),
    /// Wait for the nearest trigger, whose condition is true.
    WaitForTrigger(&'e TriggerState),
    /// Find more facts for the nearest trigger.
    Find {
        /// Number of facts that are missing.
        missing: u32,
        /// The condition that lacks them.
        condition: &'e Condition,
    },
    /// Do what the first open line of the watch list says.
    Watch(&'e str),
    /// The state is unknown.
    Unknown,
}

impl<'e> NextStep<'e> {
    /// Returns the next step for an evaluated thread. The first of these that exists counts: a
    /// change of the files by a scan, a draft of a ripe thread, the end of the hold, what the
    /// nearest trigger lacks, the watch list.
    pub(super) fn new(evaluation: &'e Evaluation<'_>, configuration: &Configuration) -> Self {
        let thread = evaluation.thread;
        if thread.status != Status::Active {
            return Self::Inactive(thread.status);
        }
        if let Some(step) = Self::of_scan(evaluation) {
            return step;
        }
        if evaluation.is_ripe(configuration) {
            return Self::of_ripe(evaluation);
        }
        if let Some(hold) = evaluation.hold {
            return Self::of_hold(hold);
        }
        if let Some(nearest) = evaluation.nearest() {
            return Self::of_trigger(nearest);
        }
        match thread.watching.iter().find(|line| !line.done) {
            Some(line) => Self::Watch(&line.text),
            None => Self::Unknown,
        }
    }

    /// Returns the step if a scan would change the thread, or would refuse to.
    fn of_scan(evaluation: &'e Evaluation<'_>) -> Option<Self> {
        match &evaluation.decision {
            Decision::Conflict { raises, lowers } => Some(Self::Decide { raises, lowers }),
            Decision::Level { to, .. } if evaluation.level.as_ref() == Some(to) => {
                Some(Self::ScanToAnswer)
            }
            Decision::Level { to, .. } => {
                Some(Self::ScanToMove { from: evaluation.level.as_deref(), to })
            }
            Decision::Nothing => match evaluation.arrivals().len() {
                0 => None,
                arriving => Some(Self::ScanForItems(arriving)),
            },
        }
    }

    fn of_ripe(evaluation: &'e Evaluation<'_>) -> Self {
        if let Some(landed) = landed_since_draft(evaluation) {
            return Self::Draft { states: draft_states(evaluation), landed };
        }
        match next_of_last_trigger(evaluation) {
            Some(next) => Self::Follow(next),
            None => Self::WriteDraft,
        }
    }

    fn of_hold(hold: &'e Hold) -> Self {
        match &hold.until {
            HoldUntil::Condition(Condition::Leaf(Leaf::Read { item })) => Self::Read(&item.value),
            until => Self::WaitForHold(until),
        }
    }

    fn of_trigger(status: &'e TriggerStatus<'_>) -> Self {
        if status.state != TriggerState::Waiting {
            return Self::WaitForTrigger(&status.state);
        }
        let crux = status.outcome.crux();
        match crux.near_misses.first() {
            Some(near) if near.reason == Miss::NotRead => Self::Read(&near.item.fact_id),
            _ => Self::Find { missing: crux.missing, condition: crux.condition },
        }
    }
}

/// Returns the number of drafts in each state.
pub(super) fn draft_states(evaluation: &Evaluation<'_>) -> BTreeMap<String, usize> {
    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    for draft in evaluation.thread.drafts_on(evaluation.day) {
        *states.entry(draft.newest().state_name().to_string()).or_default() += 1;
    }
    states
}

/// Returns the number of items that landed since the newest draft was begun; `None` without a
/// draft.
pub(super) fn landed_since_draft(evaluation: &Evaluation<'_>) -> Option<usize> {
    let drafts = evaluation.thread.drafts_on(evaluation.day);
    let begun = drafts.iter().map(|draft| draft.begun().date).max()?;
    let landed = evaluation.items.items.iter().filter_map(|item| item.landed);
    Some(landed.filter(|landed| *landed > begun).count())
}

/// Returns the `next` of the trigger that acted last.
fn next_of_last_trigger<'e>(evaluation: &'e Evaluation<'_>) -> Option<&'e str> {
    let entries = evaluation.thread.log.iter().filter(|entry| entry.date <= evaluation.day);
    let last = entries.filter(|entry| !entry.triggers.is_empty()).max_by_key(|entry| entry.date)?;
    last.triggers.iter().find_map(|id| evaluation.verdict(id)?.trigger.next.as_deref())
}

impl fmt::Display for NextStep<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inactive(status) => f.write_str(status.as_str()),
            Self::Decide { raises, lowers } => {
                write!(f, "decide: {} raises, {} lowers", raises.join(", "), lowers.join(", "))
            }
            Self::ScanToMove { from, to } => {
                write!(f, "run `thread scan`: {} → {to}", phrases::level_name(*from))
            }
            Self::ScanToAnswer => f.write_str("run `thread scan` to log an answer"),
            Self::ScanForItems(arriving) => write!(f, "run `thread scan`: {arriving} new"),
            Self::Draft { states, landed } => {
                write!(f, "draft: {}", in_words(states))?;
                if *landed > 0 {
                    write!(f, "; {landed} landed since")?;
                }
                Ok(())
            }
            Self::WriteDraft => f.write_str("write a draft"),
            Self::Follow(text) | Self::Watch(text) => f.write_str(text),
            Self::Read(item) => write!(f, "read {item}"),
            Self::WaitForHold(until) => write!(f, "held until {}", phrases::hold_end(until)),
            Self::WaitForTrigger(state) => {
                f.write_str(&phrases::state_reason(state).unwrap_or_default())
            }
            Self::Find { missing, condition } => {
                write!(f, "{missing} more: {}", phrases::condition_label(condition))
            }
            Self::Unknown => Ok(()),
        }
    }
}

/// `awaiting-review, 2 published`
fn in_words(states: &BTreeMap<String, usize>) -> String {
    let states = states.iter().map(|(state, number)| match number {
        1 => state.clone(),
        _ => format!("{number} {state}"),
    });
    states.collect::<Vec<_>>().join(", ")
}
