//! Edits of `thread.yaml`.

use crate::edit::rewrite::Patched;
use crate::edit::yaml_add::add_to_map;
use crate::edit::yaml_edit::{quoted, sentence};
use crate::edit::{Change, REPORT, Refusal, Rewrite, verify};
use crate::model::{Diagnostic, Source};
use crate::parse::yaml::{Style, Value};
use crate::parse::{configuration, yaml};
use crate::text::{Document, Edit, Span};

/// Declares a source, and verifies that nothing else changes.
///
/// # Errors
/// The file has a form to which no key can be added, or would be read differently.
pub fn add_source(document: &Document, slug: &str, source: &Source) -> Result<Rewrite, Refusal> {
    let whole = Span::new(0, document.text.len());
    let root = yaml::parse(document, whole, &mut Vec::new());
    let edit = match &root {
        Some(root) if !root.entries().is_empty() => {
            add_to_map(document, root, ("drafts", "sources"), slug, &value(source))?
        }
        Some(root) if matches!(root.value, Value::Map { flow: true, .. }) => {
            let help = format!("write `sources: {{{slug}: {}}}` in it", value(source));
            return Err(Refusal::new(root.span, "no key can be added to an empty `{}`", help));
        }
        // A file of comments.
        _ => {
            let lines = document.text.lines().last().unwrap_or_default();
            let is_apart = document.text.is_empty() || lines.trim().is_empty();
            let blank = (!is_apart).then(String::new);
            let new = ["sources:".to_string(), format!("  {slug}: {}", value(source))];
            Edit::NewLines {
                at: document.text.len(),
                lines: blank.into_iter().chain(new).collect(),
            }
        }
    };
    let patched = Patched::new(document, vec![edit])?;
    let (mut expected, _) = configuration::parse(document);
    expected.sources.insert(slug.to_string(), source.clone());
    let (found, diagnostics) =
        configuration::parse(&Document::new(document.path.clone(), patched.after.as_str()));
    let is_sound = !diagnostics.iter().any(Diagnostic::is_error);
    if !is_sound || found != expected || !verify::is_same_outside(document, &patched) {
        let reason = "the edit would change other values of thread.yaml";
        return Err(Refusal::new(whole, reason, REPORT));
    }
    Ok(patched.rewrite(document, vec![Change::Source { slug: slug.to_string() }]))
}

/// The text of a new `thread.yaml` with a source.
pub fn new_text(slug: &str, source: &Source) -> String {
    format!("sources:\n  {slug}: {}\n", value(source))
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
