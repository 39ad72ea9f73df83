//! `missing-draft`: a listed draft that does not exist. Only paths in the drafts directory are
//! checked; a path elsewhere may differ between machines.

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Rule};
use crate::parse::ThreadFile;

pub(crate) fn check(file: &ThreadFile, scene: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    let directory = format!("{}/", scene.workspace.configuration.drafts.trim_start_matches("./"));
    for draft in file.thread.all_drafts() {
        let draft = draft.newest();
        let Some(path) = draft.path.as_deref().map(|path| path.trim_start_matches("./")) else {
            continue;
        };
        if path.starts_with(&directory) && !scene.workspace.drafts.contains(path) {
            let message = format!("there is no draft `{path}`");
            let finding =
                Diagnostic::new(Rule::MissingDraft, &file.document.path, draft.span, message);
            found.push(finding.help("correct the path, or remove the line"));
        }
    }
}
