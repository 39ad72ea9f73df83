//! Edits of the front matter: the level and its date, the `weighed` lists, the hold, the status.

use crate::edit::yaml_add::{
    add_key, add_key_behind, add_map_to_list, add_to_map, append, append_yaml, comment_out,
};
use crate::edit::yaml_edit::{
    dated, entry, fill, quoted, replace, replace_date, set, style_of_keys,
};
use crate::edit::{Refusal, trigger_yaml};
use crate::model::Date;
use crate::model::change::{Change, NewHold, NewUntil};
use crate::parse::ThreadFile;
use crate::parse::yaml::{Node, Style, Value};
use crate::text::{Edit, Span};

/// Returns the edits of a change in the front matter.
pub fn edits(file: &ThreadFile, change: &Change) -> Result<Vec<Edit>, Refusal> {
    match change {
        Change::Level { to, since, .. } => level(file, to, *since),
        Change::Acknowledge { trigger, fact_ids } => {
            acknowledge(file, trigger, fact_ids).map(|edit| edit.into_iter().collect())
        }
        Change::Hold(new) => hold(file, new),
        Change::Release { on } => release(file, &on.to_string()),
        Change::Status { to, .. } => status(file, to.as_str()).map(|edit| vec![edit]),
        Change::Trigger(new) => {
            let place = ("sets", "triggers");
            add_map_to_list(&file.document, &file.front_matter, place, &trigger_yaml::trigger(new))
                .map(|edit| vec![edit])
        }
        Change::RemoveTrigger { id } => remove_trigger(file, id),
        Change::Set { name, selection } => {
            let value = trigger_yaml::selection(selection);
            let place = (neighbour(&file.front_matter), "sets");
            add_to_map(&file.document, &file.front_matter, place, name, &value)
                .map(|edit| vec![edit])
        }
        Change::Verdicts { item, words } => verdicts(file, item, words).map(|edit| vec![edit]),
        Change::Collect(selection) => collect(file, &trigger_yaml::selection(selection)),
        Change::Source { .. }
        | Change::TestedThread { .. }
        | Change::Arrival(_)
        | Change::Log(_)
        | Change::Reading(_)
        | Change::Draft(_)
        | Change::Listing(_)
        | Change::Mapping { .. }
        | Change::Tags { .. } => Ok(Vec::new()),
    }
}

/// Returns the key after which `sets` and `verdicts` are added. They are added before existing
/// triggers, because a new trigger is added at the end of those.
fn neighbour(root: &Node) -> &'static str {
    let has = |key| entry(root, key).is_some();
    if has("triggers") && !has("collect") { "ripeness" } else { "collect" }
}

/// Adds words to the verdicts on an item.
fn verdicts(file: &ThreadFile, item: &str, words: &[String]) -> Result<Edit, Refusal> {
    let (document, root) = (&file.document, &file.front_matter);
    let known = entry(root, "verdicts").and_then(|verdicts| entry(&verdicts.value, item));
    match known {
        Some(known) => append(document, &known.value, words),
        None => {
            let words: Vec<String> = words.iter().map(|word| quoted(word, Style::Plain)).collect();
            let value = format!("[{}]", words.join(", "));
            add_to_map(document, root, (neighbour(root), "verdicts"), item, &value)
        }
    }
}

/// Adds a hold, or replaces the values of one that has ended.
fn hold(file: &ThreadFile, new: &NewHold) -> Result<Vec<Edit>, Refusal> {
    let (document, root) = (&file.document, &file.front_matter);
    let until = match &new.until {
        NewUntil::Date(date) => date.to_string(),
        NewUntil::Read(item) => format!("{{read: {}}}", quoted(item, Style::Plain)),
    };
    let below = quoted(&new.below, Style::Plain);
    let why = quoted(&new.why, Style::Plain);
    let only: Vec<String> = new.only.iter().map(|id| quoted(id, Style::Plain)).collect();
    let only = (!only.is_empty()).then(|| ("only", format!("[{}]", only.join(", "))));
    let first = [("below", below)].into_iter().chain(only);
    let values: Vec<(&str, String)> =
        first.chain([("until", until), ("why", why), ("since", new.since.to_string())]).collect();
    let whole = || {
        let values: Vec<String> =
            values.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        format!("{{{}}}", values.join(", "))
    };
    match entry(root, "hold") {
        None => add_key_behind(document, root, "ripeness", "hold", &whole()).map(|edit| vec![edit]),
        // No value of `only` means "all", so the key is removed.
        Some(known) if new.only.is_empty() && entry(&known.value, "only").is_some() => {
            set(document, known, &whole()).map(|edit| vec![edit])
        }
        Some(known) => values
            .into_iter()
            .map(|(key, value)| match entry(&known.value, key) {
                Some(old) => set(document, old, &value),
                None => add_key(document, &known.value, key, &value),
            })
            .collect(),
    }
}

/// Turns a trigger into comments, so that nothing of it is lost.
fn remove_trigger(file: &ThreadFile, id: &str) -> Result<Vec<Edit>, Refusal> {
    let triggers = file.front_matter.get("triggers").map(Node::items).unwrap_or_default();
    let Some(node) = triggers.iter().find(|node| is_called(node, id)) else {
        let reason = format!("there is no trigger `{id}` to remove");
        return Err(Refusal::new(file.front_matter.span, reason, "check its id"));
    };
    comment_out(&file.document, node, &format!("the trigger `{id}`"))
}

/// Adds a selection to `collect`, which may be one selection or a list.
fn collect(file: &ThreadFile, selection: &str) -> Result<Vec<Edit>, Refusal> {
    let (document, root) = (&file.document, &file.front_matter);
    let Some(known) = entry(root, "collect") else {
        return add_key_behind(document, root, "ripeness", "collect", selection)
            .map(|edit| vec![edit]);
    };
    let span = known.value.span;
    match &known.value.value {
        Value::Null => fill(document, known, selection).map(|edit| vec![edit]),
        Value::List { .. } => append_yaml(document, &known.value, selection).map(|edit| vec![edit]),
        Value::Map { flow: true, .. } if !document.slice(span).contains('\n') => Ok(vec![
            Edit::Value { span: Span::at(span.start), text: "[".into() },
            Edit::Value { span: Span::at(span.end), text: format!(", {selection}]") },
        ]),
        _ => Err(Refusal::new(
            span,
            "`collect` is on several lines and cannot become a list",
            format!("write it as a list and add `- {selection}`"),
        )),
    }
}

fn release(file: &ThreadFile, date: &str) -> Result<Vec<Edit>, Refusal> {
    let hold = file.front_matter.get("hold").and_then(|hold| entry(hold, "until"));
    let Some(until) = hold else {
        let reason = "there is no hold to release";
        return Err(Refusal::new(file.front_matter.span, reason, "nothing is to be done"));
    };
    set(&file.document, until, date).map(|edit| vec![edit])
}

fn status(file: &ThreadFile, word: &str) -> Result<Edit, Refusal> {
    let (document, root) = (&file.document, &file.front_matter);
    match entry(root, "status") {
        Some(known) => replace(document, known, word),
        None => add_key_behind(document, root, "opened", "status", word),
    }
}

fn level(file: &ThreadFile, to: &str, since: Date) -> Result<Vec<Edit>, Refusal> {
    let missing =
        || Refusal::new(file.front_matter.span, "there is no `ripeness` to edit", "add it");
    let ripeness = file.front_matter.get("ripeness").ok_or_else(missing)?;
    let level = entry(ripeness, "level").ok_or_else(missing)?;
    let level = replace(&file.document, level, to)?;
    let date = match entry(ripeness, "since") {
        Some(known) => replace_date(&file.document, known, since)?,
        None => {
            let date = dated(since, style_of_keys(&file.document, ripeness));
            add_key(&file.document, ripeness, "since", &date)?
        }
    };
    Ok(vec![level, date])
}

/// Adds facts to the `weighed` list of a trigger.
fn acknowledge(
    file: &ThreadFile,
    trigger: &str,
    fact_ids: &[String],
) -> Result<Option<Edit>, Refusal> {
    let document = &file.document;
    let triggers = file.front_matter.get("triggers").map(Node::items).unwrap_or_default();
    let Some(node) = triggers.iter().find(|node| is_called(node, trigger)) else {
        let reason = format!("there is no trigger `{trigger}` to edit");
        return Err(Refusal::new(file.front_matter.span, reason, "add it"));
    };
    let list = |style: Style| {
        let items: Vec<String> = fact_ids.iter().map(|fact_id| quoted(fact_id, style)).collect();
        format!("[{}]", items.join(", "))
    };
    match entry(node, "weighed") {
        None => add_key(document, node, "weighed", &list(style_of_keys(document, node))).map(Some),
        Some(known) if known.value.value == Value::Null => {
            fill(document, known, &list(style_of_keys(document, node))).map(Some)
        }
        Some(_) if fact_ids.is_empty() => Ok(None),
        Some(known) => append(document, &known.value, fact_ids).map(Some),
    }
}

/// Returns whether a node is the trigger with this id.
pub(super) fn is_called(node: &Node, trigger: &str) -> bool {
    matches!(node.get("id").map(|id| &id.value), Some(Value::Scalar { text, .. }) if text == trigger)
}
