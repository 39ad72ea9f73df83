//! Items: which records belong to one item, and which date is the date of the item.

use crate::support::triggers::{X, counting, hit};
use crate::support::world::World;

const TWO: &str = "at-least: 2";

/// A hit with this URL and these further parts of its bullet.
fn at(address: &str, more: &str) -> String {
    format!("Something ({address}, 2026-05-01) [tags:: hit] [thread:: x] {more}")
}

/// One address in the catalog of May 2, another in that of May 5.
fn found_twice(first: &str, second: &str) -> World {
    counting(TWO).catalog("2026-05-02", "one", &[at(first, "")]).catalog(
        "2026-05-05",
        "two",
        &[at(second, "")],
    )
}

#[test]
fn item_with_equivalent_urls_is_one_and_landed_with_the_first() {
    let pairs = [
        ("https://www.alignmentforum.org/posts/AbC1/a", "https://www.lesswrong.com/posts/AbC1/b"),
        ("https://example.org/a", "https://example.org/a?utm_source=letter&utm_medium=mail"),
        ("http://example.org/a", "https://example.org/a"),
        ("https://www.example.org/a", "https://example.org/a"),
        ("https://Example.ORG/a", "https://example.org/a"),
        ("https://example.org/a/", "https://example.org/a"),
        ("https://arxiv.org/abs/2605.01234v1", "https://arxiv.org/abs/2605.01234v2"),
        ("https://arxiv.org/pdf/2605.01234v1", "https://arxiv.org/abs/2605.01234"),
    ];
    for (first, second) in pairs {
        let world = found_twice(first, second);
        world.evaluated("x", "2026-05-06", |evaluation| {
            let [item] = evaluation.items.items.as_slice() else {
                panic!("{first} and {second}: {:#?}", evaluation.items.items);
            };
            assert_eq!(item.landed.unwrap().to_string(), "2026-05-02", "{first} and {second}");
            let catalogs =
                ["backlogs/2026-05-02-one-backlog.md", "backlogs/2026-05-05-two-backlog.md"];
            assert_eq!(item.catalogs, catalogs, "{first} and {second}");
        });
        assert_eq!(world.have("2026-05-06"), 1, "{first} and {second}");
    }
}

#[test]
fn item_with_the_same_derived_id_is_another_without_same_as() {
    let twice = |more: &str| {
        let (first, second) = ("https://example.org/2025/1", "https://example.org/2026/1");
        counting(TWO).catalog("2026-05-02", "one", &[at(first, ""), at(second, more)])
    };
    assert_eq!(twice("").have("2026-05-06"), 2, "both ids are made from the last part, `one/1`");
    assert_eq!(twice("[same-as:: https://example.org/2025/1]").have("2026-05-06"), 1);
}

#[test]
fn item_with_another_fragment_or_path_case_is_another() {
    // Measured on real feeds: dropping fragments swallowed 301 distinct items.
    for (first, second) in [
        ("https://example.org/news#one", "https://example.org/news#two"),
        ("https://example.org/Abc", "https://example.org/abc"),
    ] {
        // The ids would be one, because they come from the last segment without its fragment.
        let world = counting(TWO)
            .catalog("2026-05-02", "one", &[at(first, "[id:: one/first]")])
            .catalog("2026-05-05", "two", &[at(second, "[id:: two/second]")]);
        assert_eq!(world.have("2026-05-06"), 2, "{first} and {second}");
    }
}

#[test]
fn item_joined_by_a_later_catalog_counts_once_from_that_date() {
    let before = counting(TWO)
        .catalog("2026-05-02", "one", &[hit("a", "2026-05-01")])
        .catalog("2026-05-02", "two", &[hit("b", "2026-05-01")])
        .after_scan("2026-05-02");
    let bridge = format!("{} [same-as:: two/b]", hit("a", "2026-05-01"));
    let world = before.clone().catalog("2026-05-10", "one", &[bridge]);
    assert_eq!(world.have("2026-05-09"), 2, "nobody knew");
    assert_eq!(world.have("2026-05-10"), 1);
    assert!(world.is_settled("2026-05-10"), "a level never falls by itself");
    assert_eq!(world.level(), "ripe");
}

#[test]
fn item_joined_by_a_later_catalog_has_the_same_id_after_missed_days() {
    // An unmapped item was listed first; it is the mapped one, which was unknown for eight days.
    let unmapped = "[a](https://example.org/a) (2026-05-01) [org:: someone]".to_string();
    let mapped = hit("b", "2026-05-01");
    let bridge = "[a](https://example.org/a) (2026-05-01) [same-as:: two/b]".to_string();
    let found = counting("at-least: 1").catalog("2026-05-02", "one", &[unmapped]).catalog(
        "2026-05-03",
        "two",
        &[mapped],
    );
    let with_bridge =
        |world: World| world.catalog("2026-05-10", "one", std::slice::from_ref(&bridge));
    let daily = with_bridge(found.clone().after_scan("2026-05-03")).after_scan("2026-05-10");
    let missed = with_bridge(found).after_scan("2026-05-10");
    assert_eq!(daily.weighed("t").unwrap(), ["two/b"]);
    assert_eq!(missed.weighed("t").unwrap(), ["two/b"]);
    for world in [&daily, &missed] {
        assert_eq!(world.have("2026-05-10"), 1);
        assert!(world.x().contains("### two\n"), "{}", world.x());
        assert!(world.is_settled("2026-05-11"));
    }
}

#[test]
fn item_with_a_new_id_is_still_weighed() {
    // The trigger acted on two/b. Then the item turns out to be one/a, whose line is the first and
    // gives it the name from now on.
    let lines = "## Evidence\n\n### One\n\n- [a](https://example.org/a) (2026-05-01) [landed:: 2026-05-02]\n\n\
                 ### Two\n\n- [b](https://example.org/b) (2026-05-01) [tags:: hit] [landed:: 2026-05-02]";
    let acted = counting("at-least: 1").body(lines).after_scan("2026-05-02");
    assert_eq!(acted.weighed("t").unwrap(), ["two/b"]);
    let bridge = "[a](https://example.org/a) (2026-05-01) [same-as:: two/b]".to_string();
    let world = acted.decided("low", "2026-05-03").catalog("2026-05-10", "one", &[bridge]);
    world.outcome("2026-05-10", |outcome| {
        assert_eq!(outcome.fact_ids.iter().collect::<Vec<_>>(), ["one/a"]);
    });
    assert_eq!(world.t("2026-05-10"), "weighed");
}

#[test]
fn item_of_a_linkpost_is_another_of_the_same_org() {
    let post = at("https://example.org/research/a", "[org:: anthropic] [id:: lab/a]");
    let linkpost = |more: &str| {
        at("https://forum.example/a", &format!("[org:: anthropic] [id:: forum/a] {more}"))
    };
    let world = |bounds: &str, more: &str| {
        counting(bounds).catalog("2026-05-02", "lab", std::slice::from_ref(&post)).catalog(
            "2026-05-03",
            "forum",
            &[linkpost(more)],
        )
    };
    assert_eq!(world(TWO, "").have("2026-05-03"), 2);
    assert_eq!(world("at-least: 2, distinct: org", "").have("2026-05-03"), 1);
    assert_eq!(
        world("at-least: 2, distinct: org", "").near_misses("2026-05-03"),
        ["forum/a: same voice as lab/a (anthropic)"]
    );
    assert_eq!(world(TWO, "[same-as:: lab/a]").have("2026-05-03"), 1, "by id");
    let by_address = "[same-as:: https://example.org/research/a]";
    assert_eq!(world(TWO, by_address).have("2026-05-03"), 1, "by address");
}

#[test]
fn item_with_two_dates_has_that_of_the_later_record() {
    let world = counting("at-least: 1, published-within: 10d")
        .catalog("2026-05-12", "one", &[hit("a", "2026-05-11")])
        .after_scan("2026-05-12");
    let redated = world.catalog("2026-05-14", "one", &[hit("a", "2026-05-01")]);
    assert_eq!(redated.have("2026-05-13"), 1, "as it was known then");
    assert_eq!(redated.have("2026-05-14"), 0, "thirteen days old, as is known now");
    assert_eq!(redated.near_misses("2026-05-14"), ["one/a: published 2026-05-01, not within 10d"]);
    assert!(redated.breaks("date-revised"), "{:?}", redated.findings());
    assert!(redated.is_settled("2026-05-14"), "no second act, nothing undone");
    let younger = redated.without("backlogs/2026-05-14-one-backlog.md").catalog(
        "2026-05-14",
        "one",
        &[hit("a", "2026-05-13")],
    );
    assert_eq!(younger.have("2026-05-22"), 1, "a younger date keeps it in the window");
    assert!(younger.is_settled("2026-05-22"), "and yet it is no news");
}

#[test]
fn item_with_two_dates_of_one_day_has_that_of_the_thread() {
    // A person who corrects the line that a scan wrote is not overruled by what it was made from.
    let world = counting("at-least: 1, published-within: 10d")
        .catalog("2026-05-12", "one", &[hit("a", "2026-05-11")])
        .after_scan("2026-05-12");
    let corrected = world.edited("(2026-05-11)", "(2026-05-01)");
    assert_eq!((corrected.have("2026-05-12"), corrected.have("2026-05-10")), (0, 0));
}

#[test]
fn item_of_a_catalog_that_was_away_is_no_news() {
    let full = counting("at-least: 1")
        .body("The scan is in `2026-05-02-one-backlog.md`.")
        .catalog("2026-05-02", "one", &[hit("a", "2026-05-01")])
        .after_scan("2026-05-02");
    let gone = full.clone().without("backlogs/2026-05-02-one-backlog.md");
    assert!(gone.breaks("missing-catalog"), "{:?}", gone.findings());
    // The thread keeps its own items: only both together remove the item.
    assert_eq!((gone.level().as_str(), gone.have("2026-05-03")), ("ripe", 1));
    let line = full.x().lines().find(|line| line.contains("example.org/a")).unwrap().to_string();
    let forgotten = gone.edited(&format!("{line}\n"), "");
    assert_eq!((forgotten.level().as_str(), forgotten.have("2026-05-03")), ("ripe", 0));
    assert!(forgotten.is_settled("2026-05-03"));
    let back = forgotten.catalog("2026-05-02", "one", &[hit("a", "2026-05-01")]);
    let back = back.after_scan("2026-05-04");
    assert_eq!(back.t("2026-05-04"), "weighed");
    assert_eq!(back.moves(), full.moves(), "the item is evidence again, and no news");
}

#[test]
fn item_in_two_catalogs_of_one_date_is_decided_by_file_name() {
    let bullet = |title: &str, date: &str| {
        format!("[{title}](https://example.org/a) ({date}) [tags:: hit] [thread:: x]")
    };
    let file = |name: &str, title: &str, date: &str| {
        (
            format!("backlogs/{name}/2026-05-05-one-backlog.md"),
            format!("- {}\n", bullet(title, date)),
        )
    };
    let (first, second) = (file("a", "By a", "2026-05-01"), file("b", "By b", "2026-05-02"));
    let forth = counting(TWO).with(&first.0, first.1.clone()).with(&second.0, second.1.clone());
    let back = counting(TWO).with(&second.0, second.1).with(&first.0, first.1);
    assert_eq!(forth.after_scan("2026-05-05"), back.after_scan("2026-05-05"));
    let line =
        "- [ ] [By a](https://example.org/a) (2026-05-02) [tags:: hit] [landed:: 2026-05-05]";
    let scanned = forth.after_scan("2026-05-05");
    assert!(
        scanned.files[X].contains(line),
        "named by the first, dated by the last:\n{}",
        scanned.x()
    );
}

#[test]
fn item_that_is_dropped_counts_before_the_date_and_does_not_arrive_again() {
    let world = counting(TWO)
        .catalog("2026-05-02", "one", &[hit("a", "2026-05-01"), hit("b", "2026-05-01")])
        .after_scan("2026-05-02")
        .edited(
            "[b](https://example.org/b) (2026-05-01)",
            "[b](https://example.org/b) (2026-05-01) [dropped:: 2026-05-10]",
        )
        .catalog("2026-05-12", "two", &[hit("b", "2026-05-01")]);
    assert_eq!(world.have("2026-05-09"), 2);
    assert_eq!(world.have("2026-05-10"), 1);
    world.evaluated("x", "2026-05-13", |evaluation| {
        assert_eq!(evaluation.items.dropped.len(), 1);
        assert!(evaluation.arrivals().is_empty());
    });
}
