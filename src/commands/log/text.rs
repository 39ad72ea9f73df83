//! Events of threads as text.

use super::report::{EventKind, LevelOverTime, LogReport, ThreadEvent};
use crate::commands::shared::phrases::level_name;
use crate::commands::shared::style::{BAD, BOLD, DIM, GOOD, fill, paint, width};
use crate::text::escape_for_terminal;

/// Greatest width of the column with the threads.
const WIDEST_THREAD: usize = 28;

/// Bars of increasing height for the levels of a ladder.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Returns the events, oldest first, and on a terminal of `columns` each thread's level over time.
pub(super) fn render(report: &LogReport, columns: Option<usize>) -> String {
    if report.events.is_empty() {
        let since = report.since.map(|since| format!(" since {since}")).unwrap_or_default();
        return format!("No events{since} as of {}.\n", report.today);
    }
    let threads = report.events.iter().map(|event| width(&escape_for_terminal(&event.thread)));
    let widest = threads.max().unwrap_or(0).min(WIDEST_THREAD);
    let mut text: String = report.events.iter().map(|event| event_line(event, widest)).collect();
    if let Some(columns) = columns {
        text.push('\n');
        text.extend(report.levels.iter().map(|level| level_line(level, widest, columns)));
    }
    text
}

/// `2026-05-11  automated-ai-rd  medium → medium-high — why (by alex)`
fn event_line(event: &ThreadEvent, widest: usize) -> String {
    let thread = fill(&escape_for_terminal(&event.thread), widest);
    let mut text = format!("{}  {}  {}", event.date, paint(BOLD, &thread), description(event));
    if !event.reason.is_empty() {
        text.push_str(&format!(" — {}", escape_for_terminal(&event.reason)));
    }
    let by = event.by.clone().unwrap_or_else(|| event.triggers.join(", "));
    if !by.is_empty() {
        text.push_str(&paint(DIM, &format!(" (by {})", escape_for_terminal(&by))));
    }
    text.push('\n');
    text
}

/// `medium → medium-high`, or `read metr/rd-3: deployed`
fn description(event: &ThreadEvent) -> String {
    let from = escape_for_terminal(event.from.as_deref().unwrap_or_default());
    let to = escape_for_terminal(event.to.as_deref().unwrap_or_default());
    let what = escape_for_terminal(event.what.as_deref().unwrap_or_default());
    let outcome = escape_for_terminal(event.outcome.as_deref().unwrap_or_default());
    match event.event {
        EventKind::Promoted if from.is_empty() => format!("→ {}", paint(GOOD, &to)),
        EventKind::Promoted => format!("{from} → {}", paint(GOOD, &to)),
        EventKind::Demoted => format!("{from} → {}", paint(BAD, &to)),
        EventKind::Stayed => format!("stays {to}"),
        EventKind::Attested => format!("attested {what}"),
        EventKind::Withdrawn => format!("withdrew {what}"),
        EventKind::Read if outcome.is_empty() => format!("read {what}"),
        EventKind::Read => format!("read {what}: {outcome}"),
        EventKind::Drafted if outcome.is_empty() => format!("draft {what}"),
        EventKind::Drafted => format!("draft {what} ({outcome})"),
        EventKind::Noted => "noted".to_string(),
        EventKind::Arrived => format!("arrived {what}"),
    }
}

/// `automated-ai-rd  2026-05-09 ▁▁▅▅▅▅█ ripe`
fn level_line(level: &LevelOverTime, widest: usize, columns: usize) -> String {
    let name = escape_for_terminal(level_name(level.level.as_deref()));
    let thread = fill(&escape_for_terminal(&level.thread), widest);
    let free = columns.saturating_sub(widest + 2 + 11 + 1 + width(&name));
    let hidden = level.ranks.len().saturating_sub(free);
    let bars: String = level.ranks.iter().skip(hidden).map(|rank| bar(*rank, level.top)).collect();
    let text = format!("{thread}  {} {bars} {name}", level.from);
    format!("{}\n", text.trim_end())
}

/// Returns the bar for a level of a ladder: `▁` for the first level, `█` for the last.
fn bar(rank: usize, top: usize) -> char {
    let highest = BARS.len() - 1;
    BARS[(rank * highest / top.max(1)).min(highest)]
}
