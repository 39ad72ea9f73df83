//! `draft-before-ripe`: a draft that was begun before the thread was ripe.

use crate::check::rules::RuleContext;
use crate::evaluate::level_state::level_on;
use crate::model::{Diagnostic, Rule};
use crate::parse::ThreadFile;

pub(crate) fn check(file: &ThreadFile, scene: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    let ladder = &scene.workspace.configuration.ladder;
    for draft in file.thread.all_drafts() {
        let draft = draft.begun();
        // Before the first log entry the level may be unknown: then the rule finds nothing.
        let Some(level) = level_on(&file.thread, draft.date) else { continue };
        if !ladder.is_ripe(level) {
            let message = format!("this draft was begun at `{level}`, before the thread was ripe");
            found.push(
                Diagnostic::new(Rule::DraftBeforeRipe, &file.document.path, draft.span, message)
                    .help("raise the level if the thread is ripe, or drop the draft"),
            );
        }
    }
}
