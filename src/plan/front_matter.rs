//! Edits of the front matter: the level, its day, and what triggers were weighed on.

use crate::parse::ThreadFile;
use crate::parse::yaml::{Node, Style, Value};
use crate::text::Edit;

use super::Change;
use super::refusal::Refusal;
use super::yaml_edit::{add_key, append, entry, fill, quoted, replace, style_of_keys};

/// The edits that a change asks of the front matter.
pub fn edits(file: &ThreadFile, change: &Change) -> Result<Vec<Edit>, Refusal> {
    match change {
        Change::Level { to, since, .. } => level(file, to, &since.to_string()),
        Change::Weigh { trigger, tokens } => {
            weigh(file, trigger, tokens).map(|edit| edit.into_iter().collect())
        }
        Change::Arrival(_) | Change::Log(_) => Ok(Vec::new()),
    }
}

fn level(file: &ThreadFile, to: &str, since: &str) -> Result<Vec<Edit>, Refusal> {
    let missing =
        || Refusal::new(file.front_matter.span, "there is no `ripeness` to edit", "add it");
    let ripeness = file.front_matter.get("ripeness").ok_or_else(missing)?;
    let level = entry(ripeness, "level").ok_or_else(missing)?;
    let level = replace(&file.document, level, to)?;
    let day = match entry(ripeness, "since") {
        Some(known) => replace(&file.document, known, since)?,
        None => {
            let day = quoted(since, style_of_keys(&file.document, ripeness));
            add_key(&file.document, ripeness, "since", &day)?
        }
    };
    Ok(vec![level, day])
}

/// Makes the `weighed` list of a trigger longer, or gives it one.
fn weigh(file: &ThreadFile, trigger: &str, tokens: &[String]) -> Result<Option<Edit>, Refusal> {
    let document = &file.document;
    let triggers = file.front_matter.get("triggers").map(Node::items).unwrap_or_default();
    let Some(node) = triggers.iter().find(|node| is_called(node, trigger)) else {
        let reason = format!("there is no trigger `{trigger}` to edit");
        return Err(Refusal::new(file.front_matter.span, reason, "add it"));
    };
    let list = |style: Style| {
        let items: Vec<String> = tokens.iter().map(|token| quoted(token, style)).collect();
        format!("[{}]", items.join(", "))
    };
    match entry(node, "weighed") {
        None => add_key(document, node, "weighed", &list(style_of_keys(document, node))).map(Some),
        Some(known) if known.value.value == Value::Null => {
            fill(document, known, &list(style_of_keys(document, node))).map(Some)
        }
        Some(_) if tokens.is_empty() => Ok(None),
        Some(known) => append(document, &known.value, tokens).map(Some),
    }
}

fn is_called(node: &Node, trigger: &str) -> bool {
    matches!(node.get("id").map(|id| &id.value), Some(Value::Scalar { text, .. }) if text == trigger)
}
