//! `same-title`: two items of a thread that have one title and different URLs.

use std::collections::BTreeMap;

use crate::check::rules::RuleContext;
use crate::evaluate::{Item, ThreadItems};
use crate::model::slug::slug_of;
use crate::model::{Diagnostic, ItemRecord, Rule};
use crate::parse::ThreadFile;

pub(crate) fn check(
    file: &ThreadFile,
    items: &ThreadItems,
    _: &RuleContext<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let line = |item: &Item| -> Option<&ItemRecord> {
        Some(&file.thread.evidence[*item.evidence.first()?].item)
    };
    let mut by_title: BTreeMap<String, Vec<(&ItemRecord, &Item)>> = BTreeMap::new();
    for item in items.items.iter().filter(|item| item.url.is_some()) {
        let Some(line) = line(item) else { continue };
        let title = line.title.as_deref().map(slug_of).unwrap_or_default();
        if !title.is_empty() {
            by_title.entry(title).or_default().push((line, item));
        }
    }
    let path = &file.document.path;
    for mut lines in by_title.into_values().filter(|lines| lines.len() > 1) {
        lines.sort_by_key(|(line, _)| line.span);
        let (first, first_item) = lines[0];
        for (line, item) in &lines[1..] {
            let message = format!("`{}` and `{}` have the same title", first_item.id, item.id);
            found.push(
                Diagnostic::new(Rule::SameTitle, path, line.span, message)
                    .label("this title again")
                    .related(path, first.span, "first here")
                    .help(format!(
                        "if they are the same item, add `[same-as:: {}]` to this line; otherwise ignore this hint",
                        first_item.id
                    )),
            );
        }
    }
}
