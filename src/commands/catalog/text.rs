//! The catalogs, and their items that no thread has, one on each line.

use super::report::{ProposalReport, ScansReport, UnmappedReport};
use crate::commands::shared::hyperlinks::linked;
use crate::commands::shared::style::{BOLD, counted, paint, width};
use crate::text::escape_for_terminal;

/// `2026-05-11  Import AI  8 items, 8 mapped  backlogs/…`
pub fn scans(report: &ScansReport) -> String {
    if report.catalogs.is_empty() {
        return format!(
            "No scan up to {}. `thread catalog add SOURCE` records one.\n",
            report.today
        );
    }
    let names = report.catalogs.iter().map(|scan| width(&escape_for_terminal(&scan.name)));
    let widest = names.max().unwrap_or(0);
    let line = |scan: &crate::commands::catalog::report::ScanOfSource| {
        let name = escape_for_terminal(&scan.name);
        let gap = " ".repeat(widest - width(&name));
        let items = counted(scan.items, "item");
        format!(
            "{}  {}{gap}  {items}, {} mapped  {}\n",
            scan.scanned,
            paint(BOLD, &name),
            scan.mapped,
            escape_for_terminal(&scan.path)
        )
    };
    report.catalogs.iter().map(line).collect()
}

/// `backlogs/…:12: metr/rd-3  Title (2026-05-08)`
pub fn unmapped(report: &UnmappedReport) -> String {
    if report.items.is_empty() {
        return "Every item of every catalog belongs to a thread.\n".to_string();
    }
    let line = |item: &crate::commands::catalog::report::UnmappedItem| {
        let date = item.date.map(|date| format!(" ({date})")).unwrap_or_default();
        let (path, id, title) = (
            escape_for_terminal(&item.path),
            escape_for_terminal(&item.id),
            escape_for_terminal(&item.title),
        );
        let proposals = item.proposals.iter().map(|proposal| {
            let thread = escape_for_terminal(&proposal.thread);
            format!("    perhaps {thread}: {}\n", reasons(proposal))
        });
        let proposals: String = proposals.collect();
        let title = linked(item.url.as_deref().unwrap_or_default(), &title);
        let place = linked(&item.path, &format!("{path}:{}", item.line));
        format!("{place}: {}  {title}{date}\n{proposals}", paint(BOLD, &id))
    };
    let mut text: String = report.items.iter().map(line).collect();
    text.push_str("`thread map ITEM THREAD` maps one; `thread map --interactive` asks for each.\n");
    text
}

/// ``set `bricks`; tag kelp; words salt, water``
pub fn reasons(proposal: &ProposalReport) -> String {
    let ProposalReport { sets, tags, words, .. } = proposal;
    let parts = [("set", sets), ("tag", tags), ("word", words)];
    let parts = parts.into_iter().filter(|(_, names)| !names.is_empty()).map(|(kind, names)| {
        let plural = if names.len() == 1 { "" } else { "s" };
        format!("{kind}{plural} {}", escape_for_terminal(&names.join(", ")))
    });
    parts.collect::<Vec<_>>().join("; ")
}
