//! Findings with the places a person can go to.

use serde::Serialize;

use crate::model::Diagnostic;
use crate::text::Span;
use crate::workspace::Workspace;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Finding {
    /// Name of the rule.
    pub rule: &'static str,
    /// `error`, `warning` or `hint`.
    pub severity: &'static str,
    /// Path relative to the workspace.
    #[serde(flatten)]
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<RelatedPlace>,
}

/// A piece of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Place {
    /// Path relative to the workspace.
    pub path: String,
    /// Line of its first character, from 1.
    pub line: usize,
    /// Column of its first character, from 1, in characters.
    pub column: usize,
    /// Line behind its last character.
    pub end_line: usize,
    /// Column behind its last character.
    pub end_column: usize,
}

/// Another place and what stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RelatedPlace {
    /// What stands there.
    pub label: String,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
}

/// The findings as a program reads them.
pub fn findings<'d>(
    workspace: &Workspace,
    diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
) -> Vec<Finding> {
    let finding = |diagnostic: &Diagnostic| Finding {
        rule: diagnostic.rule.name(),
        severity: diagnostic.rule.severity().as_str(),
        place: place(workspace, &diagnostic.path, diagnostic.span),
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
        related: diagnostic
            .related
            .iter()
            .map(|related| RelatedPlace {
                label: related.label.clone(),
                place: place(workspace, &related.path, related.span),
            })
            .collect(),
    };
    diagnostics.into_iter().map(finding).collect()
}

/// Lines and columns of a span.
pub fn place(workspace: &Workspace, path: &str, span: Span) -> Place {
    let document = workspace.document(path);
    let position = |offset| {
        document.map_or((1, 1), |document| {
            let position = document.position(offset);
            (position.line, position.column)
        })
    };
    let ((line, column), (end_line, end_column)) = (position(span.start), position(span.end));
    Place { path: path.into(), line, column, end_line, end_column }
}
