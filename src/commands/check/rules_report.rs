//! The rules of `check`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::json::Report;
use crate::model::Rule;

/// All rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RulesReport {
    /// By subject.
    pub rules: Vec<RuleReport>,
}

impl Report for RulesReport {
    const KIND: &'static str = "rules";
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RuleReport {
    /// Its name.
    pub rule: &'static str,
    /// `error`, `warning` or `hint`, where nobody takes another stance.
    #[schemars(extend("enum" = ["error", "warning", "hint"]))]
    pub severity: &'static str,
    /// What it asks for, in one sentence.
    pub summary: &'static str,
    /// Why, with examples, as markdown.
    pub documentation: &'static str,
}

impl Report for RuleReport {
    const KIND: &'static str = "rule";
}

impl RulesReport {
    /// All rules.
    pub fn new() -> Self {
        Self { rules: Rule::ALL.iter().map(|rule| RuleReport::new(*rule)).collect() }
    }
}

impl Default for RulesReport {
    fn default() -> Self {
        Self::new()
    }
}

impl RuleReport {
    /// Tells of a rule.
    pub fn new(rule: Rule) -> Self {
        Self {
            rule: rule.name(),
            severity: rule.severity().as_str(),
            summary: rule.summary(),
            documentation: rule.documentation(),
        }
    }
}
