//! The rules of `thread check` as data.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::json::Report;
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
    /// What the rule asks for, in one sentence.
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
