//! `duplicate-evidence`: two lines that are the same item.

use crate::check::rules::RuleContext;
use crate::evaluate::ThreadItems;
use crate::evaluate::items::identity::{Called, groups};
use crate::model::{Diagnostic, ItemRecord, Rule};
use crate::parse::ThreadFile;

pub(crate) fn check(
    file: &ThreadFile,
    _: &ThreadItems,
    _: &RuleContext<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let path = &file.document.path;
    let lines: Vec<&ItemRecord> = file.thread.evidence.iter().map(|line| &line.item).collect();
    let called: Vec<Called<'_>> = lines.iter().copied().map(Called::line).collect();
    for group in groups(&called) {
        let first = lines[group[0]];
        let is_told = |line: &ItemRecord| {
            lines.iter().any(|other| line.refers_to(other) || other.refers_to(line))
        };
        // A `same-as` between two lines means that the author wants both.
        for &again in group[1..].iter().filter(|&&again| !is_told(lines[again])) {
            let message = format!("this item is listed twice: `{}`", first.id);
            found.push(
                Diagnostic::new(Rule::DuplicateEvidence, path, lines[again].span, message)
                    .label("again here")
                    .related(path, first.span, "first here")
                    .help("merge both lines; the item counts once"),
            );
        }
    }
}
