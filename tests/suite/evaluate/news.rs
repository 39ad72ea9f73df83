//! News: what re-arms a trigger after a decision, and what does not.

use crate::support::triggers::{counting, hit, raising, trigger, with_triggers};

/// A hit with further fields.
fn hit_with(name: &str, date: &str, fields: &str) -> String {
    format!("{} {fields}", hit(name, date))
}

#[test]
fn news_of_a_distinct_count_is_no_item_known_at_the_decision() {
    // The first item leaves the window, and the second, known at the decision, takes its place.
    let org = |name, date| hit_with(name, date, "[org:: acme]");
    let world = counting("at-least: 1, distinct: org, published-within: 7d")
        .catalog("2026-01-05", "one", &[org("a", "2026-01-01"), org("b", "2026-01-05")])
        .after_scan("2026-01-05")
        .decided("low", "2026-01-06");
    for date in ["2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09"] {
        assert_eq!(world.t(date), "weighed", "{date}");
        assert!(world.is_settled(date), "{date}");
    }
    assert_eq!(world.t("2026-01-12"), "waiting", "both have left the window");
    let later = world.catalog("2026-02-01", "one", &[org("c", "2026-02-01")]);
    assert_eq!(later.t("2026-02-01"), "ready", "the voice speaks again after a silence");
}

#[test]
fn news_of_a_distinct_count_is_no_second_item_of_an_org() {
    let org = |name, date, org| hit_with(name, date, &format!("[org:: {org}]"));
    let world = counting("at-least: 1, distinct: org")
        .catalog("2026-01-05", "one", &[org("a", "2026-01-05", "acme")])
        .after_scan("2026-01-05")
        .decided("low", "2026-01-06");
    let undated = "[n](https://example.org/n) [tags:: hit] [thread:: x] [org:: acme]".to_string();
    for second in [org("b", "2026-01-07", "acme"), org("b", "2025-12-01", "acme"), undated] {
        let more = world.clone().catalog("2026-01-07", "one", std::slice::from_ref(&second));
        assert_eq!(more.t("2026-01-07"), "weighed", "{second}");
    }
    let late = world.clone().catalog("2026-01-02", "two", &[org("b", "2026-01-01", "acme")]);
    assert_eq!(late.t("2026-01-07"), "weighed", "a catalog of an earlier date that came in late");
    let other = world.catalog("2026-01-07", "one", &[org("b", "2026-01-07", "boreas")]);
    assert_eq!(other.t("2026-01-07"), "ready", "another voice");
}

#[test]
fn news_of_a_count_is_any_new_item() {
    let world = counting("at-least: 1")
        .catalog("2026-01-05", "one", &[hit("a", "2026-01-05")])
        .after_scan("2026-01-05")
        .decided("low", "2026-01-06");
    let more = world.catalog("2026-01-07", "one", &[hit("b", "2025-12-01")]);
    assert_eq!(more.t("2026-01-07"), "ready");
}

#[test]
fn news_of_at_most_is_no_further_item() {
    let world = with_triggers(&[
        trigger("up", "raise-to: ripe", "{count: {of: hits, at-least: 1}}"),
        trigger("t", "lower-to: low", "{count: {of: hits, at-most: 1, published-within: 7d}}"),
    ])
    .decided("ripe", "2026-01-05");
    assert_eq!(world.t("2026-01-06"), "weighed");
    let news = world.catalog("2026-01-08", "one", &[hit("a", "2026-01-08")]);
    for date in ["2026-01-08", "2026-01-10", "2026-01-30"] {
        assert_eq!(news.t(date), "weighed", "{date}");
        assert_eq!(news.after_scan(date).level(), "ripe", "{date}");
    }
}

#[test]
fn news_of_at_most_is_that_it_was_false_in_between() {
    let world = with_triggers(&[trigger(
        "t",
        "lower-to: low",
        "{count: {of: hits, at-most: 0, published-within: 7d}}",
    )])
    .decided("ripe", "2026-01-05")
    .catalog("2026-01-08", "one", &[hit("a", "2026-01-08")]);
    assert_eq!(world.t("2026-01-14"), "waiting", "the hit is 6 days old");
    assert_eq!(world.t("2026-01-15"), "ready", "true again since today");
    let acted = world.after_scan("2026-01-16");
    assert_eq!(acted.level(), "low");
    let again = acted.decided("ripe", "2026-01-17");
    let quiet = again.catalog("2026-02-01", "one", &[hit("b", "2026-02-01")]);
    assert_eq!(quiet.t("2026-01-20"), "weighed");
    assert_eq!(quiet.t("2026-02-20"), "ready", "a second time in the life of the thread");
}

#[test]
fn news_of_at_most_is_none_while_another_branch_keeps_the_trigger_true() {
    let any = "{any: [{count: {of: hits, at-least: 1}}, {count: {of: hits, at-most: 0, published-within: 7d}}]}";
    let world = raising(any)
        .catalog("2026-01-05", "one", &[hit("a", "2026-01-05")])
        .decided("low", "2026-01-05");
    assert_eq!(world.t("2026-01-12"), "weighed", "`at-most` has become true, the trigger was true");
    let more = world.catalog("2026-01-20", "one", &[hit("b", "2026-01-20")]);
    assert_eq!(more.t("2026-01-20"), "ready", "a new item");
}

#[test]
fn news_is_no_item_dated_in_the_future_but_known_at_the_decision() {
    let world = counting("at-least: 1")
        .catalog("2026-01-05", "one", &[hit("a", "2026-01-06")])
        .after_scan("2026-01-05")
        .decided("medium", "2026-01-05");
    assert_eq!(world.t("2026-01-05"), "waiting");
    for date in ["2026-01-06", "2026-01-30"] {
        assert_eq!(world.t(date), "weighed", "{date}");
        assert!(world.is_settled(date), "{date}");
    }
    let more = world.catalog("2026-01-07", "one", &[hit("b", "2026-01-07")]);
    assert_eq!(more.t("2026-01-07"), "ready");
}
