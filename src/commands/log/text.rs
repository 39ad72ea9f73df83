//! What happened, a line each, and on a terminal each thread's level over time.

use super::report::{Event, LevelOverTime, LogReport};
use crate::commands::shared::phrases::level_name;

use crate::commands::shared::style::{BAD, BOLD, DIM, GOOD, cut, fill, paint, width};
use crate::text::escape_for_terminal;

/// The events, oldest first. `columns` is known on a terminal only.
pub fn render(report: &LogReport, columns: Option<usize>) -> String {
    if report.events.is_empty() {
        let since = report.since.map(|since| format!(" since {since}")).unwrap_or_default();
        return format!("Nothing happened{since} as of {}.\n", report.today);
    }
    let widest = report.events.iter().map(|event| width(&escape_for_terminal(&event.thread))).max();
    let widest = widest.unwrap_or(0).min(28);
    let mut text: String = report.events.iter().map(|event| line(event, widest)).collect();
    if let Some(columns) = columns {
        text.push('\n');
        text.extend(report.levels.iter().map(|level| picture(level, widest, columns)));
    }
    text
}

/// `2026-05-11  automated-ai-rd  medium → medium-high  why  (by alex)`
fn line(event: &Event, widest: usize) -> String {
    let reason = escape_for_terminal(&event.reason);
    let mut text = format!(
        "{}  {}  {}",
        event.date,
        paint(BOLD, &fill(&cut(&escape_for_terminal(&event.thread), widest), widest)),
        what(event)
    );
    if !reason.is_empty() {
        text.push_str(&format!(" — {reason}"));
    }
    let acted: Vec<String> = event.triggers.iter().map(|id| escape_for_terminal(id)).collect();
    match (&event.by, acted.is_empty()) {
        (Some(by), _) => text.push_str(&paint(DIM, &format!(" (by {})", escape_for_terminal(by)))),
        (None, false) => text.push_str(&paint(DIM, &format!(" (by {})", acted.join(", ")))),
        (None, true) => {}
    }
    text.push('\n');
    text
}

fn what(event: &Event) -> String {
    let word = |text: &Option<String>| text.as_deref().map(escape_for_terminal).unwrap_or_default();
    let (from, to) = (word(&event.from), word(&event.to));
    let (what, outcome) = (word(&event.what), word(&event.outcome));
    match event.event {
        "promoted" => format!("{from} → {}", paint(GOOD, &to)).trim_start().to_string(),
        "demoted" => format!("{from} → {}", paint(BAD, &to)),
        "stayed" => format!("stays {to}"),
        "attested" => format!("attested {what}"),
        "withdrawn" => format!("withdrew {what}"),
        "read" if outcome.is_empty() => format!("read {what}"),
        "read" => format!("read {what}: {outcome}"),
        "drafted" if outcome.is_empty() => format!("draft {what}"),
        "drafted" => format!("draft {what} ({outcome})"),
        _ => "noted".to_string(),
    }
}

/// The eight heights of a picture.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// `automated-ai-rd  2026-05-09 ▁▁▅▅▅▅█ ripe`
fn picture(level: &LevelOverTime, widest: usize, columns: usize) -> String {
    let now = level_name(level.level.as_deref());
    let name = fill(&cut(&escape_for_terminal(&level.thread), widest), widest);
    let room = columns.saturating_sub(widest + 2 + 11 + 1 + width(now));
    let skip = level.ranks.len().saturating_sub(room);
    let highest = level.top.max(1);
    let bar = |rank: &usize| BARS[(rank * (BARS.len() - 1) / highest).min(BARS.len() - 1)];
    let bars: String = level.ranks.iter().skip(skip).map(bar).collect();
    let text = format!("{name}  {} {bars} {}", level.from, escape_for_terminal(now));
    format!("{}\n", text.trim_end())
}
