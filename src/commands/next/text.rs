//! The reading queue as text.

use std::collections::BTreeSet;

use super::report::{ImpactReport, NextReport, PossibleReading, QueueEntry, QueueReason};
use crate::commands::shared::hyperlinks::linked;
use crate::commands::shared::phrases::effect_verb;
use crate::commands::shared::style::{BOLD, DIM, GOOD, UNKNOWN_WIDTH, counted, cut, paint};
use crate::text::escape_for_terminal;

/// Returns the queue, with two or more lines for each entry.
pub(super) fn render(report: &NextReport, width: Option<usize>) -> String {
    let width = width.unwrap_or(UNKNOWN_WIDTH);
    if report.entries.is_empty() && report.more == 0 {
        return "Nothing to read.\n".to_string();
    }
    let mut text = String::new();
    for (index, entry) in report.entries.iter().enumerate() {
        text.push_str(&entry_lines(index + 1, entry, width));
    }
    if report.more > 0 {
        text.push_str(&format!("{} more: `thread next --limit 0` lists all.\n", report.more));
    }
    text
}

fn entry_lines(number: usize, entry: &QueueEntry, width: usize) -> String {
    let title = cut(&escape_for_terminal(&entry.title), width.saturating_sub(5).max(20));
    let mut lines = Vec::new();
    if let Some(id) = &entry.id {
        let date = entry.date.map_or(String::new(), |date| format!(", {date}"));
        lines.push(paint(DIM, &format!("{}{date}", escape_for_terminal(id))));
    }
    lines.push(reason(entry));
    lines.extend(entry.threads.iter().flat_map(impact_lines));
    lines.push(format!("{} {}", paint(DIM, "open"), escape_for_terminal(&entry.open)));
    let lines: String = lines.iter().map(|line| format!("    {line}\n")).collect();
    format!("{number:>2}. {}\n{lines}", linked(&entry.open, &paint(BOLD, &title)))
}

fn impact_lines(impact: &ImpactReport) -> Vec<String> {
    let thread = escape_for_terminal(&impact.thread);
    let settles = impact.settles.iter();
    let mut lines: Vec<String> =
        settles.map(|reading| format!("  {thread}: {}", possible_reading(reading))).collect();
    let counts = [(&impact.counts, ""), (&impact.counts_once_dated, " once it is dated")];
    for (triggers, condition) in counts {
        if !triggers.is_empty() {
            let triggers = escape_for_terminal(&triggers.join(", "));
            lines.push(format!("  {thread}: nearer to {triggers}{condition}"));
        }
    }
    lines
}

/// Returns the reason for the position of an entry: `settles 2 triggers in 1 thread`.
fn reason(entry: &QueueEntry) -> String {
    let threads: Vec<String> =
        entry.threads.iter().map(|impact| escape_for_terminal(&impact.thread)).collect();
    let threads = threads.join(", ");
    match entry.reason {
        QueueReason::Settles => settles(entry),
        QueueReason::Counts => {
            let impacts = entry.threads.iter();
            let triggers =
                impacts.map(|impact| impact.counts.len() + impact.counts_once_dated.len()).sum();
            format!("brings {} nearer", counted(triggers, "trigger"))
        }
        QueueReason::TopPriority => format!("top priority of {threads}"),
        QueueReason::Watch => format!("on the watch list of {threads}"),
        QueueReason::Unread => {
            let days = entry.waiting_days.map(|days| usize::try_from(days).unwrap_or(0));
            let waiting = days.map(|days| format!(", waiting for {}", counted(days, "day")));
            format!("unread in {threads}{}", waiting.unwrap_or_default())
        }
        QueueReason::Unmapped => {
            let id = entry.id.as_deref().unwrap_or_default();
            format!("belongs to no thread: `thread map {} THREAD`", escape_for_terminal(id))
        }
    }
}

/// `settles 2 triggers in 2 threads, ends 1 hold`
fn settles(entry: &QueueEntry) -> String {
    let triggers: Vec<usize> =
        entry.threads.iter().map(ready_triggers).filter(|&number| number > 0).collect();
    let holds = entry.threads.iter().filter(|impact| ends_hold(impact)).count();
    let mut parts = Vec::new();
    if !triggers.is_empty() {
        let number = counted(triggers.iter().sum(), "trigger");
        parts.push(format!("settles {number} in {}", counted(triggers.len(), "thread")));
    }
    if holds > 0 {
        parts.push(format!("ends {}", counted(holds, "hold")));
    }
    parts.join(", ")
}

fn ready_triggers(impact: &ImpactReport) -> usize {
    let ready = impact.settles.iter().flat_map(|reading| &reading.consequences.ready);
    ready.map(|trigger| &trigger.id).collect::<BTreeSet<_>>().len()
}

fn ends_hold(impact: &ImpactReport) -> bool {
    impact.settles.iter().any(|reading| reading.consequences.released.is_some())
}

/// `deployed → raises to ripe by aar-deployed, ends the hold`
fn possible_reading(reading: &PossibleReading) -> String {
    let verdict = reading.verdict.as_deref().map_or("read".to_string(), escape_for_terminal);
    let ready = reading.consequences.ready.iter().map(|trigger| {
        let level = paint(GOOD, &escape_for_terminal(&trigger.level));
        format!("{} {level} by {}", effect_verb(trigger.effect), escape_for_terminal(&trigger.id))
    });
    let hold = reading.consequences.released.iter().map(|_| "ends the hold".to_string());
    let all: Vec<String> = ready.chain(hold).collect();
    format!("{verdict} → {}", all.join(", "))
}
