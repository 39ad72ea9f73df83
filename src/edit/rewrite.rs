//! Changes of a thread, turned into a verified new text.

use crate::edit::{Change, REPORT, Refusal, body, catalog, front_matter, verify};
use crate::model::Configuration;
use crate::parse::{CatalogFile, ThreadFile, thread};
use crate::text::{Document, Edit, Patch, Span};

/// The text of a file before and after an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// The file as it was loaded.
    pub before: Document,
    /// Its new text.
    pub after: String,
    /// The changes that lead from one text to the other.
    pub changes: Vec<Change>,
    /// The lines of the new text that are different or new, counted from 1.
    pub lines: Vec<usize>,
}

impl Rewrite {
    /// Parses the new text as a thread.
    pub fn parsed(&self, configuration: &Configuration) -> Option<ThreadFile> {
        let document = Document::new(self.before.path.clone(), self.after.clone());
        thread::parse(document, configuration).0
    }
}

/// Applies `changes` to the text of `file`, and verifies that the new text has the changed model
/// and is otherwise unchanged.
pub fn rewrite(
    file: &ThreadFile,
    changes: Vec<Change>,
    configuration: &Configuration,
) -> Result<Rewrite, Refusal> {
    let mut edits: Vec<Edit> = Vec::new();
    for change in &changes {
        edits.extend(front_matter::edits(file, change)?);
    }
    edits.extend(body::edits(file, &changes, configuration)?);
    let patched = Patched::new(&file.document, edits)?;
    verify::verify(file, &patched, &changes, configuration)?;
    Ok(patched.rewrite(&file.document, changes))
}

/// Makes `changes` in the text of a catalog and proves that nothing else changed.
pub fn rewrite_catalog(
    file: &CatalogFile,
    changes: Vec<Change>,
    configuration: &Configuration,
) -> Result<Rewrite, Refusal> {
    let patched = Patched::new(&file.document, catalog::edits(file, &changes)?)?;
    verify::verify_catalog(file, &patched, &changes, configuration)?;
    Ok(patched.rewrite(&file.document, changes))
}

/// A patch and the patched text.
pub struct Patched {
    /// The edits.
    pub patch: Patch,
    /// The spans of the edits in the new text.
    pub places: Vec<Span>,
    /// The new text.
    pub after: String,
}

impl Patched {
    /// Makes edits in a text.
    pub fn new(document: &Document, edits: Vec<Edit>) -> Result<Self, Refusal> {
        let patch = Patch::new(document, edits).map_err(|error| {
            Refusal::new(Span::at(0), format!("the edits do not fit: {error}"), REPORT)
        })?;
        let (after, places) = patch.apply(document);
        Ok(Self { patch, places, after })
    }

    pub(crate) fn rewrite(self, document: &Document, changes: Vec<Change>) -> Rewrite {
        let after = Document::new(document.path.clone(), self.after);
        let mut lines: Vec<usize> = self
            .places
            .iter()
            .flat_map(|place| {
                let words = after.text[place.range()].trim();
                let start = place.end - after.text[place.range()].trim_start().len();
                let first = after.position(start).line;
                first..=first + words.matches('\n').count()
            })
            .collect();
        lines.dedup();
        Rewrite { before: document.clone(), after: after.text, changes, lines }
    }
}
