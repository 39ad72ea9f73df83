//! Conflicts of a merge as text; empty if there are none.

use super::report::MergeReport;
use crate::commands::shared::style::counted;
use crate::text::escape_for_terminal;

/// A line for each file with conflicts.
pub fn render(report: &MergeReport) -> String {
    match report.conflicts {
        0 => String::new(),
        conflicts => format!(
            "{}: {} left between `<<<<<<<` and `>>>>>>>`\n",
            escape_for_terminal(&report.path),
            counted(conflicts, "conflict")
        ),
    }
}
