//! Result of `thread init` as text: a line for each file, and the next steps.

use super::report::InitReport;
use crate::text::escape_for_terminal;

/// Returns the created files, and the next steps.
pub(super) fn render(report: &InitReport) -> String {
    let mut text: String = report.created.iter().map(|name| format!("{name} (new)\n")).collect();
    if let Some(attributes) = &report.attributes {
        let path = escape_for_terminal(&attributes.path);
        text.push_str(&format!("{path}: git keeps the lines of both sides of `*-looks.md`\n"));
    }
    text.push_str(
        "Next: `thread new \"What you follow\"`; `thread source add SOURCE --feed URL` for each feed that you \
         read.\ngit stores the directories when they contain a file.\n",
    );
    text
}
