//! `unmapped-items`: what a scan found and no thread has.

use crate::evaluate::universe::unclaimed;
use crate::model::{Date, Diagnostic, Rule};

use super::Scene;

/// One finding a catalog, at the first of its items.
pub(super) fn check(scene: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let threads: Vec<_> = scene.workspace.threads.iter().map(|file| &file.thread).collect();
    let configuration = &scene.workspace.configuration;
    let mut entries = unclaimed(&threads, scene.archive, configuration, Date::MAX);
    entries.sort_by_key(|entry| (&entry.catalog.path, entry.listed.item.span));
    for catalog in entries.chunk_by(|a, b| a.catalog.path == b.catalog.path) {
        let first = catalog[0];
        let message = match catalog.len() {
            1 => format!("`{}` belongs to no thread", first.listed.item.id),
            number => format!("{number} items of this catalog belong to no thread"),
        };
        let (path, span) = (&first.catalog.path, first.listed.item.span);
        found.push(
            Diagnostic::new(Rule::UnmappedItems, path, span, message)
                .help("`thread catalog unmapped` lists them, `thread map ITEM THREAD` maps one"),
        );
    }
}
