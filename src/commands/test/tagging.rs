//! A run of a test of tag rules.

use std::collections::BTreeSet;

use crate::model::trigger_test::TaggingTest;
use crate::model::{Configuration, Diagnostic, EntryTexts, Rule};
use crate::text::suggest::unknown_name_help;

/// Result of a test of tag rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TaggingRun<'t> {
    /// The test.
    pub test: &'t TaggingTest,
    /// The tags that the rules give, with the reasons.
    pub found: Vec<(String, String)>,
    /// The differences from the expected tags, with their positions in the test file.
    pub failures: Vec<Diagnostic>,
}

/// Compares the tags that the rules of `tagging` give an entry with the expected ones. `path` is the
/// path of the test file.
pub(super) fn run<'t>(
    test: &'t TaggingTest,
    configuration: &Configuration,
    path: &str,
) -> TaggingRun<'t> {
    let found = configuration.tags_of(&EntryTexts {
        source: &test.source,
        org: test.org.as_deref().or_else(|| configuration.source_org(&test.source)),
        title: &test.title,
        summary: &test.summary,
        categories: &test.categories,
        authors: &test.authors,
        url: &test.url,
    });
    let rules = || configuration.tagging.iter().map(|rule| rule.tag.value.as_str());
    let mut failures = Vec::new();
    for tag in &test.tags.value {
        if !rules().any(|known| known == tag.value) {
            let message = format!("thread.yaml has no rule for the tag `{}`", tag.value);
            let help = unknown_name_help("tag rule", &tag.value, rules());
            let failure = Diagnostic::new(Rule::UnknownName, path, tag.span, message);
            failures.push(failure.help(help));
        }
    }
    let expected: BTreeSet<&str> = test.tags.value.iter().map(|tag| tag.value.as_str()).collect();
    let given: BTreeSet<&str> = found.iter().map(|(tag, _)| tag.as_str()).collect();
    if given != expected && failures.is_empty() {
        let message =
            format!("the tags of “{}” are {}, not {}", test.title, list(&given), list(&expected));
        let failure = Diagnostic::new(Rule::ExpectationFailed, path, test.tags.span, message);
        let surplus = found.iter().filter(|(tag, _)| !expected.contains(tag.as_str()));
        let surplus: Vec<String> = surplus.map(|(tag, why)| format!("`{tag}`: {why}")).collect();
        let failure = failure.label(format!("found: {}", list(&given)));
        failures.push(if surplus.is_empty() { failure } else { failure.help(surplus.join("; ")) });
    }
    TaggingRun { test, found, failures }
}

/// Returns tags in brackets: `[bricks, kelp]`.
fn list(tags: &BTreeSet<&str>) -> String {
    format!("[{}]", tags.iter().copied().collect::<Vec<_>>().join(", "))
}
