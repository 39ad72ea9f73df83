//! Findings one a line, for editors and `grep`.

use super::super::report::FixedFinding;
use crate::commands::shared::findings::report::Finding;
use crate::text::escape_for_terminal;

/// `path:line:column: severity[rule]: message`, a line each.
pub fn render(findings: &[Finding]) -> String {
    let line = |finding: &Finding| {
        let (place, message) = (&finding.place, escape_for_terminal(&finding.message));
        format!(
            "{}:{}:{}: {}[{}]: {message}\n",
            escape_for_terminal(&place.path),
            place.line,
            place.column,
            finding.severity,
            finding.rule,
        )
    };
    findings.iter().map(line).collect()
}

/// `path:line:column: fixed[rule]: what was wrong: what was done`, a line each; `word` says whether it
/// is done.
pub fn fixed(fixed: &[FixedFinding], word: &str) -> String {
    let line = |fixed: &FixedFinding| {
        format!(
            "{}:{}:{}: {word}[{}]: {}: {}\n",
            escape_for_terminal(&fixed.path),
            fixed.line,
            fixed.column,
            fixed.rule,
            escape_for_terminal(&fixed.message),
            escape_for_terminal(&fixed.title),
        )
    };
    fixed.iter().map(line).collect()
}
