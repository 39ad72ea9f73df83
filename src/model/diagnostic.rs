//! What is wrong with a file, where, and what to do about it.

use crate::model::{Fix, Rule};
use crate::text::Span;

/// One finding in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: Rule,
    /// How bad that is here.
    pub severity: Severity,
    /// Path relative to the workspace.
    pub path: String,
    /// The smallest piece that must change.
    pub span: Span,
    /// What is wrong, with the user's own word in backticks; enough on its own.
    pub message: String,
    /// Why here: the words under the caret.
    pub label: String,
    /// What to type.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// What would mend it.
    pub fix: Option<Fix>,
}

/// Another place that a diagnostic speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Path relative to the workspace.
    pub path: String,
    /// The place.
    pub span: Span,
    /// What stands there.
    pub label: String,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something does not mean what it says, or is passed over because of it; commands exit with 1.
    Error,
    /// Probably not what was meant.
    Warning,
    /// Worth knowing.
    Hint,
}

impl Severity {
    /// The word for people and for JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

impl Diagnostic {
    /// A finding of `rule` at `span` of `path`.
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

    /// Says why here.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what to type.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Shows another place.
    #[must_use]
    pub fn related(mut self, path: &str, span: Span, label: impl Into<String>) -> Self {
        self.related.push(Related { path: path.into(), span, label: label.into() });
        self
    }

    /// Says what would mend it; nothing where nothing would.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into();
        self
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
