//! The rules of `check`: all in a line each, or one in full.

use super::rules_report::{RuleReport, RulesReport};

use crate::commands::shared::style::{BAD, BOLD, DIM, WAITING, fill, paint, width};

/// `missing-title  hint  A thread has one `# Title` heading.`
pub fn all(report: &RulesReport) -> String {
    let widest = report.rules.iter().map(|rule| width(rule.rule)).max().unwrap_or(0);
    let line = |rule: &RuleReport| {
        let style = match rule.severity {
            "error" => BAD,
            "warning" => WAITING,
            _ => DIM,
        };
        let severity = paint(style, &fill(rule.severity, "warning".len()));
        format!("{}  {severity}  {}\n", paint(BOLD, &fill(rule.rule, widest)), rule.summary)
    };
    report.rules.iter().map(line).collect()
}

/// The documentation of a rule.
pub fn one(rule: &RuleReport) -> String {
    rule.documentation.to_string()
}
