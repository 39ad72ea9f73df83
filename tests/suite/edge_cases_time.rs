//! Days, windows, the clock, and the past.
//!
//! Zones and the hour at which a cron job runs decide only which date is handed in; everything
//! behind that date is here, and is the same at any hour.

use super::edge_cases::{counting, hit, raising, trigger, with_triggers};
use super::world::World;

/// A window of so many days over one item that was published on `date`.
fn window(days: &str, date: &str) -> World {
    counting(&format!("at-least: 1, published-within: {days}")).catalog(
        date,
        "one",
        &[hit("a", date)],
    )
}

#[test]
fn a_window_counts_its_own_days_today_being_the_first() {
    let world = window("3d", "2026-05-01");
    assert_eq!((world.have("2026-05-01"), world.have("2026-05-03")), (1, 1));
    assert_eq!(world.have("2026-05-04"), 0, "three days ago is no longer within three days");
    assert_eq!(world.near_misses("2026-05-04"), ["one/a: published 2026-05-01, not within 3d"]);
}

#[test]
fn days_are_counted_over_leap_days_month_ends_and_new_year() {
    // (published, the last day of a window of 30, the first day behind it)
    for (published, last, behind) in [
        ("2028-02-10", "2028-03-10", "2028-03-11"), // a leap year
        ("2026-02-10", "2026-03-11", "2026-03-12"),
        ("2026-01-31", "2026-03-01", "2026-03-02"),
        ("2026-12-15", "2027-01-13", "2027-01-14"),
    ] {
        let world = window("30d", published);
        assert_eq!((world.have(last), world.have(behind)), (1, 0), "{published}");
    }
    let weeks = window("2w", "2028-02-20");
    assert_eq!((weeks.have("2028-03-04"), weeks.have("2028-03-05")), (1, 0));
}

#[test]
fn a_day_that_does_not_exist_is_refused() {
    let world = counting("at-least: 1, landed-since: 2026-02-29");
    assert_eq!(
        world.findings(),
        ["bad-date: `2026-02-29` is not a date: February 2026 has 28 days"]
    );
    assert_eq!(counting("at-least: 1, landed-since: 2028-02-29").findings(), [""; 0]);
}

#[test]
fn landed_since_counts_from_that_day_by_the_scan_and_not_by_the_publication() {
    let world = counting("at-least: 1, landed-since: 2026-05-10")
        .catalog("2026-05-09", "one", &[hit("early", "2026-05-09")])
        .catalog("2026-05-10", "one", &[hit("late", "2026-01-01")]);
    world.outcome("2026-05-11", |outcome| {
        assert_eq!(outcome.fact_ids.iter().collect::<Vec<_>>(), ["one/late"]);
    });
    assert_eq!(
        world.near_misses("2026-05-11"),
        ["one/early: landed 2026-05-09, before 2026-05-10"]
    );
    // The catalog is the witness, whatever a line in the thread says; without one, the line is.
    let line = |landed: &str| {
        let line = "- [x](https://example.org/x) (2026-05-01) [tags:: hit]";
        counting("at-least: 1, landed-since: 2026-05-10")
            .body(&format!("## Evidence\n\n### One\n\n{line} {landed}"))
    };
    assert_eq!(line("[landed:: 2026-05-10]").have("2026-05-11"), 1);
    assert_eq!(line("[landed:: 2026-05-09]").have("2026-05-11"), 0);
    assert_eq!(line("").have("2026-05-11"), 0, "else its date");
}

#[test]
fn a_trigger_with_for_acts_on_the_day_on_which_it_has_held_long_enough() {
    let held = "{count: {of: hits, at-least: 1}}\n    for: 3d";
    let world = raising(held).catalog("2026-05-02", "one", &[hit("a", "2026-05-01")]);
    assert_eq!((world.t("2026-05-01"), world.t("2026-05-02")), ("waiting", "pending"));
    assert_eq!((world.t("2026-05-04"), world.t("2026-05-05")), ("pending", "ready"));
    assert_eq!(world.after_scan("2026-05-04").level(), "low");
}

#[test]
fn a_day_on_which_it_did_not_hold_begins_the_count_anew() {
    // True on May 2 and 3, out of the window on 4, true again from 5 on.
    let held = "{count: {of: hits, at-least: 1, published-within: 2d}}\n    for: 2d";
    let world = raising(held)
        .catalog("2026-05-02", "one", &[hit("a", "2026-05-02")])
        .catalog("2026-05-05", "one", &[hit("b", "2026-05-05")])
        .catalog("2026-05-07", "one", &[hit("c", "2026-05-06")]);
    let days = ["2026-05-02", "2026-05-03", "2026-05-04", "2026-05-05", "2026-05-06", "2026-05-07"];
    assert_eq!(
        days.map(|day| world.t(day)),
        ["pending", "pending", "waiting", "pending", "pending", "ready"]
    );
}

#[test]
fn a_trigger_with_for_counts_from_the_day_of_a_line_too() {
    // No scan came in on that day; the line alone says when there was something to count.
    for day in ["(2026-05-02)", "(2026-04-01) [landed:: 2026-05-02]"] {
        let line = format!("- [a](https://example.org/a) {day} [tags:: hit]");
        let world = raising("{count: {of: hits, at-least: 1}}\n    for: 3d")
            .catalog("2026-04-01", "one", &[])
            .body(&format!("## Evidence\n\n### One\n\n{line}"));
        assert_eq!((world.t("2026-05-04"), world.t("2026-05-05")), ("pending", "ready"), "{day}");
    }
}

#[test]
fn a_clock_behind_the_log_writes_nothing() {
    let world = counting("at-least: 1")
        .body("## Ripeness\n\n- 2026-06-01: → low — opened [by:: alex]")
        .catalog("2026-05-02", "one", &[hit("a", "2026-05-01")]);
    let scanned = world.scan("2026-05-31");
    assert!(scanned.changed.is_empty());
    assert_eq!(scanned.problems[0].rule.name(), "clock-behind-log");
    assert_eq!(
        scanned.problems[0].message,
        "today is 2026-05-31, the log already holds 2026-06-01"
    );
    assert_eq!(world.after_scan("2026-06-01").level(), "ripe", "the same day is well");
}

#[test]
fn a_clock_behind_an_attestation_writes_nothing_either() {
    let world = counting("at-least: 1")
        .body("## Ripeness\n\n- 2026-06-01: plain to see [attested:: seen] [by:: alex]")
        .catalog("2026-05-02", "one", &[hit("a", "2026-05-01")]);
    assert_eq!(world.scan("2026-05-31").problems[0].rule.name(), "clock-behind-log");
}

#[test]
fn what_is_dated_later_is_invisible() {
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
fn a_withdrawal_is_invisible_before_its_day() {
    let world = raising("{attested: {claim: seen}}").body(
        "## Ripeness\n\n- 2026-05-02: plain to see [attested:: seen] [by:: alex]\n\
         - 2026-05-10: not after all [withdrawn:: seen] [by:: alex]",
    );
    assert_eq!((world.t("2026-05-09"), world.t("2026-05-10")), ("ready", "waiting"));
}

#[test]
fn the_past_has_the_level_and_the_memory_that_it_had() {
    let world = counting("at-least: 1")
        .catalog("2026-05-02", "one", &[hit("a", "2026-05-01")])
        .after_scan("2026-05-02")
        .decided("medium", "2026-05-10")
        .catalog("2026-05-20", "one", &[hit("b", "2026-05-19")])
        .after_scan("2026-05-20");
    let level =
        |on: &str| world.evaluated("x", on, |evaluation| evaluation.level_name().to_string());
    assert_eq!(
        ["2026-05-01", "2026-05-02", "2026-05-09", "2026-05-10", "2026-05-19", "2026-05-20"]
            .map(level),
        ["low", "ripe", "ripe", "medium", "medium", "ripe"]
    );
    assert_eq!((world.t("2026-05-01"), world.t("2026-05-02")), ("waiting", "weighed"));
    assert_eq!((world.t("2026-05-19"), world.t("2026-05-20")), ("weighed", "weighed"));
}

#[test]
fn what_was_weighed_later_was_news_before() {
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
fn what_another_person_claimed_later_was_news_before() {
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
fn what_a_person_weighed_is_remembered_when_the_past_is_asked() {
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
