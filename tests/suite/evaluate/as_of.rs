//! Past dates and clocks that are slow: a later date does not count yet.

use crate::support::triggers::{counting, hit, raising, trigger, with_triggers};
use thread_tracker::commands::shared::phrases::level_name;

#[test]
fn clock_before_the_log_stops_a_scan() {
    let world = counting("at-least: 1")
        .body("## Ripeness\n\n- 2026-06-01: → low — opened [by:: alex]")
        .catalog("2026-05-02", "one", &[hit("a", "2026-05-01")]);
    let scanned = world.scan("2026-05-31");
    assert!(scanned.changed.is_empty());
    assert_eq!(scanned.problems[0].rule.name(), "clock-behind-log");
    assert_eq!(
        scanned.problems[0].message,
        "today is 2026-05-31, but the last log entry is dated 2026-06-01"
    );
    assert_eq!(world.after_scan("2026-06-01").level(), "ripe", "the same day is well");
}

#[test]
fn clock_before_an_attestation_stops_a_scan() {
    let world = counting("at-least: 1")
        .body("## Ripeness\n\n- 2026-06-01: plain to see [attested:: seen] [by:: alex]")
        .catalog("2026-05-02", "one", &[hit("a", "2026-05-01")]);
    assert_eq!(world.scan("2026-05-31").problems[0].rule.name(), "clock-behind-log");
}

#[test]
fn as_of_hides_every_fact_of_a_later_date() {
    let leaves = [
        ("catalog", "{count: {of: hits, at-least: 1}}"),
        ("line", "{count: {of: lines, at-least: 1}}"),
        ("reading", "{read: one/r}"),
        ("verdict", "{verdict: {item: one/r, is: good}}"),
        ("claim", "{attested: {claim: seen}}"),
        ("draft", "{draft: {is: published}}"),
    ];
    let triggers = leaves.map(|(id, when)| trigger(id, "raise-to: ripe", when));
    let world = with_triggers(&triggers)
        .edited("sets:", "verdicts: {one/r: [good]}\nsets:\n  lines: {tag: line}")
        .catalog("2026-05-10", "one", &[hit("a", "2026-05-01")])
        .body(
            "## Evidence\n\n### One\n\n\
             - [x] [r](https://example.org/r) (2026-05-01) [read:: 2026-05-10] [verdict:: good]\n\
             - [l](https://example.org/l) (2026-05-01) [tags:: line] [landed:: 2026-05-10]\n\n\
             ## Ripeness\n\n- 2026-05-10: plain to see [attested:: seen] [by:: alex]\n\n\
             ## Drafts\n\n- 2026-05-10 — drafts/d.md — “D.” [state:: published]",
        );
    for (id, _) in leaves {
        assert_eq!(world.state("x", id, "2026-05-09"), "waiting", "{id}, the day before");
        assert_eq!(world.state("x", id, "2026-05-10"), "ready", "{id}, on its day");
    }
}

#[test]
fn as_of_has_the_level_and_the_weighed_facts_of_that_date() {
    let world = counting("at-least: 1")
        .catalog("2026-05-02", "one", &[hit("a", "2026-05-01")])
        .after_scan("2026-05-02")
        .decided("medium", "2026-05-10")
        .catalog("2026-05-20", "one", &[hit("b", "2026-05-19")])
        .after_scan("2026-05-20");
    let level = |on: &str| {
        world.evaluated("x", on, |evaluation| level_name(evaluation.level.as_deref()).to_string())
    };
    assert_eq!(
        ["2026-05-01", "2026-05-02", "2026-05-09", "2026-05-10", "2026-05-19", "2026-05-20"]
            .map(level),
        ["low", "ripe", "ripe", "medium", "medium", "ripe"]
    );
    assert_eq!((world.t("2026-05-01"), world.t("2026-05-02")), ("waiting", "weighed"));
    assert_eq!((world.t("2026-05-19"), world.t("2026-05-20")), ("weighed", "weighed"));
}

#[test]
fn as_of_before_a_scan_takes_an_item_for_news() {
    // The second item landed on May 10; no scan came before the one of May 12, which acted on it.
    let world = counting("at-least: 1")
        .catalog("2026-05-02", "one", &[hit("a", "2026-05-01")])
        .after_scan("2026-05-02")
        .decided("low", "2026-05-03")
        .catalog("2026-05-10", "one", &[hit("b", "2026-05-09")])
        .after_scan("2026-05-12");
    assert_eq!(world.weighed("t").unwrap(), ["one/a", "one/b"]);
    assert_eq!(
        ["2026-05-09", "2026-05-11", "2026-05-12"].map(|day| world.t(day)),
        ["weighed", "ready", "weighed"]
    );
}

#[test]
fn as_of_before_a_scan_takes_a_claim_for_news() {
    let said = |day: &str, person: &str| {
        format!("- {day}: plain to see [attested:: seen] [by:: {person}]")
    };
    let world = raising("{attested: {claim: seen}}")
        .body(&format!("## Ripeness\n\n{}", said("2026-05-02", "alex")))
        .after_scan("2026-05-02")
        .decided("low", "2026-05-03")
        .body(&said("2026-05-10", "sam"))
        .after_scan("2026-05-12");
    assert_eq!(world.weighed("t").unwrap(), ["seen@alex", "seen@sam"]);
    assert_eq!(["2026-05-09", "2026-05-11"].map(|day| world.t(day)), ["weighed", "ready"]);
}

#[test]
fn as_of_after_a_decision_remembers_what_was_weighed() {
    // The trigger had never acted when a person lowered the thread over its head. Later the log
    // goes on, and the days in between must still look as they looked then.
    let world = counting("at-least: 1")
        .edited("level: low", "level: ripe")
        .catalog("2026-05-02", "one", &[hit("a", "2026-05-01")])
        .after_scan("2026-05-02")
        .decided("medium", "2026-05-10");
    assert_eq!(world.t("2026-05-12"), "weighed", "as long as it is the present");
    let later =
        world.catalog("2026-05-20", "one", &[hit("b", "2026-05-19")]).after_scan("2026-05-20");
    assert_eq!(later.t("2026-05-12"), "weighed", "and as the past");
}
