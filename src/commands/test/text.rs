//! Results of tests as text.

use super::report::{Coverage, TestReport};
use crate::commands::shared::style::{BAD, BOLD, GOOD, WAITING, paint};
use crate::text::escape_for_terminal;

/// Returns a line for each test, the coverage if the report has it, and a summary.
pub(super) fn render(report: &TestReport) -> String {
    let mut text = String::new();
    for file in &report.files {
        let path = paint(BOLD, &escape_for_terminal(&file.path));
        let thread = file.thread.as_deref().map(|slug| format!(" ({})", escape_for_terminal(slug)));
        text.push_str(&format!("{path}{}\n", thread.unwrap_or_default()));
        text.extend(file.tests.iter().map(|test| test_line(test.passed, &test.name)));
        let tagging = file.tagging.iter();
        text.extend(
            tagging.map(|test| test_line(test.passed, &format!("tags of “{}”", test.title))),
        );
        text.extend(file.coverage.as_ref().map(coverage));
    }
    text.push_str(&format!("{} passed, {} failed\n", report.passed, report.failed));
    text
}

/// `  ok   one maker is medium`
fn test_line(has_passed: bool, name: &str) -> String {
    let result = if has_passed { paint(GOOD, "ok  ") } else { paint(BAD, "FAIL") };
    format!("  {result} {}\n", escape_for_terminal(name))
}

fn coverage(coverage: &Coverage) -> String {
    let leaves = match coverage.leaves {
        1 => "1 leaf".to_string(),
        number => format!("{number} leaves"),
    };
    if coverage.never_satisfied.is_empty() && coverage.never_unsatisfied.is_empty() {
        return format!("  coverage: {leaves}, each seen satisfied and unsatisfied\n");
    }
    let mut text = format!("  coverage of {leaves}:\n");
    for (label, leaves) in [
        ("never satisfied", &coverage.never_satisfied),
        ("never unsatisfied", &coverage.never_unsatisfied),
    ] {
        for leaf in leaves {
            let (label, trigger) = (paint(WAITING, label), escape_for_terminal(&leaf.trigger));
            let asks = escape_for_terminal(&leaf.asks);
            text.push_str(&format!("    {label}: {trigger} › {asks}\n"));
        }
    }
    text
}
