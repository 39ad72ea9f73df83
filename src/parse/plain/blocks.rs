//! Bodies of plain lines: headings, bullets of one line, and paragraphs without characters that
//! need a markdown parser.
//!
//! A body with any other line is left to the markdown parser. A property test and the fuzz target
//! `outline` compare the results of both.

use crate::parse::markdown::{Block, BlockKind, Inline, Link, List, ListItem};
use crate::parse::plain::lines::{TextLine, text_lines};
use crate::text::{Document, Span};

/// The top-level blocks of `body`, in order; `None` where a line is not plain.
pub(in crate::parse) fn blocks(document: &Document, body: Span) -> Option<Vec<Block>> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in text_lines(document, body) {
        let TextLine { text, span, is_after_blank } = line?;
        if let Some((level, text)) = heading(text) {
            let kind = BlockKind::Heading { level, text: text.to_string() };
            blocks.push(Block { span, kind });
        } else if let Some(content) = text.strip_prefix("- ") {
            add_item(&mut blocks, content, span, is_after_blank)?;
        } else {
            add_words(&mut blocks, text, span, is_after_blank)?;
        }
    }
    Some(blocks)
}

/// Returns the level and the text of a plain heading: `## Drafts` gives 2 and `Drafts`.
pub(super) fn heading(text: &str) -> Option<(u8, &str)> {
    let words = text.trim_start_matches('#');
    let level =
        u8::try_from(text.len() - words.len()).ok().filter(|level| (1..=6).contains(level))?;
    let words = words.strip_prefix(' ')?;
    let is_plain = words.starts_with(char::is_alphanumeric)
        && !words.ends_with('#')
        && !words.bytes().any(|byte| is_mark(byte) || is_emphasis(byte));
    is_plain.then_some((level, words))
}

/// A bullet of one line: of the list before it, or of a new one.
fn add_item(
    blocks: &mut Vec<Block>,
    content: &str,
    span: Span,
    is_after_blank: bool,
) -> Option<()> {
    let item = list_item(content, span)?;
    match blocks.last_mut() {
        Some(Block { span: whole, kind: BlockKind::List(list) }) => {
            list.loose |= is_after_blank;
            list.items.push(item);
            whole.end = span.end;
        }
        _ => {
            let list = List { items: vec![item], loose: false };
            blocks.push(Block { span, kind: BlockKind::List(list) });
        }
    }
    Some(())
}

/// Returns the list item of one line with the text `content` after its marker.
pub(in crate::parse) fn list_item(content: &str, span: Span) -> Option<ListItem> {
    let mut inline = Inline::default();
    read_inline(content, span.start + 2, &mut inline)?;
    Some(ListItem { span, head: span, inline, children: Vec::new(), others: Vec::new() })
}

/// A line of a paragraph: of the one before it, or of a new one.
fn add_words(blocks: &mut Vec<Block>, text: &str, span: Span, is_after_blank: bool) -> Option<()> {
    match blocks.last_mut() {
        Some(Block { span: whole, kind: BlockKind::Paragraph(inline) }) if !is_after_blank => {
            read_inline(text, span.start, inline)?;
            whole.end = span.end;
        }
        // It would go on with the bullet.
        Some(Block { kind: BlockKind::List(_), .. }) if !is_after_blank => return None,
        _ => {
            let mut inline = Inline::default();
            read_inline(text, span.start, &mut inline)?;
            blocks.push(Block { span, kind: BlockKind::Paragraph(inline) });
        }
    }
    Some(())
}

/// Adds the links and the code of a line of running text that begins at `offset`.
fn read_inline(text: &str, offset: usize, inline: &mut Inline) -> Option<()> {
    if !begins_plainly(text) {
        return None;
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = first(&bytes[at..], is_mark) {
        at += found;
        let rest = &text[at..];
        at += match bytes[at] {
            b'&' => 1,
            b'<' if rest.starts_with("< ") || rest.starts_with("<= ") => 1,
            b'`' => {
                let length = code(rest)?;
                push(&mut inline.opaque, Span::new(at, at + length).shifted(offset));
                length
            }
            b'[' if at == 0 || bytes[at - 1] != b'!' => {
                let (length, link) = bracket(rest, at + offset)?;
                if let Some(link) = link {
                    push(&mut inline.opaque, link.span);
                    push(&mut inline.links, link);
                }
                length
            }
            _ => return None,
        };
    }
    Some(())
}

/// Adds a part. Most lines have one part; a vector would allocate space for four.
fn push<T>(parts: &mut Vec<T>, part: T) {
    if parts.is_empty() {
        parts.reserve_exact(1);
    }
    parts.push(part);
}

/// Returns whether a text begins a paragraph, and not another block.
fn begins_plainly(text: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut behind = text.chars();
    match behind.next() {
        Some(c) if c.is_ascii_digit() => {
            // `1.` and `1)` begin a list.
            !text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')'])
        }
        Some('#') => is_word(behind.next()),
        Some('*') => text
            .strip_prefix("**")
            .is_some_and(|rest| rest.starts_with('#') || is_word(rest.chars().next())),
        Some(c) => c.is_alphabetic() || matches!(c, '[' | '"' | '“' | '„' | '(' | '`'),
        None => false,
    }
}

/// Returns the length of code between single backticks, without characters that may end a line,
/// such as a carriage return.
fn code(text: &str) -> Option<usize> {
    let inner = text[1..].find(|c: char| c == '`' || c.is_ascii_control())?;
    if inner == 0 || text.as_bytes()[1 + inner] != b'`' {
        return None;
    }
    let end = inner + 2;
    (!text[end..].starts_with('`')).then_some(end)
}

/// Returns the length of `[text](url)`, which is a link, or of `[text]`.
fn bracket(text: &str, offset: usize) -> Option<(usize, Option<Link>)> {
    let close = 1 + first(&text.as_bytes()[1..], is_mark)?;
    let words = &text.as_bytes()[1..close];
    if text.as_bytes()[close] != b']' {
        return None;
    }
    let behind = &text[close + 1..];
    let Some(address) = behind.strip_prefix('(') else {
        // A reference, or the definition of one.
        let is_plain = !behind.starts_with(['[', ':']);
        return is_plain.then_some((close + 1, None));
    };
    let ends = |byte| is_mark(byte) | is_any_of(byte, *b"() >");
    let end = first(address.as_bytes(), ends)?;
    let is_plain = address.as_bytes()[end] == b')'
        && end > 0
        && !words.iter().any(|byte| is_emphasis(*byte))
        && !text[1..close].starts_with(char::is_whitespace)
        && !text[1..close].ends_with(char::is_whitespace);
    let length = close + 2 + end + 1;
    let link = Link {
        span: Span::new(offset, offset + length),
        destination: address[..end].to_string(),
        text: text[1..close].to_string(),
    };
    is_plain.then_some((length, Some(link)))
}

/// Returns the index of the first byte for which `is_meant` is true. Most texts have none for long,
/// so several bytes are tested together, without a branch.
fn first(bytes: &[u8], is_meant: impl Fn(u8) -> bool) -> Option<usize> {
    const TOGETHER: usize = 16;
    let has_any = |bytes: &[u8]| bytes.iter().fold(false, |found, byte| found | is_meant(*byte));
    let without = bytes.chunks_exact(TOGETHER).take_while(|bytes| !has_any(bytes)).count();
    let start = without * TOGETHER;
    bytes[start..].iter().position(|byte| is_meant(*byte)).map(|at| start + at)
}

/// Returns whether a byte may be markdown syntax at any position in a line.
fn is_mark(byte: u8) -> bool {
    (byte < b' ') | is_any_of(byte, *b"[]`<&\\\x7F")
}

#[expect(
    clippy::needless_bitwise_bool,
    reason = "a branch would keep bytes from being looked at together"
)]
fn is_any_of<const N: usize>(byte: u8, signs: [u8; N]) -> bool {
    signs.iter().fold(false, |found, sign| found | (byte == *sign))
}

/// Returns whether a byte is emphasis syntax.
fn is_emphasis(byte: u8) -> bool {
    matches!(byte, b'*' | b'_' | b'!')
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::parse::markdown::commonmark;

    /// Beginnings of lines, in plain bodies and in others.
    const BEGINNINGS: [&str; 22] = [
        "- ", "- ", "- ", "- ", "- [ ] ", "- [x] ", "# ", "## ", "### ", "", "", "* ", "+ ", "1. ",
        "1) ", "  ", "    ", "> ", "#", "-", "\t", "- - ",
    ];
    /// Text of plain lines.
    const PLAIN: [&str; 24] = [
        "a",
        "Word",
        "#455",
        "žá",
        "2026-05-04",
        " (2026-05-04)",
        " ",
        " — ",
        "**",
        "_",
        "“a”",
        "\"b\"",
        "[a]",
        "[a b](https://x.org/a?b=c#d)",
        "[a](b)",
        "[tags:: a, b]",
        "`x`",
        "(",
        ")",
        " < ",
        "&",
        "x!",
        "*a*",
        " #",
    ];
    /// Text of lines that only look plain.
    const OTHERS: [&str; 33] = [
        "\\[a](b)",
        "[a &amp; b](c)",
        "[a](b&amp;c)",
        "[a\\_b](c)",
        "[b](c d)",
        "[b](c 'd')",
        "[b]: c",
        "[a][b]",
        "`",
        "``",
        "![",
        "]",
        "[",
        "<b>",
        "&amp;",
        "\\",
        "---",
        "===",
        "|-|",
        "a | b",
        ">",
        "#",
        "-",
        "[a b]()",
        "[](a)",
        "[*a*](b)",
        "[a](<b>)",
        "[a](b(c))",
        "<https://a.org>",
        "\u{a0}",
        "\r",
        "`a\r\rb`",
        "<=a@b>",
    ];
    const ENDS: [&str; 8] = ["\n", "\n", "\n", "\n", "\n\n", "\n\n", "\r\n", "\n \n"];

    fn line() -> impl Strategy<Value = String> {
        let piece = prop_oneof![8 => select(&PLAIN[..]), 1 => select(&OTHERS[..])];
        let line = (select(&BEGINNINGS[..]), vec(piece, 0..5), select(&ENDS[..]));
        line.prop_map(|(beginning, pieces, end)| [beginning, &pieces.concat(), end].concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn plain_lines_mean_what_the_markdown_parser_finds(lines in vec(line(), 0..7)) {
            let document = Document::new("threads/x.md", lines.concat());
            let body = Span::new(0, document.text.len());
            if let Some(blocks) = blocks(&document, body) {
                prop_assert_eq!(blocks, commonmark::blocks(&document, body));
            }
        }
    }

    #[test]
    fn blocks_of_common_bodies_are_plain() {
        let text = "\
# A title

Some words, [a link](https://x.org/a) and `code`.
More of them.

## Evidence

### METR

- [ ] [Title](https://x.org/a) (2026-05-08) — free text & more. [org:: metr] [tags:: a, b]
- **#455** (2026-05-04) — \"Title.\" More.

- 2026-05-12 — drafts/x.md — \"Title\".
";
        let document = Document::new("threads/x.md", text);
        let found = blocks(&document, Span::new(0, text.len())).expect("every line is plain");
        assert_eq!(found.len(), 5);
    }

    #[test]
    fn blocks_that_only_look_plain_are_none() {
        for text in [
            "# *a*", "# a #", "- a\nb", "- [a][b]", "a\n---", "![a](b)", "1. a", "a  ", "`a\rb`",
            "a <=b@c>",
        ] {
            let document = Document::new("threads/x.md", text);
            assert_eq!(blocks(&document, Span::new(0, text.len())), None, "{text}");
        }
    }
}
