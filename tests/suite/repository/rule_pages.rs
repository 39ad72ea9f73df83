//! The documentation of the rules: a page for each with a wrong and a right example, a row for each
//! in the index, and a line for each in `check --list-rules`.

use std::fs;
use std::path::Path;

use thread_tracker::model::Rule;

use crate::support::scratch::Scratch;
use crate::support::{console, root};

const PAGES: &str = "docs/rules";
const INDEX: &str = "docs/rules.md";
/// The line of the index above its rows.
const HEAD: &str = "|---|---|---|\n";

/// Rules whose pages have no example, because no file in a document can break them.
const NOT_SHOWN: [(&str, &str); 8] = [
    ("unreadable-file", "it takes a pipe or a missing right"),
    ("half-written-file", "it takes a run that was killed"),
    ("not-utf8", "a document is UTF-8"),
    ("mixed-line-endings", "a document has one kind; see tests/suite/check/rules.rs"),
    ("unknown-name", "it belongs to trigger tests, see docs/triggers.md"),
    ("expectation-failed", "it belongs to trigger tests, see docs/triggers.md"),
    ("unwritable-file", "it takes a full disk or a missing right"),
    ("file-changed", "it takes another process that writes"),
];

/// Returns what the page of a rule lacks.
fn faults(rule: Rule, page: &str) -> Vec<String> {
    let (name, severity) = (rule.name(), rule.severity().as_str());
    let mut faults = Vec::new();
    let mut expect = |is_met: bool, fault: String| {
        if !is_met {
            faults.push(format!("{PAGES}/{name}.md: {fault}"));
        }
    };
    let heading = format!("# {name}");
    let paragraph = page.split("\n\n").nth(1).unwrap_or_default();
    let summary = rule.summary();
    expect(page.starts_with(&format!("{heading}\n\n")), format!("begin with `{heading}`"));
    expect(
        paragraph.starts_with(&format!("{summary} ")),
        format!("begin the first paragraph with the summary of the rule, `{summary}`"),
    );
    if NOT_SHOWN.iter().any(|(known, _)| *known == name) {
        return faults;
    }
    let (_, wrong) = page.split_once("\n## Wrong\n").unwrap_or_default();
    let (wrong, right) = wrong.split_once("\n## Right\n").unwrap_or((wrong, ""));
    expect(!wrong.is_empty(), "add a section `## Wrong`".to_string());
    expect(!right.is_empty(), "add a section `## Right` after `## Wrong`".to_string());
    let finding = format!("{severity}[{name}]: ");
    expect(wrong.contains(&finding), format!("show `{finding}` in the section `## Wrong`"));
    let is_right = !right.contains(&format!("[{name}]"));
    expect(is_right, "show an example that keeps the rule in the section `## Right`".to_string());
    faults
}

/// Row of a rule in the index.
fn row(rule: Rule) -> String {
    let (name, severity) = (rule.name(), rule.severity().as_str());
    format!("| [{name}](rules/{name}.md) | {severity} | {} |", rule.summary())
}

/// Lines that are missing in a list of lines, or that do not belong to it.
fn differences<'t>(
    path: &str,
    expected: &[String],
    found: impl Iterator<Item = &'t str>,
) -> Vec<String> {
    let found: Vec<&str> = found.collect();
    let missing = expected.iter().filter(|line| !found.contains(&line.as_str()));
    let missing = missing.map(|line| format!("{path}: add `{line}`"));
    let other = found.iter().filter(|line| !expected.iter().any(|known| known == **line));
    let other = other.map(|line| format!("{path}: remove `{line}`"));
    let mut differences: Vec<String> = missing.chain(other).collect();
    if differences.is_empty() && expected != found {
        differences.push(format!("{path}: put the lines in the order of the rules in the code"));
    }
    differences
}

#[test]
fn rule_pages_have_a_wrong_and_a_right_example() {
    let all = Rule::ALL.iter().flat_map(|rule| faults(*rule, rule.documentation()));
    let all: Vec<String> = all.collect();
    assert!(all.is_empty(), "\n{}\n", all.join("\n"));
}

#[test]
fn rule_pages_belong_to_a_rule() {
    let pages = console::markdown_in(PAGES).into_iter();
    let is_unknown = |path: &String| {
        let name = Path::new(path).file_stem().and_then(|stem| stem.to_str());
        !Rule::ALL.iter().any(|rule| Some(rule.name()) == name)
    };
    let unknown: Vec<String> =
        pages.filter(is_unknown).map(|path| format!("{path}: there is no such rule")).collect();
    assert!(unknown.is_empty(), "\n{}\n", unknown.join("\n"));
}

#[test]
fn rule_index_has_a_row_for_every_rule() {
    let path = root().join(INDEX);
    let text = fs::read_to_string(&path).expect("the index");
    let (above, rows) = text.split_once(HEAD).expect("a table of rules");
    let expected: Vec<String> = Rule::ALL.iter().map(|rule| row(*rule)).collect();
    let differences = differences(INDEX, &expected, rows.lines());
    if console::is_updating() && !differences.is_empty() {
        console::overwrite(&path, &format!("{above}{HEAD}{}\n", expected.join("\n")));
    }
    let all = differences.join("\n");
    assert!(differences.is_empty(), "\n{all}\nUPDATE_CONSOLE=1 rewrites the rows\n");
}

#[test]
fn rule_list_of_check_has_a_line_for_every_rule() {
    let listed = Scratch::new().run(&["check", "--list-rules"]).stdout;
    let expected: Vec<String> = Rule::ALL
        .iter()
        .map(|rule| format!("{} {} {}", rule.name(), rule.severity().as_str(), rule.summary()))
        .collect();
    let lines: Vec<String> =
        listed.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let differences =
        differences("check --list-rules", &expected, lines.iter().map(String::as_str));
    assert!(differences.is_empty(), "\n{}\n", differences.join("\n"));
}
