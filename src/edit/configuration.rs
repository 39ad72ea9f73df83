//! Edits of `thread.yaml`.

use crate::edit::rewrite::Patched;
use crate::edit::yaml_add::add_all_to_map;
use crate::edit::yaml_edit::{quoted, sentence};
use crate::edit::{Change, REPORT, Refusal, Rewrite, verify};
use crate::model::{Diagnostic, Source};
use crate::parse::yaml::{Style, Value};
use crate::parse::{configuration, yaml};
use crate::text::{Document, Edit, Span};

/// Declares sources, in this order, and verifies that nothing else changes.
///
/// # Errors
/// The file has a form to which no key can be added, or would be read differently.
pub fn add_sources(document: &Document, sources: &[(String, Source)]) -> Result<Rewrite, Refusal> {
    let whole = Span::new(0, document.text.len());
    let root = yaml::parse(document, whole, &mut Vec::new());
    let pairs: Vec<(&str, String)> =
        sources.iter().map(|(slug, source)| (slug.as_str(), value(source))).collect();
    let edit = match &root {
        Some(root) if !root.entries().is_empty() => {
            add_all_to_map(document, root, ("drafts", "sources"), &pairs)?
        }
        Some(root) if matches!(root.value, Value::Map { flow: true, .. }) => {
            let pairs = pairs.iter().map(|(slug, value)| format!("{slug}: {value}"));
            let pairs = pairs.collect::<Vec<_>>().join(", ");
            let help = format!("write `sources: {{{pairs}}}` in it");
            return Err(Refusal::new(root.span, "no key can be added to an empty `{}`", help));
        }
        // A file of comments.
        _ => {
            let lines = document.text.lines().last().unwrap_or_default();
            let is_apart = document.text.is_empty() || lines.trim().is_empty();
            let blank = (!is_apart).then(String::new);
            Edit::NewLines {
                at: document.text.len(),
                lines: blank.into_iter().chain(new_lines(sources)).collect(),
            }
        }
    };
    let patched = Patched::new(document, vec![edit])?;
    let (mut expected, _) = configuration::parse(document);
    expected.sources.extend(sources.iter().cloned());
    let (found, diagnostics) =
        configuration::parse(&Document::new(document.path.clone(), patched.after.as_str()));
    let is_sound = !diagnostics.iter().any(Diagnostic::is_error);
    if !is_sound || found != expected || !verify::is_same_outside(document, &patched) {
        let reason = "the edit would change other values of thread.yaml";
        return Err(Refusal::new(whole, reason, REPORT));
    }
    let changes = sources.iter().map(|(slug, _)| Change::Source { slug: slug.clone() });
    Ok(patched.rewrite(document, changes.collect()))
}

/// The text of a new `thread.yaml` with sources.
pub fn new_text(sources: &[(String, Source)]) -> String {
    new_lines(sources).map(|line| line + "\n").collect()
}

/// The lines of a new `sources:`.
fn new_lines(sources: &[(String, Source)]) -> impl Iterator<Item = String> {
    let lines = sources
        .iter()
        .map(|(slug, source)| format!("  {}: {}", quoted(slug, Style::Plain), value(source)));
    std::iter::once("sources:".to_string()).chain(lines)
}

/// One feed as a text, several as a list.
fn feeds(feeds: &[String]) -> Option<String> {
    let quoted: Vec<String> = feeds.iter().map(|feed| quoted(feed, Style::Plain)).collect();
    match quoted.as_slice() {
        [] => None,
        [feed] => Some(feed.clone()),
        feeds => Some(format!("[{}]", feeds.join(", "))),
    }
}

/// The keys of a source: `{name: Tide Gazette, every: 7d}`.
fn value(source: &Source) -> String {
    let keys = [
        ("name", source.name.as_deref().map(|name| sentence(name, Style::Plain))),
        ("org", source.org.as_deref().map(|org| quoted(org, Style::Plain))),
        ("every", source.every.map(|days| days.to_string())),
        ("feed", feeds(&source.feed.feeds)),
    ];
    let given = keys.into_iter().filter_map(|(key, value)| Some(format!("{key}: {}", value?)));
    format!("{{{}}}", given.collect::<Vec<_>>().join(", "))
}
