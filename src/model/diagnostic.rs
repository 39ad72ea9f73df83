//! Findings about files.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Fix, Rule};
use crate::text::Span;

/// A finding about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The broken rule.
    pub rule: Rule,
    /// The severity, which the workspace may have changed.
    pub severity: Severity,
    /// Path relative to the workspace.
    pub path: String,
    /// The smallest range that has to change.
    pub span: Span,
    /// The problem, with the user's text in backticks. Understandable alone.
    pub message: String,
    /// A remark at the span; may be empty.
    pub label: String,
    /// The edit or command that helps.
    pub help: Option<String>,
    /// Other ranges that belong to the problem.
    pub related: Vec<Related>,
    /// Edits that resolve the finding.
    pub fix: Option<Fix>,
}

/// Another range that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Path relative to the workspace.
    pub path: String,
    /// The range.
    pub span: Span,
    /// A remark at the range.
    pub label: String,
}

/// Severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Severity {
    /// A part of the file is ignored or has another meaning than intended; commands exit with 1.
    Error,
    /// Probably a mistake.
    Warning,
    /// A suggestion.
    Hint,
}

impl Severity {
    /// The name, for display and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

impl Diagnostic {
    /// Creates a finding of `rule` at `span` of `path`.
    pub fn new(rule: Rule, path: &str, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity(),
            path: path.into(),
            span,
            message: message.into(),
            label: String::new(),
            help: None,
            related: Vec::new(),
            fix: None,
        }
    }

    /// Adds a remark at the span.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a help text.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another range.
    #[must_use]
    pub fn related(mut self, path: &str, span: Span, label: impl Into<String>) -> Self {
        self.related.push(Related { path: path.into(), span, label: label.into() });
        self
    }

    /// Adds a fix, if there is one.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into();
        self
    }

    /// Returns whether the severity is error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
