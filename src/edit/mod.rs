//! Verdicts to patches: what is to be written, where, and the proof that nothing else changes.

pub mod body;
pub mod bullet_edit;
pub mod bullet_line;
pub mod catalog;
pub mod front_matter;
pub mod list_editor;
pub mod rewrite;
pub mod verify;
pub mod wording;
pub mod yaml_edit;

use crate::model::{Diagnostic, Rule};
use crate::text::Span;

pub use crate::model::change;
pub use change::{Arrival, Change};
pub use rewrite::Rewrite;

/// Why something cannot be written into a file without disturbing it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Where it fails.
    pub span: Span,
    /// Why.
    pub reason: String,
    /// What a person can do.
    pub help: String,
}

impl Refusal {
    /// A refusal at `span`.
    pub fn new(span: Span, reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span, reason: reason.into(), help: help.into() }
    }

    /// The refusal as a finding of a file.
    pub fn diagnostic(self, path: &str) -> Diagnostic {
        Diagnostic::new(Rule::UneditableFile, path, self.span, self.reason)
            .label("nothing was written")
            .help(self.help)
    }
}

/// What to do about a refusal that the file is not to blame for.
pub const REPORT: &str = "please report this with the file; it is a defect of `thread`";
