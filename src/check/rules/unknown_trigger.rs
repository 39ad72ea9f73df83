//! `unknown-trigger`: log entries of triggers that were renamed or deleted.

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Rule};
use crate::parse::ThreadFile;
use crate::text::Span;

pub(crate) fn check(file: &ThreadFile, _: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    let known = |id: &String| file.thread.triggers.iter().any(|trigger| trigger.id.value == *id);
    for entry in &file.thread.log {
        for id in entry.triggers.iter().filter(|id| !known(id)) {
            let message = format!("this thread has no trigger `{id}`");
            let span = place(file.document.slice(entry.span), id).shifted(entry.span.start);
            let finding = Diagnostic::new(Rule::UnknownTrigger, &file.document.path, span, message);
            found.push(finding.help("ignore this hint if it was deleted; a renamed trigger starts again, without its `weighed` list"));
        }
    }
}

/// Returns the span of the trigger's id in a log entry.
fn place(entry: &str, id: &str) -> Span {
    let field = entry.find("trigger::").unwrap_or(0);
    let at = entry[field..].find(id).map_or(0, |at| field + at);
    Span::new(at, at + id.len())
}
