//! `idle-tag-rule`: a tag rule that matches no item of any catalog.

use crate::check::rules::RuleContext;
use crate::model::{Date, Diagnostic, EntryTexts, Rule, TagRule};
use crate::workspace::CONFIGURATION;

/// Tests the titles, URLs, sources and orgs of all items. A rule that also asks for a text that
/// catalogs do not store is not reported.
pub(crate) fn check(scene: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    let rules = scene.workspace.configuration.tagging.iter();
    for rule in rules.filter(|rule| rule.asks_only_for_stored_texts()) {
        if !is_used(rule, scene) {
            let message = format!("the rule of the tag `{}` matches no item", rule.tag.value);
            found.push(
                Diagnostic::new(Rule::IdleTagRule, CONFIGURATION, rule.tag.span, message).help(
                    "if it waits for something new, ignore this hint; otherwise check its words",
                ),
            );
        }
    }
}

fn is_used(rule: &TagRule, scene: &RuleContext<'_>) -> bool {
    let configuration = &scene.workspace.configuration;
    scene.index.all(Date::MAX).any(|entry| {
        let (item, source) = (&entry.listed.item, &entry.catalog.source);
        let texts = EntryTexts::of_line(item, source, configuration);
        rule.reason(&texts).is_some()
    })
}
