//! Levels that a workspace or a command gives to rules.

use std::collections::BTreeMap;

use super::{Rule, Severity};

/// The level of a rule, which replaces its severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleLevel {
    /// The rule is an error.
    Deny,
    /// The rule is a warning.
    Warn,
    /// The rule is off.
    Allow,
}

impl RuleLevel {
    /// All levels, the strictest first.
    pub const ALL: [Self; 3] = [Self::Deny, Self::Warn, Self::Allow];

    /// The name in `thread.yaml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Warn => "warn",
            Self::Allow => "allow",
        }
    }
}

/// Levels by rule. A rule without a level keeps its severity.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleLevels(BTreeMap<Rule, RuleLevel>);

impl RuleLevels {
    /// Sets the level of a rule. Returns `None` and sets nothing if the rule is an error, because a
    /// part of the file with an error cannot be used.
    pub fn set(&mut self, rule: Rule, level: RuleLevel) -> Option<()> {
        (rule.severity() != Severity::Error).then(|| {
            self.0.insert(rule, level);
        })
    }

    /// Returns these levels, and those of `others` for rules that have none here.
    #[must_use]
    pub fn or(&self, others: &Self) -> Self {
        let mut all = others.0.clone();
        all.extend(&self.0);
        Self(all)
    }

    /// Returns the severity of a rule; `None` if the rule is off.
    pub fn severity(&self, rule: Rule) -> Option<Severity> {
        match self.0.get(&rule) {
            None => Some(rule.severity()),
            Some(RuleLevel::Deny) => Some(Severity::Error),
            Some(RuleLevel::Warn) => Some(Severity::Warning),
            Some(RuleLevel::Allow) => None,
        }
    }
}
