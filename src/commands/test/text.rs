//! Trigger tests as lines.

use super::report::{Coverage, TestReport};

use crate::commands::shared::style::{BAD, BOLD, GOOD, WAITING, counted, paint};
use crate::text::escape_for_terminal;

/// One line a test, then what no test has seen, then the sum.
pub fn render(report: &TestReport) -> String {
    let mut text = String::new();
    for file in &report.files {
        text.push_str(&format!(
            "{} ({})\n",
            paint(BOLD, &escape_for_terminal(&file.path)),
            escape_for_terminal(&file.thread)
        ));
        for test in &file.tests {
            let mark = match test.passed {
                true => paint(GOOD, "ok  "),
                false => paint(BAD, "FAIL"),
            };
            text.push_str(&format!("  {mark} {}\n", escape_for_terminal(&test.name)));
        }
        if let Some(coverage) = &file.coverage {
            text.push_str(&tell_coverage(coverage));
        }
    }
    text.push_str(&format!("{} passed, {} failed\n", report.passed, report.failed));
    text
}

fn tell_coverage(coverage: &Coverage) -> String {
    let missing = coverage.never_satisfied.len() + coverage.never_unsatisfied.len();
    let leaves = counted(coverage.leaves, "leaf").replace("leafs", "leaves");
    if missing == 0 {
        return format!("  coverage: {leaves}, each seen satisfied and unsatisfied\n");
    }
    let mut text = format!("  coverage of {leaves}:\n");
    for (what, list) in [
        ("never satisfied", &coverage.never_satisfied),
        ("never unsatisfied", &coverage.never_unsatisfied),
    ] {
        for leaf in list {
            let what = paint(WAITING, what);
            text.push_str(&format!(
                "    {what}: {} › {}\n",
                escape_for_terminal(&leaf.trigger),
                escape_for_terminal(&leaf.asks)
            ));
        }
    }
    text
}
