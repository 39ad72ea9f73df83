//! The changes of `rename`: the file of a thread, and the references to its slug.

use super::RenameArgs;
use crate::commands::new::edit::check_slug;
use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::edit::plan::{EditPlan, MovedFile};
use crate::edit::{Change, Rewrite, trigger_test};
use crate::model::{Catalog, Error};
use crate::text::Document;

/// Gives a thread another slug. `tests` are the files that may have tests of the thread.
pub fn rename(
    context: &EditContext<'_>,
    args: &RenameArgs,
    tests: &[Document],
) -> Result<EditPlan, Error> {
    let file = context.thread(&args.thread)?;
    let old = &file.thread.slug;
    let new = args.new.strip_suffix(".md").unwrap_or(&args.new);
    if new == old {
        return Ok(EditPlan::default());
    }
    check_slug(context.workspace, new, "NEW")?;
    let mut rewrites = Vec::new();
    for catalog in &context.workspace.catalogs {
        rewrites.extend(mappings(context, catalog, old, new)?);
    }
    for test in tests.iter().filter(|test| trigger_test::is_about(test, old)) {
        let renamed = trigger_test::rename(test, old, new);
        rewrites.push(renamed.map_err(|refusal| Error::file(refusal.diagnostic(&test.path)))?);
    }
    let from = file.document.clone();
    let directory = from.path.rsplit_once('/').map_or("", |(directory, _)| directory);
    let to = format!("{directory}/{new}.md");
    let details = mentions(context, old);
    Ok(EditPlan { rewrites, details, moved: Some(MovedFile { from, to }), ..EditPlan::default() })
}

/// Changes the mappings of a catalog; `None` if none of them names the thread.
fn mappings(
    context: &EditContext<'_>,
    catalog: &Catalog,
    old: &str,
    new: &str,
) -> Result<Option<Rewrite>, Error> {
    let mut changes = Vec::new();
    for listed in &catalog.items {
        let slugs = || listed.threads.iter().map(|thread| thread.value.as_str());
        if !slugs().any(|slug| slug == old) {
            continue;
        }
        let mut threads: Vec<String> = Vec::new();
        for slug in slugs().map(|slug| if slug == old { new } else { slug }) {
            if !threads.iter().any(|known| known == slug) {
                threads.push(slug.to_string());
            }
        }
        let (line, item) = (listed.item.span.start, listed.item.id.clone());
        changes.push(Change::Mapping { line, item, threads });
    }
    match context.catalog(&catalog.path) {
        Some(file) if !changes.is_empty() => context.rewrite_catalog(&file, changes).map(Some),
        _ => Ok(None),
    }
}

/// The lines of threads that link to the file of the thread. They are text of their writers.
fn mentions(context: &EditContext<'_>, slug: &str) -> Vec<String> {
    let forms = [format!("[[{slug}]]"), format!("[[{slug}|"), format!("{slug}.md")];
    let mut mentions = Vec::new();
    for document in context.workspace.threads.iter().map(|file| &file.document) {
        for (at, line) in document.text.lines().enumerate() {
            if forms.iter().any(|form| line.contains(form.as_str())) {
                let place = format!("{}:{}", document.path, at + 1);
                mentions.push(format!("{place} mentions `{slug}` in its text, which stays"));
            }
        }
    }
    mentions
}
