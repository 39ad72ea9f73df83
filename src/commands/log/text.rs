//! Events of threads as text.

use super::report::{Event, EventKind, LevelOverTime, LogReport};
use crate::commands::shared::phrases::level_name;
use crate::commands::shared::style::{BAD, BOLD, DIM, GOOD, cut, fill, paint, width};
use crate::text::escape_for_terminal;

/// Greatest width of the column of threads.
const WIDEST_THREAD: usize = 28;

/// Bars of increasing height for the levels of a ladder.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Returns the events, oldest first, and on a terminal of `columns` each thread's level over time.
pub(super) fn render(report: &LogReport, columns: Option<usize>) -> String {
    if report.events.is_empty() {
        let since = report.since.map(|since| format!(" since {since}")).unwrap_or_default();
        return format!("No events{since} as of {}.\n", report.today);
    }
    let widest = report.events.iter().map(|event| width(&escape_for_terminal(&event.thread))).max();
    let widest = widest.unwrap_or(0).min(WIDEST_THREAD);
    let mut text: String = report.events.iter().map(|event| event_line(event, widest)).collect();
    if let Some(columns) = columns {
        text.push('\n');
        text.extend(report.levels.iter().map(|level| level_line(level, widest, columns)));
    }
    text
}

/// `2026-05-11  automated-ai-rd  medium → medium-high — why (by alex)`
fn event_line(event: &Event, widest: usize) -> String {
    let thread = fill(&cut(&escape_for_terminal(&event.thread), widest), widest);
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

fn description(event: &Event) -> String {
    let escaped = |text: &Option<String>| escape_for_terminal(text.as_deref().unwrap_or_default());
    let (from, to) = (escaped(&event.from), escaped(&event.to));
    let (what, outcome) = (escaped(&event.what), escaped(&event.outcome));
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
    }
}

/// `automated-ai-rd  2026-05-09 ▁▁▅▅▅▅█ ripe`
fn level_line(level: &LevelOverTime, widest: usize, columns: usize) -> String {
    let now = level_name(level.level.as_deref());
    let thread = fill(&cut(&escape_for_terminal(&level.thread), widest), widest);
    let free = columns.saturating_sub(widest + 2 + 11 + 1 + width(now));
    let skip = level.ranks.len().saturating_sub(free);
    let top = level.top.max(1);
    let bar = |rank: &usize| BARS[(rank * (BARS.len() - 1) / top).min(BARS.len() - 1)];
    let bars: String = level.ranks.iter().skip(skip).map(bar).collect();
    let text = format!("{thread}  {} {bars} {}", level.from, escape_for_terminal(now));
    format!("{}\n", text.trim_end())
}
