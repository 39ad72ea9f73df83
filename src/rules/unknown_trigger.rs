//! `unknown-trigger`: log entries of triggers that were renamed or deleted.

use crate::model::{Diagnostic, Rule};
use crate::parse::ThreadFile;

use super::Scene;

pub(super) fn check(file: &ThreadFile, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let known = |id: &String| file.thread.triggers.iter().any(|trigger| trigger.id.value == *id);
    for entry in &file.thread.log {
        for id in entry.triggers.iter().filter(|id| !known(id)) {
            let message = format!("this thread has no trigger `{id}` any more");
            let finding =
                Diagnostic::new(Rule::UnknownTrigger, &file.document.path, entry.span, message);
            found.push(finding.help("nothing to do if it was deleted; a renamed trigger starts anew, without what it was weighed on"));
        }
    }
}
