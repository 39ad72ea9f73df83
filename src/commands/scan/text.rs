//! Result of a scan as text.

use super::report::{ChangedThread, LevelDecision, ScanReport};
use crate::commands::shared::hyperlinks::linked;
use crate::commands::shared::style::{BOLD, GOOD, counted, paint};
use crate::text::escape_for_terminal;

/// Returns a line for each changed thread, without `--quiet` a summary, and a line for new items that
/// belong to no thread.
pub(super) fn render(report: &ScanReport, quiet: bool) -> String {
    let mut text: String =
        report.changed.iter().map(|thread| changed_thread(thread, report.dry_run)).collect();
    if !quiet {
        text.push_str(&summary(report));
    }
    text.push_str(&unmapped(&report.new_unmapped));
    text
}

/// `2 new items belong to no thread (lab/a, lab/b): thread catalog unmapped`
fn unmapped(ids: &[String]) -> String {
    let mut names: Vec<String> =
        ids.iter().take(MOST_NAMED).map(|id| escape_for_terminal(id)).collect();
    match ids.len() {
        0 => return String::new(),
        all if all > MOST_NAMED => names.push(format!("{} more", all - MOST_NAMED)),
        _ => {}
    }
    let verb = if ids.len() == 1 { "belongs" } else { "belong" };
    let (items, names) = (counted(ids.len(), "new item"), names.join(", "));
    format!("{items} {verb} to no thread ({names}): `thread catalog unmapped`.\n")
}

/// At most this many ids of unmapped items are named.
const MOST_NAMED: usize = 3;

fn summary(report: &ScanReport) -> String {
    let threads = counted(report.threads, "thread");
    match report.changed.len() {
        0 if report.problems.is_empty() => {
            format!("Nothing new in {threads} as of {}.\n", report.today)
        }
        0 => {
            let problems = counted(report.problems.len(), "problem");
            format!("Nothing written in {threads} as of {}; fix {problems} first.\n", report.today)
        }
        number if report.dry_run => {
            format!("{number} of {threads} would change; nothing was written.\n")
        }
        number => format!("{number} of {threads} changed.\n"),
    }
}

/// `automated-ai-rd: 1 new item (metr/rd-3); medium → ripe by third-rd-eval: … [threads/….md]`
fn changed_thread(thread: &ChangedThread, dry_run: bool) -> String {
    let mut changes = Vec::new();
    if !thread.arrivals.is_empty() {
        let ids: Vec<String> = thread.arrivals.iter().map(|id| escape_for_terminal(id)).collect();
        changes.push(format!("{} ({})", counted(ids.len(), "new item"), ids.join(", ")));
    }
    changes.extend(thread.decision.as_ref().map(decision));
    let name = paint(BOLD, &escape_for_terminal(&thread.thread));
    let mut text = format!("{name}: {}", changes.join("; "));
    if !dry_run {
        let path = linked(&thread.path, &escape_for_terminal(&thread.path));
        text.push_str(&format!(" [{path}]"));
    }
    text.push('\n');
    text
}

/// `medium → ripe by third-rd-eval: a third evaluation landed (metr-rd-evals at least 3: 3)`
fn decision(decision: &LevelDecision) -> String {
    let to = paint(GOOD, &decision.to);
    let level = if decision.from == decision.to {
        format!("stays {to}")
    } else {
        format!("{} → {to}", decision.from)
    };
    let triggers = decision.triggers.join(", ");
    format!("{level} by {triggers}: {}", escape_for_terminal(&decision.reason))
}
