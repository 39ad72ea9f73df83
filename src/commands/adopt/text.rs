//! Result of `thread adopt` as text, one remark on each line.

use super::report::{AdoptReport, RemarkReport};
use crate::commands::shared::style::{BOLD, paint};
use crate::text::escape_for_terminal;

/// Returns the report, with the next commands.
pub fn render(report: &AdoptReport) -> String {
    let (path, note) = (escape_for_terminal(&report.path), escape_for_terminal(&report.note));
    let place = match (report.created, report.dry_run) {
        (true, _) => format!("{} (new), from {note}", paint(BOLD, &path)),
        (false, _) => paint(BOLD, &path),
    };
    let mut text = format!("{place}\n");
    text.push_str(&block("Understood", &report.understood));
    text.push_str(&block("Unchanged", &report.left));
    text.push_str(&if report.dry_run {
        "\nNothing was written.\n".to_string()
    } else {
        format!(
            "\nNext: `thread check {path}` shows contradictions in the note, `thread show {}` \
         what counts.\n",
            escape_for_terminal(&report.thread)
        )
    });
    text
}

fn block(heading: &str, remarks: &[RemarkReport]) -> String {
    if remarks.is_empty() {
        return String::new();
    }
    let widest = remarks.iter().map(|remark| remark.line.to_string().len()).max().unwrap_or(0);
    let lines = remarks.iter().map(|remark| {
        format!("  line {:>widest$}  {}\n", remark.line, escape_for_terminal(&remark.what))
    });
    format!("\n{}\n{}", paint(BOLD, heading), lines.collect::<String>())
}
