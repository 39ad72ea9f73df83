//! What a workspace thinks of the rules that are a matter of opinion.

use std::collections::BTreeMap;

use crate::model::{Rule, Severity};

/// How a rule is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleLevel {
    /// Breaking it is an error.
    Deny,
    /// Breaking it is worth a warning.
    Warn,
    /// It may be broken.
    Allow,
}

impl RuleLevel {
    /// All of them, the sternest first.
    pub const ALL: [Self; 3] = [Self::Deny, Self::Warn, Self::Allow];

    /// The word in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Warn => "warn",
            Self::Allow => "allow",
        }
    }
}

/// Stances by rule; a rule without one keeps its own severity.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleLevels(BTreeMap<Rule, RuleLevel>);

impl RuleLevels {
    /// Takes a stance on a rule. `None`, and nothing is taken, for a rule that is an error: what it
    /// finds is passed over or means something else than it says, whatever anybody thinks of it.
    pub fn take(&mut self, rule: Rule, level: RuleLevel) -> Option<()> {
        (rule.severity() != Severity::Error).then(|| {
            self.0.insert(rule, level);
        })
    }

    /// These, and where they say nothing, `others`.
    #[must_use]
    pub fn or(&self, others: &Self) -> Self {
        let mut all = others.0.clone();
        all.extend(&self.0);
        Self(all)
    }

    /// How bad it is to break a rule; `None` where it may be broken.
    pub fn severity(&self, rule: Rule) -> Option<Severity> {
        match self.0.get(&rule) {
            None => Some(rule.severity()),
            Some(RuleLevel::Deny) => Some(Severity::Error),
            Some(RuleLevel::Warn) => Some(Severity::Warning),
            Some(RuleLevel::Allow) => None,
        }
    }
}
