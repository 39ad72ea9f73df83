//! What a scan did, in a few lines.

use super::report::{ChangedThread, ScanReport};

use crate::commands::shared::style::{BOLD, GOOD, counted, paint};
use crate::text::escape_for_terminal;

/// What was done, thread by thread. Empty under `--quiet` where nothing changed.
pub fn render(report: &ScanReport, quiet: bool) -> String {
    let mut text: String =
        report.changed.iter().map(|thread| changed(thread, report.dry_run)).collect();
    if quiet {
        return text;
    }
    let looked = counted(report.threads, "thread");
    let summary = match (report.changed.len(), report.dry_run) {
        (0, _) if !report.problems.is_empty() => {
            let problems = counted(report.problems.len(), "problem");
            format!(
                "Nothing written in {looked} as of {}; see to {problems} first.\n",
                report.today
            )
        }
        (0, _) => format!("Nothing new in {looked} as of {}.\n", report.today),
        (number, true) => format!("{number} of {looked} would change; nothing was written.\n"),
        (number, false) => format!("{number} of {looked} changed.\n"),
    };
    text.push_str(&summary);
    text
}

fn changed(thread: &ChangedThread, dry_run: bool) -> String {
    let mut text = format!("{}: ", paint(BOLD, &escape_for_terminal(&thread.thread)));
    let mut parts = Vec::new();
    if !thread.arrivals.is_empty() {
        let ids: Vec<String> = thread.arrivals.iter().map(|id| escape_for_terminal(id)).collect();
        parts.push(format!("{} ({})", counted(ids.len(), "new item"), ids.join(", ")));
    }
    if let Some(decision) = &thread.decision {
        let to = paint(GOOD, &decision.to);
        let level = match decision.from == decision.to {
            true => format!("stays {to}"),
            false => format!("{} → {to}", decision.from),
        };
        parts.push(format!(
            "{level} by {}: {}",
            decision.triggers.join(", "),
            escape_for_terminal(&decision.reason)
        ));
    }
    text.push_str(&parts.join("; "));
    if !dry_run {
        text.push_str(&format!(" [{}]", escape_for_terminal(&thread.path)));
    }
    text.push('\n');
    text
}
