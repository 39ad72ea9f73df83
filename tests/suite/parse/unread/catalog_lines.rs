//! Lines of catalogs that look like items and are not read.

use super::{ITEM, catalog, unread};

#[test]
fn unread_block_that_is_never_closed_is_named_with_its_items() {
    for (opener, message) in [
        ("<!-- todo", "this comment is not closed; 2 list items after it are not read"),
        ("```", "this code block is not closed; 2 list items after it are not read"),
        ("~~~~ sh", "this code block is not closed; 2 list items after it are not read"),
        ("<script>", "`<script>` is not closed; 2 list items after it are not read"),
        ("<STYLE x>", "`<style>` is not closed; 2 list items after it are not read"),
        ("<pre>", "`<pre>` is not closed; 2 list items after it are not read"),
        ("<textarea>", "`<textarea>` is not closed; 2 list items after it are not read"),
        ("<?php", "this block is not closed; 2 list items after it are not read"),
        ("<![CDATA[", "this block is not closed; 2 list items after it are not read"),
        ("<details>", "the HTML extends to the next blank line; 2 list items in it are not read"),
        ("<div>", "the HTML extends to the next blank line; 2 list items in it are not read"),
        (
            "<a id=\"x\">",
            "the HTML extends to the next blank line; 2 list items in it are not read",
        ),
        ("</details>", "the HTML extends to the next blank line; 2 list items in it are not read"),
    ] {
        for ending in ["\n", "\r\n"] {
            let text = format!("{ITEM}\n{opener}\n{ITEM}* B (2026-05-02)\n").replace('\n', ending);
            let found = unread(&catalog(text));
            assert_eq!(found, [format!("swallowed-items 3: {message}")], "{opener}");
        }
    }
}

#[test]
fn unread_block_without_items_is_not_a_finding() {
    for text in ["<!-- todo", "```\nls\n", "<div>\nwords\n</div>\n", "    code\n", "<script>\n"] {
        assert_eq!(unread(&catalog(format!("{ITEM}\n{text}"))), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn unread_block_that_is_closed_is_a_hint() {
    let one = "link-without-item 4: 1 list item in this comment or code block is not read";
    for (open, close) in [
        ("<!--", "-->"),
        ("```", "```"),
        ("~~~~", "~~~~~"),
        ("<pre>", "</pre>"),
        ("<![CDATA[", "]]>"),
    ] {
        let text = format!("{ITEM}\n{open}\n{ITEM}- plain words\n{close}\n\n{ITEM}");
        assert_eq!(unread(&catalog(text)), [one], "{open}");
    }
    assert_eq!(unread(&catalog(format!("{ITEM}\n<!-- {} -->\n", ITEM.trim()))).len(), 1);
}

#[test]
fn unread_list_item_that_is_another_block_is_named_at_its_line() {
    let mapping = |line: u8, why: &str| {
        let message = "this line has a field `thread` and is not read as an item";
        format!("unread-mapping {line}: {message} ({why})")
    };
    let html = "the HTML extends to the next blank line; 1 list item in it is not read";
    for (line, expected) in [
        ("- # H (2026-05-01) https://e.org/h [thread:: t]", mapping(2, "a heading")),
        ("- > quote https://e.org/q [thread:: t]", mapping(2, "a quote")),
        ("> - quoted https://e.org/q [thread:: t]", mapping(2, "a quote")),
        ("- <details> https://e.org/d [thread:: t]", format!("swallowed-items 2: {html}")),
        (
            "- ``` https://e.org/d [thread:: t]",
            "swallowed-items 2: this code block is not closed; 1 list item after it is not read"
                .into(),
        ),
        (
            "-     [A](https://e.org/b) (2026-05-01)",
            "swallowed-items 2: an indent of four spaces makes a code block; 1 list item in it is not read"
                .into(),
        ),
        ("- [B](https://e.org/b) [thread:: t]\n  ---", mapping(2, "a heading")),
        ("| [B](https://e.org/b) | [thread:: t] |", mapping(2, "part of the list item above")),
        ("      - [B](https://e.org/b) [thread:: t]", mapping(2, "part of the list item above")),
        ("\n- <a href=\"https://e.org/b\">B</a>", {
            let message = "this line looks like an item and is not read";
            format!("unread-item 3: {message} (its link or date is in the wrong position)")
        }),
    ] {
        let text = if expected.contains("above") { format!("- [Z](https://e.org/z) (2026-05-03)\n{line}\n") } else { format!("# Lab\n{line}\n") };
        assert_eq!(unread(&catalog(text)), [expected], "{line}");
    }
}

#[test]
fn unread_lines_do_not_include_the_second_line_of_an_item() {
    let text = "- A title that is long\n  — “quoted” https://e.org/a (2026-05-01) [thread:: t]\n";
    assert_eq!(unread(&catalog(text)), Vec::<String>::new());
}

#[test]
fn unread_lines_of_a_block_are_named_once_with_a_count() {
    let text = "\
# Letter

- Events ([calendar](https://letter.example/cal))
  - Lamp talk (2026-11-03)
  - Horn talk (2026-11-04)
- [Other](https://paper-b.example/lamps-go-dark)
| 2026-11-01 | [table row](https://letter.example/row) |

> 1、[中文条目](https://letter.example/zh1)

> ２．[第二条](https://letter.example/zh2)

- a remark

  | when | what |
  |---|---|
  | 2026-11-01 | [row](https://letter.example/1) |
  | 2026-11-02 | [row](https://letter.example/2) |

Plain paragraph with [a link](https://letter.example/para).
";
    let look = "looks like an item and is not read";
    let looks = "look like items and are not read";
    assert_eq!(
        unread(&catalog(text)),
        [
            format!("unread-item 4: 2 lines {looks} (nested below another item)"),
            format!("unread-item 7: this line {look} (part of the list item above)"),
            format!("unread-item 9: this line {look} (a quote)"),
            format!("unread-item 11: this line {look} (a quote)"),
            format!("unread-item 17: 2 lines {looks} (a table row)"),
            "link-without-item 20: the link in this line belongs to no item".to_string(),
        ]
    );
}

#[test]
fn unread_blocks_in_large_numbers_have_few_findings_that_count_all() {
    let found = unread(&catalog("[A](https://e.org/a)\n\n".repeat(3000)));
    assert_eq!(found.len(), 8);
    assert!(found[7].contains("the links in 2993 lines"), "{}", found[7]);
    let found = unread(&catalog("# [A](https://e.org/a) [thread:: t]\n\n".repeat(3000)));
    assert_eq!(found.len(), 50);
    assert!(found[49].starts_with("unread-mapping 99: 2951 lines"), "{}", found[49]);
    let hidden = format!("<!--\n{}", ITEM.repeat(3000));
    assert_eq!(unread(&catalog(hidden)).len(), 1);
}

#[test]
fn unread_bullet_without_a_space_after_its_marker_is_named() {
    let text = format!("{ITEM}-[ ] [B](https://e.org/b) (2026-05-02) [thread:: t]\n");
    assert_eq!(
        unread(&catalog(text)),
        [
            "unread-mapping 2: this line has a field `thread` and is not read as an item (part of the list item above)"
        ]
    );
}
