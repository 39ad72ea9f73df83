//! Result of `thread source list` as text, one line for each source.

use super::report::{SourceRow, SourcesReport};
use crate::commands::shared::style::{BAD, BOLD, DIM, counted, paint};
use crate::text::escape_for_terminal;

/// Returns the sources with their last scans.
pub fn render(report: &SourcesReport) -> String {
    if report.sources.is_empty() {
        return "There are no sources yet. `thread source add SLUG` declares one.\n".into();
    }
    let width = report.sources.iter().map(|source| source.slug.chars().count()).max().unwrap_or(0);
    report.sources.iter().map(|source| row(source, width)).collect()
}

/// `tide-gazette  2026-11-20  every 7d  12 items, 4 mapped  Tide Gazette`
fn row(source: &SourceRow, width: usize) -> String {
    let slug = escape_for_terminal(&source.slug);
    let pad = " ".repeat(width - source.slug.chars().count());
    let last = source.last_scan.map_or("never scanned".into(), |last| last.to_string());
    let every = source.every.map(|days| format!(", every {days}d")).unwrap_or_default();
    let last = if source.overdue {
        paint(BAD, &format!("{last}{every}, overdue"))
    } else {
        format!("{last}{every}")
    };
    let items = format!("{}, {} mapped", counted(source.items, "item"), source.mapped);
    let name = if source.name == source.slug {
        String::new()
    } else {
        format!("  {}", paint(DIM, &escape_for_terminal(&source.name)))
    };
    let failure = source.failure.as_deref().map(|failure| {
        let since = source.failing_since.map(|date| format!(" since {date}")).unwrap_or_default();
        format!("  {}", paint(BAD, &format!("failing{since}: {}", escape_for_terminal(failure))))
    });
    let fetched = source.last_fetched.map(|date| format!(", fetched {date}")).unwrap_or_default();
    let failure = failure.unwrap_or_default();
    format!("{}{pad}  {last}{fetched}  {items}{name}{failure}\n", paint(BOLD, &slug))
}
