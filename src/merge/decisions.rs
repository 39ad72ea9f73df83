//! Decisions of both sides: the level, by the later decision, and the union of the `weighed` lists.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::edit::Change;
use crate::merge::Versions;
use crate::model::{Date, Thread, Trigger};
use crate::parse::yaml::Node;
use crate::parse::{ThreadFile, yaml};
use crate::text::{Document, Span};

/// The versions without the decisions of both sides, and these decisions as changes to apply at the
/// end.
pub(super) struct MergedDecisions {
    base: String,
    ours: String,
    theirs: String,
    /// The changes that apply the decisions.
    pub changes: Vec<Change>,
}

impl MergedDecisions {
    /// The three versions to be merged.
    pub(super) fn versions(&self) -> Versions<'_> {
        Versions { base: &self.base, ours: &self.ours, theirs: &self.theirs }
    }
}

/// A value of the front matter as each version has it.
struct Value<'f> {
    base: &'f Node,
    ours: &'f Node,
    theirs: &'f Node,
}

/// Merges the decisions. Returns `None` if two decisions of one date contradict each other.
pub(super) fn settle(
    base: &ThreadFile,
    ours: &ThreadFile,
    theirs: &ThreadFile,
) -> Option<MergedDecisions> {
    let mut changes = Vec::new();
    let mut values = Vec::new();
    let threads = [&base.thread, &ours.thread, &theirs.thread];
    if let Some(ripeness) = level(threads)? {
        values.push(value([base, ours, theirs], ripeness_of, &["level", "since"])?);
        changes.push(ripeness);
    }
    for trigger in &base.thread.triggers {
        let Some(sides) =
            trigger_of(&ours.thread, trigger).zip(trigger_of(&theirs.thread, trigger))
        else {
            continue;
        };
        if let Some(change) = acknowledged(trigger, sides.0, sides.1) {
            let id = &trigger.id.value;
            let value = value([base, ours, theirs], |file| node_of(file, id), &["weighed"]);
            if let Some(value) = value {
                values.push(value);
                changes.push(change);
            }
        }
    }
    Some(MergedDecisions {
        base: base.document.text.clone(),
        ours: without(ours, &base.document, values.iter().map(|value| (value.ours, value.base)))?,
        theirs: without(
            theirs,
            &base.document,
            values.iter().map(|value| (value.theirs, value.base)),
        )?,
        changes,
    })
}

/// A map of the front matter, where no side changed more of it than `keys`.
fn value<'f>(
    files: [&'f ThreadFile; 3],
    get: impl Fn(&'f ThreadFile) -> Option<&'f Node>,
    keys: &[&str],
) -> Option<Value<'f>> {
    let [base, ours, theirs] = files.map(get);
    let value = Value { base: base?, ours: ours?, theirs: theirs? };
    let rests = [
        rest(files[0], value.base, keys),
        rest(files[1], value.ours, keys),
        rest(files[2], value.theirs, keys),
    ];
    (rests[0] == rests[1] && rests[0] == rests[2]).then_some(value)
}

/// A side with some values as the base has them.
fn without<'f>(
    side: &ThreadFile,
    base: &Document,
    values: impl Iterator<Item = (&'f Node, &'f Node)>,
) -> Option<String> {
    let document = &side.document;
    let mut text = document.text.clone();
    let mut places: Vec<(Span, &str)> =
        values.map(|(here, there)| (here.span, base.slice(there.span))).collect();
    places.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let apart = places.windows(2).all(|pair| pair[1].0.end <= pair[0].0.start);
    for (span, value) in places {
        text.replace_range(span.range(), value);
    }
    apart.then_some(text)
}

/// Returns the level after the merge if a side changed it: that of the later decision. The outer
/// `None` is a contradiction.
#[expect(clippy::option_option, reason = "a contradiction, or nothing to do")]
fn level([base, ours, theirs]: [&Thread; 3]) -> Option<Option<Change>> {
    let state = |thread: &Thread| (thread.ripeness.level.value.clone(), thread.ripeness.since);
    let (was, mine, other) = (state(base), state(ours), state(theirs));
    let (level, since) = if mine == other || other == was {
        mine
    } else if mine == was {
        other
    } else {
        match last_move(ours).cmp(&last_move(theirs)) {
            Ordering::Greater => mine,
            Ordering::Less => other,
            Ordering::Equal if mine.0 == other.0 => (mine.0, mine.1.max(other.1)),
            Ordering::Equal => return None,
        }
    };
    match since {
        _ if (&level, since) == (&was.0, was.1) => Some(None),
        Some(since) => Some(Some(Change::Level { from: was.0, to: level, since })),
        None => Some(None),
    }
}

fn last_move(thread: &Thread) -> Option<Date> {
    thread.log.iter().filter(|entry| entry.change.is_some()).map(|entry| entry.date).max()
}

fn trigger_of<'t>(thread: &'t Thread, wanted: &Trigger) -> Option<&'t Trigger> {
    thread.triggers.iter().find(|trigger| trigger.id.value == wanted.id.value)
}

/// Returns the union of the `weighed` lists of a trigger. A list that one side deleted stays
/// deleted.
fn acknowledged(base: &Trigger, ours: &Trigger, theirs: &Trigger) -> Option<Change> {
    let fact_ids = |trigger: &Trigger| -> BTreeSet<String> {
        trigger.acknowledged.iter().flatten().cloned().collect()
    };
    let (was, mine, other) = (fact_ids(base), fact_ids(ours), fact_ids(theirs));
    let grew = mine.is_superset(&was)
        && other.is_superset(&was)
        && [ours, theirs]
            .iter()
            .all(|side| side.acknowledged.is_some() || base.acknowledged.is_none());
    let changed =
        ours.acknowledged != base.acknowledged || theirs.acknowledged != base.acknowledged;
    (grew && changed).then(|| Change::Acknowledge {
        trigger: base.id.value.clone(),
        fact_ids: mine.union(&other).filter(|fact_id| !was.contains(*fact_id)).cloned().collect(),
    })
}

/// The map of the level.
fn ripeness_of(file: &ThreadFile) -> Option<&Node> {
    file.front_matter.get("ripeness")
}

/// The map of a trigger.
fn node_of<'f>(file: &'f ThreadFile, id: &str) -> Option<&'f Node> {
    let mut triggers = file.front_matter.get("triggers")?.items().iter();
    triggers.find(|node| {
        let known = node.get("id").map(|id| &id.value);
        matches!(known, Some(yaml::Value::Scalar { text, .. }) if text == id)
    })
}

/// Returns a map without some of its keys, and without separators: everything else that the author
/// wrote.
fn rest(file: &ThreadFile, map: &Node, keys: &[&str]) -> String {
    let mut text = String::new();
    let mut at = map.span.start;
    for entry in map.entries().iter().filter(|entry| keys.contains(&entry.key.as_str())) {
        text.push_str(file.document.slice(Span::new(at, entry.key_span.start)));
        at = entry.value.span.end;
    }
    text.push_str(file.document.slice(Span::new(at, map.span.end)));
    text.retain(|sign| !sign.is_whitespace() && sign != ',');
    text
}
