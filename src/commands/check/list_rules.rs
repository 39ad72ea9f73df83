//! `thread check --list-rules` and `--explain RULE`, which need no workspace.

use anyhow::Result;

use super::rules_report::{RuleReport, RulesReport};
use super::{CheckArgs, rule_named};
use crate::commands::shared::json;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::style::{BAD, BOLD, DIM, WAITING, fill, paint, width};
use crate::model::Severity;

/// Lists all rules, or explains one.
///
/// # Errors
/// There is no rule of the name that `--explain` gives.
pub fn run(args: &CheckArgs, json: bool) -> Result<Output> {
    let stdout = if let Some(name) = &args.explain {
        let rule = RuleReport::new(rule_named(name)?);
        if json { json::document(&rule) } else { rule.documentation.to_string() }
    } else {
        let rules = RulesReport::new();
        if json { json::document(&rules) } else { table(&rules) }
    };
    Ok(Output::new(stdout, String::new(), Exit::Success))
}

/// Returns a line for each rule: `missing-title  hint  A thread has one `# Title` heading.`
fn table(report: &RulesReport) -> String {
    let widest = report.rules.iter().map(|rule| width(rule.rule)).max().unwrap_or(0);
    let line = |rule: &RuleReport| {
        let name = paint(BOLD, &fill(rule.rule, widest));
        let severity = fill(rule.severity.as_str(), Severity::Warning.as_str().len());
        format!("{name}  {}  {}\n", paint(severity_style(rule.severity), &severity), rule.summary)
    };
    report.rules.iter().map(line).collect()
}

fn severity_style(severity: Severity) -> anstyle::Style {
    match severity {
        Severity::Error => BAD,
        Severity::Warning => WAITING,
        Severity::Hint => DIM,
    }
}
