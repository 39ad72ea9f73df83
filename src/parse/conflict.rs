//! Marks that a merge left in a file: nothing around them is what somebody meant.

use memchr::memmem;

use crate::model::{Diagnostic, Rule};
use crate::text::{Document, Span};

/// The conflict of a file: where it opens, if it closes too.
pub fn marker(document: &Document) -> Option<Diagnostic> {
    let opens = line_with(document, "<<<<<<< ", 0)?;
    line_with(document, ">>>>>>> ", opens.end)?;
    let mark = document.slice(opens);
    Some(
        Diagnostic::new(
            Rule::ConflictMarker,
            &document.path,
            opens,
            format!("merge conflict marker `{mark}`"),
        )
        .help("keep one side, or what is right of both, and take the marks out"),
    )
}

/// The first line at or behind `from` that begins with a mark.
fn line_with(document: &Document, mark: &str, from: usize) -> Option<Span> {
    let text = &document.text;
    let begins = |at: &usize| *at == 0 || text.as_bytes()[at - 1] == b'\n';
    let mut places = memmem::find_iter(&text.as_bytes()[from..], mark).map(|at| from + at);
    let at = places.find(begins)?;
    Some(Span::new(at, at + text[at..].lines().next().unwrap_or("").len()))
}
