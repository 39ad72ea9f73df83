//! Result of `thread adopt` as text, one remark on each line.

use super::report::{AdoptAllReport, AdoptReport, RemarkReport};
use crate::commands::shared::style::{BOLD, counted, paint};
use crate::text::escape_for_terminal;

/// Returns the report, with the next commands.
pub fn render(report: &AdoptReport) -> String {
    let (path, note) = (escape_for_terminal(&report.path), escape_for_terminal(&report.note));
    let place = match (report.created, report.dry_run) {
        (true, _) => format!("{} (new), from {note}", paint(BOLD, &path)),
        (false, _) => paint(BOLD, &path),
    };
    let mut text = format!("{place}\n{}\n", found(report));
    text.push_str(&block("Understood", &report.understood));
    text.push_str(&block("Unchanged", &report.left));
    text.push_str(&block("Errors", &report.errors));
    text.push_str(&if report.dry_run {
        "\nNothing was written.\n".to_string()
    } else if !report.errors.is_empty() {
        format!(
            "\nNext: the thread is not evaluated until its errors are corrected; `thread check \
             {path}` shows them.\n"
        )
    } else {
        format!(
            "\nNext: `thread check {path}` shows contradictions in the note, `thread show {}` \
         what counts.\n",
            escape_for_terminal(&report.thread)
        )
    });
    text
}

/// `Evidence: 12 items under “Links” (10 with a date, 12 with a link), 2 lines not read`
fn found(report: &AdoptReport) -> String {
    let headings = if report.evidence.is_empty() { "" } else { " under " };
    let names: Vec<String> = report
        .evidence
        .iter()
        .map(|heading| format!("“{}”", escape_for_terminal(heading)))
        .collect();
    let names = if names.len() > MOST_NAMED {
        format!("{} and {} more", names[..MOST_NAMED].join(", "), names.len() - MOST_NAMED)
    } else {
        names.join(", ")
    };
    format!("Evidence: {}{headings}{names}{}", counted(report.items, "item"), shares(report))
}

/// ` (10 with a date, 12 with a link), 2 lines not read, 1 error`
fn shares(report: &AdoptReport) -> String {
    let AdoptReport { items, dated, linked, unread, errors, .. } = report;
    let mut text = match items {
        0 => String::new(),
        _ => format!(" ({dated} with a date, {linked} with a link)"),
    };
    if *unread > 0 {
        text.push_str(&format!(", {} not read", counted(*unread, "line")));
    }
    if !errors.is_empty() {
        text.push_str(&format!(", {}", counted(errors.len(), "error")));
    }
    text
}

/// At most this many headings are named.
const MOST_NAMED: usize = 3;

/// Returns the message for a note without items, with the remedies.
pub fn nothing_found(report: &AdoptReport) -> String {
    let note = escape_for_terminal(&report.note);
    let mut text = format!("{note}: no item was found, so nothing was written\n");
    text.push_str(&block("Unchanged", &report.left));
    text.push_str(&block("Errors", &report.errors));
    text.push_str(
        "help: an item is a list item or a table row with a link or a date in a section `Evidence`; \
         `--evidence HEADING` names another section, `--allow-empty` adopts the note without items\n",
    );
    text
}

/// Returns one line for each of several notes, and the totals.
pub fn all(report: &AdoptAllReport) -> String {
    let mut text = String::new();
    for note in &report.notes {
        let from = escape_for_terminal(&note.note);
        if note.adopted {
            let path = escape_for_terminal(&note.path);
            let items = counted(note.items, "item");
            text.push_str(&format!("{from} → {}: {items}{}\n", paint(BOLD, &path), shares(note)));
        } else {
            text.push_str(&format!("{from}: no item was found; not adopted\n"));
        }
    }
    for refused in &report.refused {
        let (note, reason) =
            (escape_for_terminal(&refused.note), escape_for_terminal(&refused.reason));
        text.push_str(&format!("{note}: {reason}; not adopted\n"));
    }
    let adopted = report.notes.iter().filter(|note| note.adopted).count();
    let all = report.notes.len() + report.refused.len();
    text.push_str(&format!(
        "\n{adopted} of {} adopted: {} ({} with a date, {} with a link), {} not read.\n",
        counted(all, "note"),
        counted(report.items, "item"),
        report.dated,
        report.linked,
        counted(report.unread, "line"),
    ));
    if report.dry_run {
        text.push_str("Nothing was written.\n");
    }
    text
}

fn block(heading: &str, remarks: &[RemarkReport]) -> String {
    if remarks.is_empty() {
        return String::new();
    }
    let widest = remarks.iter().map(|remark| remark.line.to_string().len()).max().unwrap_or(0);
    let lines = remarks.iter().map(|remark| {
        format!("  line {:>widest$}  {}\n", remark.line, escape_for_terminal(&remark.what))
    });
    format!("\n{}\n{}", paint(BOLD, heading), lines.collect::<String>())
}
