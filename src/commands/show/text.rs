//! One thread: its head, its triggers as trees, its evidence by source, its log.

use anstyle::Style;

use super::report::{DecisionReport, LogReport, ShowReport};
use crate::commands::shared::evidence_report::EvidenceReport;
use crate::commands::shared::phrases::level_name;
use crate::commands::shared::trigger_report::{ItemReport, OutcomeReport, TriggerReport};

use crate::commands::shared::style::{
    BAD, BOLD, DIM, GOOD, UNKNOWN_WIDTH, WAITING, counted, cut, paint,
};
use crate::model::EffectKind;
use crate::text::escape_for_terminal;

/// So many near misses of a condition are told; the JSON has all.
const MOST_NEAR_MISSES: usize = 5;

/// The thread as text.
pub fn render(report: &ShowReport, terminal: Option<usize>) -> String {
    let mut page = Page { text: String::new(), width: terminal.unwrap_or(UNKNOWN_WIDTH).max(40) };
    head(&mut page, report);
    if !report.triggers.is_empty() {
        page.heading("Triggers");
        for trigger in &report.triggers {
            tell_trigger(&mut page, trigger);
        }
    }
    evidence(&mut page, report);
    log(&mut page, &report.log);
    drafts_and_watching(&mut page, report);
    page.text
}

struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn heading(&mut self, text: &str) {
        self.text.push_str(&format!("\n{}\n", paint(BOLD, text)));
    }

    /// One line, cut at the edge of the terminal.
    fn line(&mut self, indent: usize, style: Style, text: &str) {
        let text = cut(text, self.width.saturating_sub(indent));
        self.text.push_str(&format!("{}{}\n", " ".repeat(indent), paint(style, &text)));
    }

    /// A line that begins with a mark in its own style.
    fn marked(&mut self, indent: usize, mark: &str, mark_style: Style, text: &str) {
        let used = indent + crate::commands::shared::style::width(mark) + 1;
        let text = cut(text, self.width.saturating_sub(used));
        self.text.push_str(&format!("{}{} {text}\n", " ".repeat(indent), paint(mark_style, mark)));
    }

    /// Running text over as many lines as it takes.
    fn paragraph(&mut self, indent: usize, text: &str) {
        let room = self.width.saturating_sub(indent).max(20);
        let mut line = String::new();
        for word in text.split_whitespace() {
            let full = crate::commands::shared::style::width(&line)
                + 1
                + crate::commands::shared::style::width(word)
                > room;
            if full && !line.is_empty() {
                self.line(indent, Style::new(), &line);
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.line(indent, Style::new(), &line);
    }
}

fn head(page: &mut Page, report: &ShowReport) {
    page.line(0, BOLD, &escape_for_terminal(&report.title));
    let since = report.since.map_or_else(String::new, |since| format!(" since {since}"));
    let opened = report.opened.map_or_else(String::new, |day| format!(", opened {day}"));
    let level =
        paint(if report.ripe { GOOD.bold() } else { BOLD }, level_name(report.level.as_deref()));
    page.text.push_str(&format!(
        "{level}{since} · {}{opened} · {} · as of {}\n",
        report.status,
        escape_for_terminal(&report.path),
        report.today
    ));
    if let Some(hold) = &report.hold {
        let only = match hold.only.as_slice() {
            [] => String::new(),
            only => format!(", only {},", escape_for_terminal(&only.join(", "))),
        };
        let (until, why) = (escape_for_terminal(&hold.until), escape_for_terminal(&hold.why));
        let sentence = format!("below {}{only} until {until}: {why}", hold.below);
        page.text.push_str(&paint(WAITING, "hold "));
        let mut rest = Page { text: String::new(), width: page.width };
        rest.paragraph(5, &sentence);
        page.text.push_str(rest.text.trim_start());
    }
    match &report.decision {
        DecisionReport::Act { level, triggers } => {
            let sentence = format!(
                "the next scan acts on {}: {} → {level}",
                triggers.join(", "),
                level_name(report.level.as_deref())
            );
            page.line(0, GOOD, &sentence);
        }
        DecisionReport::Conflict { raises, lowers } => {
            let sentence = format!(
                "conflict: {} would raise, {} would lower",
                raises.join(", "),
                lowers.join(", ")
            );
            page.line(0, BAD, &sentence);
        }
        DecisionReport::Nothing => {}
    }
}

fn state_style(state: &str) -> Style {
    match state {
        "ready" => GOOD.bold(),
        "on-hold" | "pending" => WAITING,
        "met" => GOOD,
        "off" | "weighed" => DIM,
        _ => Style::new(),
    }
}

fn tell_trigger(page: &mut Page, trigger: &TriggerReport) {
    let because = trigger
        .because
        .as_deref()
        .map_or_else(String::new, |because| format!(" ({})", escape_for_terminal(because)));
    let effect = match trigger.effect {
        EffectKind::RaiseTo => "raise to",
        EffectKind::LowerTo => "lower to",
        EffectKind::StayAt => "stay at",
    };
    let head =
        format!("{} · {effect} {}{because}", escape_for_terminal(&trigger.id), trigger.level);
    page.marked(2, &format!("{:<8}", trigger.state), state_style(trigger.state), &head);
    page.paragraph(11, &format!("why: {}", escape_for_terminal(&trigger.why)));
    tell_outcome(page, 11, &trigger.when);
    if let Some(next) = &trigger.next {
        page.paragraph(11, &format!("then: {}", escape_for_terminal(next)));
    }
}

fn tell_outcome(page: &mut Page, indent: usize, outcome: &OutcomeReport) {
    let (mark, style) = if outcome.satisfied { ("✓", GOOD) } else { ("·", DIM) };
    let numbers = match (outcome.at_least, outcome.at_most) {
        (Some(least), _) => format!("{}/{least}", outcome.have),
        (None, most) => format!("{} (at most {})", outcome.have, most.unwrap_or(0)),
    };
    page.marked(indent, mark, style, &format!("{numbers} {}", escape_for_terminal(&outcome.asks)));
    if let Some(note) = &outcome.note {
        page.line(indent + 2, DIM, &escape_for_terminal(note));
    }
    for item in &outcome.counted {
        page.marked(indent + 2, "+", GOOD, &tell_item(item));
    }
    for near in outcome.near_misses.iter().take(MOST_NEAR_MISSES) {
        page.marked(
            indent + 2,
            "~",
            WAITING,
            &format!(
                "{}: {}",
                escape_for_terminal(&near.item.id),
                escape_for_terminal(&near.reason)
            ),
        );
    }
    let more = outcome.near_misses.len().saturating_sub(MOST_NEAR_MISSES);
    if more > 0 {
        page.line(indent + 2, DIM, &format!("~ and {more} more"));
    }
    for child in &outcome.of {
        tell_outcome(page, indent + 2, child);
    }
}

fn tell_item(item: &ItemReport) -> String {
    let mut text = escape_for_terminal(&item.id);
    let mut places = Vec::new();
    if let Some(date) = item.date {
        places.push(date.to_string());
    }
    if let Some(landed) = item.landed.filter(|landed| Some(*landed) != item.date) {
        places.push(format!("landed {landed}"));
    }
    if !places.is_empty() {
        text.push_str(&format!(" ({})", places.join(", ")));
    }
    if !item.title.is_empty() && item.title != item.id {
        text.push_str(&format!(" {}", escape_for_terminal(&item.title)));
    }
    text
}

fn evidence(page: &mut Page, report: &ShowReport) {
    let total: usize = report.evidence.iter().map(|source| source.items.len()).sum();
    let is_open = |item: &&EvidenceReport| matches!(item.reading, "unread" | "unknown");
    let open = report.evidence.iter().flat_map(|source| &source.items).filter(is_open).count();
    page.heading(&format!("Evidence: {}, {open} unread", counted(total, "item")));
    let contradictory = matches!(report.decision, DecisionReport::Conflict { .. });
    for source in &report.evidence {
        page.line(2, Style::new(), &escape_for_terminal(&source.name));
        for item in &source.items {
            let (mark, style) = match item.reading {
                "read" => ("[x]", GOOD),
                "dropped" => ("[-]", DIM),
                "unread" => ("[ ]", Style::new()),
                _ => ("[?]", DIM),
            };
            let date = item.item.date.map_or_else(|| "no date   ".into(), |date| date.to_string());
            let verdict = item
                .verdict
                .as_deref()
                .map_or_else(String::new, |verdict| format!(" = {}", escape_for_terminal(verdict)));
            let new = match (item.arriving, contradictory) {
                (false, _) => "",
                (true, false) => " (new, comes in with the next scan)",
                (true, true) => " (new, comes in once the triggers agree)",
            };
            let text = format!("{date} {}{verdict}{new}", escape_for_terminal(&item.item.title));
            page.marked(4, mark, style, &text);
            for note in &item.notes {
                page.line(8, DIM, &format!("note: {}", escape_for_terminal(note)));
            }
        }
    }
}

fn log(page: &mut Page, entries: &[LogReport]) {
    if entries.is_empty() {
        return;
    }
    page.heading("Log");
    for entry in entries {
        let change = match (&entry.from, &entry.to) {
            (Some(from), Some(to)) if from == to => format!("stays {to} — "),
            (Some(from), Some(to)) => format!("{from} → {to} — "),
            (None, Some(to)) => format!("→ {to} — "),
            _ => String::new(),
        };
        let by = entry
            .by
            .as_deref()
            .map_or_else(String::new, |by| format!(" (by {})", escape_for_terminal(by)));
        page.paragraph(
            2,
            &format!(
                "{} {}{}{by}",
                entry.date,
                escape_for_terminal(&change),
                escape_for_terminal(&entry.reason)
            ),
        );
    }
}

fn drafts_and_watching(page: &mut Page, report: &ShowReport) {
    if !report.drafts.is_empty() {
        page.heading("Drafts");
        for draft in &report.drafts {
            let name = draft.path.as_deref().or(draft.title.as_deref()).unwrap_or("");
            let state = draft.state.as_deref().unwrap_or("no state");
            page.line(
                2,
                Style::new(),
                &format!(
                    "{} {}: {}",
                    draft.date,
                    escape_for_terminal(state),
                    escape_for_terminal(name)
                ),
            );
        }
    }
    let open: Vec<_> = report.watching.iter().filter(|watch| !watch.done).collect();
    if !open.is_empty() {
        page.heading("Watching");
        for watch in open {
            page.paragraph(2, &escape_for_terminal(&watch.text));
        }
    }
}
