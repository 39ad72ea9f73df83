//! One thread as text: head, triggers as trees, evidence by source, log, drafts and watch list.

use anstyle::Style;

use super::report::{HoldReport, LogEntryReport, ShowReport};
use crate::commands::shared::evidence_report::{EvidenceReport, ReadingState};
use crate::commands::shared::phrases::{level_change, level_name};
use crate::commands::shared::style::{
    BAD, BOLD, DIM, GOOD, UNKNOWN_WIDTH, WAITING, counted, cut, paint, width,
};
use crate::commands::shared::trigger_report::{OutcomeReport, TriggerReport};
use crate::evaluate::{Counted, Decision, StateName};
use crate::model::EffectKind;
use crate::text::escape_for_terminal;

/// Greatest number of near misses that are shown for a condition; JSON has all.
const MOST_NEAR_MISSES: usize = 5;

/// The text is laid out for at least this width.
const NARROWEST: usize = 40;

/// Column at which the details of a trigger begin.
const DETAILS: usize = 11;

/// Returns the thread as text.
pub(super) fn render(report: &ShowReport, terminal: Option<usize>) -> String {
    let width = terminal.unwrap_or(UNKNOWN_WIDTH).max(NARROWEST);
    let mut page = Page { text: String::new(), width };
    head(&mut page, report);
    if !report.triggers.is_empty() {
        page.heading("Triggers");
        for trigger in &report.triggers {
            add_trigger(&mut page, trigger);
        }
    }
    add_evidence(&mut page, report);
    add_log(&mut page, &report.log);
    add_drafts(&mut page, report);
    add_watch_list(&mut page, report);
    page.text
}

/// Text that is laid out for a width.
struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn heading(&mut self, text: &str) {
        self.text.push_str(&format!("\n{}\n", paint(BOLD, text)));
    }

    /// Adds a line, cut at the width of the page.
    fn line(&mut self, indent: usize, style: Style, text: &str) {
        let text = cut(text, self.width.saturating_sub(indent));
        self.text.push_str(&format!("{}{}\n", " ".repeat(indent), paint(style, &text)));
    }

    /// Adds a line that begins with a marker in its own style.
    fn marked(&mut self, indent: usize, marker: &str, style: Style, text: &str) {
        let used = indent + width(marker) + 1;
        let text = cut(text, self.width.saturating_sub(used));
        self.text.push_str(&format!("{}{} {text}\n", " ".repeat(indent), paint(style, marker)));
    }

    /// Adds text, wrapped at the width of the page.
    fn paragraph(&mut self, indent: usize, text: &str) {
        let columns = self.width.saturating_sub(indent).max(20);
        let mut line = String::new();
        for word in text.split_whitespace() {
            if !line.is_empty() && width(&line) + 1 + width(word) > columns {
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
    let opened = report.opened.map_or_else(String::new, |date| format!(", opened {date}"));
    let level_style = if report.ripe { GOOD.bold() } else { BOLD };
    page.text.push_str(&format!(
        "{}{since} · {}{opened} · {} · as of {}\n",
        paint(level_style, level_name(report.level.as_deref())),
        report.status.as_str(),
        escape_for_terminal(&report.path),
        report.today
    ));
    if let Some(hold) = &report.hold {
        add_hold(page, hold);
    }
    match &report.decision {
        Decision::Nothing => {}
        Decision::Level { to, triggers, .. } => {
            let (triggers, from) = (triggers.join(", "), level_name(report.level.as_deref()));
            page.line(0, GOOD, &format!("the next scan acts on {triggers}: {from} → {to}"));
        }
        Decision::Conflict { raises, lowers } => {
            let (raises, lowers) = (raises.join(", "), lowers.join(", "));
            page.line(0, BAD, &format!("conflict: {raises} would raise, {lowers} would lower"));
        }
    }
}

fn add_hold(page: &mut Page, hold: &HoldReport) {
    let only = if hold.only.is_empty() {
        String::new()
    } else {
        format!(", only {},", escape_for_terminal(&hold.only.join(", ")))
    };
    let (until, why) = (escape_for_terminal(&hold.until), escape_for_terminal(&hold.why));
    let mut wrapped = Page { text: String::new(), width: page.width };
    wrapped.paragraph(5, &format!("below {}{only} until {until}: {why}", hold.below));
    page.text.push_str(&paint(WAITING, "hold "));
    page.text.push_str(wrapped.text.trim_start());
}

fn state_style(state: StateName) -> Style {
    match state {
        StateName::Ready => GOOD.bold(),
        StateName::OnHold | StateName::Pending => WAITING,
        StateName::Met => GOOD,
        StateName::Off | StateName::Weighed => DIM,
        StateName::Waiting => Style::new(),
    }
}

fn add_trigger(page: &mut Page, trigger: &TriggerReport) {
    let because = match &trigger.because {
        Some(because) => format!(" ({})", escape_for_terminal(because)),
        None => String::new(),
    };
    let effect = match trigger.effect {
        EffectKind::RaiseTo => "raise to",
        EffectKind::LowerTo => "lower to",
        EffectKind::StayAt => "stay at",
    };
    let id = escape_for_terminal(&trigger.id);
    let state = format!("{:<8}", trigger.state.as_str());
    let text = format!("{id} · {effect} {}{because}", trigger.level);
    page.marked(2, &state, state_style(trigger.state), &text);
    page.paragraph(DETAILS, &format!("why: {}", escape_for_terminal(&trigger.why)));
    add_outcome(page, DETAILS, &trigger.when);
    if let Some(next) = &trigger.next {
        page.paragraph(DETAILS, &format!("then: {}", escape_for_terminal(next)));
    }
}

fn add_outcome(page: &mut Page, indent: usize, outcome: &OutcomeReport) {
    let (marker, style) = if outcome.satisfied { ("✓", GOOD) } else { ("·", DIM) };
    let numbers = match (outcome.at_least, outcome.at_most) {
        (Some(least), _) => format!("{}/{least}", outcome.have),
        (None, most) => format!("{} (at most {})", outcome.have, most.unwrap_or(0)),
    };
    let text = format!("{numbers} {}", escape_for_terminal(&outcome.asks));
    page.marked(indent, marker, style, &text);
    let indent = indent + 2;
    if let Some(note) = &outcome.note {
        page.line(indent, DIM, &escape_for_terminal(note));
    }
    for item in &outcome.counted {
        page.marked(indent, "+", GOOD, &counted_item(item));
    }
    for near in outcome.near_misses.iter().take(MOST_NEAR_MISSES) {
        let id = escape_for_terminal(&near.item.fact_id);
        let text = format!("{id}: {}", escape_for_terminal(&near.reason));
        page.marked(indent, "~", WAITING, &text);
    }
    let more = outcome.near_misses.len().saturating_sub(MOST_NEAR_MISSES);
    if more > 0 {
        page.line(indent, DIM, &format!("~ and {more} more"));
    }
    for part in &outcome.of {
        add_outcome(page, indent, part);
    }
}

/// `metr/rd-1 (2026-05-08, landed 2026-05-10) Title`
fn counted_item(item: &Counted) -> String {
    let mut text = escape_for_terminal(&item.fact_id);
    let published = item.date.map(|date| date.to_string());
    let landed = item.landed.filter(|landed| Some(*landed) != item.date);
    let landed = landed.map(|landed| format!("landed {landed}"));
    let dates: Vec<String> = published.into_iter().chain(landed).collect();
    if !dates.is_empty() {
        text.push_str(&format!(" ({})", dates.join(", ")));
    }
    if !item.title.is_empty() && item.title != item.fact_id {
        text.push_str(&format!(" {}", escape_for_terminal(&item.title)));
    }
    text
}

fn add_evidence(page: &mut Page, report: &ShowReport) {
    let total: usize = report.evidence.iter().map(|source| source.items.len()).sum();
    let items = report.evidence.iter().flat_map(|source| &source.items);
    let unread = items.filter(|item| item.reading.is_open()).count();
    page.heading(&format!("Evidence: {}, {unread} unread", counted(total, "item")));
    let arriving = match report.decision {
        Decision::Conflict { .. } => " (new, added when the triggers agree)",
        Decision::Nothing | Decision::Level { .. } => " (new, added by the next scan)",
    };
    for source in &report.evidence {
        page.line(2, Style::new(), &escape_for_terminal(&source.name));
        for item in &source.items {
            add_item(page, item, arriving);
        }
    }
}

fn add_item(page: &mut Page, item: &EvidenceReport, arriving: &str) {
    let (marker, style) = match item.reading {
        ReadingState::Read => ("[x]", GOOD),
        ReadingState::Dropped => ("[-]", DIM),
        ReadingState::Unread => ("[ ]", Style::new()),
        ReadingState::Unknown => ("[?]", DIM),
    };
    let date = item.item.date.map_or_else(|| "no date   ".into(), |date| date.to_string());
    let mut text = format!("{date} {}", escape_for_terminal(&item.item.title));
    if let Some(verdict) = &item.verdict {
        text.push_str(&format!(" = {}", escape_for_terminal(verdict)));
    }
    if item.arriving {
        text.push_str(arriving);
    }
    page.marked(4, marker, style, &text);
    for note in &item.notes {
        page.line(8, DIM, &format!("note: {}", escape_for_terminal(note)));
    }
}

fn add_log(page: &mut Page, entries: &[LogEntryReport]) {
    if entries.is_empty() {
        return;
    }
    page.heading("Log");
    for entry in entries {
        let mut text = format!("{} ", entry.date);
        if let Some(change) = level_change(entry.from.as_deref(), entry.to.as_deref()) {
            text.push_str(&format!("{} — ", escape_for_terminal(&change)));
        }
        text.push_str(&escape_for_terminal(&entry.reason));
        if let Some(by) = &entry.by {
            text.push_str(&format!(" (by {})", escape_for_terminal(by)));
        }
        page.paragraph(2, &text);
    }
}

fn add_drafts(page: &mut Page, report: &ShowReport) {
    if report.drafts.is_empty() {
        return;
    }
    page.heading("Drafts");
    for draft in &report.drafts {
        let name = draft.path.as_deref().or(draft.title.as_deref()).unwrap_or("");
        let state = escape_for_terminal(draft.state.as_deref().unwrap_or("no state"));
        let text = format!("{} {state}: {}", draft.date, escape_for_terminal(name));
        page.line(2, Style::new(), &text);
    }
}

fn add_watch_list(page: &mut Page, report: &ShowReport) {
    let open: Vec<_> = report.watching.iter().filter(|watch| !watch.done).collect();
    if open.is_empty() {
        return;
    }
    page.heading("Watching");
    for watch in open {
        page.paragraph(2, &escape_for_terminal(&watch.text));
    }
}
