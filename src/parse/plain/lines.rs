//! Bodies of headings, bullets of one line and paragraphs, line by line.

use crate::parse::plain::blocks::{heading, without_ending};
use crate::text::{Document, Span};

/// A line that is not blank.
pub enum Line<'a> {
    /// `## Drafts`
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text.
        text: &'a str,
        /// The whole line.
        span: Span,
    },
    /// `- a`: a list item of one line.
    Bullet(Span),
    /// A line of a paragraph, without markup.
    Words(Span),
}

/// Calls `take` with each line of `body`. Returns `None` if `take` does, or at the first line that
/// may be something else, such as a nested or lazy line; the lines before it may have another
/// meaning then.
pub fn lines<'a>(
    document: &'a Document,
    body: Span,
    mut take: impl FnMut(Line<'a>) -> Option<()>,
) -> Option<()> {
    let mut can_continue_list = false;
    let mut start = body.start;
    for line in document.text[body.range()].split_inclusive('\n') {
        let text = without_ending(line);
        let span = Span::new(start, start + text.len());
        start += line.len();
        if text.bytes().all(|byte| matches!(byte, b' ' | b'\t')) {
            can_continue_list = false;
            continue;
        }
        if text.ends_with(char::is_whitespace) {
            return None;
        }
        let is_bullet = text.starts_with("- ");
        if is_bullet {
            take(Line::Bullet(span))?;
        } else if let Some((level, text)) = heading(text) {
            take(Line::Heading { level, text, span })?;
        } else if !can_continue_list && is_paragraph(text) {
            take(Line::Words(span))?;
        } else {
            return None;
        }
        can_continue_list = is_bullet;
    }
    Some(())
}

/// Returns whether a line is a part of a paragraph whatever the lines around it are.
fn is_paragraph(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text
            .bytes()
            .any(|byte| byte < b' ' || matches!(byte, b'[' | b']' | b'`' | b'<' | b'\\'))
}
