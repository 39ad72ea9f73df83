//! How conditions join, and which items a set means.

use super::edge_cases::{counting, hit, raising};
use super::world::World;

/// A trigger over three claims of which these were made.
fn over_claims(when: &str, made: &[&str]) -> World {
    let condition = ["a", "b", "c"].iter().fold(when.to_string(), |when, claim| {
        when.replace(&format!("<{claim}>"), &format!("{{attested: {{claim: {claim}}}}}"))
    });
    let lines: String = made
        .iter()
        .map(|claim| format!("- 2026-05-01: so it is [attested:: {claim}] [by:: alex]\n"))
        .collect();
    raising(&condition).body(&format!("## Ripeness\n\n{lines}"))
}

#[test]
fn all_any_and_none_mean_what_they_say() {
    for (when, made, expected) in [
        ("{all: [<a>, <b>]}", &["a"][..], "waiting"),
        ("{all: [<a>, <b>]}", &["a", "b"], "ready"),
        ("{any: [<a>, <b>]}", &[], "waiting"),
        ("{any: [<a>, <b>]}", &["b"], "ready"),
        ("{any: [<a>, <b>]}", &["a", "b"], "ready"),
        ("{none: [<a>, <b>]}", &[], "ready"),
        ("{none: [<a>, <b>]}", &["b"], "waiting"),
        ("{none: [<a>, <b>]}", &["a", "b"], "waiting"),
        ("{all: [{any: [<a>, <b>]}, {none: [<c>]}]}", &["a"], "ready"),
        ("{all: [{any: [<a>, <b>]}, {none: [<c>]}]}", &["a", "c"], "waiting"),
        ("{none: [{all: [<a>, <b>]}]}", &["a"], "ready"),
        ("{none: [{none: [<a>]}]}", &["a"], "ready"),
    ] {
        assert_eq!(over_claims(when, made).t("2026-05-02"), expected, "{when} with {made:?}");
    }
}

#[test]
fn a_condition_stands_on_what_makes_it_true() {
    for (when, made, fact_ids) in [
        ("{all: [<a>, <b>]}", &["a", "b", "c"][..], &["a@alex", "b@alex"][..]),
        ("{any: [<a>, <b>]}", &["b", "c"], &["b@alex"]),
        ("{any: [<a>, {all: [<b>, <c>]}]}", &["a", "b"], &["a@alex"]),
        ("{none: [<a>]}", &["b"], &[]),
    ] {
        let found =
            over_claims(when, made).outcome("2026-05-02", |outcome| outcome.fact_ids.clone());
        assert_eq!(found.iter().collect::<Vec<_>>(), fact_ids, "{when} with {made:?}");
    }
}

#[test]
fn what_is_missing_adds_up_in_all_and_is_the_least_in_any() {
    let missing =
        |when: &str| over_claims(when, &["a"]).outcome("2026-05-02", |outcome| outcome.missing);
    assert_eq!(missing("{all: [<a>, <b>, <c>]}"), 2);
    assert_eq!(missing("{any: [{all: [<b>, <c>]}, {all: [<a>, <b>]}]}"), 1);
    assert_eq!(missing("{none: [<a>, <b>]}"), 1);
    assert_eq!(missing("{any: [<a>, <b>]}"), 0);
}

#[test]
fn at_least_and_at_most_include_their_number() {
    let hits = [hit("a", "2026-05-01"), hit("b", "2026-05-01")];
    let have_two =
        |bounds: &str| counting(bounds).catalog("2026-05-02", "one", &hits).t("2026-05-02");
    assert_eq!(have_two("at-least: 2"), "ready");
    assert_eq!(have_two("at-least: 3"), "waiting");
    assert_eq!(have_two("at-most: 2"), "ready");
    assert_eq!(have_two("at-most: 1"), "waiting");
}

/// An item of source one with these fields; its id is `one/<name>`.
fn item(name: &str, fields: &str) -> String {
    format!("[{name}](https://example.org/{name}) (2026-05-01) {fields} [thread:: x]")
}

/// How many of some items of different kinds a set counts: their names.
fn chosen(set: &str) -> String {
    let items = [
        item("a", "[tags:: eval, rd] [org:: metr]"),
        item("b", "[tags:: eval] [org:: apollo]"),
        item("c", "[tags:: eval]"),
        item("d", "[tags:: rd] [org:: metr]"),
    ];
    let elsewhere = [item("e", "[tags:: eval]")];
    let world = counting("at-least: 9")
        .edited("hits: {tag: hit}", &format!("hits: {set}"))
        .with("thread.yaml", "sources: {two: {org: metr, aliases: [deux]}}\n")
        .catalog("2026-05-02", "one", &items)
        .catalog("2026-05-02", "two", &elsewhere);
    world.outcome("2026-05-02", |outcome| {
        let names = outcome.fact_ids.iter().map(|fact_id| fact_id.split('/').nth(1).unwrap());
        names.collect::<Vec<_>>().join(" ")
    })
}

#[test]
fn all_keys_of_a_selection_must_match_and_any_word_of_a_key() {
    assert_eq!(chosen("{tag: eval}"), "a b c e");
    assert_eq!(chosen("{tag: [eval, rd]}"), "a b c d e");
    assert_eq!(chosen("{tag: eval, org: metr}"), "a e", "e speaks for its source");
    assert_eq!(
        chosen("{org: [metr, apollo]}"),
        "a b d e",
        "c names no org, and its source has none"
    );
    assert_eq!(chosen("{source: two}"), "e");
    assert_eq!(chosen("{source: deux}"), "e", "by its other name");
    assert_eq!(chosen("{item: [one/b, two/e, one/z]}"), "b e");
    assert_eq!(chosen("{item: https://example.org/b?utm_source=x}"), "b");
    assert_eq!(chosen("[{tag: rd}, {source: two}]"), "a d e", "any selection of a set");
}

#[test]
fn what_is_excepted_is_not_counted() {
    assert_eq!(chosen("{tag: eval, except: {org: metr}}"), "b c");
    assert_eq!(chosen("{tag: eval, except: [{org: metr}, {item: one/b}]}"), "c");
    assert_eq!(chosen("{tag: eval, except: {org: metr, tag: rd}}"), "b c e", "all keys of it");
    assert_eq!(
        chosen("[{tag: eval, except: {org: metr}}, {tag: rd}]"),
        "a b c d",
        "of its selection"
    );
}

#[test]
fn an_org_in_the_item_counts_before_that_of_its_source() {
    let items = [item("a", ""), item("b", "[org:: apollo]")];
    let world = counting("at-least: 1")
        .edited("hits: {tag: hit}", "hits: {org: metr}")
        .with("thread.yaml", "sources: {one: {org: metr}}\n")
        .catalog("2026-05-02", "one", &items);
    let fact_ids = world.outcome("2026-05-02", |outcome| outcome.fact_ids.clone());
    assert_eq!(fact_ids.into_iter().collect::<Vec<_>>(), ["one/a"]);
}

#[test]
fn read_and_verdict_choose_by_what_became_of_an_item() {
    let lines = "## Evidence\n\n### One\n\n\
        - [x] [a](https://example.org/a) (2026-05-01) [tags:: hit] [read:: 2026-05-05] [verdict:: good]\n\
        - [x] [b](https://example.org/b) (2026-05-01) [tags:: hit]\n\
        - [ ] [c](https://example.org/c) (2026-05-01) [tags:: hit]\n\
        - [d](https://example.org/d) (2026-05-01) [tags:: hit]";
    let chosen = |keys: &str, on: &str| {
        let world = counting("at-least: 9").edited("{tag: hit}", &format!("{{tag: hit, {keys}}}"));
        let fact_ids = world.body(lines).outcome(on, |outcome| outcome.fact_ids.clone());
        fact_ids.into_iter().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(chosen("read: true", "2026-05-05"), "one/a one/b");
    assert_eq!(chosen("read: true", "2026-05-04"), "one/b", "before the reading");
    assert_eq!(chosen("read: false", "2026-05-05"), "one/c one/d");
    assert_eq!(chosen("verdict: good", "2026-05-05"), "one/a");
    assert_eq!(chosen("verdict: good", "2026-05-04"), "");
    assert_eq!(chosen("verdict: [bad, worse]", "2026-05-05"), "");
}

#[test]
fn different_orgs_and_different_sources_are_counted_once_each() {
    let items = [item("a", "[tags:: hit] [org:: metr]"), item("b", "[tags:: hit] [org:: metr]")];
    let more = [item("c", "[tags:: hit] [org:: apollo]"), item("d", "[tags:: hit]")];
    let world = |bounds: &str| {
        counting(bounds).catalog("2026-05-02", "one", &items).catalog("2026-05-02", "two", &more)
    };
    assert_eq!(world("at-least: 3").have("2026-05-02"), 4);
    assert_eq!(world("at-least: 3, distinct: org").have("2026-05-02"), 2);
    assert_eq!(world("at-least: 3, distinct: source").have("2026-05-02"), 2);
    assert_eq!(
        world("at-least: 3, distinct: org").near_misses("2026-05-02"),
        ["one/b: same voice as one/a (metr)", "two/d: names no org"]
    );
}

#[test]
fn an_item_that_is_not_mapped_is_shown_and_never_counted() {
    let mapped = hit("a", "2026-05-01");
    let other = hit("b", "2026-05-01").replace("[thread:: x]", "[thread:: y]");
    let nobodys = hit("c", "2026-05-01").replace("[thread:: x]", "");
    let world = counting("at-least: 2")
        .with("threads/y.md", "---\nripeness: {level: low}\n---\n\n# Y\n")
        .catalog("2026-05-02", "one", &[mapped, other, nobodys]);
    assert_eq!(world.have("2026-05-02"), 1);
    assert_eq!(
        world.near_misses("2026-05-02"),
        ["one/b: not mapped to this thread", "one/c: not mapped to this thread"]
    );
    assert!(!world.after_scan("2026-05-02").x().contains("example.org/c"), "nor taken in");
    let collecting = world.clone().edited("sets:", "collect: {tag: hit}\nsets:");
    assert_eq!(collecting.have("2026-05-02"), 3, "`collect` maps what nobody mapped by hand");
    assert!(collecting.after_scan("2026-05-02").x().contains("example.org/c"));
    let choosy = world.edited("sets:", "collect: {tag: hit, except: {item: one/b}}\nsets:");
    assert_eq!(choosy.have("2026-05-02"), 2, "and leaves out what it excepts");
}
