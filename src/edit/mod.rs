//! Changes to text edits, and the proof that nothing else changes.

pub mod body;
pub mod bullet_edit;
pub mod bullet_line;
pub mod catalog;
pub mod configuration;
pub mod front_matter;
pub mod list_editor;
pub mod looks;
pub mod rewrite;
pub mod trigger_test;
pub mod trigger_yaml;
pub mod verify;
pub mod wording;
pub mod yaml_add;
pub mod yaml_edit;

use crate::model::{Diagnostic, Rule};
use crate::text::Span;

pub use crate::model::change;
pub use change::{Arrival, Change};
pub use rewrite::Rewrite;

/// The reason why a change cannot be written without disturbing the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The position of the problem.
    pub span: Span,
    /// The message.
    pub reason: String,
    /// The remedy.
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

/// Help line for a refusal that is a defect of this program.
pub const REPORT: &str = "please report this with the file; it is a defect of `thread`";
