//! `tag-nobody-asks`: a tag of a rule for which no thread asks.

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Rule, Selection};
use crate::workspace::CONFIGURATION;

/// Looks for the tag in `collect` and in the sets of all threads.
pub(crate) fn check(scene: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    for rule in &scene.workspace.configuration.tagging {
        let tag = &rule.tag.value;
        let asks = |selection: &Selection| {
            let mut all = std::iter::once(selection).chain(&selection.except);
            all.any(|selection| selection.tag.iter().any(|known| known.value == *tag))
        };
        let is_asked = scene.workspace.threads.iter().any(|file| {
            let sets = file.thread.sets.values().flat_map(|set| &set.value);
            file.thread.collect.iter().chain(sets).any(asks)
        });
        if !is_asked {
            let message = format!("no thread asks for the tag `{tag}`");
            found.push(
                Diagnostic::new(Rule::TagNobodyAsks, CONFIGURATION, rule.tag.span, message)
                    .help("use it in `collect` or in a set of a thread, or remove the rule"),
            );
        }
    }
}
