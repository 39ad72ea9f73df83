//! The front matter through another YAML reader.
//!
//! The reader of the model finds the intended values, or the proof of the model fails. This one
//! finds which values changed. They must be those that the changes are about, and both readers must
//! find the same in them.

use serde_yaml::{Mapping, Value};

use crate::edit::front_matter::is_called;
use crate::edit::{REPORT, Refusal};
use crate::model::change::Change;
use crate::parse::yaml::Node;
use crate::parse::{ThreadFile, yaml};

/// The path of a value, from the outermost map.
type Path = Vec<Step>;

/// One step into a value.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    Key(String),
    Index(usize),
    /// A key that is not a text. No edit is about it.
    OtherKey(Value),
}

/// Checks that only the expected values changed, and that both readers find the same values there.
/// `new` is the new front matter, and `new_root` is the result of our own reader.
pub(super) fn compare(
    file: &ThreadFile,
    new: &str,
    new_root: &Node,
    changes: &[Change],
) -> Result<(), Refusal> {
    let load = |text: &str| serde_yaml::from_str::<Value>(text);
    let old = load(file.document.slice(file.parts.front_matter)).map_err(|error| {
        let reason = format!("a second YAML reader does not accept this front matter: {error}");
        Refusal::new(file.parts.front_matter, reason, "write it in a simpler form")
    })?;
    let surprise = |reason: &str| Refusal::new(file.parts.front_matter, reason, REPORT);
    let found = load(new)
        .map_err(|_| surprise("a second YAML reader would not accept the new front matter"))?;
    let meant: Vec<Path> =
        changes.iter().flat_map(|change| paths(change, &file.front_matter)).collect();
    let mut changed = Vec::new();
    differences(&old, &found, &mut Vec::new(), &mut changed);
    for Difference { path, value } in &changed {
        if !meant.iter().any(|meant| path.starts_with(meant)) {
            return Err(surprise("the edit would change other values of the front matter"));
        }
        let node = node_at(new_root, path);
        let is_same = match (value, node) {
            (Some(value), Some(node)) => {
                let key = match path.last() {
                    Some(Step::Key(key)) => key,
                    _ => "",
                };
                says_the_same(key, node, value)
            }
            (value, node) => value.is_none() && node.is_none(),
        };
        if !is_same {
            return Err(surprise("two YAML readers would find different values after the edit"));
        }
    }
    Ok(())
}

/// The paths of the values that a change is about.
fn paths(change: &Change, front_matter: &Node) -> Vec<Path> {
    let path = |keys: &[&str]| keys.iter().map(|key| Step::Key((*key).to_string())).collect();
    match change {
        Change::Level { .. } => vec![path(&["ripeness", "level"]), path(&["ripeness", "since"])],
        Change::Acknowledge { trigger, .. } => {
            acknowledged(trigger, front_matter).into_iter().collect()
        }
        Change::Hold(_) => {
            ["below", "only", "until", "why", "since"].map(|key| path(&["hold", key])).to_vec()
        }
        Change::Release { .. } => vec![path(&["hold", "until"])],
        Change::Status { .. } => vec![path(&["status"])],
        Change::Trigger(_) => vec![new_item("triggers", front_matter)],
        // The triggers after it move up.
        Change::RemoveTrigger { .. } => vec![path(&["triggers"])],
        Change::Set { name, .. } => vec![path(&["sets", name])],
        Change::Verdicts { item, .. } => vec![path(&["verdicts", item])],
        Change::Collect(_) => vec![path(&["collect"])],
        Change::Source { .. }
        | Change::TestedThread { .. }
        | Change::Arrival(_)
        | Change::Log(_)
        | Change::Reading(_)
        | Change::Draft(_)
        | Change::Listing(_)
        | Change::Mapping { .. }
        | Change::Tags { .. } => Vec::new(),
    }
}

/// Returns the path of a new item of a list; of the whole list if it has no item yet.
fn new_item(key: &str, front_matter: &Node) -> Path {
    let length = front_matter.get(key).map_or(0, |list| list.items().len());
    let list = vec![Step::Key(key.to_string())];
    if length == 0 { list } else { list.into_iter().chain([Step::Index(length)]).collect() }
}

/// Returns the path of the `weighed` list of a trigger.
fn acknowledged(trigger: &str, front_matter: &Node) -> Option<Path> {
    let mut triggers = front_matter.get("triggers")?.items().iter();
    let index = triggers.position(|node| is_called(node, trigger))?;
    Some(vec![Step::Key("triggers".into()), Step::Index(index), Step::Key("weighed".into())])
}

/// A value that has changed.
struct Difference<'v> {
    path: Path,
    /// The new value; `None` if there is none any more.
    value: Option<&'v Value>,
}

/// Finds the innermost values of `new` that differ from those of `old`.
fn differences<'v>(old: &Value, new: &'v Value, at: &mut Path, found: &mut Vec<Difference<'v>>) {
    match (old, new) {
        (Value::Mapping(old), Value::Mapping(new)) => {
            let keys = new.keys().chain(old.keys().filter(|key| !new.contains_key(key)));
            for key in keys {
                at.push(step(key));
                step_into(old.get(key), new.get(key), at, found);
                at.pop();
            }
        }
        (Value::Sequence(old), Value::Sequence(new)) => {
            for index in 0..old.len().max(new.len()) {
                at.push(Step::Index(index));
                step_into(old.get(index), new.get(index), at, found);
                at.pop();
            }
        }
        _ if old == new => {}
        _ => found.push(Difference { path: at.clone(), value: Some(new) }),
    }
}

fn step_into<'v>(
    old: Option<&Value>,
    new: Option<&'v Value>,
    at: &mut Path,
    found: &mut Vec<Difference<'v>>,
) {
    match (old, new) {
        (Some(old), Some(new)) => differences(old, new, at, found),
        // The keys of a new map are compared one by one, because only some may be expected.
        (None, Some(new @ Value::Mapping(map))) if !map.is_empty() => {
            differences(&Value::Mapping(Mapping::new()), new, at, found);
        }
        (_, value) => found.push(Difference { path: at.clone(), value }),
    }
}

fn step(key: &Value) -> Step {
    match key {
        Value::String(key) => Step::Key(key.clone()),
        key => Step::OtherKey(key.clone()),
    }
}

fn node_at<'n>(root: &'n Node, path: &[Step]) -> Option<&'n Node> {
    path.iter().try_fold(root, |node, step| match step {
        Step::Key(key) => node.get(key),
        Step::Index(index) => node.items().get(*index),
        Step::OtherKey(_) => None,
    })
}

/// Keys whose values are numbers or booleans.
const TYPED: [&str; 4] = ["at-least", "at-most", "people", "read"];

/// Returns whether two readers found the same. Other values than those of [`TYPED`] keys are texts:
/// one that another reader takes for a number would be another value to it.
fn says_the_same(key: &str, node: &Node, value: &Value) -> bool {
    let is_typed = TYPED.contains(&key);
    match (&node.value, value) {
        (yaml::Value::Scalar { text, .. }, Value::Number(other)) => {
            is_typed && *text == other.to_string()
        }
        (yaml::Value::Scalar { text, .. }, Value::Bool(other)) => {
            is_typed && *text == other.to_string()
        }
        (yaml::Value::Scalar { text, .. }, Value::String(other)) => text == other,
        (yaml::Value::List { items, .. }, Value::Sequence(others)) => {
            let mut pairs = items.iter().zip(others);
            items.len() == others.len() && pairs.all(|(node, value)| says_the_same("", node, value))
        }
        (yaml::Value::Map { entries, .. }, Value::Mapping(others)) => {
            let is_there = |entry: &yaml::MapEntry| {
                let other = others.get(&*entry.key);
                other.is_some_and(|value| says_the_same(&entry.key, &entry.value, value))
            };
            entries.len() == others.len() && entries.iter().all(is_there)
        }
        (yaml::Value::Null, Value::Null) => true,
        _ => false,
    }
}
