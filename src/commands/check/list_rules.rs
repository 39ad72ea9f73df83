//! `thread check --list-rules` and `--explain RULE`, which need no workspace.

use anyhow::Result;
use schemars::JsonSchema;
use serde::Serialize;

use super::{CheckArgs, rule_named};
use crate::commands::shared::json;
use crate::commands::shared::json::Report;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::style::{BAD, BOLD, DIM, WAITING, fill, paint, width};
use crate::model::{Rule, Severity};

/// All rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RulesReport {
    /// The rules, grouped by subject.
    pub rules: Vec<RuleReport>,
}

impl Report for RulesReport {
    const KIND: &'static str = "rules";
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RuleReport {
    /// Name of the rule.
    pub rule: &'static str,
    /// Severity of its findings, unless `rules` of thread.yaml or an option changes it.
    pub severity: Severity,
    /// Its requirement, in one sentence.
    pub summary: &'static str,
    /// Explanation with examples, as markdown.
    pub documentation: &'static str,
}

impl Report for RuleReport {
    const KIND: &'static str = "rule";
}

impl RulesReport {
    /// Returns the report of all rules.
    pub(super) fn new() -> Self {
        Self { rules: Rule::ALL.iter().map(|rule| RuleReport::new(*rule)).collect() }
    }
}

impl RuleReport {
    /// Returns the report of a rule.
    pub(super) fn new(rule: Rule) -> Self {
        Self {
            rule: rule.name(),
            severity: rule.severity(),
            summary: rule.summary(),
            documentation: rule.documentation(),
        }
    }
}

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
