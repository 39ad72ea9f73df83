//! Edits of files of trigger tests.

use crate::edit::rewrite::Patched;
use crate::edit::{Change, REPORT, Refusal, Rewrite, verify, yaml_edit};
use crate::parse::yaml;
use crate::parse::yaml::{MapEntry, Node, Style, Value};
use crate::text::{Document, Span};

/// Returns whether a file has tests of a thread.
pub fn is_about(document: &Document, slug: &str) -> bool {
    let root = parse(document);
    let has_tests = |root: &Node| root.entries().iter().any(|entry| entry.key == "tests");
    root.is_some_and(|root| has_tests(&root) && thread(&root, slug).is_some())
}

/// Changes the thread that a file tests from `old` to `new`.
///
/// # Errors
/// The value cannot be edited in place, or the new text would be read differently.
pub fn rename(document: &Document, old: &str, new: &str) -> Result<Rewrite, Refusal> {
    let root = parse(document);
    let entry = root.as_ref().and_then(|root| thread(root, old));
    let missing = || Refusal::new(Span::at(0), format!("no test of `{old}` is here"), REPORT);
    let entry = entry.ok_or_else(missing)?;
    let style = match &entry.value.value {
        Value::Scalar { style, .. } => *style,
        _ => Style::Plain,
    };
    let edit = yaml_edit::set(document, entry, &yaml_edit::quoted(new, style))?;
    let patched = Patched::new(document, vec![edit])?;
    let after = Document::new(document.path.clone(), patched.after.as_str());
    if !is_about(&after, new) || !verify::is_same_outside(document, &patched) {
        let reason = "the edit would change other values of the file";
        return Err(Refusal::new(entry.value.span, reason, REPORT));
    }
    Ok(patched.rewrite(document, vec![Change::TestedThread { slug: new.to_string() }]))
}

fn parse(document: &Document) -> Option<Node> {
    yaml::parse(document, Span::new(0, document.text.len()), &mut Vec::new())
}

/// The entry `thread: SLUG`.
fn thread<'n>(root: &'n Node, slug: &str) -> Option<&'n MapEntry> {
    let is_it = |entry: &&MapEntry| {
        entry.key == "thread"
            && matches!(&entry.value.value, Value::Scalar { text, .. } if text == slug)
    };
    root.entries().iter().find(is_it)
}
