//! A back-test as a diary.

use super::report::{BacktestDay, BacktestReport, TriggerTurn};
use crate::commands::shared::phrases::level_name;
use crate::commands::show::report::{DecisionReport, LogReport};

use crate::commands::shared::style::{
    BAD, BOLD, DIM, GOOD, UNKNOWN_WIDTH, WAITING, counted, cut, paint,
};
use crate::text::escape_for_terminal;

/// The days on which anything changed.
pub fn render(report: &BacktestReport, terminal: Option<usize>) -> String {
    let width = terminal.unwrap_or(UNKNOWN_WIDTH).max(40);
    let mut text = format!(
        "{}, {} to {}, beginning at {}; nothing is written\n",
        paint(BOLD, &escape_for_terminal(&report.thread)),
        report.from,
        report.to,
        level_name(report.level_before.as_deref())
    );
    for day in &report.days {
        text.push_str(&tell_day(day, width));
    }
    let days = counted(report.days.len(), "day");
    text.push_str(&format!(
        "\n{days} with news; by its triggers alone the thread would have gone from {} to {}\n",
        level_name(report.level_before.as_deref()),
        level_name(report.level_after.as_deref())
    ));
    text
}

fn tell_day(day: &BacktestDay, width: usize) -> String {
    let mut lines = vec![String::new(), paint(BOLD, &day.date.to_string())];
    let mut line = |indent: usize, mark: String, words: String| {
        let used = indent + 9;
        lines.push(format!(
            "{}{mark} {}",
            " ".repeat(indent),
            cut(&words, width.saturating_sub(used))
        ));
    };
    for item in &day.landed {
        let title = if item.title == item.id {
            String::new()
        } else {
            format!(" {}", escape_for_terminal(&item.title))
        };
        line(2, paint(DIM, "landed  "), format!("{}{title}", escape_for_terminal(&item.id)));
    }
    for trigger in &day.triggers {
        line(2, paint(style(trigger.state), &format!("{:<8}", trigger.state)), tell_turn(trigger));
        for near in &trigger.near_misses {
            let words = format!(
                "{}: {}",
                escape_for_terminal(&near.item.id),
                escape_for_terminal(&near.reason)
            );
            line(4, paint(WAITING, "~     "), words);
        }
    }
    match &day.decision {
        DecisionReport::Nothing => {}
        DecisionReport::Act { triggers, .. } => {
            let words = format!(
                "{} → the level would be {}",
                triggers.join(", "),
                level_name(day.level.as_deref())
            );
            line(2, paint(GOOD, "acts    "), words);
        }
        DecisionReport::Conflict { raises, lowers } => {
            let words = format!(
                "{} would raise, {} would lower: nothing",
                raises.join(", "),
                lowers.join(", ")
            );
            line(2, paint(BAD, "conflict"), words);
        }
    }
    for entry in &day.logged {
        line(2, paint(DIM, "log     "), logged(entry));
    }
    lines.join("\n") + "\n"
}

fn tell_turn(trigger: &TriggerTurn) -> String {
    let asked = trigger
        .asked
        .as_deref()
        .map_or_else(String::new, |asked| format!(" {}", escape_for_terminal(asked)));
    let had = match (&trigger.had, trigger.before) {
        (Some(had), Some(before)) if before != trigger.state => {
            format!(" (was {before}, {had}{asked})")
        }
        (Some(had), _) if *had != trigger.has => format!(" (was {had}{asked})"),
        _ => String::new(),
    };
    let because = trigger
        .because
        .as_deref()
        .map_or_else(String::new, |because| format!(", {}", escape_for_terminal(because)));
    format!(
        "{}: {} {}{had}{because}",
        escape_for_terminal(&trigger.id),
        trigger.has,
        escape_for_terminal(&trigger.asks)
    )
}

fn style(state: &str) -> anstyle::Style {
    match state {
        "ready" => GOOD.bold(),
        "on-hold" | "pending" => WAITING,
        _ => anstyle::Style::new(),
    }
}

fn logged(entry: &LogReport) -> String {
    let change = match (&entry.from, &entry.to) {
        (Some(from), Some(to)) if from == to => format!("stays {to}: "),
        (Some(from), Some(to)) => format!("{from} → {to}: "),
        (None, Some(to)) => format!("→ {to}: "),
        _ => String::new(),
    };
    format!("{}{}", escape_for_terminal(&change), escape_for_terminal(&entry.reason))
}
