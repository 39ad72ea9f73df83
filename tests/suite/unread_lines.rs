//! Lines that look like items and are not read: each is named, at the block that hides it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use thread_tracker::model::{Diagnostic, Rule, url};

use super::properties::cases;
use super::world::World;

const CATALOG: &str = "backlogs/2026-05-20-lab-backlog.md";
const THREAD: &str = "---\nripeness: {level: low}\n---\n# T\n";
const ITEM: &str = "- [A](https://e.org/a) (2026-05-01) [thread:: t]\n";

const RULES: [Rule; 4] =
    [Rule::SwallowedItems, Rule::UnreadMapping, Rule::UnreadItem, Rule::LinkWithoutItem];

fn catalog(text: impl Into<String>) -> World {
    World::new().with("threads/t.md", THREAD).with(CATALOG, text)
}

/// The findings of the rules on unread lines, as `rule line: message`.
fn unread(world: &World) -> Vec<String> {
    let workspace = world.read();
    let line = |finding: &Diagnostic| {
        let document = workspace.document(&finding.path).expect("the file is kept");
        document.position(finding.span.start).line
    };
    let found = world.check().into_iter().filter(|finding| RULES.contains(&finding.rule));
    let escape_for_terminal = |finding: Diagnostic| {
        format!("{} {}: {}", finding.rule.name(), line(&finding), finding.message)
    };
    found.map(escape_for_terminal).collect()
}

#[test]
fn catalog_open_block_is_named_with_the_items_it_hides() {
    for (opener, message) in [
        ("<!-- todo", "this comment is never closed; 2 list items after it are not read"),
        ("```", "this code block is never closed; 2 list items after it are not read"),
        ("~~~~ sh", "this code block is never closed; 2 list items after it are not read"),
        ("<script>", "`<script>` is never closed; 2 list items after it are not read"),
        ("<STYLE x>", "`<style>` is never closed; 2 list items after it are not read"),
        ("<pre>", "`<pre>` is never closed; 2 list items after it are not read"),
        ("<textarea>", "`<textarea>` is never closed; 2 list items after it are not read"),
        ("<?php", "this block is never closed; 2 list items after it are not read"),
        ("<![CDATA[", "this block is never closed; 2 list items after it are not read"),
        ("<details>", "HTML goes on up to the next blank line; 2 list items in it are not read"),
        ("<div>", "HTML goes on up to the next blank line; 2 list items in it are not read"),
        ("<a id=\"x\">", "HTML goes on up to the next blank line; 2 list items in it are not read"),
        ("</details>", "HTML goes on up to the next blank line; 2 list items in it are not read"),
    ] {
        for ending in ["\n", "\r\n"] {
            let text = format!("{ITEM}\n{opener}\n{ITEM}* B (2026-05-02)\n").replace('\n', ending);
            let found = unread(&catalog(text));
            assert_eq!(found, [format!("swallowed-items 3: {message}")], "{opener}");
        }
    }
}

#[test]
fn catalog_open_block_without_items_is_no_finding() {
    for text in ["<!-- todo", "```\nls\n", "<div>\nwords\n</div>\n", "    code\n", "<script>\n"] {
        assert_eq!(unread(&catalog(format!("{ITEM}\n{text}"))), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn catalog_closed_block_with_items_is_a_hint() {
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
fn catalog_list_item_that_is_another_block_is_named_at_its_line() {
    let mapping = |line: u8, why: &str| {
        let message = "this line has a field `thread` and is not read as an item";
        format!("unread-mapping {line}: {message} ({why})")
    };
    let html = "HTML goes on up to the next blank line; 1 list item in it is not read";
    for (line, expected) in [
        ("- # H (2026-05-01) https://e.org/h [thread:: t]", mapping(2, "a heading")),
        ("- > quote https://e.org/q [thread:: t]", mapping(2, "a quote")),
        ("> - quoted https://e.org/q [thread:: t]", mapping(2, "a quote")),
        ("- <details> https://e.org/d [thread:: t]", format!("swallowed-items 2: {html}")),
        (
            "- ``` https://e.org/d [thread:: t]",
            "swallowed-items 2: this code block is never closed; 1 list item after it is not read"
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
        ("  - [B](https://e.org/b) [thread:: t]", mapping(2, "nested below another item")),
        ("\n- <a href=\"https://e.org/b\">B</a>", {
            let message = "this line looks like an item and is not read";
            format!("unread-item 3: {message} (its link or date is in the wrong position)")
        }),
    ] {
        let text = match expected.contains("above") || expected.contains("nested") {
            true => format!("- [Z](https://e.org/z) (2026-05-03)\n{line}\n"),
            false => format!("# Lab\n{line}\n"),
        };
        assert_eq!(unread(&catalog(text)), [expected], "{line}");
    }
}

#[test]
fn catalog_wrapped_item_with_its_mapping_on_the_second_line_is_read() {
    let text = "- A title that is long\n  — “quoted” https://e.org/a (2026-05-01) [thread:: t]\n";
    assert_eq!(unread(&catalog(text)), Vec::<String>::new());
}

#[test]
fn catalog_lines_that_are_not_read_are_named_by_block_with_a_count() {
    let text = "\
# Letter

- Events ([calendar](https://letter.example/cal))
  - Lamp talk https://talk.example/lamp-talk
  - Horn talk https://talk.example/horn-talk
- [Other](https://paper-b.example/lamps-go-dark)
| 2026-11-01 | [table row](https://letter.example/row) |

1、[中文条目](https://letter.example/zh1)

２．[第二条](https://letter.example/zh2)

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
            format!("unread-item 9: this line {look} (not a list item)"),
            format!("unread-item 11: this line {look} (not a list item)"),
            format!("unread-item 15: 2 lines {looks} (a table row)"),
            "link-without-item 18: the link in this line belongs to no item".to_string(),
        ]
    );
}

#[test]
fn catalog_with_many_unread_blocks_has_few_findings_that_count_all() {
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
fn catalog_bullet_without_the_space_after_its_marker_is_named() {
    let text = format!("{ITEM}-[ ] [B](https://e.org/b) (2026-05-02) [thread:: t]\n");
    assert_eq!(
        unread(&catalog(text)),
        [
            "unread-mapping 2: this line has a field `thread` and is not read as an item (part of the list item above)"
        ]
    );
}

#[test]
fn item_with_an_html_link_alone_is_named() {
    let item = "- [ ] <a href=\"https://e.org/a\">A</a> (2026-05-01) [thread:: t]\n";
    let thread = format!("{THREAD}\n## Evidence\n\n");
    let code = item.replace("<a", "`<a").replace("</a>", "</a>`");
    for (item, line) in [(item, 1), (&*code, 0)] {
        let named = |start: usize| match line {
            0 => vec![],
            _ => vec![format!("unread-item {start}: the HTML link of this item is not read")],
        };
        assert_eq!(unread(&catalog(item)), named(1));
        let world = World::new().with("threads/t.md", format!("{thread}{item}"));
        assert_eq!(unread(&world), named(8));
    }
}

#[test]
fn thread_lines_of_the_evidence_that_begin_like_items_are_named() {
    let found = |line: &str| {
        let text = format!("{THREAD}\n## Evidence\n\n- A (2026-05-01)\n\n{line}\n");
        unread(&World::new().with("threads/t.md", text))
    };
    let hint = "link-without-item 10: the link in this line belongs to no item";
    for line in [
        "[B](https://e.org/b) (2026-05-02)",
        "→ [B](https://e.org/b) (2026-05-02)",
        "✅ B (2026-05-02) https://e.org/b",
        "(1) [B](https://e.org/b) (2026-05-02)",
        "a) 2026-05-02 [B](https://e.org/b)",
        "<a href=\"https://e.org/b\">B</a> (2026-05-02)",
        "\u{200b}- [B](https://e.org/b) (2026-05-02)",
    ] {
        assert_eq!(found(line), [hint], "{line}");
    }
    for line in
        ["-[B](https://e.org/b) (2026-05-02)", "<ul><li><a href=\"https://e.org/b\">B</a></ul>"]
    {
        assert_eq!(found(line).len(), 1, "{line}");
        assert!(
            found(line)[0].starts_with("unread-item 10: this line looks like an item"),
            "{line}"
        );
    }
    for line in [
        "See [B](https://e.org/b) (2026-05-02).",
        "[B](https://e.org/2026-05-02-b) tells more.",
        "[^1]: [B](https://e.org/b), 2026-05-02",
        "### [Lab](https://e.org/lab) (up to 2026-05-02)",
        "- C (2026-05-02)\n\n  [its data](https://e.org/data) (2026-05-02)",
        "- C (2026-05-02)\n\n  | run | plot |\n  |---|---|\n  | 1 | [plot](https://e.org/plot) |",
    ] {
        assert_eq!(found(line), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn thread_without_an_evidence_section_has_one_hint_on_all_its_items() {
    let items = "- 2026-08-01 [One](https://e.org/1)\n- 2026-08-02 [Two](https://e.org/2)\n\nwords\n\n- [Three](https://e.org/3) (2026-08-03)\n";
    let found = |text: String| unread(&World::new().with("threads/t.md", text));
    assert_eq!(
        found(format!("{THREAD}\n## Sources\n\n{items}")),
        ["link-without-item 8: 3 list items with a link and a date are in no section that is read"]
    );
    for rest in [
        format!("## Evidence\n\n## Sources\n\n{items}"),
        format!("## Notes\n\n{items}"),
        format!("## Watching\n\n{items}"),
        "## Sources\n\n- [A list](https://e.org/list)\n- called on 2026-08-01\n".to_string(),
    ] {
        assert_eq!(found(format!("{THREAD}\n{rest}")), Vec::<String>::new(), "{rest}");
    }
}

#[test]
fn evidence_without_a_name_is_named_and_a_list_in_a_list_is_no_remark() {
    let found = |line: &str| {
        let text = format!("{THREAD}\n## Evidence\n\n{line}\n");
        let found = World::new().with("threads/t.md", text).check();
        found.iter().map(|finding| finding.rule).collect::<Vec<_>>()
    };
    assert_eq!(found("- ![A](https://e.org/a.png) (2026-05-01)"), [Rule::CatalogItemUnnamed]);
    assert_eq!(found("- - [A](https://e.org/a) (2026-05-01)"), []);
    assert_eq!(found("- 4. Mai 2026: [A](https://e.org/a)"), [Rule::EvidenceWithoutDate]);
    assert_eq!(found("- > [A](https://e.org/a)"), [Rule::EvidenceWithoutDate]);
}

#[test]
fn thread_open_block_hides_items_and_sections() {
    let head = format!("{THREAD}\n## Evidence\n\n");
    let code = "this code block is never closed";
    for (rest, expected) in [
        (
            "```\n- [ ] [A](https://e.org/a) (2026-05-01)\n\n## Ripeness\n\n- 2026-05-02: → medium — x\n",
            vec![format!("{code}; 2 list items and 1 section after it are not read")],
        ),
        ("~~~\n## Drafts\n", vec![format!("{code}; 1 section after it is not read")]),
        ("## Notes\n\n~~~\n- an idea\n", vec![]),
        (
            "<details>\n- [ ] A (2026-05-01)\n",
            vec!["HTML goes on up to the next blank line; 1 list item in it is not read".into()],
        ),
        ("## Notes\n\n<details>\n- A (2026-05-01)\n", vec![]),
        (
            "## Ripeness\n\n<details>\n- 2026-05-02: → medium\n",
            vec!["HTML goes on up to the next blank line; 1 list item in it is not read".into()],
        ),
        ("- A (2026-05-01)\n\n  ```\n  - a note\n", vec![]),
    ] {
        let world = World::new().with("threads/t.md", format!("{head}{rest}"));
        let found: Vec<String> = unread(&world)
            .into_iter()
            .map(|finding| finding.split_once(": ").unwrap_or_default().1.to_string())
            .collect();
        assert_eq!(found, expected, "{rest}");
        assert_eq!(world.read().threads.is_empty(), !expected.is_empty(), "{rest}");
    }
}

#[test]
fn thread_log_lines_that_are_no_entries_are_named() {
    let found = |line: &str| {
        let text = format!("{THREAD}\n## Ripeness\n\n- 2026-05-01: opened\n{line}\n");
        let world = World::new().with("threads/t.md", text);
        let of_log =
            |finding: &Diagnostic| matches!(finding.rule, Rule::UnreadItem | Rule::LogWithoutDate);
        world.check().iter().filter(|finding| of_log(finding)).count()
    };
    for line in [
        "- 12 May 2026: medium → ripe — x",
        "- 12.05.2026: the framings diverge",
        "- May 12, 2026 — diverging",
        "- medium → ripe, on 2026-05-12",
        "- → ripe",
        "- ripe now [on:: metr/1]",
        "- raised to ripe",
        "  - 2026-05-12: medium → ripe",
        "1、2026-05-12: medium → ripe",
        "\n2026-05-12: medium → ripe",
        "\n> - 2026-05-12: medium → ripe",
        "\n### 2026-05-12: medium → ripe",
    ] {
        assert_eq!(found(line), 1, "{line}");
    }
    for line in [
        "- the two framings diverge",
        "- if it holds in salt water → ripe",
        "  - the eval of 2026-05-12 changed it",
        "\nMoved from medium → ripe because of the eval.",
        "2. 2026-05-12: medium -> low",
        "1) 2026-05-12T10:00: medium → low",
        "- 2026-05-12 10:00: medium → low",
    ] {
        assert_eq!(found(line), 0, "{line}");
    }
}

#[test]
fn log_line_with_a_time_of_day_is_a_log_line() {
    let text = THREAD.replace("low", "ripe")
        + "\n## Ripeness\n\n- 2026-05-12T10:00: low → medium — a\n- 2026-05-12 11:30+02:00: medium → ripe — b\n";
    let world = World::new().with("threads/t.md", text);
    let workspace = world.read();
    let log = &workspace.threads[0].thread.log;
    let moves: Vec<_> = log
        .iter()
        .map(|entry| {
            (entry.date.to_string(), entry.change.as_ref().map(|change| &*change.to.value))
        })
        .collect();
    let day = "2026-05-12".to_string();
    assert_eq!(moves, [(day.clone(), Some("medium")), (day, Some("ripe"))]);
    assert!(
        world.check().iter().all(|finding| finding.rule == Rule::LogOrder),
        "{:?}",
        world.check()
    );
}

/// What may be put before and between items.
const OPENERS: [&str; 36] = [
    "<!--",
    "-->",
    "<!-- a -->",
    "```",
    "```",
    "~~~",
    "~~~~",
    "<script>",
    "</script>",
    "<style>",
    "<pre>",
    "</pre>",
    "<textarea>",
    "<details>",
    "</details>",
    "<div>",
    "<b>",
    "<?x",
    "?>",
    "<![CDATA[",
    "]]>",
    "<!X",
    "# H",
    "words",
    "words",
    "  words",
    "===",
    "  ===",
    "---",
    "***",
    "| a | b |",
    "|---|---|",
    "[x]: /x",
    "- remark",
    "> words",
    "1. one",
];

/// What an item may begin with.
const STARTS: [&str; 16] = [
    "- ",
    "- ",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2. ",
    "  - ",
    "    - ",
    "      - ",
    "> - ",
    "- - ",
    "- # ",
    "- > ",
    "- <details> ",
    "\t- ",
];

fn line() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![
        3 => select(&STARTS[..]).prop_map(Some),
        2 => Just(None),
    ]
}

/// A catalog, and the addresses of its lines that are list items with a link and a mapping.
fn text_of(lines: &[(Option<&'static str>, &'static str, bool)]) -> (String, Vec<String>) {
    let mut text = String::from("# Lab\n\n");
    let mut addresses = Vec::new();
    for (at, (start, opener, blank)) in lines.iter().enumerate() {
        match start {
            Some(start) => {
                let address = format!("https://e.org/item-{at}");
                text.push_str(&format!("{start}[I]({address}) (2026-05-01) [thread:: t]\n"));
                addresses.push(address);
            }
            None => text.push_str(&format!("{opener}\n")),
        }
        if *blank {
            text.push('\n');
        }
    }
    (text, addresses)
}

/// How many lines a finding counts.
fn counted(finding: &Diagnostic) -> usize {
    let mut numbers = finding.message.split(|c: char| !c.is_ascii_digit());
    numbers.find_map(|number| number.parse::<usize>().ok()).unwrap_or(1)
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn every_mapped_line_of_a_catalog_is_read_or_counted_by_a_finding(
        lines in vec((line(), select(&OPENERS[..]), prop::bool::weighted(0.3)), 1..14),
    ) {
        let (text, addresses) = text_of(&lines);
        let workspace = catalog(text.clone()).read();
        let items = workspace.catalogs.iter().flat_map(|catalog| &catalog.items);
        let read: Vec<&str> = items.filter_map(|listed| listed.item.address()).collect();
        let is_missing = |address: &&String| !read.contains(&&*url::canonical(address));
        let missing = addresses.iter().filter(is_missing).count();
        let found = workspace.diagnostics.iter().filter(|finding| RULES.contains(&finding.rule));
        prop_assert_eq!(found.map(counted).sum::<usize>(), missing, "{}", text);
    }
}
