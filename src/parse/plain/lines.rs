//! Bodies of headings, bullets of one line and paragraphs, line by line.

use crate::parse::plain::blocks::heading;
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
    let mut is_after_bullet = false;
    for line in text_lines(document, body) {
        let TextLine { text, span, is_after_blank } = line?;
        let is_bullet = text.starts_with("- ");
        let may_be_lazy = is_after_bullet && !is_after_blank;
        if is_bullet {
            take(Line::Bullet(span))?;
        } else if let Some((level, text)) = heading(text) {
            take(Line::Heading { level, text, span })?;
        } else if !may_be_lazy && is_paragraph(text) {
            take(Line::Words(span))?;
        } else {
            return None;
        }
        is_after_bullet = is_bullet;
    }
    Some(())
}

/// A line that is not blank, without its line ending.
pub(super) struct TextLine<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
    /// True for the first line of the body, and after a blank line.
    pub(super) is_after_blank: bool,
}

/// Returns the lines of `body` that are not blank; `None` in place of a line that ends in whitespace,
/// which may be markup.
pub(super) fn text_lines(
    document: &Document,
    body: Span,
) -> impl Iterator<Item = Option<TextLine<'_>>> {
    let mut start = body.start;
    let mut is_after_blank = true;
    document.text[body.range()].split_inclusive('\n').filter_map(move |line| {
        let text = line.strip_suffix('\n').unwrap_or(line);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let span = Span::new(start, start + text.len());
        start += line.len();
        if text.bytes().all(|byte| matches!(byte, b' ' | b'\t')) {
            is_after_blank = true;
            return None;
        }
        let is_after_blank = std::mem::take(&mut is_after_blank);
        let is_plain = !text.ends_with(char::is_whitespace);
        Some(is_plain.then_some(TextLine { text, span, is_after_blank }))
    })
}

/// Returns whether a line is a part of a paragraph whatever the lines around it are.
fn is_paragraph(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text
            .bytes()
            .any(|byte| byte < b' ' || matches!(byte, b'[' | b']' | b'`' | b'<' | b'\\'))
}
