//! The front matter through another YAML reader.

use serde_yaml::{Mapping, Value};

use crate::parse::ThreadFile;
use crate::parse::fence::Parts;
use crate::plan::change::{Change, NewHold, NewUntil};
use crate::plan::refusal::{REPORT, Refusal};
use crate::text::Document;

/// Another YAML reader finds the intended values changed, and no other.
pub(super) fn compare(
    file: &ThreadFile,
    new: &Document,
    parts: Parts,
    changes: &[Change],
) -> Result<(), Refusal> {
    let load = |text: &str| serde_yaml::from_str::<Value>(text);
    let old_text = &file.document.text[file.parts.front_matter.range()];
    let mut expected = load(old_text).map_err(|error| {
        let reason = format!("a second YAML reader does not accept this front matter: {error}");
        Refusal::new(file.parts.front_matter, reason, "write it in a simpler way")
    })?;
    for change in changes {
        apply(&mut expected, change);
    }
    let found = load(&new.text[parts.front_matter.range()]);
    match found {
        Ok(found) if found == expected => Ok(()),
        _ => Err(Refusal::new(
            file.parts.front_matter,
            "the edit would change other values of the front matter",
            REPORT,
        )),
    }
}

/// Makes a change in untyped values.
fn apply(root: &mut Value, change: &Change) {
    match change {
        Change::Level { from, to, since } if from != to => {
            root["ripeness"]["level"] = Value::String(to.clone());
            root["ripeness"]["since"] = Value::String(since.to_string());
        }
        Change::Weigh { trigger, tokens } => {
            let Some(triggers) = root.get_mut("triggers").and_then(Value::as_sequence_mut) else {
                return;
            };
            let is_it =
                |value: &&mut Value| value.get("id").and_then(Value::as_str) == Some(trigger);
            if let Some(entry) = triggers.iter_mut().find(is_it) {
                let known = entry.get("weighed").and_then(Value::as_sequence).cloned();
                let mut weighed = known.unwrap_or_default();
                weighed.extend(tokens.iter().cloned().map(Value::String));
                entry["weighed"] = Value::Sequence(weighed);
            }
        }
        Change::Hold(NewHold { below, until, why }) => {
            let until = match until {
                NewUntil::Date(day) => Value::String(day.to_string()),
                NewUntil::Read(item) => {
                    let mut read = Mapping::new();
                    read.insert("read".into(), item.as_str().into());
                    Value::Mapping(read)
                }
            };
            let hold =
                [("below", below.as_str().into()), ("until", until), ("why", why.as_str().into())];
            for (key, value) in hold {
                root["hold"][key] = value;
            }
        }
        Change::Release { on } => root["hold"]["until"] = Value::String(on.to_string()),
        Change::Status { to, .. } => root["status"] = Value::String(to.as_str().into()),
        Change::Level { .. }
        | Change::Arrival(_)
        | Change::Log(_)
        | Change::Reading(_)
        | Change::Draft(_)
        | Change::Listing(_)
        | Change::Mapping { .. } => {}
    }
}
