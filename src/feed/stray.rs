//! Escapes each `<` that begins no markup, so that an XML reader goes on after it.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// Returns a text in which each `<` that begins no tag, comment, declaration or CDATA section is
/// `&lt;`.
///
/// `a < b <c>d</c>` gives `a &lt; b <c>d</c>`. The time is linear in the length of the text.
pub(super) fn escape_stray(text: &str) -> Cow<'_, str> {
    let mut escaped = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = memchr(b'<', &text.as_bytes()[at..]) {
        let start = at + found;
        at = match markup(&text[start..]) {
            Markup::Complete(length) => start + length,
            Markup::Unclosed => break,
            Markup::None(length) => {
                escaped.push_str(&text[copied..start]);
                escaped.push_str(&text[start..start + length].replace('<', "&lt;"));
                copied = start + length;
                copied
            }
        };
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    escaped.push_str(&text[copied..]);
    Cow::Owned(escaped)
}

/// The markup that a text begins with.
enum Markup {
    /// Markup of this length, or the start of a declaration.
    Complete(usize),
    /// Markup that does not end: the text is torn.
    Unclosed,
    /// No markup up to this length.
    None(usize),
}

fn markup(text: &str) -> Markup {
    let until = |end: &str| match memmem::find(text.as_bytes(), end.as_bytes()) {
        Some(at) => Markup::Complete(at + end.len()),
        None => Markup::Unclosed,
    };
    match text.as_bytes() {
        [_, b'!', b'-', b'-', ..] => until("-->"),
        [_, b'!', b'[', ..] if text.starts_with("<![CDATA[") => until("]]>"),
        [_, b'?', ..] => until("?>"),
        // A declaration may contain others.
        [_, b'!', ..] => Markup::Complete(2),
        [_, byte, ..] if byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':' | b'/') => {
            tag(text)
        }
        _ => Markup::None(1),
    }
}

/// The tag that a text begins with. A `>` or `<` in a quoted value of an attribute belongs to it.
fn tag(text: &str) -> Markup {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        at = match byte {
            b'>' => return Markup::Complete(at + 1),
            b'<' => return Markup::None(at),
            b'"' | b'\'' => match memchr(byte, &bytes[at + 1..]) {
                Some(length) => at + length + 2,
                None => return Markup::Unclosed,
            },
            _ => at + 1,
        };
    }
    Markup::Unclosed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_stray_keeps_markup() {
        for text in ["a<b c=\"d>e<f\">g</b>", "<!-- < --><![CDATA[a < b]]><?x <?>", "<!DOCTYPE a>"]
        {
            assert_eq!(escape_stray(text), text);
        }
    }

    #[test]
    fn escape_stray_escapes_what_is_no_markup() {
        assert_eq!(escape_stray("a < b <3 <a <b>c</b>"), "a &lt; b &lt;3 &lt;a <b>c</b>");
    }

    #[test]
    fn escape_stray_leaves_the_end_of_a_torn_text() {
        for text in ["<a>b</a", "<a>b<!-- c", "<a href=\"x"] {
            assert_eq!(escape_stray(text), text);
        }
    }
}
