//! Marks that a merge left in a file: nothing around them is what somebody meant.

use memchr::memmem;

use crate::model::{Diagnostic, Rule};
use crate::text::{Document, Span};

/// The least number of characters in a marker.
const MARKER_SIZE: usize = 7;

/// The conflict of a file: where it opens, if it closes too.
pub fn find_conflict(document: &Document) -> Option<Diagnostic> {
    let opens = line_with(document, "<", 0)?;
    line_with(document, ">", opens.end)?;
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

/// Finds the first line at or after `from` that is a marker: `<<<<<<< ours`, with seven or more of the
/// same character, as git writes more for the merge of a merge.
fn line_with(document: &Document, character: &str, from: usize) -> Option<Span> {
    let text = &document.text;
    let mark = character.repeat(MARKER_SIZE);
    let is_marker = |at: &usize| {
        let begins = *at == 0 || text.as_bytes()[at - 1] == b'\n';
        begins && text[*at..].trim_start_matches(character).starts_with(' ')
    };
    let mut places = memmem::find_iter(&text.as_bytes()[from..], &mark).map(|at| from + at);
    let at = places.find(is_marker)?;
    Some(Span::new(at, at + text[at..].lines().next().unwrap_or("").len()))
}
