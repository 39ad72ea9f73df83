//! `nested-evidence`: a dated bullet below an item, where nobody reads it.

use crate::model::{Diagnostic, Rule};
use crate::parse::ThreadFile;
use crate::parse::bullet;
use crate::parse::outline::ListItem;
use crate::parse::sections::{self, Known};

use super::Scene;

pub(super) fn check(file: &ThreadFile, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let Some(section) = file.section(Known::Evidence) else {
        return;
    };
    let mut held = file.thread.evidence.iter().peekable();
    for item in sections::items(&file.outline, section.blocks()) {
        while held.next_if(|line| line.item.span.start < item.head.start).is_some() {}
        if held.peek().is_some_and(|line| line.item.span.start == item.head.start) {
            nested(file, item, found);
        }
    }
}

/// The bullets below an item that are dated as items are: by a parenthesis behind a title.
fn nested(file: &ThreadFile, item: &ListItem, found: &mut Vec<Diagnostic>) {
    for inner in item.children.iter().flat_map(|list| &list.items) {
        // What is wrong inside is not read, and so no mistake.
        let bullet = bullet::parse(&file.document, inner, &mut Vec::new());
        if bullet.date.is_some() && !bullet.leads_with_date {
            let message = "this item stands below another one, and counts nowhere";
            let path = &file.document.path;
            found.push(
                Diagnostic::new(Rule::NestedEvidence, path, bullet.span, message)
                    .related(path, item.head, "it belongs to this one")
                    .help("if it is an item of its own, take its indent away"),
            );
        }
    }
}
