//! Findings with an excerpt and a caret, by annotate-snippets; in other formats, a file each.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use crate::commands::shared::style::{UNKNOWN_WIDTH, counted};
use crate::model::{Diagnostic, Safety, Severity};
use crate::text::{Document, Span, escape_for_terminal, is_control};
use crate::workspace::Workspace;

/// Narrower than this no excerpt can be read.
const NARROWEST: usize = 20;
/// The longest underline. A longer range is marked at its start only.
const LONGEST_UNDERLINE: usize = 40;

/// A position further along its line is given by line and column only, without an excerpt, so that
/// a thousand findings in one very long line do not take a thousand times its length.
const WIDEST_VIEW: usize = 10_000;

/// The largest number of findings of one file with excerpts, which take time and which nobody reads
/// to the end.
const MOST_OF_A_FILE: usize = 500;

/// Returns the findings, with a blank line after each.
pub fn render<'d>(
    workspace: &Workspace,
    diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
    width: Option<usize>,
) -> String {
    let known = width.filter(|&width| width > 0);
    let renderer = Renderer::styled().term_width(known.unwrap_or(UNKNOWN_WIDTH).max(NARROWEST));
    let mut text = String::new();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        let number = numbers.entry(&diagnostic.path).or_default();
        *number += 1;
        if *number <= MOST_OF_A_FILE {
            text.push_str(&one(workspace, diagnostic, &renderer));
            text.push_str("\n\n");
        }
    }
    for (path, number) in numbers.into_iter().filter(|(_, number)| *number > MOST_OF_A_FILE) {
        let more = counted(number - MOST_OF_A_FILE, "more finding");
        text.push_str(&format!(
            "{more} in {}; `thread check --format concise` lists all of them\n\n",
            escape_for_terminal(path)
        ));
    }
    text
}

fn one(workspace: &Workspace, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let severity = diagnostic.severity;
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let message = escape_for_terminal(&diagnostic.message);
    let mut group = level
        .primary_title(message)
        .id(diagnostic.rule.name())
        .elements(excerpts(workspace, diagnostic));
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(escape_for_terminal(help)));
    }
    renderer.render(&[group])
}

/// Returns the excerpts: first those of the finding's own file, then those of other files.
fn excerpts<'w>(workspace: &'w Workspace, diagnostic: &Diagnostic) -> Vec<Element<'w>> {
    let Some(document) = workspace.document(&diagnostic.path) else {
        let path = escape_for_terminal(&diagnostic.path);
        return vec![Origin::path(path).into()];
    };
    let mut excerpts =
        vec![excerpt(document, diagnostic.span, &diagnostic.label, AnnotationKind::Primary)];
    for related in &diagnostic.related {
        if let Some(document) = workspace.document(&related.path) {
            excerpts.push(excerpt(document, related.span, &related.label, AnnotationKind::Context));
        }
    }
    excerpts
}

/// Returns the first line of a span with the lines around it. The renderer panics on a span outside
/// of the text or inside a character, so spans are clamped to the document.
fn excerpt<'w>(
    document: &'w Document,
    span: Span,
    label: &str,
    kind: AnnotationKind,
) -> Element<'w> {
    let span = document.clamp(span);
    let line = Span::new(document.line_start(span.start), document.next_line(span.start));
    let text = document.slice(line);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = line.len() - text.len();
    let text = text.trim_end_matches(['\n', '\r']);
    let start = (span.start - line.start).saturating_sub(skipped).min(text.len());
    let end =
        (span.end.min(line.end) - line.start).saturating_sub(skipped).min(text.len()).max(start);
    let position = document.position(span.start);
    if start > WIDEST_VIEW {
        let path = Origin::path(escape_for_terminal(&document.path));
        return path.line(position.line).char_column(position.column).into();
    }
    let end = start + beginning(&text[start..end]).len();
    let far = text.char_indices().map(|(at, _)| at).find(|&at| at >= start + WIDEST_VIEW);
    let text = escape(&text[..far.unwrap_or(text.len())]);
    let annotation = kind.span(start..end).label(escape_for_terminal(label));
    Snippet::source(text)
        .line_start(position.line)
        .path(escape_for_terminal(&document.path))
        .annotation(annotation)
        .into()
}

/// Returns a text, shortened if it is long.
fn beginning(text: &str) -> &str {
    match text.char_indices().nth(LONGEST_UNDERLINE) {
        None => text,
        Some((at, _)) => {
            let words = text[..at].rfind(' ').map_or("", |blank| text[..blank].trim_end());
            if words.is_empty() { &text[..at] } else { words }
        }
    }
}

/// Replaces characters that a terminal interprets by visible ones with the same number of bytes, so
/// that spans stay valid. Tabs stay, because of their width, as do characters that the renderer
/// replaces.
fn escape(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\0'..='\u{1f}' => c,
            c if is_control(c) && c.len_utf8() == 3 => '\u{fffd}',
            c if is_control(c) && c.len_utf8() == 2 => '·',
            '\u{7f}' => '?',
            c => c,
        })
        .collect()
}

/// `Found 2 errors and 1 hint in 2 files.`
pub fn summary<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> String {
    let diagnostics: Vec<&Diagnostic> = diagnostics.into_iter().collect();
    let of = |severity: Severity| {
        diagnostics.iter().filter(|finding| finding.severity == severity).count()
    };
    let kinds = [Severity::Error, Severity::Warning, Severity::Hint];
    let counts: Vec<String> = kinds
        .into_iter()
        .map(|severity| (of(severity), severity.as_str()))
        .filter(|(number, _)| *number > 0)
        .map(|(number, noun)| counted(number, noun))
        .collect();
    let mut paths: Vec<&str> = diagnostics.iter().map(|finding| finding.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    format!("Found {} in {}.\n", counts.join(", "), counted(paths.len(), "file"))
}

/// Number of hints that are not among the findings; nothing if there are none.
pub fn hidden(hints: usize) -> String {
    match hints {
        0 => String::new(),
        hints => format!(
            "{} not shown; `thread check --staged --hints` shows all.\n",
            counted(hints, "hint")
        ),
    }
}

/// Returns the number of findings that `check --fix` fixes, as text; empty if there are none.
pub fn fixable<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> String {
    let fixes = diagnostics.into_iter().filter_map(|finding| finding.fix.as_ref());
    let fixes: Vec<Safety> = fixes.map(|fix| fix.safety).collect();
    let of = |safety: Safety| fixes.iter().filter(|known| **known == safety).count();
    match (of(Safety::Safe), of(Safety::Unsafe)) {
        (0, 0) => String::new(),
        (safe, 0) => format!("`thread check --fix` fixes {safe}.\n"),
        (0, unsafe_) => format!("`thread check --fix --unsafe-fixes` fixes {unsafe_}.\n"),
        (safe, unsafe_) => {
            format!("`thread check --fix` fixes {safe}, with `--unsafe-fixes` {unsafe_} more.\n")
        }
    }
}
