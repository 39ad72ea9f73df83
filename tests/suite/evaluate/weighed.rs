//! `weighed`: the fact ids that a trigger has acted on.

use thread_tracker::commands::shared::phrases;
use thread_tracker::evaluate::TriggerState;

use crate::support::triggers::{counting, hit, thread, trigger, with_triggers};
use crate::support::world::World;

/// Two hits landed on May 2, and the trigger `t` made the thread ripe.
pub fn acted() -> World {
    let hits = [hit("a", "2026-05-01"), hit("b", "2026-05-01")];
    counting("at-least: 2").catalog("2026-05-02", "one", &hits).after_scan("2026-05-02")
}

#[test]
fn weighed_trigger_that_is_edited_stays_so_until_news_or_the_list_is_deleted() {
    // The level is back at low, so that nothing but memory keeps the trigger from acting again.
    let lowered = acted().decided("low", "2026-05-03");
    let edits = [
        ("why: t has come about", "why: t has come about    # seen"),
        ("at-least: 2", "at-least: 1"),
        ("raise-to: ripe", "raise-to: medium"),
        ("hits: {tag: hit}", "hits: [{tag: hit}, {tag: near-hit}]"),
        ("at-least: 2", "at-least: 2, published-within: 90d"),
    ];
    for (from, to) in edits {
        let world = lowered.clone().edited(from, to);
        assert_eq!(world.t("2026-05-04"), "weighed", "{to}");
        assert!(world.is_settled("2026-05-04"), "{to}");
        let news = world.clone().catalog("2026-05-04", "one", &[hit("c", "2026-05-04")]);
        assert_eq!(news.t("2026-05-04"), "ready", "{to}, and an item that nobody has weighed");
        let list = world.x().lines().find(|line| line.contains("weighed:")).unwrap().to_string();
        let forgotten = world.edited(&format!("{list}\n"), "");
        assert_eq!(forgotten.t("2026-05-04"), "ready", "{to}, and the list deleted");
    }
    let words = phrases::state_reason(&TriggerState::Acknowledged).unwrap();
    assert_eq!(words, "true, but only by facts known at the last decision");
}

#[test]
fn weighed_list_that_is_emptied_re_arms_the_trigger() {
    let lowered = acted().decided("low", "2026-05-03");
    let list = lowered.x().lines().find(|line| line.contains("weighed:")).unwrap().to_string();
    let emptied = lowered.edited(&list, "    weighed: []");
    assert_eq!(emptied.t("2026-05-04"), "ready");
}

#[test]
fn weighed_without_facts_is_remembered_by_date() {
    // `at-most` acts on no item at all. Each decision that it was true at is remembered by its
    // date.
    let acted = counting("at-most: 1").after_scan("2026-05-02").decided("low", "2026-05-03");
    assert_eq!(acted.weighed("t").unwrap(), ["true-on-2026-05-02", "true-on-2026-05-03"]);
    assert_eq!(acted.t("2026-05-01"), "ready", "before its first decision");
    assert_eq!(acted.t("2026-05-05"), "weighed", "true ever since");
    let more = acted.catalog("2026-05-10", "one", &[hit("a", "2026-05-09")]);
    assert_eq!(more.t("2026-05-10"), "weighed", "true ever since, with one item");
}

#[test]
fn weighed_trigger_that_is_renamed_keeps_its_list_and_check_names_its_old_id() {
    let renamed = acted().edited("- id: t", "- id: u");
    assert_eq!(renamed.moves(), ["2026-05-02 low → ripe"], "the old entry is kept");
    let orphan = "unknown-trigger: this thread has no trigger `t`";
    assert!(renamed.findings().contains(&orphan.to_string()), "{:?}", renamed.findings());
    // Its memory is the `weighed` list, which is part of the trigger and so is renamed with it.
    assert_eq!(renamed.state("x", "u", "2026-05-03"), "weighed");
    // Without the list it is a new trigger in every respect.
    let list = renamed.x().lines().find(|line| line.contains("weighed:")).unwrap().to_string();
    let fresh = renamed.edited(&format!("{list}\n"), "").decided("low", "2026-05-03");
    let list = fresh.x().lines().find(|line| line.contains("weighed:")).unwrap().to_string();
    let fresh = fresh.edited(&format!("{list}\n"), "");
    assert_eq!(fresh.state("x", "u", "2026-05-04"), "ready");
}

#[test]
fn weighed_at_a_decision_are_also_the_triggers_that_were_met() {
    // `slow` came true when the thread was ripe already: met, and so it never acted.
    let world = with_triggers(&[
        trigger("t", "raise-to: ripe", "{count: {of: hits, at-least: 1}}"),
        trigger("slow", "raise-to: medium-high", "{count: {of: hits, at-least: 2}}"),
    ]);
    let world = world.catalog("2026-05-02", "one", &[hit("a", "2026-05-01")]);
    let world = world.after_scan("2026-05-02");
    let world = world.catalog("2026-05-05", "one", &[hit("b", "2026-05-01")]);
    let moot = world.edited("weighed: [one/a]", "weighed: [one/a, one/b]").after_scan("2026-05-05");
    assert_eq!(moot.state("x", "slow", "2026-05-05"), "met");
    let lowered = moot.decided("low", "2026-05-06");
    assert_eq!(lowered.state("x", "slow", "2026-05-07"), "weighed");
    assert!(lowered.is_settled("2026-05-07"), "nothing of this is news");
}

#[test]
fn weighed_trigger_without_facts_acts_once() {
    // Nothing was found, and so there is nothing to remember but that it acted.
    let world = counting("at-most: 0").after_scan("2026-05-02");
    assert_eq!(world.level(), "ripe");
    assert_eq!(world.weighed("t").unwrap(), ["true-on-2026-05-02"]);
    let lowered = world.decided("low", "2026-05-03");
    assert!(lowered.is_settled("2026-05-04"));
}

#[test]
fn weighed_lists_of_version_0_1_keep_working() {
    // Readings by their item alone, counted items only, nothing for a leaf without facts.
    let world = thread(&format!(
        "sets:\n  hits: {{tag: hit}}\n  none: {{tag: nothing}}\ntriggers:\n{}    weighed: [one/a]\n{}    weighed: []\n{}    weighed: [one/a]\n",
        trigger("read", "raise-to: ripe", "{read: one/a}"),
        trigger("t", "raise-to: ripe", "{count: {of: none, at-most: 0}}"),
        trigger("hits", "raise-to: ripe", "{count: {of: hits, at-least: 1}}"),
    ))
    .body(
        "## Evidence\n\n### One\n\n- [x] [a](https://example.org/a) (2026-01-01) [tags:: hit] \
         [landed:: 2026-01-02] [read:: 2026-01-03]\n\n## Ripeness\n\n\
         - 2026-01-03: low → ripe — read has come about [trigger:: read, t, hits]\n\
         - 2026-01-10: ripe → low — not yet [by:: alex]\n",
    );
    for (id, state) in [("read", "weighed"), ("t", "weighed"), ("hits", "weighed")] {
        assert_eq!(world.state("x", id, "2026-01-11"), state, "{id}");
    }
    let news = world.catalog("2026-01-12", "one", &[hit("b", "2026-01-12")]);
    for (id, state) in [("read", "weighed"), ("t", "weighed"), ("hits", "ready")] {
        assert_eq!(news.state("x", id, "2026-01-12"), state, "{id}");
    }
}
