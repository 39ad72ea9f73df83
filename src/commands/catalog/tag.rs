//! `thread catalog tag`: applies the tag rules to the lines of catalogs. Tags are added, never removed.

use std::collections::BTreeMap;

use super::CatalogTagArgs;
use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::edit::plan::EditPlan;
use crate::edit::Change;
use crate::model::{Catalog, CatalogItem, EntryTexts, Error};
use crate::parse::looks::is_looks;

/// Plans the new tags of all lines of some sources; of all sources, if none is given.
pub fn tag(context: &EditContext<'_>, args: &CatalogTagArgs) -> Result<EditPlan, Error> {
    let configuration = &context.workspace.configuration;
    if configuration.tagging.is_empty() {
        let help = "add `tagging: {TAG: {title: WORDS}}` to thread.yaml; docs/sources.md shows how";
        return Err(Error::request("thread.yaml has no rules for tags", help));
    }
    let wanted: Vec<String> =
        args.sources.iter().map(|name| configuration.source_slug(name)).collect();
    let is_wanted = |catalog: &&Catalog| {
        !is_looks(&catalog.path) && (wanted.is_empty() || wanted.contains(&catalog.source))
    };
    let mut by_path: BTreeMap<&str, Vec<Change>> = BTreeMap::new();
    let mut details = Vec::new();
    for catalog in context.workspace.catalogs.iter().filter(is_wanted) {
        for listed in &catalog.items {
            let new = new_tags(context, catalog, listed);
            if new.is_empty() {
                continue;
            }
            let id = &listed.item.id;
            details.extend(new.iter().map(|(tag, reason)| format!("{id}: {tag}: {reason}")));
            let added = new.into_iter().map(|(tag, _)| tag).collect();
            let (line, item) = (listed.item.span.start, id.clone());
            by_path.entry(&catalog.path).or_default().push(Change::Tags { line, item, added });
        }
    }
    let mut plan = EditPlan { details, ..EditPlan::default() };
    for (path, changes) in by_path {
        if let Some(catalog) = context.catalog(path) {
            plan.rewrites.push(context.rewrite_catalog(&catalog, changes)?);
        }
    }
    if uses_unstored_texts(context) {
        let note =
            "summaries, categories and authors are not stored; rules about them match nothing";
        plan.notes.push(note.into());
    }
    Ok(plan)
}

/// Returns the tags that rules give a line and that it lacks, with the reasons.
fn new_tags(
    context: &EditContext<'_>,
    catalog: &Catalog,
    listed: &CatalogItem,
) -> Vec<(String, String)> {
    let configuration = &context.workspace.configuration;
    let item = &listed.item;
    let texts = EntryTexts::of_line(item, &catalog.source, configuration);
    let mut tags = configuration.tags_of(&texts);
    tags.retain(|(tag, _)| !item.tags.contains(tag));
    tags
}

/// Returns whether a rule asks for a text that catalogs do not store.
fn uses_unstored_texts(context: &EditContext<'_>) -> bool {
    let mut rules = context.workspace.configuration.tagging.iter();
    rules.any(|rule| !rule.asks_only_for_stored_texts())
}
