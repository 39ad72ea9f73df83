//! The boundary between front matter and body, and merge conflict markers.

use memchr::memmem;

use crate::model::{Diagnostic, Fix, Rule};
use crate::parse::yaml;
use crate::parse::yaml::Value;
use crate::text::{Document, Edit, Span};

/// The two parts of a markdown file with front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// The YAML between the fences, with its last line ending.
    pub front_matter: Span,
    /// The text after the closing fence.
    pub body: Span,
}

/// The start of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fenced {
    /// Both fences are there.
    Parts(Parts),
    /// The file does not begin with `---`; all of it is body.
    Absent,
    /// `---` is never followed by a closing fence.
    Unclosed {
        /// The opening fence.
        fence: Span,
    },
}

/// Splits a file into front matter and body: an optional byte-order mark, a line `---`, YAML up to
/// the first line `---` or `...`, the body. Fences may have trailing whitespace.
pub fn split(text: &str) -> Fenced {
    let start = text.strip_prefix('\u{feff}').map_or(0, |rest| text.len() - rest.len());
    let opening = line_at(text, start);
    if !is_fence(&text[opening.range()], &["---"]) {
        return Fenced::Absent;
    }
    let mut line = opening;
    while line.end < text.len() {
        line = line_at(text, line.end);
        if is_fence(&text[line.range()], &["---", "..."]) {
            return Fenced::Parts(Parts {
                front_matter: Span::new(opening.end, line.start),
                body: Span::new(line.end, text.len()),
            });
        }
    }
    Fenced::Unclosed { fence: Span::new(start, start + 3) }
}

/// Like [`split`], but reports front matter that is missing or not closed.
pub fn require(document: &Document, diagnostics: &mut Vec<Diagnostic>) -> Option<Parts> {
    match split(&document.text) {
        Fenced::Parts(parts) => Some(parts),
        Fenced::Absent => {
            let first = line_at(&document.text, 0);
            let escape_for_terminal =
                Span::new(first.start, first.start + document.text[first.range()].trim_end().len());
            let help = format!(
                "`thread adopt {}` converts a note to a thread; or add `---`, the keys, and another `---` \
                 before this line",
                document.path
            );
            diagnostics.push(
                Diagnostic::new(
                    Rule::NoFrontMatter,
                    &document.path,
                    escape_for_terminal,
                    "a thread begins with front matter",
                )
                .label("the first line must be `---`")
                .help(help),
            );
            None
        }
        Fenced::Unclosed { fence } => {
            diagnostics.push(unclosed(document, fence));
            None
        }
    }
}

/// The finding for a fence that nothing closes.
pub fn unclosed(document: &Document, fence: Span) -> Diagnostic {
    Diagnostic::new(
        Rule::UnclosedFrontMatter,
        &document.path,
        fence,
        "the front matter is not closed",
    )
    .label("opened here")
    .help("add a line `---` after the last key")
    .fix(closing(document, fence))
}

/// Returns the fix that closes front matter, if there is only one place for the fence: the text
/// before the first blank line or heading is a map, and nothing after it looks like more keys.
fn closing(document: &Document, fence: Span) -> Option<Fix> {
    let text = &document.text;
    let opening = document.next_line(fence.start);
    let starts = text[opening..].split_inclusive('\n').scan(opening, |next, line| {
        let start = *next;
        *next += line.len();
        Some((start, line))
    });
    let ends = |line: &str| line.trim().is_empty() || line.starts_with('#');
    let at = starts.filter(|(_, line)| ends(line)).map(|(start, _)| start).next()?;
    let mut found = Vec::new();
    let root = yaml::parse(document, Span::new(opening, at), &mut found)?;
    let is_whole = root.entries().last().is_some_and(|last| last.value.value != Value::Null);
    let below = text[at..].lines().find(|line| !ends(line));
    let goes_on = below.is_some_and(|line| {
        let key = line.split_once(':').map(|(key, _)| key);
        let is_key = |key: &str| key.chars().all(|c| c.is_alphanumeric() || "-_\"'".contains(c));
        line.starts_with([' ', '\t']) || key.is_some_and(is_key)
    });
    let edit = Edit::NewLines { at, lines: vec!["---".into()] };
    (found.is_empty() && is_whole && !goes_on).then(|| Fix::safe("close it with `---`", vec![edit]))
}

fn line_at(text: &str, start: usize) -> Span {
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at + 1);
    Span::new(start, end)
}

fn is_fence(line: &str, fences: &[&str]) -> bool {
    let line = line.strip_suffix('\n').unwrap_or(line);
    fences.contains(&line.trim_end_matches([' ', '\t', '\r']))
}

/// The least number of characters in a marker.
const MARKER_SIZE: usize = 7;

/// Returns the finding for a merge conflict: a marker that opens it and one that closes it.
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
        .help("keep one side, or the right parts of both, and remove the markers"),
    )
}

/// Finds the first line at or after `from` that is a marker: `<<<<<<< ours`, with seven or more of
/// the same character, as git writes more for the merge of a merge.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, &str)> {
        match split(text) {
            Fenced::Parts(parts) => {
                Some((&text[parts.front_matter.range()], &text[parts.body.range()]))
            }
            _ => None,
        }
    }

    #[test]
    fn split_ends_at_the_first_closing_fence() {
        assert_eq!(parts("---\na: 1\n---\nb\n---\n"), Some(("a: 1\n", "b\n---\n")));
        assert_eq!(parts("\u{feff}--- \r\na: 1\r\n...\r\nb"), Some(("a: 1\r\n", "b")));
        assert_eq!(parts("---\n---"), Some(("", "")));
    }

    #[test]
    fn split_needs_a_fence_on_a_line_of_its_own() {
        assert_eq!(split(" ---\na: 1\n---\n"), Fenced::Absent);
        assert_eq!(split("----\n"), Fenced::Absent);
        assert!(matches!(split("---\na: |\n  ---\n"), Fenced::Unclosed { .. }));
    }
}
