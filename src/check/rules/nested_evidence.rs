//! `nested-evidence`: a dated bullet below an item of the evidence, which is not read.

use std::collections::BTreeSet;

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Rule};
use crate::parse::markdown::{List, ListItem};
use crate::parse::{ThreadFile, bullet, sections};

pub(crate) fn check(file: &ThreadFile, _: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    let evidence = file.thread.evidence.iter().map(|line| line.item.span.start).collect();
    let mut search = Search { file, evidence, found };
    for part in file.evidence_parts() {
        for (_, list) in sections::lists_in(&file.outline, part.blocks.clone()) {
            search.list(list, None);
        }
    }
}

struct Search<'a> {
    file: &'a ThreadFile,
    /// Offsets of the items of the evidence.
    evidence: BTreeSet<usize>,
    found: &'a mut Vec<Diagnostic>,
}

impl Search<'_> {
    /// Reports the dated bullets of a list that is below the item `outer`.
    fn list(&mut self, list: &List, outer: Option<&ListItem>) {
        for item in &list.items {
            let is_evidence = self.evidence.contains(&item.head.start);
            if let Some(outer) = outer.filter(|_| !is_evidence) {
                self.bullet(item, outer);
            }
            let outer = outer.or(is_evidence.then_some(item));
            item.children.iter().for_each(|list| self.list(list, outer));
        }
    }

    /// Reports a bullet that is dated as items are: after its title, or before its link.
    fn bullet(&mut self, item: &ListItem, outer: &ListItem) {
        // Nested items are not read, so their mistakes are not reported.
        let bullet =
            bullet::parse(&self.file.document, item, self.file.notation.dates, &mut Vec::new());
        if bullet.date.is_none() || (bullet.leads_with_date && bullet.url.is_none()) {
            return;
        }
        let path = &self.file.document.path;
        let message = "this item is nested below another one, and is not counted";
        self.found.push(
            Diagnostic::new(Rule::NestedEvidence, path, bullet.span, message)
                .related(path, outer.head, "it belongs to this one")
                .help("if it is an item of its own, remove its indentation"),
        );
    }
}
