//! `date-revised`: records of one item that disagree on its date.

use std::collections::BTreeSet;

use crate::model::Name;
use crate::model::{Date, Diagnostic, Rule};
use crate::parse::ThreadFile;

use super::Scene;

pub(super) fn check(file: &ThreadFile, scene: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for evidence in &file.thread.evidence {
        let item = &evidence.item;
        let Some(date) = item.date else { continue };
        let names = Name::all_of(item);
        let records = names
            .flat_map(|name| scene.archive.named(&name, Date::MAX))
            .filter(|entry| !entry.listed.item.only_shares_id(item));
        let others: BTreeSet<(Date, &str)> = records
            .filter_map(|entry| Some((entry.listed.item.date?, entry.catalog.path.as_str())))
            .filter(|(other, _)| *other != date)
            .collect();
        if let Some((other, path)) = others.first() {
            let message = format!("`{}` is dated {date} here and {other} in {path}", item.id);
            found.push(
                Diagnostic::new(Rule::DateRevised, &file.document.path, item.span, message)
                    .help("the record that landed later counts; correct the one that is wrong"),
            );
        }
    }
}
