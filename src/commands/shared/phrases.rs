//! Text of what an evaluation found: conditions, states of triggers, notes and near misses.
//!
//! `evaluate` returns types; every command, the log of a scan and a trigger test use these phrases.

use crate::evaluate::{
    Attester, Miss, OffReason, Outcome, OutcomeNote, SilenceUnknown, TriggerState, TriggerStatus,
};
use crate::model::trigger::Bound;
use crate::model::{Condition, Count, Distinct, EffectKind, HoldUntil, Leaf, Selection};
use crate::text::Spanned;

/// A condition as a short label: `metr-rd-evals at least 3`. A condition that joins others gives
/// only `all of`, `any of` or `none of`.
pub fn condition_label(condition: &Condition) -> String {
    match condition {
        Condition::All(_) => "all of".into(),
        Condition::Any(_) => "any of".into(),
        Condition::None(_) => "none of".into(),
        Condition::Leaf(leaf) => leaf_label(leaf),
    }
}

/// A leaf as a short label: `metr-rd-evals at least 3`.
pub fn leaf_label(leaf: &Leaf) -> String {
    match leaf {
        Leaf::Count(count) => count_label(count),
        Leaf::Quiet(quiet) => format!("{} quiet for {}", quiet.of.value, quiet.silent_for),
        Leaf::Read { item } => format!("{} read", item.value),
        Leaf::Verdict { item, is } => format!("{} is {}", item.value, any_of(is)),
        Leaf::Attested { claim, by, people } => {
            let mut label = format!("{} attested", claim.value);
            if !by.is_empty() {
                label.push_str(&format!(" by {}", any_of(by)));
            }
            if *people > 1 {
                label.push_str(&format!(" by {people} people"));
            }
            label
        }
        Leaf::Draft { is } => format!("a draft is {}", any_of(is)),
    }
}

/// `evals at least 2 different orgs, published within 30d, landed since 2026-01-01`
fn count_label(count: &Count) -> String {
    let mut label = match count.bound {
        Bound::AtLeast(least) => format!("{} at least {least}", count.of.value),
        Bound::AtMost(most) => format!("{} at most {most}", count.of.value),
    };
    match count.distinct {
        Some(Distinct::Org) => label.push_str(" different orgs"),
        Some(Distinct::Source) => label.push_str(" different sources"),
        None => {}
    }
    if let Some(days) = count.published_within {
        label.push_str(&format!(", published within {days}"));
    }
    if let Some(since) = count.landed_since {
        label.push_str(&format!(", landed since {since}"));
    }
    label
}

/// `deployed or methodology`
fn any_of(values: &[Spanned<String>]) -> String {
    values.iter().map(|value| value.value.as_str()).collect::<Vec<_>>().join(" or ")
}

/// The end of a hold: `2026-06-01`, or `import-ai/455 is read`.
pub fn hold_end(until: &HoldUntil) -> String {
    match until {
        HoldUntil::Date(date) => date.to_string(),
        HoldUntil::Condition(condition) => condition_sentence(condition),
    }
}

/// A condition as a sentence: `import-ai/455 is read and a draft is published`.
fn condition_sentence(condition: &Condition) -> String {
    match condition {
        Condition::All(parts) => join_sentences(parts, " and "),
        Condition::Any(parts) => join_sentences(parts, " or "),
        Condition::None(parts) => format!("neither {}", join_sentences(parts, " nor ")),
        Condition::Leaf(Leaf::Read { item }) => format!("{} is read", item.value),
        Condition::Leaf(Leaf::Verdict { item, is }) => format!("{} is {}", item.value, any_of(is)),
        Condition::Leaf(Leaf::Attested { claim, .. }) => format!("{} is attested", claim.value),
        Condition::Leaf(Leaf::Draft { is }) => format!("a draft is {}", any_of(is)),
        Condition::Leaf(Leaf::Count(count)) => format!("{} has enough", count.of.value),
        Condition::Leaf(Leaf::Quiet(quiet)) => {
            format!("{} was quiet for {}", quiet.of.value, quiet.silent_for)
        }
    }
}

fn join_sentences(parts: &[Condition], separator: &str) -> String {
    parts.iter().map(condition_sentence).collect::<Vec<_>>().join(separator)
}

/// The numbers of a condition: `2/3`, or `4 (at most 3)`.
pub fn have_need(outcome: &Outcome<'_>) -> String {
    match outcome.need {
        Bound::AtLeast(need) => format!("{}/{need}", outcome.have),
        Bound::AtMost(most) => format!("{} (at most {most})", outcome.have),
    }
}

/// Returns the name of a level; `unknown` if there is none.
pub fn level_name(level: Option<&str>) -> &str {
    level.unwrap_or("unknown")
}

/// Level before and after a log entry: `medium → ripe`, or `stays ripe`; `None` if the entry names
/// no level.
pub fn level_change(from: Option<&str>, to: Option<&str>) -> Option<String> {
    match (from, to?) {
        (Some(from), to) if from == to => Some(format!("stays {to}")),
        (Some(from), to) => Some(format!("{from} → {to}")),
        (None, to) => Some(format!("→ {to}")),
    }
}

/// The effect of a trigger as a verb, before the level: `raises to`.
pub fn effect_verb(effect: EffectKind) -> &'static str {
    match effect {
        EffectKind::RaiseTo => "raises to",
        EffectKind::LowerTo => "lowers to",
        EffectKind::StayAt => "stays at",
    }
}

/// Returns the reason of a trigger's state, unless the numbers of its condition express it.
pub fn state_reason(state: &TriggerState) -> Option<String> {
    match state {
        TriggerState::Off(reason) => Some(off_reason(reason)),
        TriggerState::OnHold(why) => Some(format!("the hold: {why}")),
        TriggerState::Pending { since, until } => {
            Some(format!("true since {since}, acts on {until}"))
        }
        TriggerState::Acknowledged => {
            Some("true, but only by facts known at the last decision".into())
        }
        TriggerState::Met => Some("true, but the level is already reached".into()),
        TriggerState::Waiting | TriggerState::Ready => None,
    }
}

fn off_reason(reason: &OffReason) -> String {
    match reason {
        OffReason::Expired(last) => format!("it ended on {last}"),
        OffReason::ThreadStatus(status) => format!("the thread is {}", status.as_str()),
        OffReason::NotFrom { from, level } => {
            let now = level_name(level.as_deref());
            format!("only from {}, the level is {now}", from.join(" or "))
        }
        OffReason::NotAt { at, level } => {
            format!("only at {at}, the level is {}", level_name(level.as_deref()))
        }
    }
}

/// A remark on an outcome that its numbers do not express.
pub fn outcome_note(note: &OutcomeNote) -> String {
    match note {
        OutcomeNote::NoSuchItem(reference) => {
            format!("this thread has no item `{reference}` yet")
        }
        OutcomeNote::AmbiguousItem { reference, ids } => {
            format!("`{reference}` fits several items: `{}`", ids.join("`, `"))
        }
        OutcomeNote::WaitsFor(attesters) => {
            let names: Vec<String> = attesters.iter().map(attester_name).collect();
            format!("waits for {}", names.join(" or "))
        }
        OutcomeNote::Silence { newest, source, last_scan } => {
            format!("newest landed {newest}; {source} was last scanned {last_scan}")
        }
        OutcomeNote::SilenceUnknown(reason) => {
            format!("cannot measure silence: {}", silence_unknown(reason))
        }
    }
}

fn attester_name(attester: &Attester) -> String {
    if attester.is_agent { format!("{} (agent)", attester.name) } else { attester.name.clone() }
}

fn silence_unknown(reason: &SilenceUnknown) -> String {
    match reason {
        SilenceUnknown::NoSource => "the set names no source".into(),
        SilenceUnknown::NeverScanned(source) => format!("{source} has never been scanned"),
        SilenceUnknown::NothingLanded => "no item of this set has ever landed".into(),
    }
}

/// The reason why an item, a person or a draft nearly counts: `has no date`.
pub fn near_miss(reason: &Miss) -> String {
    match reason {
        Miss::NotRead => "not yet read".into(),
        Miss::AlreadyRead => "already read".into(),
        Miss::NotToBeRead => "marked as not to be read".into(),
        Miss::NoVerdict => "read, without a verdict".into(),
        Miss::OtherVerdict(verdict) => format!("its verdict is `{verdict}`"),
        Miss::NoOrg => "has no org".into(),
        Miss::NoSource => "has no source".into(),
        Miss::NoDate => "has no date".into(),
        Miss::NoLanding => "landed on an unknown date".into(),
        Miss::Excluded(except) => format!("excluded: {}", selection_phrase(except)),
        Miss::SameVoice { earlier, voice } => format!("same voice as {earlier} ({voice})"),
        Miss::InTheFuture(date) => format!("dated {date}, in the future"),
        Miss::OutsideWindow { published, window } => {
            format!("published {published}, not within {window}")
        }
        Miss::LandedBefore { landed, since } => format!("landed {landed}, before {since}"),
        Miss::NotMapped => "not mapped to this thread".into(),
        Miss::Withdrawn(date) => format!("withdrawn {date}"),
        Miss::UnknownPerson(person) => {
            format!("`{person}` is not among the people of thread.yaml")
        }
        Miss::NotAsked(person) => format!("an attestation by {person} does not count"),
        Miss::OtherState(state) => format!("its state is `{state}`"),
    }
}

/// A pattern for titles: `"risk report"`, or a regular expression as it is written.
pub fn title_phrase(pattern: &str) -> String {
    if pattern.starts_with('/') { pattern.to_string() } else { format!("\"{pattern}\"") }
}

/// A selection: `org metr, tag rd-eval or autonomy, unread`.
fn selection_phrase(selection: &Selection) -> String {
    let keys = [
        ("source", &selection.source),
        ("org", &selection.org),
        ("tag", &selection.tag),
        ("item", &selection.item),
        ("verdict", &selection.verdict),
    ];
    let given = keys.into_iter().filter(|(_, values)| !values.is_empty());
    let mut parts: Vec<String> =
        given.map(|(key, values)| format!("{key} {}", any_of(values))).collect();
    if !selection.title.is_empty() {
        let patterns: Vec<String> =
            selection.title.iter().map(|pattern| title_phrase(pattern.value.as_str())).collect();
        parts.push(format!("title has {}", patterns.join(" or ")));
    }
    match selection.read {
        Some(true) => parts.push("read".into()),
        Some(false) => parts.push("unread".into()),
        None => {}
    }
    parts.join(", ")
}

/// The reason in the log entry of a scan: one sentence for each trigger that acted, with the
/// numbers on which it acted.
///
/// `a third evaluation landed (metr-rd-evals at least 3: 3); also two labs report (labs at least 2
/// different orgs: 2)`
pub fn log_reason(acted: &[&TriggerStatus<'_>]) -> String {
    let sentences: Vec<String> = acted
        .iter()
        .map(|status| {
            let why = status.trigger.why.trim().trim_end_matches('.');
            format!("{why} ({})", true_leaves(&status.outcome).join("; "))
        })
        .collect();
    sentences.join("; also ")
}

/// Returns the leaves that make a condition true, each with its number: `metr-rd-evals at least 3:
/// 3`.
fn true_leaves(outcome: &Outcome<'_>) -> Vec<String> {
    match outcome.condition {
        Condition::Leaf(leaf) => vec![format!("{}: {}", leaf_label(leaf), outcome.have)],
        Condition::None(parts) => {
            let labels: Vec<String> = parts.iter().map(condition_label).collect();
            vec![format!("none of {}", labels.join(", "))]
        }
        Condition::All(_) | Condition::Any(_) => {
            let satisfied = outcome.children.iter().filter(|child| child.is_true());
            satisfied.flat_map(true_leaves).collect()
        }
    }
}
