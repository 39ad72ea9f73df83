//! Changes of a thread, turned into a verified new text.

use crate::model::Configuration;
use crate::parse::ThreadFile;
use crate::text::{Document, Edit, Patch, Span};

use super::refusal::{REPORT, Refusal};
use super::{Change, body, front_matter, verify};

/// A file's text before and after, with what the difference means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// The file as it was loaded.
    pub before: Document,
    /// Its new text.
    pub after: String,
    /// What the difference means.
    pub changes: Vec<Change>,
}

/// Makes `changes` in the text of `file` and proves that nothing else changed.
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
    let patch = Patch::new(&file.document, edits).map_err(|error| {
        Refusal::new(Span::at(0), format!("the edits do not fit: {error}"), REPORT)
    })?;
    let (after, places) = patch.apply(&file.document);
    verify::verify(file, &patch, &places, &after, &changes, configuration)?;
    Ok(Rewrite { before: file.document.clone(), after, changes })
}
