//! The proof that a new text differs from the old one by exactly the intended changes.
//!
//! Four independent looks: the bytes outside the edits, the front matter through another YAML
//! reader, the markdown events, and the model. Any surprise and nothing is written.

pub mod text;
pub mod values;

use std::collections::HashMap;

use crate::edit::rewrite::Patched;
use crate::edit::wording::as_read;
use crate::edit::{REPORT, Refusal};
use crate::model::change::{ApplyError, Change};
use crate::model::erase_spans::EraseSpans;
use crate::model::{Catalog, Configuration, Diagnostic, ItemRecord, Thread};
use crate::parse::fence::Fenced;
use crate::parse::markdown::Outline;
use crate::parse::{CatalogFile, ThreadFile, catalog, fence, thread, yaml};
use crate::text::{Document, Span};

fn surprise(reason: String) -> Refusal {
    Refusal::new(Span::at(0), reason, REPORT)
}

/// Returns whether all bytes outside of the edits are the same.
pub fn is_same_outside(before: &Document, patched: &Patched) -> bool {
    text::bytes(before, patched).is_ok()
}

/// Compares the old and the new text of a thread.
///
/// # Errors
/// An unexpected difference, or a change that is missing.
pub fn verify(
    file: &ThreadFile,
    patched: &Patched,
    changes: &[Change],
    configuration: &Configuration,
) -> Result<(), Refusal> {
    text::bytes(&file.document, patched).map_err(surprise)?;
    let new = Document::new(file.document.path.clone(), patched.after.as_str());
    let Fenced::Parts(parts) = fence::split(&patched.after) else {
        return Err(surprise("the edit would break the front matter".into()));
    };
    let Some(root) = yaml::parse(&new, parts.front_matter, &mut Vec::new()) else {
        return Err(if yaml::is_too_large(&new, parts.front_matter) {
            too_large()
        } else {
            surprise("the edit would break the front matter".into())
        });
    };
    values::compare(file, new.slice(parts.front_matter), &root, changes)?;
    text::markdown((&file.document, file.parts.body), (&new, parts.body), patched)
        .map_err(|reason| misread(&file.document, &file.outline, reason))?;
    let (read, diagnostics) = thread::parse(new, configuration);
    match read {
        Some(read) => compare(&file.thread, &read.thread, changes).map_err(surprise),
        None => Err(unreadable(&diagnostics)),
    }
}

/// Returns the refusal for a body that would be read differently; it may end inside a code block.
fn misread(document: &Document, outline: &Outline, reason: String) -> Refusal {
    match outline.open_code(document) {
        Some(fence) => Refusal::new(
            fence,
            "this code block is not closed, so lines added after it would become part of it",
            "close it with a line of the same characters",
        ),
        None => surprise(reason),
    }
}

fn unreadable(diagnostics: &[Diagnostic]) -> Refusal {
    let reason = diagnostics.first().map_or("", |finding| finding.message.as_str());
    surprise(format!("the edited thread could not be read: {reason}"))
}

fn too_large() -> Refusal {
    Refusal::new(
        Span::at(0),
        "with the facts of its `weighed` lists, the front matter would be too large",
        "narrow the sets that its triggers count (by `tag`, `org` or `item`), or divide the thread",
    )
}

/// Compares the old and the new text of a catalog. Changes of catalogs do not edit the front
/// matter.
///
/// # Errors
/// An unexpected difference, or a change that is missing.
pub fn verify_catalog(
    file: &CatalogFile,
    patched: &Patched,
    changes: &[Change],
    configuration: &Configuration,
) -> Result<(), Refusal> {
    text::bytes(&file.document, patched).map_err(surprise)?;
    if patched.patch.edits().iter().any(|edit| edit.span().start < file.body.start) {
        return Err(surprise("the edit would reach into the front matter".into()));
    }
    let new = Document::new(file.document.path.clone(), patched.after.as_str());
    let Some(read) = catalog::parse_for_edit(new, configuration).0 else {
        return Err(surprise("the edited catalog could not be read".into()));
    };
    text::markdown((&file.document, file.body), (&read.document, read.body), patched)
        .map_err(|reason| misread(&file.document, &file.outline, reason))?;
    compare_catalogs(&file.catalog, &read.catalog, changes).map_err(surprise)
}

/// Compares the thread that was read from the new text with the one that is expected.
pub(super) fn compare(before: &Thread, after: &Thread, changes: &[Change]) -> Result<(), String> {
    let mut expected = before.clone();
    for change in changes {
        as_read(change, None).apply(&mut expected).map_err(|misfit| unfit(&misfit))?;
    }
    let found = after.clone().without_spans();
    let mut expected = expected.without_spans();
    expected.evidence =
        in_order_of(&found.evidence, expected.evidence, before.evidence.len(), |line| &line.item);
    difference(expected.first_difference(&found))
}

/// Compares the catalog that was read from the new text with the one that is expected.
pub(super) fn compare_catalogs(
    before: &Catalog,
    after: &Catalog,
    changes: &[Change],
) -> Result<(), String> {
    let mut expected = before.clone();
    for change in changes {
        as_read(change, Some(&before.source))
            .apply_to_catalog(&mut expected)
            .map_err(|misfit| unfit(&misfit))?;
    }
    let found = after.clone().without_spans();
    let mut expected = expected.without_spans();
    expected.items =
        in_order_of(&found.items, expected.items, before.items.len(), |listed| &listed.item);
    difference(expected.first_difference(&found))
}

/// Returns the expected items in the order of the found ones, because new items may be anywhere.
/// The first `old` ones keep their order.
fn in_order_of<T: PartialEq>(
    found: &[T],
    mut expected: Vec<T>,
    old: usize,
    item: impl Fn(&T) -> &ItemRecord,
) -> Vec<T> {
    let mut new: HashMap<String, Vec<T>> = HashMap::new();
    for added in expected.split_off(old) {
        new.entry(item(&added).id.clone()).or_default().push(added);
    }
    let mut old = expected.into_iter().peekable();
    let mut ordered = Vec::with_capacity(found.len());
    for line in found {
        if let Some(kept) = old.next_if(|kept| kept == line) {
            ordered.push(kept);
        } else if let Some(alike) = new.get_mut(&item(line).id)
            && let Some(at) = alike.iter().position(|added| added == line)
        {
            ordered.push(alike.swap_remove(at));
        }
    }
    ordered.extend(old.chain(new.into_values().flatten()));
    ordered
}

fn unfit(misfit: &ApplyError) -> String {
    format!("the change does not apply to the file: {misfit}")
}

fn difference(part: Option<&'static str>) -> Result<(), String> {
    match part {
        None => Ok(()),
        Some(part) => Err(format!("the edit would change `{part}` unintentionally")),
    }
}
