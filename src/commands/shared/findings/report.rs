//! Findings with line and column numbers.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Diagnostic, Fix, Safety, Severity};
use crate::text::{Edit, Span};
use crate::workspace::Workspace;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Finding {
    /// Name of the rule.
    pub rule: &'static str,
    /// Its severity.
    pub severity: Severity,
    /// Path relative to the workspace.
    #[serde(flatten)]
    pub place: FileRange,
    /// The message.
    pub message: String,
    /// The label of the position; may be empty.
    pub label: String,
    /// The remedy.
    pub help: Option<String>,
    /// Related positions.
    pub related: Vec<RelatedRange>,
    /// The fix.
    pub fix: Option<PlacedFix>,
}

/// A fix of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct PlacedFix {
    /// Its description.
    pub title: String,
    /// `safe` if `check --fix` applies it, `unsafe` if it also needs `--unsafe-fixes`.
    pub safety: Safety,
    /// Its replacements in the order of the text, to be applied together.
    pub edits: Vec<PlacedEdit>,
}

/// A range of a file and its replacement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct PlacedEdit {
    /// The range; empty for an insertion.
    #[serde(flatten)]
    pub place: FileRange,
    /// The replacement, with its line endings.
    pub text: String,
}

/// A piece of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FileRange {
    /// Path relative to the workspace.
    pub path: String,
    /// Line of its first character, from 1.
    pub line: usize,
    /// Column of its first character, from 1, in characters.
    pub column: usize,
    /// Line of the end of the range.
    pub end_line: usize,
    /// Column of the end of the range.
    pub end_column: usize,
}

/// A related position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RelatedRange {
    /// Its label.
    pub label: String,
    /// Its range.
    #[serde(flatten)]
    pub place: FileRange,
}

/// The findings as a program reads them.
pub fn findings<'d>(
    workspace: &Workspace,
    diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
) -> Vec<Finding> {
    let finding = |diagnostic: &Diagnostic| Finding {
        rule: diagnostic.rule.name(),
        severity: diagnostic.severity,
        place: place(workspace, &diagnostic.path, diagnostic.span),
        message: diagnostic.message.clone(),
        label: diagnostic.label.clone(),
        fix: diagnostic.fix.as_ref().and_then(|fix| placed(workspace, &diagnostic.path, fix)),
        help: diagnostic.help.clone(),
        related: diagnostic
            .related
            .iter()
            .map(|related| RelatedRange {
                label: related.label.clone(),
                place: place(workspace, &related.path, related.span),
            })
            .collect(),
    };
    diagnostics.into_iter().map(finding).collect()
}

fn placed(workspace: &Workspace, path: &str, fix: &Fix) -> Option<PlacedFix> {
    let document = workspace.document(path)?;
    let edit = |edit: &Edit| PlacedEdit {
        place: place(workspace, path, edit.span()),
        text: edit.rendered(document),
    };
    let mut edits: Vec<PlacedEdit> = fix.edits.iter().map(edit).collect();
    edits.sort_by_key(|edit| (edit.place.line, edit.place.column));
    Some(PlacedFix { title: fix.title.clone(), safety: fix.safety, edits })
}

/// Lines and columns of a span.
pub fn place(workspace: &Workspace, path: &str, span: Span) -> FileRange {
    let document = workspace.document(path);
    let position = |offset| {
        document.map_or((1, 1), |document| {
            let position = document.position(offset);
            (position.line, position.column)
        })
    };
    let ((line, column), (end_line, end_column)) = (position(span.start), position(span.end));
    FileRange { path: path.into(), line, column, end_line, end_column }
}
