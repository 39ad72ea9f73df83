//! The reading queue: what, why, and how to open it.

use std::collections::BTreeSet;

use super::report::{Entry, NextReport, PossibleReport, StakeReport};

use crate::commands::shared::edit::text::does;
use crate::commands::shared::style::{BOLD, DIM, GOOD, UNKNOWN_WIDTH, counted, cut, paint};
use crate::text::escape_for_terminal;

/// The queue, in two or more lines an entry.
pub fn render(report: &NextReport, width: Option<usize>) -> String {
    let width = width.unwrap_or(UNKNOWN_WIDTH);
    if report.entries.is_empty() && report.more == 0 {
        return "Nothing is waiting to be read.\n".to_string();
    }
    let mut text = String::new();
    for (index, entry) in report.entries.iter().enumerate() {
        text.push_str(&rendered(index + 1, entry, width));
    }
    if report.more > 0 {
        text.push_str(&format!("And {} more: `thread next --limit 0`.\n", report.more));
    }
    text
}

fn rendered(number: usize, entry: &Entry, width: usize) -> String {
    let name = cut(&escape_for_terminal(&entry.title), width.saturating_sub(5).max(20));
    let mut text = format!("{number:>2}. {}\n", paint(BOLD, &name));
    let mut line = |words: &str| text.push_str(&format!("    {words}\n"));
    if let Some(id) = &entry.id {
        let told: Vec<String> =
            [Some(escape_for_terminal(id)), entry.date.map(|date| date.to_string())]
                .into_iter()
                .flatten()
                .collect();
        line(&paint(DIM, &told.join(", ")));
    }
    line(&why(entry));
    for impact in &entry.threads {
        for possible in &impact.settles {
            line(&format!("  {}: {}", escape_for_terminal(&impact.thread), settles(possible)));
        }
        for (triggers, once) in
            [(&impact.counts, ""), (&impact.counts_once_dated, " once it is dated")]
        {
            if !triggers.is_empty() {
                let triggers = escape_for_terminal(&triggers.join(", "));
                line(&format!(
                    "  {}: nearer to {triggers}{once}",
                    escape_for_terminal(&impact.thread)
                ));
            }
        }
    }
    line(&format!("{} {}", paint(DIM, "open"), escape_for_terminal(&entry.open)));
    text
}

/// Why it stands where it does, in one line.
fn why(entry: &Entry) -> String {
    let threads: Vec<String> =
        entry.threads.iter().map(|impact| escape_for_terminal(&impact.thread)).collect();
    let waiting = entry.waiting_days.map(|days| format!(", waiting for {}", counted_days(days)));
    match entry.reason {
        "settles" => settling(entry),
        "counts" => {
            let of_thread =
                |impact: &StakeReport| impact.counts.len() + impact.counts_once_dated.len();
            let triggers = entry.threads.iter().map(of_thread).sum();
            format!("brings {} nearer", counted(triggers, "trigger"))
        }
        "top-priority" => format!("top priority of {}", threads.join(", ")),
        "watch" => format!("on the watch list of {}", threads.join(", ")),
        _ => format!("unread in {}{}", threads.join(", "), waiting.unwrap_or_default()),
    }
}

/// `settles 2 triggers in 2 threads, ends 1 hold`
fn settling(entry: &Entry) -> String {
    let ready = |impact: &StakeReport| -> usize {
        let triggers = impact.settles.iter().flat_map(|possible| &possible.consequences.ready);
        triggers.map(|trigger| &trigger.id).collect::<BTreeSet<_>>().len()
    };
    let is_released = |possible: &PossibleReport| possible.consequences.released.is_some();
    let triggers: Vec<usize> = entry.threads.iter().map(ready).filter(|&ready| ready > 0).collect();
    let holds =
        entry.threads.iter().filter(|impact| impact.settles.iter().any(is_released)).count();
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

fn counted_days(days: i64) -> String {
    counted(usize::try_from(days).unwrap_or(0), "day")
}

/// `deployed → raises to ripe by aar-deployed, ends the hold`
fn settles(possible: &PossibleReport) -> String {
    let verdict = possible.verdict.as_deref().map_or("read".to_string(), escape_for_terminal);
    let ready = possible.consequences.ready.iter().map(|trigger| {
        let level = paint(GOOD, &escape_for_terminal(&trigger.level));
        format!("{} {level} by {}", does(trigger.effect), escape_for_terminal(&trigger.id))
    });
    let hold = possible.consequences.released.iter().map(|_| "ends the hold".to_string());
    let all: Vec<String> = ready.chain(hold).collect();
    format!("{verdict} → {}", all.join(", "))
}
