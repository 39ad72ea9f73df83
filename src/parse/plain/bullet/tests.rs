//! The fast reader and the complete parser read the same.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::parse::bullet::parse_any;
use crate::parse::markdown::{BlockKind, parse_as_markdown};
use crate::text::Document;

/// Starts of bullets.
const STARTS: [&str; 6] = ["- ", "- ", "- [ ] ", "- [x] ", "-  ", "- [-] "];
/// Parts before the date.
const HEADS: [&str; 22] = [
    "[A lamp](https://e.org/a)",
    "[A \"lamp\" (x)](https://e.org/a)",
    "[PDF](https://e.org/a)",
    "[2026-05-04](https://e.org/a)",
    "[https://e.org](https://e.org)",
    "[*A*](https://e.org/a)",
    "[A](e.org)",
    "**#455**",
    "#455",
    "#tag",
    "“A lamp.”",
    "\"A lamp,\" by B",
    "\"\"",
    "A lamp",
    "A “lamp” b",
    "Žár: a lamp!",
    "May 4, 2026",
    "Monday, May 4",
    "A [lamp](https://e.org/b)",
    "2026-05-04",
    "（A） lamp",
    "A (lamp)",
];
/// Dates.
const DATES: [&str; 11] = [
    " (2026-05-04)",
    " (2026-05-04)",
    " (2026-05-04)",
    " (2026-05-04)",
    "",
    " (2026-05-32)",
    " (2026-05-04, n)",
    ", 4 May 2026",
    " (4 May 2026)",
    " (May 2026)",
    "(2026-05-04)",
];
/// Parts after the date.
const TAILS: [&str; 48] = [
    " — ",
    " – ",
    " -- ",
    "— ",
    " a",
    " word",
    "b ",
    " [tags:: a, b]",
    "[org:: m]",
    "[org:: “a] b”",
    "[org:: \"a] b\"",
    " [thread:: t]",
    " [id:: a-1]",
    " (note:: x)",
    " (a)",
    " (",
    ")",
    " [x]",
    " [a b](c)",
    " \"q\"",
    "\"",
    " “Q.”",
    " „q“",
    " «q»",
    " 「q」",
    " #tag",
    "#",
    " a#b",
    " ^id",
    "^",
    ": ",
    " https://e.org/b",
    "://",
    " body not yet read",
    " not yet",
    "y",
    "*",
    "_",
    "!",
    "'",
    "’",
    "…",
    "é",
    "\u{a0}",
    "（",
    "4",
    " 2026-05-06",
    " [read:: 2026-05-09]",
];
/// Characters of markup.
const MARKUP_TEXT: [&str; 8] = ["`a`", "<b>", "&amp;", "\\", "[[a]]", "![", "]", "\t"];

fn line() -> impl Strategy<Value = String> {
    let tail = prop_oneof![12 => select(&TAILS[..]), 1 => select(&MARKUP_TEXT[..])];
    let parts = (select(&STARTS[..]), select(&HEADS[..]), select(&DATES[..]), vec(tail, 0..6));
    parts.prop_map(|(start, head, date, tail)| [start, head, date, &tail.concat()].concat())
}

/// Returns the only list item of a line with the results of both readers, if there is one.
fn compare(line: &str) -> Result<bool, TestCaseError> {
    let text = format!("# A\n\n{line}");
    let document = Document::new("backlogs/x.md", text);
    let outline = parse_as_markdown(&document, Span::new(0, document.text.len()));
    let Some(BlockKind::List(list)) = outline.blocks.get(1).map(|block| &block.kind) else {
        return Ok(false);
    };
    let Some((bullet, links)) = read_bullet(line, "# A\n\n".len(), None) else {
        return Ok(false);
    };
    let mut findings = Vec::new();
    let item = &list.items[0];
    prop_assert_eq!(&bullet, &parse_any(&document, item, None, &mut findings));
    prop_assert_eq!(item.inline.links.len(), links);
    prop_assert_eq!(item.inline.opaque.len(), links);
    prop_assert!(findings.is_empty() && outline.blocks.len() == 2 && list.items.len() == 1);
    Ok(true)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn read_bullet_of_any_line_is_what_the_complete_parser_returns(line in line()) {
        compare(&line)?;
    }
}

#[test]
fn read_bullet_of_common_forms_is_some() {
    for line in [
        "- [A lamp](https://e.org/a) (2026-05-04) — They say “so”. [tags:: a, b] [thread:: t]",
        "- [ ] [A lamp](https://e.org/a) (2026-05-04)",
        "- [A lamp](https://e.org/a) — no date [org:: m2]",
        "- **#455** (2026-05-04) — “A lamp.” More. [tags:: a]",
        "- #455 (2026-05-04) — \"A lamp.\"",
        "- \"A lamp\" by B (2026-05-04) — More.",
        "- A lamp (2026-05-04) — More: it's 4. [id:: a-1]",
    ] {
        assert!(compare(line).expect("both return the same"), "{line}");
    }
}
