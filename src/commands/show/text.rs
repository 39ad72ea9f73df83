//! One thread as text: head, triggers as trees, evidence by source, log, drafts and watch list.

use anstyle::Style;

use super::report::{HoldReport, LogEntryReport, ShowDocument, ShowReport};
use crate::commands::shared::evidence_report::{EvidenceReport, ReadingState};
use crate::commands::shared::hyperlinks::linked;
use crate::commands::shared::phrases::{level_change, level_name, title_phrase};
use crate::commands::shared::style::{
    BAD, BOLD, DIM, GOOD, UNKNOWN_WIDTH, WAITING, counted, cut, paint, width,
};
use crate::commands::shared::trigger_report::{OutcomeReport, TriggerReport};
use crate::evaluate::{Counted, Decision, StateName};
use crate::model::{DateOrigin, EffectKind};
use crate::text::escape_for_terminal;

/// Greatest number of near misses that are shown for a condition; JSON has all.
const MOST_NEAR_MISSES: usize = 5;

/// Least width of the text.
const NARROWEST: usize = 40;

/// Column at which the details of a trigger begin.
const DETAILS: usize = 11;

/// Returns the thread as text; an empty string for a thread that cannot be read.
pub(super) fn render(document: &ShowDocument, terminal: Option<usize>) -> String {
    let ShowDocument::Read(report) = document else {
        return String::new();
    };
    let width = terminal.unwrap_or(UNKNOWN_WIDTH).max(NARROWEST);
    let mut out = TextWriter { text: String::new(), width };
    add_head(&mut out, report);
    if !report.triggers.is_empty() {
        out.heading("Triggers");
        for trigger in &report.triggers {
            add_trigger(&mut out, trigger);
        }
    }
    add_evidence(&mut out, report);
    add_dropped(&mut out, report);
    add_log(&mut out, &report.log);
    add_drafts(&mut out, report);
    add_watch_list(&mut out, report);
    out.text
}

/// Lines of text that fit the width of the terminal. Control characters are escaped.
struct TextWriter {
    text: String,
    width: usize,
}

impl TextWriter {
    fn heading(&mut self, text: &str) {
        self.text.push_str(&format!("\n{}\n", paint(BOLD, text)));
    }

    /// Adds a line, cut at the width.
    fn line(&mut self, indent: usize, style: Style, text: &str) {
        let text = cut(&escape_for_terminal(text), self.width.saturating_sub(indent));
        self.text.push_str(&format!("{}{}\n", " ".repeat(indent), paint(style, &text)));
    }

    /// Adds a line that begins with a marker in its own style.
    fn marked_line(&mut self, indent: usize, marker: &str, style: Style, text: &str) {
        self.linked_line(indent, marker, style, text, "");
    }

    /// Adds a line that begins with a marker and whose text leads to a URL, unless that is empty.
    fn linked_line(&mut self, indent: usize, marker: &str, style: Style, text: &str, url: &str) {
        let used = indent + width(marker) + 1;
        let text = cut(&escape_for_terminal(text), self.width.saturating_sub(used));
        let text = linked(url, &text);
        self.text.push_str(&format!("{}{} {text}\n", " ".repeat(indent), paint(style, marker)));
    }

    /// Adds text, wrapped at the width.
    fn paragraph(&mut self, indent: usize, text: &str) {
        let columns = self.width.saturating_sub(indent).max(20);
        let mut line = String::new();
        for word in escape_for_terminal(text).split_whitespace() {
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

fn add_head(out: &mut TextWriter, report: &ShowReport) {
    out.line(0, BOLD, &report.title);
    let since = report.since.map_or(String::new(), |since| format!(" since {since}"));
    let opened = report.opened.map_or(String::new(), |date| format!(", opened {date}"));
    let level_style = if report.ripe { GOOD.bold() } else { BOLD };
    out.text.push_str(&format!(
        "{}{since} · {}{opened} · {} · as of {}\n",
        paint(level_style, level_name(report.level.as_deref())),
        report.status.as_str(),
        linked(&report.path, &escape_for_terminal(&report.path)),
        report.today
    ));
    if let Some(hold) = &report.hold {
        add_hold(out, hold);
    }
    match &report.decision {
        Decision::Nothing => {}
        Decision::Level { to, triggers, .. } => {
            let (triggers, from) = (triggers.join(", "), level_name(report.level.as_deref()));
            out.line(0, GOOD, &format!("the next scan acts on {triggers}: {from} → {to}"));
        }
        Decision::Conflict { raises, lowers } => {
            let (raises, lowers) = (raises.join(", "), lowers.join(", "));
            out.line(0, BAD, &format!("conflict: {raises} would raise, {lowers} would lower"));
        }
    }
}

fn add_hold(out: &mut TextWriter, hold: &HoldReport) {
    let HoldReport { below, only, until, why } = hold;
    let only = if only.is_empty() { String::new() } else { format!(", only {},", only.join(", ")) };
    let mut wrapped = TextWriter { text: String::new(), width: out.width };
    wrapped.paragraph(5, &format!("below {below}{only} until {until}: {why}"));
    out.text.push_str(&paint(WAITING, "hold "));
    out.text.push_str(wrapped.text.trim_start());
}

fn state_style(state: StateName) -> Style {
    match state {
        StateName::Ready => GOOD.bold(),
        StateName::OnHold | StateName::Pending => WAITING,
        StateName::Met => GOOD,
        StateName::Off | StateName::Acknowledged => DIM,
        StateName::Waiting => Style::new(),
    }
}

fn add_trigger(out: &mut TextWriter, trigger: &TriggerReport) {
    let TriggerReport { id, level, .. } = trigger;
    let because = trigger.because.as_ref().map_or(String::new(), |reason| format!(" ({reason})"));
    let effect = match trigger.effect {
        EffectKind::RaiseTo => "raise to",
        EffectKind::LowerTo => "lower to",
        EffectKind::StayAt => "stay at",
    };
    let state = format!("{:<8}", trigger.state.as_str());
    let text = format!("{id} · {effect} {level}{because}");
    out.marked_line(2, &state, state_style(trigger.state), &text);
    out.paragraph(DETAILS, &format!("why: {}", trigger.why));
    add_outcome(out, DETAILS, &trigger.when);
    if let Some(next) = &trigger.next {
        out.paragraph(DETAILS, &format!("then: {next}"));
    }
}

fn add_outcome(out: &mut TextWriter, indent: usize, outcome: &OutcomeReport) {
    let (marker, style) = if outcome.satisfied { ("✓", GOOD) } else { ("·", DIM) };
    let numbers = match (outcome.at_least, outcome.at_most) {
        (Some(least), _) => format!("{}/{least}", outcome.have),
        (None, most) => format!("{} (at most {})", outcome.have, most.unwrap_or(0)),
    };
    out.marked_line(indent, marker, style, &format!("{numbers} {}", outcome.asks));
    let indent = indent + 2;
    if let Some(note) = &outcome.note {
        out.line(indent, DIM, note);
    }
    for item in &outcome.counted {
        out.marked_line(indent, "+", GOOD, &counted_item(item));
    }
    for near in outcome.near_misses.iter().take(MOST_NEAR_MISSES) {
        let text = format!("{}: {}", near.item.fact_id, near.reason);
        out.marked_line(indent, "~", WAITING, &text);
    }
    let more = outcome.near_misses.len().saturating_sub(MOST_NEAR_MISSES);
    if more > 0 {
        out.line(indent, DIM, &format!("~ and {more} more"));
    }
    for part in &outcome.of {
        add_outcome(out, indent, part);
    }
}

/// `metr/rd-1 (2026-05-08, landed 2026-05-10) Title`
fn counted_item(item: &Counted) -> String {
    let mut text = item.fact_id.clone();
    let published = item.date.map(|date| date.to_string());
    let landed = item.landed.filter(|landed| Some(*landed) != item.date);
    let landed = landed.map(|landed| format!("landed {landed}"));
    let dates: Vec<String> = published.into_iter().chain(landed).collect();
    if !dates.is_empty() {
        text.push_str(&format!(" ({})", dates.join(", ")));
    }
    if !item.title.is_empty() && item.title != item.fact_id {
        text.push_str(&format!(" {}", item.title));
    }
    if let Some(pattern) = &item.title_has {
        text.push_str(&format!(" (title has {})", title_phrase(pattern)));
    }
    text
}

fn add_evidence(out: &mut TextWriter, report: &ShowReport) {
    let items: Vec<_> = report.evidence.iter().flat_map(|source| &source.items).collect();
    let unread = items.iter().filter(|item| item.reading.is_open()).count();
    out.heading(&format!("Evidence: {}, {unread} unread", counted(items.len(), "item")));
    let arriving = match report.decision {
        Decision::Conflict { .. } => " (new, added when the triggers agree)",
        Decision::Nothing | Decision::Level { .. } => " (new, added by the next scan)",
    };
    for source in &report.evidence {
        let share = match source.listed {
            0 => String::new(),
            listed => format!(" ({} of {listed} listed)", source.belonging),
        };
        out.line(2, Style::new(), &format!("{}{share}", source.name));
        for item in &source.items {
            add_item(out, item, arriving);
        }
    }
}

fn add_dropped(out: &mut TextWriter, report: &ShowReport) {
    if report.dropped.is_empty() {
        return;
    }
    out.heading("Dropped");
    for dropped in &report.dropped {
        out.marked_line(2, "[-]", DIM, &format!("{} {}", dropped.on, dropped.item.title));
        if let Some(reason) = &dropped.reason {
            out.line(6, DIM, reason);
        }
    }
}

/// Adds an item; `arriving` is the remark on an item that is not in the thread yet.
fn add_item(out: &mut TextWriter, item: &EvidenceReport, arriving: &str) {
    let (marker, style) = match item.reading {
        ReadingState::Read => ("[x]", GOOD),
        ReadingState::Dropped => ("[-]", DIM),
        ReadingState::Unread => ("[ ]", Style::new()),
        ReadingState::Unknown => ("[?]", DIM),
    };
    let date = item.item.date.map_or("no date   ".to_string(), |date| date.to_string());
    let mut text = format!("{date} {}", item.item.title);
    if item.dated_by == DateOrigin::Heading {
        text.push_str(" (date by heading)");
    }
    if let Some(verdict) = &item.verdict {
        text.push_str(&format!(" = {verdict}"));
    }
    if item.arriving {
        text.push_str(arriving);
    }
    out.linked_line(4, marker, style, &text, item.url.as_deref().unwrap_or_default());
    for note in &item.notes {
        out.line(8, DIM, &format!("note: {note}"));
    }
}

fn add_log(out: &mut TextWriter, entries: &[LogEntryReport]) {
    if entries.is_empty() {
        return;
    }
    out.heading("Log");
    for entry in entries {
        let mut text = format!("{} ", entry.date);
        if let Some(change) = level_change(entry.from.as_deref(), entry.to.as_deref()) {
            text.push_str(&format!("{change} — "));
        }
        text.push_str(&entry.reason);
        if let Some(by) = &entry.by {
            text.push_str(&format!(" (by {by})"));
        }
        out.paragraph(2, &text);
    }
}

fn add_drafts(out: &mut TextWriter, report: &ShowReport) {
    if report.drafts.is_empty() {
        return;
    }
    out.heading("Drafts");
    for draft in &report.drafts {
        let name = draft.path.as_deref().or(draft.title.as_deref()).unwrap_or("");
        let state = draft.state.as_deref().unwrap_or("no state");
        out.line(2, Style::new(), &format!("{} {state}: {name}", draft.date));
    }
}

fn add_watch_list(out: &mut TextWriter, report: &ShowReport) {
    let open: Vec<_> = report.watching.iter().filter(|watch| !watch.done).collect();
    if open.is_empty() {
        return;
    }
    out.heading("Watching");
    for watch in open {
        out.paragraph(2, &watch.text);
    }
}
