//! Sets: which items of a thread a selection matches.

use crate::support::triggers::{counting, hit};

/// An item of source one with these fields; its id is `one/<name>`.
pub fn item(name: &str, fields: &str) -> String {
    format!("[{name}](https://example.org/{name}) (2026-05-01) {fields} [thread:: x]")
}

/// The names of the items that a set counts, of some items of different kinds.
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
fn set_matches_all_keys_and_any_value_of_a_key() {
    assert_eq!(chosen("{tag: eval}"), "a b c e");
    assert_eq!(chosen("{tag: [eval, rd]}"), "a b c d e");
    assert_eq!(chosen("{tag: eval, org: metr}"), "a e", "e speaks for its source");
    assert_eq!(chosen("{org: [metr, apollo]}"), "a b d e", "c has no org, and its source has none");
    assert_eq!(chosen("{source: two}"), "e");
    assert_eq!(chosen("{source: deux}"), "e", "by its other name");
    assert_eq!(chosen("{item: [one/b, two/e, one/z]}"), "b e");
    assert_eq!(chosen("{item: https://example.org/b?utm_source=x}"), "b");
    assert_eq!(chosen("[{tag: rd}, {source: two}]"), "a d e", "any selection of a set");
}

#[test]
fn set_with_except_leaves_items_out() {
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
fn set_by_org_prefers_the_org_of_the_item_to_that_of_its_source() {
    let items = [item("a", ""), item("b", "[org:: apollo]")];
    let world = counting("at-least: 1")
        .edited("hits: {tag: hit}", "hits: {org: metr}")
        .with("thread.yaml", "sources: {one: {org: metr}}\n")
        .catalog("2026-05-02", "one", &items);
    let fact_ids = world.outcome("2026-05-02", |outcome| outcome.fact_ids.clone());
    assert_eq!(fact_ids.into_iter().collect::<Vec<_>>(), ["one/a"]);
}

#[test]
fn set_by_read_or_verdict_depends_on_the_date_of_the_reading() {
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
fn set_item_that_is_not_mapped_is_a_near_miss_unless_collected() {
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
