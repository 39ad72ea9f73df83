//! Findings on one line each, for editors and `grep`.

use crate::commands::check::report::FixedFinding;
use crate::commands::shared::findings::Finding;
use crate::text::escape_for_terminal;

/// Returns a line for each finding: `path:line:column: severity[rule]: message`.
pub fn render(findings: &[Finding]) -> String {
    let line = |finding: &Finding| {
        let (place, message) = (&finding.place, escape_for_terminal(&finding.message));
        format!(
            "{}:{}:{}: {}[{}]: {message}\n",
            escape_for_terminal(&place.path),
            place.line,
            place.column,
            finding.severity.as_str(),
            finding.rule,
        )
    };
    findings.iter().map(line).collect()
}

/// Returns a line for each fix: `path:line:column: fixed[rule]: message: fix`, where `label` is
/// `fixed` or `to fix`.
pub fn fixed(fixed: &[FixedFinding], label: &str) -> String {
    let line = |fixed: &FixedFinding| {
        format!(
            "{}:{}:{}: {label}[{}]: {}: {}\n",
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
