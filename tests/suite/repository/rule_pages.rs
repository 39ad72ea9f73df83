//! The documentation of the rules: a page for each, with a wrong and a right example, and the index.

use std::fs;

use thread_tracker::model::Rule;

use crate::support::{console, root};

/// What no file in a document can show, and why.
const NOT_SHOWN: [(&str, &str); 8] = [
    ("unreadable-file", "it takes a pipe or a missing right"),
    ("half-written-file", "it takes a run that was killed"),
    ("not-utf8", "a document is UTF-8"),
    ("mixed-line-endings", "a document has one kind; see tests/suite/check/rules.rs"),
    ("unknown-name", "it belongs to trigger tests, see docs/triggers.md"),
    ("expectation-failed", "it belongs to trigger tests, see docs/triggers.md"),
    ("unwritable-file", "it takes a full disk or a missing right"),
    ("file-changed", "it takes somebody else at work"),
];

#[test]
fn rule_pages_show_a_wrong_and_a_right_example() {
    for rule in Rule::ALL {
        let (name, page) = (rule.name(), rule.documentation());
        assert!(page.starts_with(&format!("# {name}\n\n{} ", rule.summary())), "{name}");
        if NOT_SHOWN.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let found = format!("{}[{name}]: ", rule.severity().as_str());
        assert!(page.contains("\n## Wrong\n") && page.contains(&found), "{name}:\n{page}");
        let right = page.split("\n## Right\n").nth(1).unwrap_or_default();
        assert!(!right.contains(&format!("[{name}]")), "{name} is broken by what is right");
    }
}

#[test]
fn rule_pages_are_all_in_the_index() {
    let mut index = String::from(
        "# The rules of `check`\n\nAn error means that a part of a file is skipped or has another meaning than it seems to have. Errors\ncannot be configured. Warnings and hints can: with `check -D RULE` (deny), `-W RULE` (warn) and\n`-A RULE` (allow), or in `thread.yaml`, for example `rules: {evidence-without-date: allow}`. A comment\nwith a reason ignores one finding: `<!-- thread: ignore RULE: reason -->` on the line before it or at\nthe end of the same line, in front matter `# thread: ignore RULE: reason`.\n\n`thread check --list-rules` prints this list, `thread check --explain RULE` the page of a rule.\n\n| Rule | Severity | Requirement |\n|---|---|---|\n",
    );
    for rule in Rule::ALL {
        let (name, severity) = (rule.name(), rule.severity().as_str());
        index.push_str(&format!(
            "| [{name}](rules/{name}.md) | {severity} | {} |\n",
            rule.summary()
        ));
    }
    let path = root().join("docs/rules.md");
    if console::is_updating() {
        console::overwrite(&path, &index);
    }
    assert_eq!(
        fs::read_to_string(&path).unwrap_or_default(),
        index,
        "UPDATE_CONSOLE=1 rewrites it"
    );
    let pages = fs::read_dir(root().join("docs/rules")).unwrap();
    assert_eq!(pages.count(), Rule::ALL.len());
}
