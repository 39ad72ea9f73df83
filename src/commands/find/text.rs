//! Result of `thread find` as text, one line for each match.

use super::report::{FindReport, Match};
use crate::commands::shared::hyperlinks::linked;
use crate::commands::shared::style::{BOLD, paint};
use crate::text::escape_for_terminal;

/// Returns the matches with their files and lines.
pub fn render(report: &FindReport) -> String {
    if report.matches.is_empty() {
        return format!("Nothing matches `{}`.\n", escape_for_terminal(&report.words));
    }
    report.matches.iter().map(found).collect()
}

/// `threads/kelp.md:12: lab/1  Title`
fn found(found: &Match) -> String {
    let id = found.id.as_deref().unwrap_or_default();
    let title = if found.title == id { "" } else { &found.title };
    let parts: Vec<String> =
        [id, title].into_iter().filter(|part| !part.is_empty()).map(escape_for_terminal).collect();
    let place = format!("{}:{}", escape_for_terminal(&found.path), found.line);
    let place = linked(&found.path, &paint(BOLD, &place));
    let parts = linked(found.url.as_deref().unwrap_or_default(), &parts.join("  "));
    format!("{place}: {parts}\n")
}
