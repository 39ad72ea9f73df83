//! Merges of threads: nothing of either side is lost, and contradictions are left to the user.

use std::collections::BTreeSet;

use proptest::prelude::*;
use thread_tracker::merge::Merged;
use thread_tracker::model::Configuration;
use thread_tracker::parse::thread;
use thread_tracker::text::Document;

use super::{PATH, merged};

const BASE: &str = "---
opened: 2026-01-01
ripeness: {level: low, since: 2026-01-01}
sets: {hits: {tag: hit}}
triggers:
  - {id: one, why: one hit, raise-to: medium, when: {count: {of: hits, at-least: 1}}}
  - id: two
    why: two hits
    raise-to: ripe
    when: {count: {of: hits, at-least: 2}}
    weighed: [lab/0]
---
# Glass

Why it matters.

## Evidence

### Lab

- [ ] [Zero](https://lab.example/0) (2026-01-01) [landed:: 2026-01-02]

## Ripeness

- 2026-01-01: opened

## Notes

Mine.
";

/// The base with some texts in place of others.
fn side(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(BASE.to_string(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    })
}

fn arrival(number: u32, day: &str, landed: &str) -> String {
    format!("- [ ] [Item {number}](https://lab.example/{number}) ({day}) [landed:: {landed}]\n")
}

const FIRST_ITEM: &str = "- [ ] [Zero]";

const LOG_END: &str = "- 2026-01-01: opened\n";

#[test]
fn merge_of_arrivals_on_both_sides_keeps_all_newest_first() {
    let (a, b) = (arrival(1, "2026-02-01", "2026-02-02"), arrival(2, "2026-02-03", "2026-02-04"));
    let ours = side(&[(FIRST_ITEM, &format!("{a}{FIRST_ITEM}"))]);
    let theirs = side(&[(FIRST_ITEM, &format!("{b}{FIRST_ITEM}"))]);
    let expected = side(&[(FIRST_ITEM, &format!("{b}{a}{FIRST_ITEM}"))]);
    for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
        assert_eq!(merged(BASE, ours, theirs), Merged { text: expected.clone(), conflicts: 0 });
    }
}

#[test]
fn merge_of_one_item_on_both_sides_keeps_the_earlier_landing() {
    let ours =
        side(&[(FIRST_ITEM, &format!("{}{FIRST_ITEM}", arrival(1, "2026-02-01", "2026-02-05")))]);
    let theirs =
        side(&[(FIRST_ITEM, &format!("{}{FIRST_ITEM}", arrival(1, "2026-02-01", "2026-02-02")))]);
    for (one, other) in [(&ours, &theirs), (&theirs, &ours)] {
        assert_eq!(merged(BASE, one, other), Merged { text: theirs.clone(), conflicts: 0 });
    }
}

#[test]
fn merge_of_two_logs_is_in_order_of_dates_with_the_later_level() {
    let ours = side(&[
        ("{level: low, since: 2026-01-01}", "{level: medium, since: 2026-02-03}"),
        ("at-least: 1}}}", "at-least: 1}}, weighed: [lab/0]}"),
        (LOG_END, "- 2026-01-01: opened\n- 2026-02-03: low → medium — one hit [trigger:: one]\n"),
    ]);
    let theirs = side(&[
        ("{level: low, since: 2026-01-01}", "{level: ripe, since: 2026-02-02}"),
        ("weighed: [lab/0]", "weighed: [lab/0, lab/1]"),
        (LOG_END, "- 2026-01-01: opened\n- 2026-02-02: low → ripe — two hits [trigger:: two]\n"),
    ]);
    let expected = side(&[
        ("{level: low, since: 2026-01-01}", "{level: medium, since: 2026-02-03}"),
        ("at-least: 1}}}", "at-least: 1}}, weighed: [lab/0]}"),
        ("weighed: [lab/0]\n---", "weighed: [lab/0, lab/1]\n---"),
        (
            LOG_END,
            "- 2026-01-01: opened\n- 2026-02-02: low → ripe — two hits [trigger:: two]\n\
             - 2026-02-03: low → medium — one hit [trigger:: one]\n",
        ),
    ]);
    for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
        assert_eq!(merged(BASE, ours, theirs), Merged { text: expected.clone(), conflicts: 0 });
    }
}

#[test]
fn merge_of_two_decisions_of_one_date_is_a_conflict() {
    let to = |level: &str| {
        side(&[
            ("{level: low, since: 2026-01-01}", &format!("{{level: {level}, since: 2026-02-03}}")),
            (
                LOG_END,
                &format!("- 2026-01-01: opened\n- 2026-02-03: low → {level} — so be it [by:: a]\n"),
            ),
        ])
    };
    let Merged { text, conflicts } = merged(BASE, &to("medium"), &to("ripe"));
    assert_eq!(conflicts, 1, "{text}");
    assert!(
        text.contains("<<<<<<< ours\nripeness: {level: medium, since: 2026-02-03}\n=======\n"),
        "{text}"
    );
    for level in ["medium", "ripe"] {
        assert!(
            text.contains(&format!("- 2026-02-03: low → {level} — so be it [by:: a]\n")),
            "{text}"
        );
    }
}

#[test]
fn merge_of_a_reading_with_an_arrival_and_prose_is_clean() {
    let new = arrival(1, "2026-02-01", "2026-02-02");
    let ours = side(&[
        (
            "- [ ] [Zero](https://lab.example/0) (2026-01-01) [landed:: 2026-01-02]",
            "- [x] [Zero](https://lab.example/0) (2026-01-01) [landed:: 2026-01-02] [read:: 2026-02-01]",
        ),
        ("Why it matters.", "Why it matters to me."),
    ]);
    let theirs =
        side(&[(FIRST_ITEM, &format!("{new}{FIRST_ITEM}")), ("Mine.\n", "Mine.\n\nAnd more.\n")]);
    let Merged { text, conflicts } = merged(BASE, &ours, &theirs);
    assert_eq!(conflicts, 0, "{text}");
    for part in [new.as_str(), "- [x] [Zero]", "[read:: 2026-02-01]", "matters to me.", "And more."]
    {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[test]
fn merge_of_one_line_edited_on_both_sides_is_a_conflict() {
    for (old, mine, yours) in [
        ("Why it matters.", "Why it matters to me.", "Why it matters to you."),
        ("(2026-01-01) [landed", "(2026-01-01) — good [landed", "(2026-01-01) — bad [landed"),
    ] {
        let Merged { text, conflicts } =
            merged(BASE, &side(&[(old, mine)]), &side(&[(old, yours)]));
        assert_eq!(conflicts, 1, "{text}");
        assert!(text.contains(mine) && text.contains(yours), "{text}");
        let found = thread::parse(Document::new(PATH, text), &Configuration::default()).1;
        assert!(found.iter().any(|finding| finding.rule.name() == "conflict-marker"));
    }
}

#[test]
fn merge_of_a_removed_list_leaves_it_out() {
    let ours = side(&[("    weighed: [lab/0]\n", "")]);
    let theirs =
        side(&[(FIRST_ITEM, &format!("{}{FIRST_ITEM}", arrival(1, "2026-02-01", "2026-02-02")))]);
    let Merged { text, conflicts } = merged(BASE, &ours, &theirs);
    assert_eq!(conflicts, 0);
    assert!(!text.contains("weighed") && text.contains("lab.example/1"), "{text}");
}

#[test]
fn merge_of_a_removed_item_leaves_it_out_unless_the_other_side_changed_it() {
    let line = "- [ ] [Zero](https://lab.example/0) (2026-01-01) [landed:: 2026-01-02]\n";
    let without = side(&[(line, "")]);
    assert_eq!(merged(BASE, &without, BASE).text, without);
    let read = side(&[("- [ ] [Zero]", "- [x] [Zero]")]);
    assert_eq!(merged(BASE, &without, &read).conflicts, 1);
}

#[test]
fn merge_of_catalogs_keeps_the_line_endings() {
    let crlf = |text: String| text.replace('\n', "\r\n");
    let base = crlf("---\nsource: lab\nscanned: 2026-02-02\n---\n".into());
    let ours = base.clone() + &crlf(arrival(1, "2026-02-01", "2026-02-02"));
    let theirs = base.clone() + &crlf(arrival(2, "2026-02-01", "2026-02-02"));
    let Merged { text, conflicts } = merged(&base, &ours, &theirs);
    assert_eq!(conflicts, 0, "{text}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.contains("example/1") && text.contains("example/2"));
}

#[test]
fn merge_of_a_file_that_both_sides_added_keeps_what_is_equal() {
    assert_eq!(merged("", BASE, BASE), Merged { text: BASE.into(), conflicts: 0 });
    let other = side(&[("Why it matters.", "Another why.")]);
    let Merged { text, conflicts } = merged("", BASE, &other);
    assert!(
        conflicts > 0 && text.contains("Another why.") && text.contains("Why it matters."),
        "{text}"
    );
}

/// Edits that people and scans make, at places of the base.
fn edit() -> impl Strategy<Value = (&'static str, String)> {
    prop_oneof![
        (1..6_u32, 1..4_u32).prop_map(|(number, day)| {
            let line = arrival(number, &format!("2026-02-0{day}"), "2026-02-09");
            (FIRST_ITEM, format!("{line}{FIRST_ITEM}"))
        }),
        (1..6_u32, 1..4_u32).prop_map(|(number, day)| {
            (
                "## Ripeness\n",
                format!(
                    "### Other\n\n{}\n## Ripeness\n",
                    arrival(number, &format!("2026-03-0{day}"), "2026-03-09")
                ),
            )
        }),
        (1..4_u32)
            .prop_map(|day| (LOG_END, format!("{LOG_END}- 2026-02-0{day}: a word [by:: a]\n"))),
        (2..9_u32, prop_oneof![Just("medium"), Just("ripe")]).prop_map(|(day, level)| {
            (
                "{level: low, since: 2026-01-01}",
                format!("{{level: {level}, since: 2026-02-0{day}}}"),
            )
        }),
        Just(("[ ] [Zero]", "[x] [Zero]".to_string())),
        "[a-z ]{1,12}".prop_map(|words| ("Why it matters.", format!("Why it matters.\n\n{words}"))),
        "[a-z]{1,6}".prop_map(|word| ("weighed: [lab/0]", format!("weighed: [lab/0, lab/{word}]"))),
        "[a-z #-]{0,12}".prop_map(|words| ("Mine.\n", format!("Mine.\n{words}"))),
    ]
}

fn edited() -> impl Strategy<Value = String> {
    prop::collection::vec(edit(), 0..4).prop_map(|edits| {
        edits.iter().fold(BASE.to_string(), |text, (old, new)| text.replacen(old, new, 1))
    })
}

/// The words of the lines that a side added.
fn added(side: &str) -> Vec<&str> {
    let lines = side.lines().filter(|line| !BASE.lines().any(|known| known == *line));
    // The level and what was weighed are decided, not collected.
    lines
        .filter(|line| !line.contains("weighed:") && !line.starts_with("ripeness:"))
        .filter(|line| !line.trim().is_empty())
        .collect()
}

#[test]
fn merge_of_a_new_heading_does_not_take_the_bullets_of_the_other_side() {
    let [heading, bullet] = ["## More\n", "- a thought\n"].map(|added| format!("{BASE}{added}"));
    let (one, other) = (merged(BASE, &heading, &bullet), merged(BASE, &bullet, &heading));
    assert_eq!(one.text, format!("{BASE}- a thought\n## More\n"));
    assert_eq!(one, other);
}

proptest! {
    #[test]
    fn merge_of_any_edits_has_what_either_side_added(ours in edited(), theirs in edited()) {
        let Merged { text, conflicts } = merged(BASE, &ours, &theirs);
        for line in added(&ours).into_iter().chain(added(&theirs)) {
            prop_assert!(text.lines().any(|known| known == line), "{line:?} is lost ({conflicts} conflicts) in\n{text}");
        }
        prop_assert_eq!(conflicts, text.matches("<<<<<<< ours").count());
        let swapped = merged(BASE, &theirs, &ours);
        prop_assert_eq!(swapped.conflicts == 0, conflicts == 0);
        if conflicts == 0 {
            // If a side has lines in another order than that of their dates, it matters whose is
            // ours.
            let sorted = |text: &str| text.lines().map(str::to_string).collect::<BTreeSet<_>>();
            prop_assert_eq!(sorted(&swapped.text), sorted(&text), "either side may be ours");
        }
    }

    #[test]
    fn merge_with_an_unchanged_side_gives_the_other_side(side in edited()) {
        for (ours, theirs) in [(side.as_str(), BASE), (BASE, side.as_str()), (side.as_str(), side.as_str())] {
            prop_assert_eq!(merged(BASE, ours, theirs), Merged { text: side.clone(), conflicts: 0 });
        }
    }

    #[test]
    fn merge_of_any_three_texts_loses_no_line(base in "[-#a\n :\\[\\]<=]{0,40}", ours in "[-#a\n :\\[\\]<=]{0,40}", theirs in "[-#a\n :\\[\\]<=]{0,40}") {
        let Merged { text, .. } = merged(&base, &ours, &theirs);
        for line in added(&ours).into_iter().filter(|line| !base.contains(line)) {
            prop_assert!(text.contains(line), "{line:?} is lost in {text:?}");
        }
    }
}
