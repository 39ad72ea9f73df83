//! Backtest of one thread as text.

use anstyle::Style;

use super::report::{BacktestDay, BacktestReport, TriggerChange};
use crate::commands::shared::phrases::{level_change, level_name};
use crate::commands::shared::style::{
    BAD, BOLD, DIM, GOOD, UNKNOWN_WIDTH, WAITING, counted, cut, paint,
};
use crate::commands::show::report::LogEntryReport;
use crate::evaluate::{Counted, Decision, StateName};
use crate::text::escape_for_terminal;

/// Least width of the text.
const NARROWEST: usize = 40;

/// Width of the labels at the beginning of a line, such as `landed`.
const LABEL: usize = 8;

/// Returns the dates on which something changes, and a summary.
pub(super) fn render(report: &BacktestReport, terminal: Option<usize>) -> String {
    let width = terminal.unwrap_or(UNKNOWN_WIDTH).max(NARROWEST);
    let (before, after) =
        (level_name(report.level_before.as_deref()), level_name(report.level_after.as_deref()));
    let thread = paint(BOLD, &escape_for_terminal(&report.thread));
    let mut text = format!("{thread}, {} to {}, starting at {before}\n", report.from, report.to);
    text.extend(report.days.iter().map(|day| day_lines(day, width)));
    text.push_str(&format!(
        "\n{} with news; by its triggers alone, the thread would have moved from {before} to {after}\n",
        counted(report.days.len(), "day"),
    ));
    text
}

fn day_lines(day: &BacktestDay, width: usize) -> String {
    let mut lines = vec![String::new(), paint(BOLD, &day.date.to_string())];
    for item in &day.landed {
        lines.push(labelled(2, DIM, "landed", &landed_item(item), width));
    }
    for trigger in &day.triggers {
        let (state, text) = (trigger.state, trigger_change(trigger));
        lines.push(labelled(2, state_style(state), state.as_str(), &text, width));
        for near in &trigger.near_misses {
            let id = escape_for_terminal(&near.item.fact_id);
            let text = format!("{id}: {}", escape_for_terminal(&near.reason));
            lines.push(labelled(4, WAITING, "~", &text, width));
        }
    }
    match &day.decision {
        Decision::Nothing => {}
        Decision::Level { triggers, .. } => {
            let (triggers, level) = (triggers.join(", "), level_name(day.level.as_deref()));
            let text = format!("{triggers} → the level would be {level}");
            lines.push(labelled(2, GOOD, "acts", &text, width));
        }
        Decision::Conflict { raises, lowers } => {
            let (raises, lowers) = (raises.join(", "), lowers.join(", "));
            let text = format!("{raises} would raise, {lowers} would lower: nothing");
            lines.push(labelled(2, BAD, "conflict", &text, width));
        }
    }
    for entry in &day.logged {
        lines.push(labelled(2, DIM, "log", &log_entry(entry), width));
    }
    lines.join("\n") + "\n"
}

/// `  landed   metr/rd-3 Title`, cut at the width
fn labelled(indent: usize, style: Style, label: &str, text: &str, width: usize) -> String {
    let label_width = LABEL + 2 - indent;
    let label = paint(style, &format!("{label:<label_width$}"));
    let text = cut(text, width.saturating_sub(indent + LABEL + 1));
    format!("{}{label} {text}", " ".repeat(indent))
}

/// `metr/rd-3 Title`
fn landed_item(item: &Counted) -> String {
    let id = escape_for_terminal(&item.fact_id);
    if item.title == item.fact_id {
        id
    } else {
        format!("{id} {}", escape_for_terminal(&item.title))
    }
}

/// `third-rd-eval: 2/3 metr-rd-evals at least 3 (was 1/3)`
fn trigger_change(trigger: &TriggerChange) -> String {
    let mut text = format!(
        "{}: {} {}",
        escape_for_terminal(&trigger.id),
        trigger.has,
        escape_for_terminal(&trigger.asks)
    );
    if let Some(before) = before(trigger) {
        text.push_str(&format!(" (was {before})"));
    }
    if let Some(because) = &trigger.because {
        text.push_str(&format!(", {}", escape_for_terminal(because)));
    }
    text
}

/// State and numbers on the date before, if they differ: `waiting, 1/3`.
fn before(trigger: &TriggerChange) -> Option<String> {
    let had = trigger.had.as_ref()?;
    let asked = trigger.asked.as_ref();
    let asked = asked.map_or(String::new(), |asked| format!(" {}", escape_for_terminal(asked)));
    match trigger.before {
        Some(state) if state != trigger.state => Some(format!("{}, {had}{asked}", state.as_str())),
        _ => (*had != trigger.has).then(|| format!("{had}{asked}")),
    }
}

fn state_style(state: StateName) -> Style {
    match state {
        StateName::Ready => GOOD.bold(),
        StateName::OnHold | StateName::Pending => WAITING,
        StateName::Off | StateName::Waiting | StateName::Acknowledged | StateName::Met => {
            Style::new()
        }
    }
}

/// `medium → ripe: a third evaluation landed`
fn log_entry(entry: &LogEntryReport) -> String {
    let reason = escape_for_terminal(&entry.reason);
    match level_change(entry.from.as_deref(), entry.to.as_deref()) {
        Some(change) => format!("{}: {reason}", escape_for_terminal(&change)),
        None => reason,
    }
}
