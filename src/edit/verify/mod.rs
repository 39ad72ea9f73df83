//! The proof that a new text differs from the old one by exactly the intended changes.
//!
//! Four independent looks: the bytes outside the edits, the front matter through another YAML
//! reader, the markdown events, and the model. Any surprise and nothing is written.

pub mod model;
pub mod text;
pub mod values;

use crate::edit::refusal::{REPORT, Refusal};
use crate::edit::rewrite::Patched;
use crate::model::change::Change;
use crate::model::{Configuration, Diagnostic};
use crate::parse::fence::Fenced;
use crate::parse::markdown::Outline;
use crate::parse::{CatalogFile, ThreadFile, catalog, fence, thread, yaml};
use crate::text::{Document, Span};

fn surprise(reason: String) -> Refusal {
    Refusal::new(Span::at(0), reason, REPORT)
}

/// Whether everything outside the edits is the same, byte for byte.
pub fn is_same_outside(before: &Document, patched: &Patched) -> bool {
    text::bytes(before, patched).is_ok()
}

/// Compares the old and the new text of a thread.
///
/// # Errors
/// What is different that should not be, or the same that should not be.
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
        return Err(match yaml::is_too_large(&new, parts.front_matter) {
            true => too_large(),
            false => surprise("the edit would break the front matter".into()),
        });
    };
    values::compare(file, new.slice(parts.front_matter), &root, changes)?;
    text::markdown((&file.document, file.parts.body), (&new, parts.body), patched)
        .map_err(|reason| misread(&file.document, &file.outline, reason))?;
    let (read, diagnostics) = thread::parse(new, configuration);
    match read {
        Some(read) => model::compare(&file.thread, &read.thread, changes).map_err(surprise),
        None => Err(unreadable(&diagnostics)),
    }
}

/// Why a body that would be read otherwise cannot be written: perhaps it ends within a code block.
fn misread(document: &Document, outline: &Outline, reason: String) -> Refusal {
    match outline.open_code(document) {
        Some(fence) => Refusal::new(
            fence,
            "this code block is never closed, and would swallow what is added below it",
            "close it with a line of the same marks",
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
        "with all that its triggers were weighed on, the front matter would be too large",
        "narrow the sets that its triggers count (by `tag`, `org` or `item`), or divide the thread",
    )
}

/// Compares the old and the new text of a catalog, whose front matter no change touches.
///
/// # Errors
/// What is different that should not be, or the same that should not be.
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
    model::compare_catalogs(&file.catalog, &read.catalog, changes).map_err(surprise)
}
