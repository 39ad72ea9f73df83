//! Decisions of a scan: what it does with triggers that are ready, and what it writes.

use thread_tracker::commands::shared::phrases::{condition_label, level_name};
use thread_tracker::evaluate::Outcome;
use thread_tracker::model::Condition;

use crate::support::triggers::{X, counting, hit, raising, thread, trigger, with_triggers};
use crate::support::world::World;

pub const ONE: &str = "{count: {of: hits, at-least: 1}}";

pub fn one_hit(world: World) -> World {
    world.catalog("2026-05-02", "one", &[hit("a", "2026-05-01")])
}

/// A level with its triggers, over one hit.
pub fn at_level(level: &str, triggers: &[String]) -> World {
    one_hit(with_triggers(triggers)).edited("level: low", &format!("level: {level}"))
}

#[test]
fn scan_with_two_raises_takes_the_highest_and_weighs_both() {
    let high = trigger("high", "raise-to: ripe", ONE);
    let some = trigger("some", "raise-to: medium", ONE);
    for triggers in [[high.clone(), some.clone()], [some, high]] {
        let world = at_level("low", &triggers).after_scan("2026-05-02");
        assert_eq!(world.level(), "ripe");
        assert_eq!(world.weighed("high").unwrap(), ["one/a"]);
        assert_eq!(world.weighed("some").unwrap(), ["one/a"]);
        let entry = "- 2026-05-02: low → ripe — high has come about (hits at least 1: 1); \
                     also some has come about (hits at least 1: 1) \
                     [trigger:: high, some] [on:: one/a]";
        assert!(world.x().contains(entry), "{}", world.x());
        assert!(world.is_settled("2026-05-02"));
    }
}

#[test]
fn scan_with_two_lowerings_takes_the_mildest() {
    let triggers =
        [trigger("far", "lower-to: low", ONE), trigger("near", "lower-to: medium-high", ONE)];
    let world = at_level("ripe", &triggers).after_scan("2026-05-02");
    assert_eq!(world.moves(), ["2026-05-02 ripe → medium-high"]);
    assert_eq!(world.weighed("far").unwrap(), ["one/a"], "it has had its say");
    assert!(world.is_settled("2026-05-02"));
}

#[test]
fn scan_with_a_raise_and_a_lowering_is_a_conflict_and_writes_nothing() {
    let triggers = [trigger("up", "raise-to: ripe", ONE), trigger("down", "lower-to: low", ONE)];
    let scanned = at_level("medium", &triggers).scan("2026-05-02");
    assert!(scanned.changed.is_empty(), "the arrival is not written either");
    let [problem] = scanned.problems.as_slice() else {
        panic!("{:?}", scanned.problems);
    };
    assert_eq!(problem.rule.name(), "trigger-conflict");
    assert_eq!(problem.message, "`up` would raise and `down` would lower this thread");
}

#[test]
fn scan_with_a_conflict_in_one_thread_writes_the_others() {
    let triggers = [trigger("up", "raise-to: ripe", ONE), trigger("down", "lower-to: low", ONE)];
    let mapped = "[b](https://example.org/b) (2026-05-01) [tags:: hit] [thread:: y]".to_string();
    let other = counting("at-least: 1").files[X].clone();
    let world = at_level("medium", &triggers).with("threads/y.md", other);
    let scanned = world.catalog("2026-05-02", "two", &[mapped]).scan("2026-05-02");
    assert_eq!(scanned.changed, ["threads/y.md"]);
    assert_eq!(scanned.problems.len(), 1);
}

#[test]
fn scan_on_sixty_days_writes_one_entry() {
    let mut world = one_hit(counting("at-least: 1")).after_scan("2026-05-02");
    let first = world.clone();
    for day in (1..=31).map(|day| format!("2026-05-{day:02}")).skip(1) {
        world = world.after_scan(&day).after_scan(&day);
    }
    for day in (1..=30).map(|day| format!("2026-06-{day:02}")) {
        world = world.after_scan(&day);
    }
    assert_eq!(world, first);
    assert_eq!(world.moves(), ["2026-05-02 low → ripe"]);
}

#[test]
fn scan_again_on_one_date_acts_on_an_item_that_came_in_between() {
    // Tokens decide, not dates. A person had lowered the thread after the first scan.
    let world = one_hit(counting("at-least: 1")).after_scan("2026-05-02");
    let world = world.decided("low", "2026-05-02");
    assert!(world.is_settled("2026-05-02"));
    let world = world.catalog("2026-05-02", "two", &[hit("b", "2026-05-01")]);
    let world = world.after_scan("2026-05-02");
    assert_eq!(
        world.moves(),
        ["2026-05-02 low → ripe", "2026-05-02 ripe → low", "2026-05-02 low → ripe"]
    );
    assert_eq!(world.findings(), [""; 0]);
}

#[test]
fn scan_twice_on_one_date_into_a_log_newest_first_is_consistent() {
    let log = "## Ripeness\n\n- 2026-04-01: → low — again [by:: alex]\n\
               - 2026-03-01: low → medium — tried [by:: alex]\n- 2026-02-01: → low — opened [by:: alex]";
    let triggers = [
        trigger("some", "raise-to: medium", ONE),
        trigger("high", "raise-to: ripe", "{count: {of: hits, at-least: 2}}"),
    ];
    let world = at_level("low", &triggers).body(log).after_scan("2026-05-02");
    let world = world.catalog("2026-05-02", "two", &[hit("b", "2026-05-01")]);
    let world = world.after_scan("2026-05-02");
    assert_eq!(world.level(), "ripe");
    assert_eq!(world.findings(), [""; 0], "{}", world.x());
    let later = "## Ripeness\n\n- 2026-05-04: ripe → low — a person knows better [by:: alex]\n";
    let later = world.edited("## Ripeness\n\n", later).edited("level: ripe", "level: low");
    later.evaluated("x", "2026-05-03", |evaluation| {
        assert_eq!(level_name(evaluation.level.as_deref()), "ripe");
    });
}

#[test]
fn scan_again_changes_nothing_after_reaching_the_from_of_another_trigger() {
    // `next` may act only from medium, which `first` brings about.
    let next = format!("{ONE}\n    from: medium");
    let triggers =
        [trigger("first", "raise-to: medium", ONE), trigger("next", "raise-to: ripe", &next)];
    let world = at_level("low", &triggers).after_scan("2026-05-02");
    assert!(world.is_settled("2026-05-02"), "{}", world.scan("2026-05-02").world.x());
}

#[test]
fn scan_again_changes_nothing_after_reaching_the_level_that_another_keeps() {
    let triggers =
        [trigger("first", "raise-to: medium", ONE), trigger("keep", "stay-at: medium", ONE)];
    let world = at_level("low", &triggers).after_scan("2026-05-02");
    assert!(world.is_settled("2026-05-02"), "{}", world.scan("2026-05-02").world.x());
}

#[test]
fn scan_again_does_not_lower_what_it_raised() {
    // At low, `down` has nothing to do. No news comes between the two scans.
    let triggers = [trigger("up", "raise-to: ripe", ONE), trigger("down", "lower-to: low", ONE)];
    let world = at_level("low", &triggers).after_scan("2026-05-02");
    assert_eq!(world.moves(), ["2026-05-02 low → ripe"]);
    assert_eq!(world.weighed("down").unwrap(), ["one/a"], "it was on the table");
    assert!(world.is_settled("2026-05-02"), "{}", world.scan("2026-05-02").world.x());
}

#[test]
fn scan_again_does_not_raise_what_it_lowered() {
    let triggers = [trigger("up", "raise-to: ripe", ONE), trigger("down", "lower-to: low", ONE)];
    let world = at_level("ripe", &triggers).after_scan("2026-05-02");
    assert_eq!(world.moves(), ["2026-05-02 ripe → low"]);
    assert_eq!(world.weighed("up").unwrap(), ["one/a"], "it was on the table");
    assert!(world.is_settled("2026-05-02"), "{}", world.scan("2026-05-02").world.x());
}

#[test]
fn scan_again_does_not_end_a_wait_early() {
    // The item was listed on May 1. Only the catalog of May 6 maps it to this thread.
    // (A tag that a later catalog adds is not told apart on the line that a scan writes: the line
    // says what is known of the item, not since when.)
    let full = hit("a", "2026-05-01");
    let world = raising(&format!("{ONE}\n    for: 3d"))
        .catalog("2026-05-01", "one", &[full.replace("[thread:: x]", "")])
        .catalog("2026-05-06", "one", &[full]);
    assert_eq!(world.t("2026-05-06"), "pending");
    let scanned = world.after_scan("2026-05-06");
    assert_eq!(scanned.t("2026-05-06"), "pending");
    assert_eq!(scanned.t("2026-05-09"), "ready");
    assert!(scanned.is_settled("2026-05-06"));
}

#[test]
fn scan_of_an_item_that_a_later_catalog_marks_as_read_writes_it_as_read() {
    let bullet = |mark: &str| vec![format!("{mark}{}", hit("a", "2026-05-01"))];
    for first in ["", "[ ] ", "[-] "] {
        let listed = raising("{read: one/a}").catalog("2026-05-02", "one", &bullet(first));
        let read = |world: World| world.catalog("2026-05-05", "one", &bullet("[x] "));
        let missed = read(listed.clone()).after_scan("2026-05-05");
        assert!(missed.x().contains("- [x] [a]"), "{}", missed.x());
        assert_eq!(missed.level(), "ripe");
        assert!(missed.is_settled("2026-05-05"));
        // Once the thread has a line of the item, that line says whether it is read.
        let daily = read(listed.after_scan("2026-05-02")).after_scan("2026-05-05");
        assert_eq!(daily.level(), "low");
    }
}

#[test]
fn scan_of_an_item_with_two_orgs_writes_the_one_it_was_counted_by() {
    // Two catalogs of one day, of which the later names another org; the address makes them one,
    // and the first record brings it.
    let said = |org: &str| vec![format!("{} [org:: {org}]", hit("a", "2026-05-01"))];
    let world = counting("at-least: 1")
        .edited("{tag: hit}", "{org: metr}")
        .catalog("2026-05-02", "one", &said("metr"))
        .catalog("2026-05-02", "two", &said("apollo"));
    assert_eq!(world.have("2026-05-02"), 1);
    assert_eq!(world.after_scan("2026-05-02").have("2026-05-02"), 1, "and still");
}

#[test]
fn scan_after_missed_days_treats_for_as_daily_scans_would() {
    let start = || one_hit(raising(&format!("{ONE}\n    for: 5d")));
    let mut daily = start();
    for day in 2..=6 {
        daily = daily.after_scan(&format!("2026-05-{day:02}"));
    }
    let (missed, daily_too) = (start().after_scan("2026-05-06"), daily.clone());
    assert_eq!((missed.t("2026-05-06"), daily_too.t("2026-05-06")), ("pending", "pending"));
    assert_eq!(missed.after_scan("2026-05-07"), daily_too.after_scan("2026-05-07"));
    assert_eq!(daily.after_scan("2026-05-07").moves(), ["2026-05-07 low → ripe"]);
    assert_eq!(start().after_scan("2026-05-20").moves(), ["2026-05-20 low → ripe"]);
}

#[test]
fn scan_after_a_window_has_closed_does_not_act() {
    // Only a back-test can tell of it, which does not exist yet.
    let world = one_hit(counting("at-least: 1, published-within: 3d"));
    assert_eq!(world.t("2026-05-03"), "ready");
    assert_eq!(world.after_scan("2026-05-04").level(), "low");
}

fn satisfied_leaves(outcome: &Outcome<'_>) -> Vec<(String, u32)> {
    match outcome.children.as_slice() {
        [] => vec![(condition_label(outcome.condition), outcome.have)],
        children => children
            .iter()
            .filter(|child| child.is_true() && !matches!(child.condition, Condition::None(_)))
            .flat_map(satisfied_leaves)
            .collect(),
    }
}

#[test]
fn scan_logs_the_numbers_that_show_prints() {
    // `(have)` of every satisfied leaf; `none of` has only what it asked about.
    let when = "{all: [{count: {of: hits, at-least: 1, distinct: source, published-within: 90d, \
                landed-since: 2026-05-01}}, {any: [{read: one/a}, {attested: {claim: seen}}]}, \
                {none: [{draft: {is: published}}]}]}";
    let world = one_hit(raising(when))
        .body("## Ripeness\n\n- 2026-05-01: the link is plain [attested:: seen] [by:: alex]");
    let entry = "- 2026-05-02: low → ripe — t has come about (hits at least 1 different sources, \
                 published within 90d, landed since 2026-05-01: 1; seen attested: 1; \
                 none of a draft is published) [trigger:: t] [on:: one/a, seen@alex]";
    let scanned = world.after_scan("2026-05-02");
    assert!(scanned.x().contains(entry), "{}", scanned.x());
    // `show` prints the same words.
    for (leaf, have) in world.outcome("2026-05-02", satisfied_leaves) {
        assert!(entry.contains(&format!("{leaf}: {have}")), "{leaf}");
    }
}

#[test]
fn scan_changes_only_the_bytes_it_is_about() {
    let text = "---\r\n# a comment\r\nripeness:   {level: 'low',   since: 2026-01-01}   # and another\r\n\
        mine: [kept,  as is]\r\nsets: {hits: {tag: hit}}\r\ntriggers:\r\n\
        - {id: t, why: enough, raise-to: ripe, when: {count: {of: hits, at-least: 1}}}\r\n---\r\n\r\n\
        # X\r\n\r\n## Evidence\r\n\r\n### One\r\n\r\n* [ ] [Old](https://example.org/old) (2026-04-01)  ^old\r\n\r\n\
        ## Ripeness\r\n\r\nIn my own words.\r\n\r\n* 2026-04-01: → low — opened [by:: alex]\r\n\r\n\
        ## Something else\r\n\r\nLast line, without an end";
    let world = World::new().with(X, text).catalog("2026-05-02", "one", &[hit("a", "2026-05-01")]);
    let expected = text
        .replace("'low',   since: 2026-01-01", "'ripe',   since: 2026-05-02")
        .replace("at-least: 1}}}", "at-least: 1}}, weighed: [one/a]}")
        .replace(
            "* [ ] [Old]",
            "* [ ] [a](https://example.org/a) (2026-05-01) [tags:: hit] [landed:: 2026-05-02]\r\n* [ ] [Old]",
        )
        .replace(
            "[by:: alex]\r\n",
            "[by:: alex]\r\n* 2026-05-02: low → ripe — enough (hits at least 1: 1) [trigger:: t] [on:: one/a]\r\n",
        );
    assert_eq!(world.after_scan("2026-05-02").x(), expected);
}

#[test]
fn scan_with_a_met_lowering_takes_only_a_raise_that_came_later() {
    let both = thread(&format!(
        "sets:\n  hits: {{tag: hit}}\n  fails: {{tag: fail}}\ntriggers:\n{}{}",
        trigger("t", "raise-to: ripe", "{count: {of: hits, at-least: 1}}"),
        trigger("down", "lower-to: low", "{count: {of: fails, at-least: 1}}"),
    ));
    let fail = hit("b", "2026-01-01").replace("hit", "fail");
    let earlier = both.clone().catalog("2026-01-04", "one", std::slice::from_ref(&fail)).catalog(
        "2026-01-10",
        "one",
        &[hit("a", "2026-01-01")],
    );
    let raised = earlier.after_scan("2026-02-02");
    assert_eq!(raised.level(), "ripe", "the failure was known before");
    assert_eq!(raised.weighed("down").unwrap(), ["one/b"]);
    let later = both.catalog("2026-01-10", "one", &[hit("a", "2026-01-01")]).catalog(
        "2026-02-01",
        "one",
        &[fail],
    );
    let missed = later.scan("2026-02-02");
    assert_eq!(missed.changed, [""; 0]);
    assert!(missed.problems[0].message.contains("`t` would raise and `down` would lower"));
    assert_eq!(later.after_scan("2026-01-10").after_scan("2026-02-01").level(), "low", "daily");
}
