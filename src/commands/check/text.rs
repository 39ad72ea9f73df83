//! Result of `thread check` as text.

use super::formats::concise;
use super::report::FixedFinding;
use super::{CheckArgs, Checked};
use crate::commands::shared::findings::text;
use crate::commands::shared::session::Session;
use crate::model::{Diagnostic, Severity};

/// Returns the fixes, the findings and a summary; an empty text if nothing was found.
///
/// With `--staged`, errors come last, directly before the prompt of the shell, and hints are left
/// out unless `--hints` is given.
pub(super) fn render(session: &Session, args: &CheckArgs, checked: &Checked) -> String {
    let staged = args.commit.staged;
    let is_hidden =
        |finding: &&Diagnostic| staged && !args.commit.hints && finding.severity == Severity::Hint;
    let (hidden, findings): (Vec<_>, Vec<_>) = checked.findings.iter().partition(is_hidden);
    let (last, first): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        findings.iter().partition(|finding| staged && finding.is_error());
    let mut output = fixed(args, checked);
    output.push_str(&text::render(&checked.workspace, first, session.width));
    output.push_str(&text::render(&checked.workspace, last, session.width));
    if !findings.is_empty() {
        output.push_str(&text::summary(findings.iter().copied()));
        output.push_str(&text::hidden(hidden.len()));
    }
    output + &tally(args, checked, findings)
}

/// Returns a line for each fix that was made, or with `--diff` would be.
pub(super) fn fixed(args: &CheckArgs, checked: &Checked) -> String {
    let fixed: Vec<_> = checked.made.iter().map(FixedFinding::new).collect();
    concise::fixed(&fixed, if args.fixing.diff { "to fix" } else { "fixed" })
}

/// Returns `2 fixed, 1 left.`, or without `--fix` the number of findings that it would fix.
pub(super) fn tally<'d>(
    args: &CheckArgs,
    checked: &Checked,
    findings: impl IntoIterator<Item = &'d Diagnostic>,
) -> String {
    let findings: Vec<&Diagnostic> = findings.into_iter().collect();
    let (made, left) = (checked.made.len(), findings.len());
    if made + left == 0 {
        String::new()
    } else if args.fixing.fix {
        format!("{made} fixed, {left} left.\n")
    } else if args.fixing.diff {
        format!("{made} would be fixed, {left} left; nothing was written.\n")
    } else {
        text::fixable(findings)
    }
}
