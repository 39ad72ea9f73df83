//! The proof that a new text differs from the old one by exactly the intended changes.
//!
//! Four independent looks: the bytes outside the edits, the front matter through another YAML
//! reader, the markdown events, and the model. Any surprise and nothing is written.

use serde_yaml::Value;

use crate::model::{Configuration, Evidence, Item, LogEntry, Thread, url};
use crate::parse::fence::{self, Fenced, Parts};
use crate::parse::{ThreadFile, outline, thread};
use crate::text::{Document, Patch, Span};

use super::change::{Arrival, Change, NewEntry};
use super::refusal::{REPORT, Refusal};

/// Compares the old and the new text of a thread.
///
/// # Errors
/// What is different that should not be, or the same that should not be.
pub fn verify(
    file: &ThreadFile,
    patch: &Patch,
    places: &[Span],
    after: &str,
    changes: &[Change],
    configuration: &Configuration,
) -> Result<(), Refusal> {
    let surprise = |reason: String| Refusal::new(Span::at(0), reason, REPORT);
    bytes(&file.document, patch, places, after).map_err(surprise)?;
    let new = Document::new(file.document.path.clone(), after);
    let Fenced::Parts(parts) = fence::split(after) else {
        return Err(surprise("the edit would break the front matter".into()));
    };
    values(file, &new, parts, changes)?;
    markdown(file, &new, parts, places).map_err(surprise)?;
    let (read, diagnostics) = thread::parse(new, configuration);
    match read {
        Some(read) => model(&file.thread, &read.thread, changes).map_err(surprise),
        None => {
            let finding = diagnostics.first().map_or("", |finding| finding.message.as_str());
            Err(surprise(format!("the edited thread could not be read: {finding}")))
        }
    }
}

/// Everything outside the edits is the same, byte for byte.
fn bytes(before: &Document, patch: &Patch, places: &[Span], after: &str) -> Result<(), String> {
    let mut restored = String::with_capacity(before.text.len());
    let mut copied = 0;
    for (edit, place) in patch.edits().iter().zip(places) {
        restored.push_str(&after[copied..place.start]);
        restored.push_str(&before.text[edit.span().range()]);
        copied = place.end;
    }
    restored.push_str(&after[copied..]);
    match restored == before.text {
        true => Ok(()),
        false => Err("the edit would change bytes that it is not about".into()),
    }
}

/// Another YAML reader finds the intended values changed, and no other.
fn values(
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
        Change::Level { .. } | Change::Arrival(_) | Change::Log(_) => {}
    }
}

/// Without what the edits added, the markdown is what it was: no list turned loose, no paragraph
/// ran on into a new line, nothing fell into a code block.
fn markdown(
    file: &ThreadFile,
    new: &Document,
    parts: Parts,
    places: &[Span],
) -> Result<(), String> {
    let before = outline::events(&file.document, file.parts.body);
    // An event belongs to an edit if all its words do: a list that begins with a new item does not.
    let added = |span: Span| {
        let text = &new.text[span.range()];
        let start = span.start + (text.len() - text.trim_start().len());
        let end = span.start + text.trim_end().len();
        let within = |place: &Span| match start < end {
            true => place.start <= start && end <= place.end,
            // What covers nothing but stands at the edge belongs to the line before.
            false => place.start < span.start && span.end < place.end,
        };
        places.iter().any(within)
    };
    let after = outline::events(new, parts.body);
    // Where `•` lines share a paragraph, a new one brings a break; the model looks at those.
    let is_break = |event: &str| matches!(event, "SoftBreak" | "HardBreak");
    let before = before.iter().map(|(event, _)| event).filter(|event| !is_break(event));
    let kept = after.iter().filter(|(event, span)| !is_break(event) && !added(*span));
    let same = before.eq(kept.map(|(event, _)| event));
    match same {
        true => Ok(()),
        false => Err("the edit would change how the rest of the text is read".into()),
    }
}

/// The model is the old one with the changes made.
fn model(before: &Thread, after: &Thread, changes: &[Change]) -> Result<(), String> {
    let mut arrivals: Vec<&Arrival> = Vec::new();
    let mut entries: Vec<&NewEntry> = Vec::new();
    let mut level = (before.ripeness.level.value.clone(), before.ripeness.since);
    for change in changes {
        match change {
            Change::Arrival(item) => arrivals.push(item),
            Change::Log(entry) => entries.push(entry),
            Change::Level { to, since, .. } => level = (to.clone(), Some(*since)),
            Change::Weigh { .. } => {}
        }
    }
    evidence(before, after, arrivals)?;
    log(before, after, &entries)?;
    let settled = after.ripeness.level.value == level.0 && after.ripeness.since == level.1;
    let rest = before.remarks.len() == after.remarks.len()
        && before.title == after.title
        && before
            .watching
            .iter()
            .map(|line| &line.text)
            .eq(after.watching.iter().map(|line| &line.text))
        && before
            .drafts
            .iter()
            .map(|draft| (&draft.path, &draft.title))
            .eq(after.drafts.iter().map(|draft| (&draft.path, &draft.title)))
        && before.triggers.len() == after.triggers.len();
    match (settled, rest) {
        (true, true) => Ok(()),
        (false, _) => Err("the edit would not set the level".into()),
        (_, false) => Err("the edit would change another section".into()),
    }
}

/// The old lines say what they said, and the others are the arrivals.
fn evidence(before: &Thread, after: &Thread, mut arrivals: Vec<&Arrival>) -> Result<(), String> {
    let mut old = before.evidence.iter().peekable();
    for line in &after.evidence {
        if old.next_if(|known| says_the_same(known, line)).is_some() {
            continue;
        }
        match arrivals.iter().position(|arrival| tells_of(line, arrival)) {
            Some(at) => drop(arrivals.remove(at)),
            None => {
                let id = &line.item.id;
                return Err(format!("the line of `{id}` would be read as something else"));
            }
        }
    }
    match (old.next(), arrivals.first()) {
        (None, None) => Ok(()),
        (Some(lost), _) => Err(format!("the line of `{}` would be lost", lost.item.id)),
        (None, Some(missing)) => Err(format!("`{}` would not become evidence", missing.item.id)),
    }
}

/// Whether two lines differ at most in their place.
fn says_the_same(before: &Evidence, after: &Evidence) -> bool {
    let mut moved = before.clone();
    moved.item.span = after.item.span;
    if let (Some(verdict), Some(other)) = (&mut moved.verdict, &after.verdict) {
        verdict.span = other.span;
    }
    moved == *after
}

/// Whether a line is read as what was to be written.
fn tells_of(line: &Evidence, arrival: &Arrival) -> bool {
    let address = |item: &Item| item.url.as_deref().map(url::canonical);
    let (found, meant) = (&line.item, &arrival.item);
    found.id == meant.id
        && address(found) == address(meant)
        && found.date == meant.date
        && found.tags == meant.tags
        && found.source.as_deref() == Some(&arrival.source)
        && line.landed == Some(arrival.landed)
}

fn log(before: &Thread, after: &Thread, entries: &[&NewEntry]) -> Result<(), String> {
    let is_new = |found: &LogEntry| {
        entries.iter().any(|entry| {
            found.date == entry.date
                && found.triggers == entry.triggers
                && found.on == entry.on
                && found.change.as_ref().is_some_and(|change| change.to.value == entry.to)
        })
    };
    let kept: Vec<_> = after.log.iter().filter(|found| !is_new(found)).collect();
    let known: Vec<_> = before.log.iter().filter(|found| !is_new(found)).collect();
    let same = kept.len() == known.len()
        && kept
            .iter()
            .zip(&known)
            .all(|(a, b)| a.date == b.date && a.reason == b.reason && a.triggers == b.triggers);
    match same && after.log.len() == before.log.len() + entries.len() {
        true => Ok(()),
        false => Err("the edit would disturb the log".into()),
    }
}
