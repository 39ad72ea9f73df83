//! Keys of a trigger that limit when it acts: `from`, `until`, `for`, `stay-at`, and the status.

use super::scan::{ONE, at_level, one_hit};
use crate::support::triggers::{counting, hit, raising, trigger};

#[test]
fn trigger_of_an_inactive_thread_is_off() {
    for status in ["dormant", "closed"] {
        let world =
            one_hit(counting("at-least: 1")).edited("sets:", &format!("status: {status}\nsets:"));
        assert_eq!(world.t("2026-05-02"), "off", "{status}");
        let scanned = world.after_scan("2026-05-02");
        assert_eq!(scanned.level(), "low", "{status}");
        // A thread at rest takes its items in, one that is over does not.
        assert_eq!(scanned.x().contains("## Evidence"), status == "dormant", "{status}");
    }
}

#[test]
fn trigger_with_from_or_until_is_off_outside_of_them() {
    let keyed = |keys: &str| one_hit(raising(&format!("{ONE}\n    {keys}")));
    assert_eq!(keyed("from: medium").t("2026-05-02"), "off");
    assert_eq!(keyed("from: [medium, low]").t("2026-05-02"), "ready");
    assert_eq!(keyed("until: 2026-05-03").t("2026-05-03"), "ready", "the last day");
    assert_eq!(keyed("until: 2026-05-03").t("2026-05-04"), "off");
}

#[test]
fn trigger_with_stay_at_answers_once_at_its_level() {
    let keep = [trigger("t", "stay-at: medium", ONE)];
    assert_eq!(at_level("low", &keep).t("2026-05-02"), "off");
    let world = at_level("medium", &keep).after_scan("2026-05-02");
    let entry = "- 2026-05-02: stays medium — t has come about (hits at least 1: 1) \
                 [trigger:: t] [on:: one/a]";
    assert!(world.x().contains(entry), "{}", world.x());
    assert!(world.x().contains("level: medium, since: 2026-01-01"), "it has been so all along");
    assert_eq!(world.t("2026-05-03"), "weighed");
    assert!(world.is_settled("2026-05-03"));
}

#[test]
fn trigger_whose_level_is_reached_is_met() {
    let met =
        |effect: &str, level: &str| at_level(level, &[trigger("t", effect, ONE)]).t("2026-05-02");
    assert_eq!(met("raise-to: medium", "medium"), "met");
    assert_eq!(met("raise-to: medium", "ripe"), "met", "a raise does not lower");
    assert_eq!(met("lower-to: medium", "medium"), "met");
    assert_eq!(met("lower-to: medium", "low"), "met", "a lowering does not raise");
}

#[test]
fn trigger_with_for_acts_once_it_was_true_for_long_enough() {
    let held = "{count: {of: hits, at-least: 1}}\n    for: 3d";
    let world = raising(held).catalog("2026-05-02", "one", &[hit("a", "2026-05-01")]);
    assert_eq!((world.t("2026-05-01"), world.t("2026-05-02")), ("waiting", "pending"));
    assert_eq!((world.t("2026-05-04"), world.t("2026-05-05")), ("pending", "ready"));
    assert_eq!(world.after_scan("2026-05-04").level(), "low");
}

#[test]
fn trigger_with_for_begins_anew_after_a_date_on_which_it_was_false() {
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
fn trigger_with_for_begins_on_the_date_of_an_evidence_line() {
    // No scan came in on that day; the line alone says when there was something to count.
    for day in ["(2026-05-02)", "(2026-04-01) [landed:: 2026-05-02]"] {
        let line = format!("- [a](https://example.org/a) {day} [tags:: hit]");
        let world = raising("{count: {of: hits, at-least: 1}}\n    for: 3d")
            .catalog("2026-04-01", "one", &[])
            .body(&format!("## Evidence\n\n### One\n\n{line}"));
        assert_eq!((world.t("2026-05-04"), world.t("2026-05-05")), ("pending", "ready"), "{day}");
    }
}
