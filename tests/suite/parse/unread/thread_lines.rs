//! Lines of threads that look like items or log entries and are not read.

use thread_tracker::model::{Diagnostic, Rule};

use super::{THREAD, catalog, unread};
use crate::support::world::World;

#[test]
fn unread_html_link_of_an_item_is_named() {
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
fn unread_lines_of_the_evidence_are_named() {
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
fn unread_items_without_an_evidence_section_have_one_hint() {
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
fn unread_evidence_without_a_name_is_named_and_a_nested_list_is_not() {
    let found = |line: &str| {
        let text = format!("{THREAD}\n## Evidence\n\n{line}\n");
        let found = World::new().with("threads/t.md", text).check();
        found.iter().map(|finding| finding.rule).collect::<Vec<_>>()
    };
    assert_eq!(found("- ![A](https://e.org/a.png) (2026-05-01)"), [Rule::CatalogItemUnnamed]);
    assert_eq!(found("- - [A](https://e.org/a) (2026-05-01)"), []);
    assert_eq!(found("- 4. Mai 2026: [A](https://e.org/a)"), []);
    assert_eq!(found("- Mai 2026: A"), [Rule::EvidenceWithoutDate]);
    assert_eq!(found("- > [A](https://e.org/a)"), [Rule::EvidenceWithoutDate]);
}

#[test]
fn unread_block_in_a_thread_hides_items_and_sections() {
    let head = format!("{THREAD}\n## Evidence\n\n");
    let code = "this code block is not closed";
    for (rest, expected) in [
        (
            "```\n- [ ] [A](https://e.org/a) (2026-05-01)\n\n## Ripeness\n\n- 2026-05-02: → medium — x\n",
            vec![format!("{code}; 2 list items and 1 section after it are not read")],
        ),
        ("~~~\n## Drafts\n", vec![format!("{code}; 1 section after it is not read")]),
        ("## Notes\n\n~~~\n- an idea\n", vec![]),
        (
            "<details>\n- [ ] A (2026-05-01)\n",
            vec!["the HTML extends to the next blank line; 1 list item in it is not read".into()],
        ),
        ("## Notes\n\n<details>\n- A (2026-05-01)\n", vec![]),
        (
            "## Ripeness\n\n<details>\n- 2026-05-02: → medium\n",
            vec!["the HTML extends to the next blank line; 1 list item in it is not read".into()],
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
fn unread_lines_of_the_log_are_named() {
    let found = |line: &str| {
        let text = format!("{THREAD}\n## Ripeness\n\n- 2026-05-01: opened\n{line}\n");
        let world = World::new().with("threads/t.md", text);
        let of_log =
            |finding: &Diagnostic| matches!(finding.rule, Rule::UnreadItem | Rule::LogWithoutDate);
        world.check().iter().filter(|finding| of_log(finding)).count()
    };
    for line in [
        "- 12.05.2026: the framings diverge",
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
fn log_entry_with_a_time_of_day_is_read() {
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
