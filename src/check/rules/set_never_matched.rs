//! `set-never-matched`: a set that no item has ever belonged to.

use crate::check::rules::RuleContext;
use crate::evaluate::ThreadItems;
use crate::evaluate::items::selection::{Fit, fit_any, takes};
use crate::model::{Date, Diagnostic, Rule};
use crate::parse::ThreadFile;

/// Tests the items of the thread and of all catalogs, on any date.
pub(crate) fn check(
    file: &ThreadFile,
    items: &ThreadItems,
    scene: &RuleContext<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let configuration = &scene.workspace.configuration;
    for (name, set) in &file.thread.sets {
        let is_held = items.items.iter().any(|item| fit_any(&set.value, item) == Fit::Full);
        let is_listed = || {
            set.value.iter().any(|selection| {
                let entries = scene.index.candidates(selection, Date::MAX);
                entries.iter().any(|entry| takes(selection, entry, scene.index, configuration))
            })
        };
        if !is_held && !is_listed() {
            let message = format!("no item has ever belonged to the set `{name}`");
            found.push(
                Diagnostic::new(Rule::SetNeverMatched, &file.document.path, set.span, message)
                    .help(
                        "if it waits for something new, ignore this hint; otherwise check its spelling",
                    ),
            );
        }
    }
}
