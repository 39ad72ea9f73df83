//! Comments that ignore findings, and the rules `ignore-without-reason` and `unused-ignore`.
//!
//! `<!-- thread: ignore RULE: reason -->` in a body, `# thread: ignore RULE: reason` in front
//! matter and in thread.yaml. A comment at the end of a line applies to this line, a comment on a
//! line of its own to the next line that is not blank.

use std::collections::BTreeMap;

use memchr::memmem;
use rayon::prelude::*;

use crate::model::{Diagnostic, Fix, Rule, Severity};
use crate::text::suggest::did_you_mean;
use crate::text::{Document, Edit, Span};

const MARK: &str = "thread: ignore";

/// A comment that ignores findings of a rule.
struct Ignore {
    /// The comment, with its delimiters.
    span: Span,
    /// The line to which it applies, from 1.
    line: usize,
    rule: String,
    reason: String,
}

/// The position to which an ignore applies: path, rule and line.
type IgnoreTarget = (String, Rule, usize);

/// Removes findings that are ignored with a reason, and reports ignores without effect or reason.
/// Errors cannot be ignored.
pub(crate) fn apply(documents: &[&Document], found: &mut Vec<Diagnostic>) {
    let asked = documents.par_iter().map(|&document| (document, ignores(document)));
    let asked: BTreeMap<&str, (&Document, Vec<Ignore>)> = asked
        .filter(|(_, ignores)| !ignores.is_empty())
        .map(|(document, ignores)| (document.path.as_str(), (document, ignores)))
        .collect();
    let mut there: BTreeMap<IgnoreTarget, Vec<Diagnostic>> = BTreeMap::new();
    let place = |document: &Document, finding: &Diagnostic| {
        (finding.path.clone(), finding.rule, document.position(finding.span.start).line)
    };
    for finding in std::mem::take(found) {
        match asked.get(finding.path.as_str()) {
            Some((document, _)) => {
                there.entry(place(document, &finding)).or_default().push(finding);
            }
            None => found.push(finding),
        }
    }
    for (document, ignores) in asked.values() {
        for ignore in ignores {
            if let Some(finding) = heed(document, ignore, &mut there) {
                there.entry(place(document, &finding)).or_default().push(finding);
            }
        }
    }
    found.extend(there.into_values().flatten());
}

/// Removes the findings that one comment ignores, and reports problems of the comment.
fn heed(
    document: &Document,
    ignore: &Ignore,
    there: &mut BTreeMap<IgnoreTarget, Vec<Diagnostic>>,
) -> Option<Diagnostic> {
    let Some(rule) = Rule::named(&ignore.rule) else {
        return Some(unknown(document, ignore));
    };
    if ignore.reason.is_empty() {
        return Some(without_reason(document, ignore));
    }
    let place = (document.path.clone(), rule, ignore.line);
    if rule.severity() != Severity::Error && there.remove(&place).is_some() {
        None
    } else {
        Some(unused(document, ignore, rule))
    }
}

/// All ignores of a file, in order.
fn ignores(document: &Document) -> Vec<Ignore> {
    let marks = memmem::find_iter(document.text.as_bytes(), MARK);
    marks.filter_map(|at| ignore(document, at)).collect()
}

/// Returns the ignore at `at`, if it begins a comment.
fn ignore(document: &Document, at: usize) -> Option<Ignore> {
    let line = Span::new(document.line_start(at), document.next_line(at));
    let before = document.text[line.start..at].trim_end_matches([' ', '\t']);
    let (opening, rest) = match (before.ends_with("<!--"), before.ends_with('#')) {
        (true, _) => ("<!--", document.text[at..line.end].split_once("-->")?.0),
        (_, true) => ("#", document.text[at..line.end].trim_end()),
        _ => return None,
    };
    let start = line.start + before.len() - opening.len();
    let closing = if opening == "#" { 0 } else { "-->".len() };
    let span = Span::new(start, at + rest.len() + closing);
    let words = rest[MARK.len()..].trim();
    let (rule, reason) = words.split_once(':').unwrap_or((words, ""));
    let stands_alone = document.text[line.start..start].trim().is_empty();
    let spoken_of = if stands_alone { next_words(document, line.end) } else { start };
    Some(Ignore {
        span,
        line: document.position(spoken_of).line,
        rule: rule.trim().to_string(),
        reason: reason.trim().to_string(),
    })
}

/// Returns the offset of the first text at or after `at`.
fn next_words(document: &Document, at: usize) -> usize {
    let rest = &document.text[at..];
    at + (rest.len() - rest.trim_start().len())
}

fn unknown(document: &Document, ignore: &Ignore) -> Diagnostic {
    let message = format!("there is no rule `{}` to ignore", ignore.rule);
    let names = Rule::ALL.iter().map(|rule| rule.name());
    let help = match did_you_mean(&ignore.rule, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "`thread check --list-rules` lists them; write `thread: ignore RULE: reason`".into()
        }
    };
    Diagnostic::new(Rule::IgnoreWithoutReason, &document.path, ignore.span, message).help(help)
}

fn without_reason(document: &Document, ignore: &Ignore) -> Diagnostic {
    let message = format!("`{}` is ignored without a reason", ignore.rule);
    Diagnostic::new(Rule::IgnoreWithoutReason, &document.path, ignore.span, message)
        .label("it is not ignored")
        .help(format!("give a reason: `thread: ignore {}: …`", ignore.rule))
}

fn unused(document: &Document, ignore: &Ignore, rule: Rule) -> Diagnostic {
    let is_error = rule.severity() == Severity::Error;
    let message = if is_error {
        format!("`{}` is an error and cannot be ignored", ignore.rule)
    } else {
        format!("nothing to ignore here: `{}` does not occur", ignore.rule)
    };
    Diagnostic::new(Rule::UnusedIgnore, &document.path, ignore.span, message)
        .label(format!("it applies to line {}", ignore.line))
        .help("remove the comment")
        .fix((!is_error).then(|| removal(document, ignore)))
}

/// Returns the fix that removes the comment with the spaces before it. A comment on a line of its
/// own leaves an empty line.
fn removal(document: &Document, ignore: &Ignore) -> Fix {
    let before = &document.text[document.line_start(ignore.span.start)..ignore.span.start];
    let start = ignore.span.start - (before.len() - before.trim_end_matches([' ', '\t']).len());
    let edit = Edit::Value { span: Span::new(start, ignore.span.end), text: String::new() };
    Fix::safe("remove the comment", vec![edit])
}
