//! `date-revised`: records of one item that disagree on its date.

use std::collections::BTreeSet;

use crate::check::rules::RuleContext;
use crate::evaluate::ThreadItems;
use crate::model::{Date, Diagnostic, Rule};
use crate::parse::ThreadFile;

pub(crate) fn check(
    file: &ThreadFile,
    items: &ThreadItems,
    scene: &RuleContext<'_>,
    found: &mut Vec<Diagnostic>,
) {
    for item in &items.items {
        let records = item.records.iter().map(|&order| scene.index.entry(order));
        let dates: BTreeSet<(Date, &str)> = records
            .filter_map(|entry| Some((entry.listed.item.date?, entry.catalog.path.as_str())))
            .collect();
        for line in item.evidence.iter().map(|&line| &file.thread.evidence[line].item) {
            let Some(date) = line.date else { continue };
            let Some((other, path)) = dates.iter().find(|(other, _)| *other != date) else {
                continue;
            };
            let message = format!("`{}` is dated {date} here and {other} in {path}", item.id);
            found.push(
                Diagnostic::new(Rule::DateRevised, &file.document.path, line.span, message)
                    .help("the record that landed later counts; correct the wrong one"),
            );
        }
    }
}
