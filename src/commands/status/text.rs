//! The table of all threads.

use super::report::{Overdue, Row, StatusReport};
use crate::commands::shared::phrases::level_name;

use crate::commands::shared::style::{
    BAD, BOLD, DIM, GOOD, UNKNOWN_WIDTH, WAITING, counted, cut, fill, paint, width,
};
use crate::text::escape_for_terminal;

/// From this width on a row has its next step beside it, below it stands on a line of its own.
const WIDE: usize = 120;
/// The columns are not squeezed further than this.
const NARROWEST: usize = 60;

/// The table, then what needs a person. Nothing is cut where the width is unknown.
pub fn render(report: &StatusReport, terminal: Option<usize>) -> String {
    let total = terminal.unwrap_or(UNKNOWN_WIDTH).max(NARROWEST);
    let mut text = table(report, total, terminal.is_none());
    if report.threads.is_empty() {
        text.push_str(match report.problems.is_empty() {
            true => "No threads yet.\n",
            false => "No thread that can be read.\n",
        });
    }
    text.push('\n');
    text.push_str(&summary(report));
    text
}

/// Widths of the columns.
struct Columns {
    level: usize,
    thread: usize,
    evidence: usize,
    newest: usize,
    /// Trigger and next step; `None` where they stand on a line of their own.
    beside: Option<(usize, usize)>,
}

const SINCE: usize = 10;
const GAP: usize = 2;

impl Columns {
    fn new(report: &StatusReport, total: usize, uncut: bool) -> Self {
        let widest = |cell: fn(&Row) -> String, heading: &str| {
            let cells = report.threads.iter().map(|row| width(&cell(row)));
            cells.max().unwrap_or(0).max(heading.len())
        };
        let nearest = widest(nearest, "NEAREST TRIGGER");
        let next = widest(|row| escape_for_terminal(&row.next), "NEXT");
        let mut columns = Self {
            level: widest(|row| level_name(row.level.as_deref()).to_string(), "LEVEL"),
            thread: widest(|row| escape_for_terminal(&row.thread), "THREAD"),
            evidence: widest(evidence, "EVIDENCE"),
            newest: widest(newest, "NEWEST"),
            beside: Some((nearest, next)),
        };
        if uncut {
            return columns;
        }
        let fixed = columns.level + SINCE + columns.evidence + columns.newest + 4 * GAP;
        let free = total.saturating_sub(fixed);
        if total < WIDE {
            columns.thread = columns.thread.min(free);
            columns.beside = None;
            return columns;
        }
        columns.thread = columns.thread.min(free / 3);
        let nearest = nearest.min(free / 3);
        columns.beside = Some((nearest, free.saturating_sub(columns.thread + nearest + 2 * GAP)));
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
        if let Some((nearest, _)) = self.beside {
            cells.extend([fill("NEAREST TRIGGER", nearest), "NEXT".into()]);
        }
        paint(DIM, cells.join(&" ".repeat(GAP)).trim_end()) + "\n"
    }

    fn line(&self, row: &Row, total: usize) -> String {
        let since = row.since.map_or_else(|| "–".into(), |since| since.to_string());
        let mut cells = vec![
            paint(level_style(row), &fill(level_name(row.level.as_deref()), self.level)),
            fill(&since, SINCE),
            paint(BOLD, &fill(&escape_for_terminal(&row.thread), self.thread)),
            fill(&evidence(row), self.evidence),
            fill(&newest(row), self.newest),
        ];
        let next = escape_for_terminal(&row.next);
        if let Some((nearest, room)) = self.beside {
            cells.push(paint(nearest_style(row), &fill(&nearest_in(row, nearest), nearest)));
            cells.push(cut(&next, room));
        }
        let mut line = cells.join(&" ".repeat(GAP)).trim_end().to_string() + "\n";
        if self.beside.is_none() {
            let indent = self.level + GAP;
            let trigger = nearest_in(row, total / 2);
            let room = total.saturating_sub(indent + width(&trigger) + 4);
            let trigger = paint(nearest_style(row), &trigger);
            let arrow = paint(DIM, "→");
            let blanks = " ".repeat(indent);
            line.push_str(format!("{blanks}{trigger} {arrow} {}", cut(&next, room)).trim_end());
            line.push('\n');
        }
        line
    }
}

fn evidence(row: &Row) -> String {
    match row.unread {
        0 => format!("{}", row.evidence),
        unread => format!("{} ({unread})", row.evidence),
    }
}

fn newest(row: &Row) -> String {
    row.newest_age_days.map_or_else(|| "–".into(), |days| format!("{days}d"))
}

fn nearest(row: &Row) -> String {
    nearest_in(row, usize::MAX)
}

/// The nearest trigger in so many columns: its name is cut, what it has and needs is not.
fn nearest_in(row: &Row, columns: usize) -> String {
    let (name, numbers) = match (&row.nearest, row.conflict) {
        (_, true) => return cut("conflict", columns),
        (None, _) => return cut("–", columns),
        (Some(nearest), _) if nearest.state == "waiting" => (&nearest.trigger, &*nearest.have_need),
        (Some(nearest), _) => (&nearest.trigger, nearest.state),
    };
    let room = columns.saturating_sub(width(numbers) + 1);
    cut(&format!("{} {numbers}", cut(&escape_for_terminal(name), room)), columns)
}

fn table(report: &StatusReport, total: usize, uncut: bool) -> String {
    if report.threads.is_empty() {
        return String::new();
    }
    let columns = Columns::new(report, total, uncut);
    let lines = report.threads.iter().map(|row| columns.line(row, total));
    columns.heading() + &lines.collect::<String>()
}

fn level_style(row: &Row) -> anstyle::Style {
    match (row.status, row.ripe) {
        ("active", true) => GOOD.bold(),
        ("active", false) => anstyle::Style::new(),
        _ => DIM,
    }
}

fn nearest_style(row: &Row) -> anstyle::Style {
    match row.nearest.as_ref().map(|nearest| nearest.state) {
        _ if row.conflict => BAD,
        Some("ready") => GOOD,
        Some("on-hold" | "pending") => WAITING,
        _ => anstyle::Style::new(),
    }
}

fn summary(report: &StatusReport) -> String {
    let ripe = report.threads.iter().filter(|row| row.ripe && row.status == "active").count();
    let ready = report.threads.iter().filter(|row| is_ready(row)).count();
    let arriving: usize = report.threads.iter().map(|row| row.arriving).sum();
    let mut line =
        format!("{} as of {}: {ripe} ripe", counted(report.threads.len(), "thread"), report.today);
    if ready > 0 {
        line.push_str(&format!(", {ready} ready to move"));
    }
    if arriving > 0 {
        line.push_str(&format!(", {} to bring in with `thread scan`", counted(arriving, "item")));
    }
    line.push_str(".\n");
    for row in report.threads.iter().filter(|row| row.conflict) {
        let sentence = format!(
            "{}: its triggers contradict each other; {}",
            escape_for_terminal(&row.thread),
            escape_for_terminal(&row.next)
        );
        line.push_str(&format!("{}\n", paint(BAD, &sentence)));
    }
    if !report.overdue.is_empty() {
        line.push_str("Overdue scans:\n");
    }
    for source in &report.overdue {
        line.push_str(&format!("  {}\n", overdue(source)));
    }
    line
}

fn is_ready(row: &Row) -> bool {
    row.nearest.as_ref().is_some_and(|nearest| nearest.state == "ready") && !row.conflict
}

fn overdue(source: &Overdue) -> String {
    let last = source.last_scan.map_or_else(|| "never scanned".into(), |day| format!("last {day}"));
    format!("{}: {last}, every {}d", escape_for_terminal(&source.name), source.every_days)
}
