//! `unmapped-items`: items of catalogs that no thread has.

use foldhash::HashSet;

use crate::check::rules::RuleContext;
use crate::evaluate::items::thread_items::not_taken;
use crate::model::{Date, Diagnostic, Rule};

/// One finding a catalog, at the first of its items. `taken` are the records of all items of the
/// threads.
pub(crate) fn check(scene: &RuleContext<'_>, taken: &HashSet<usize>, found: &mut Vec<Diagnostic>) {
    let mut entries = not_taken(taken, scene.index, Date::MAX);
    entries.sort_by_key(|entry| (&entry.catalog.path, entry.listed.item.span));
    for catalog in entries.chunk_by(|a, b| a.catalog.path == b.catalog.path) {
        let first = &catalog[0];
        let message = match catalog.len() {
            1 => format!("`{}` belongs to no thread", scene.index.id(first)),
            number => format!("{number} items of this catalog belong to no thread"),
        };
        let (path, span) = (&first.catalog.path, first.listed.item.span);
        found.push(
            Diagnostic::new(Rule::UnmappedItems, path, span, message)
                .help("`thread catalog unmapped` lists them, `thread map ITEM THREAD` maps one"),
        );
    }
}
