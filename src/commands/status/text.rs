//! Status of all threads as a table.

use anstyle::Style;

use super::report::{NearestTrigger, OverdueSource, StatusReport, StatusRow};
use crate::commands::shared::hyperlinks::linked;
use crate::commands::shared::phrases::level_name;
use crate::commands::shared::style::{
    BAD, BOLD, DIM, GOOD, UNKNOWN_WIDTH, WAITING, counted, cut, fill, paint, width,
};
use crate::evaluate::StateName;
use crate::model::Status;
use crate::text::escape_for_terminal;

/// Least width at which the nearest trigger and the next step are columns; in a narrower terminal
/// they have a line of their own.
const WIDE: usize = 120;
/// Least width of the table.
const NARROWEST: usize = 60;
/// Width of the column SINCE.
const SINCE: usize = 10;
/// Width of the gap between columns.
const GAP: usize = 2;

/// Returns the table and a summary. Without a terminal (`None`) nothing is cut.
pub(super) fn render(report: &StatusReport, terminal: Option<usize>) -> String {
    let total = terminal.unwrap_or(UNKNOWN_WIDTH).max(NARROWEST);
    let table = if !report.threads.is_empty() {
        table(report, total, terminal.is_none())
    } else if report.problems.is_empty() {
        let has_threads = report.hidden > 0;
        let text = if has_threads { "No thread fits." } else { NO_THREADS };
        format!("{text}\n")
    } else {
        "No readable threads.\n".to_string()
    };
    format!("{table}\n{}", summary(report))
}

fn table(report: &StatusReport, total: usize, is_uncut: bool) -> String {
    let columns = Columns::new(report, total, is_uncut);
    let lines = report.threads.iter().map(|row| columns.line(row, total));
    columns.heading() + &lines.collect::<String>()
}

/// Widths of the columns.
struct Columns {
    level: usize,
    thread: usize,
    evidence: usize,
    newest: usize,
    /// Nearest trigger and next step; `None` if they have a line of their own.
    nearest_and_next: Option<(usize, usize)>,
}

impl Columns {
    fn new(report: &StatusReport, total: usize, is_uncut: bool) -> Self {
        let rows = &report.threads;
        let nearest = widest("NEAREST TRIGGER", rows, |row| nearest(row, usize::MAX));
        let next = widest("NEXT", rows, |row| escape_for_terminal(&row.next));
        let mut columns = Self {
            level: widest("LEVEL", rows, |row| level_name(row.level.as_deref()).to_string()),
            thread: widest("THREAD", rows, |row| escape_for_terminal(&row.thread)),
            evidence: widest("EVIDENCE", rows, evidence),
            newest: widest("NEWEST", rows, newest),
            nearest_and_next: Some((nearest, next)),
        };
        if is_uncut {
            return columns;
        }
        let fixed = columns.level + SINCE + columns.evidence + columns.newest + 4 * GAP;
        let free = total.saturating_sub(fixed);
        if total < WIDE {
            columns.thread = columns.thread.min(free);
            columns.nearest_and_next = None;
            return columns;
        }
        columns.thread = columns.thread.min(free / 3);
        let nearest = nearest.min(free / 3);
        let next = free.saturating_sub(columns.thread + nearest + 2 * GAP);
        columns.nearest_and_next = Some((nearest, next));
        columns
    }

    fn heading(&self) -> String {
        let mut cells = vec![
            fill("LEVEL", self.level),
            fill("SINCE", SINCE),
            fill("THREAD", self.thread),
            fill("EVIDENCE", self.evidence),
            fill("NEWEST", self.newest),
        ];
        if let Some((nearest, _)) = self.nearest_and_next {
            cells.extend([fill("NEAREST TRIGGER", nearest), "NEXT".into()]);
        }
        paint(DIM, cells.join(&" ".repeat(GAP)).trim_end()) + "\n"
    }

    /// The slug of a thread, which leads to its file.
    fn name(&self, row: &StatusRow) -> String {
        let name = cut(&escape_for_terminal(&row.thread), self.thread);
        let gap = " ".repeat(self.thread.saturating_sub(width(&name)));
        format!("{}{gap}", linked(&row.path, &paint(BOLD, &name)))
    }

    fn line(&self, row: &StatusRow, total: usize) -> String {
        let since = row.since.map_or("–".to_string(), |since| since.to_string());
        let next = escape_for_terminal(&row.next);
        let mut cells = vec![
            paint(level_style(row), &fill(level_name(row.level.as_deref()), self.level)),
            fill(&since, SINCE),
            self.name(row),
            fill(&evidence(row), self.evidence),
            fill(&newest(row), self.newest),
        ];
        if let Some((trigger, step)) = self.nearest_and_next {
            cells.push(paint(nearest_style(row), &fill(&nearest(row, trigger), trigger)));
            cells.push(cut(&next, step));
            return cells.join(&" ".repeat(GAP)).trim_end().to_string() + "\n";
        }
        let indent = self.level + GAP;
        let trigger = nearest(row, total / 2);
        let next = cut(&next, total.saturating_sub(indent + width(&trigger) + 4));
        let second = format!(
            "{}{} {} {next}",
            " ".repeat(indent),
            paint(nearest_style(row), &trigger),
            paint(DIM, "→")
        );
        format!("{}\n{}\n", cells.join(&" ".repeat(GAP)).trim_end(), second.trim_end())
    }
}

/// Returns the width of the widest cell of a column.
fn widest(heading: &str, rows: &[StatusRow], cell: impl Fn(&StatusRow) -> String) -> usize {
    rows.iter().map(|row| width(&cell(row))).fold(heading.len(), usize::max)
}

/// Number of items, and of unread ones: `12 (3)`.
fn evidence(row: &StatusRow) -> String {
    match row.unread {
        0 => row.evidence.to_string(),
        unread => format!("{} ({unread})", row.evidence),
    }
}

/// Age of the newest item: `5d`.
fn newest(row: &StatusRow) -> String {
    row.newest_age_days.map_or("–".to_string(), |days| format!("{days}d"))
}

/// Nearest trigger with its state or its numbers: `third-rd-eval 2/3`. If that is too wide, the id
/// is cut.
fn nearest(row: &StatusRow, columns: usize) -> String {
    if row.conflict {
        return cut("conflict", columns);
    }
    let Some(NearestTrigger { trigger, state, have_need, .. }) = &row.nearest else {
        return cut("–", columns);
    };
    let state = if *state == StateName::Waiting { have_need } else { state.as_str() };
    let id = cut(&escape_for_terminal(trigger), columns.saturating_sub(width(state) + 1));
    cut(&format!("{id} {state}"), columns)
}

fn level_style(row: &StatusRow) -> Style {
    match row.status {
        Status::Active if row.ripe => GOOD.bold(),
        Status::Active => Style::new(),
        Status::Dormant | Status::Closed => DIM,
    }
}

fn nearest_style(row: &StatusRow) -> Style {
    match row.nearest.as_ref().map(|nearest| nearest.state) {
        _ if row.conflict => BAD,
        Some(StateName::Ready) => GOOD,
        Some(StateName::OnHold | StateName::Pending) => WAITING,
        _ => Style::new(),
    }
}

/// The text of a workspace without threads.
const NO_THREADS: &str = "No threads yet. `thread new \"What you follow\"` creates one.";

fn summary(report: &StatusReport) -> String {
    let active = report.threads.iter().filter(|row| row.status == Status::Active);
    let ripe = active.filter(|row| row.ripe).count();
    let ready = report.threads.iter().filter(|row| row.is_ready()).count();
    let arriving: usize = report.threads.iter().map(|row| row.arriving).sum();
    let mut text =
        format!("{} as of {}: {ripe} ripe", counted(report.threads.len(), "thread"), report.today);
    if report.hidden > 0 {
        text.push_str(&format!(", {} not shown", report.hidden));
    }
    if ready > 0 {
        text.push_str(&format!(", {ready} ready to move"));
    }
    if arriving > 0 {
        text.push_str(&format!(", {} to add with `thread scan`", counted(arriving, "item")));
    }
    text.push_str(".\n");
    for row in report.threads.iter().filter(|row| row.conflict) {
        let (thread, next) = (escape_for_terminal(&row.thread), escape_for_terminal(&row.next));
        let sentence = format!("{thread}: conflicting triggers; {next}");
        text.push_str(&format!("{}\n", paint(BAD, &sentence)));
    }
    if let Some(unmapped @ 1..) = report.unmapped {
        let verb = if unmapped == 1 { "belongs" } else { "belong" };
        let items = counted(unmapped, "catalog item");
        text.push_str(&format!("{items} {verb} to no thread: `thread catalog unmapped`.\n"));
    }
    if !report.overdue.is_empty() {
        text.push_str("Overdue scans:\n");
        text.extend(report.overdue.iter().map(overdue_line));
    }
    text
}

/// `  METR: last 2026-05-10, every 30d`
fn overdue_line(source: &OverdueSource) -> String {
    let last = source.last_scan.map_or("never scanned".to_string(), |date| format!("last {date}"));
    format!("  {}: {last}, every {}d\n", escape_for_terminal(&source.name), source.every_days)
}
