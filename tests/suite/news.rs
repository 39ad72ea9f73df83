//! News: what re-arms a trigger after a decision, and what does not.

use super::edge_cases::{X, counting, hit, raising, thread, trigger, with_triggers};
use super::world::World;

/// A hit with further fields.
fn hit_with(name: &str, date: &str, fields: &str) -> String {
    format!("{} {fields}", hit(name, date))
}

#[test]
fn news_of_distinct_count_is_not_an_item_that_was_on_the_table() {
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
fn news_of_distinct_count_is_not_a_second_post_of_a_voice() {
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
fn news_of_count_is_a_second_post() {
    let world = counting("at-least: 1")
        .catalog("2026-01-05", "one", &[hit("a", "2026-01-05")])
        .after_scan("2026-01-05")
        .decided("low", "2026-01-06");
    let more = world.catalog("2026-01-07", "one", &[hit("b", "2025-12-01")]);
    assert_eq!(more.t("2026-01-07"), "ready");
}

#[test]
fn distinct_sources_are_counted_at_their_best_whatever_their_names() {
    for other in ["alpha", "zeta"] {
        let both = hit("b", "2026-01-01");
        let world = counting("at-least: 2, distinct: source")
            .catalog("2026-01-02", "gamma", &[hit("a", "2026-01-01"), both.clone()])
            .catalog("2026-01-03", other, &[both]);
        assert_eq!(world.have("2026-01-02"), 1, "{other}: one source");
        assert_eq!(world.have("2026-01-03"), 2, "{other}: each item has a source of its own");
        assert_eq!(world.near_misses("2026-01-02"), ["gamma/b: same voice as gamma/a (gamma)"]);
    }
}

#[test]
fn at_most_is_not_re_armed_by_good_news() {
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
fn at_most_acts_again_after_it_was_false() {
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
fn edge_is_no_news_while_another_branch_keeps_the_trigger_true() {
    let any = "{any: [{count: {of: hits, at-least: 1}}, {count: {of: hits, at-most: 0, published-within: 7d}}]}";
    let world = raising(any)
        .catalog("2026-01-05", "one", &[hit("a", "2026-01-05")])
        .decided("low", "2026-01-05");
    assert_eq!(world.t("2026-01-12"), "weighed", "`at-most` has become true, the trigger was true");
    let more = world.catalog("2026-01-20", "one", &[hit("b", "2026-01-20")]);
    assert_eq!(more.t("2026-01-20"), "ready", "a new item");
}

#[test]
fn item_dated_in_the_future_is_on_the_table() {
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

#[test]
fn scan_leaves_the_news_of_triggers_that_wait_for_a_date_or_the_hold() {
    let held = thread(&format!(
        "hold: {{below: ripe, until: 2026-02-01, why: the survey is open}}\n\
         sets:\n  hits: {{tag: hit}}\ntriggers:\n{}{}{}    for: 20d\n",
        trigger("low", "raise-to: medium", "{count: {of: hits, at-least: 1}}"),
        trigger("t", "raise-to: ripe", "{count: {of: hits, at-least: 1}}"),
        trigger("later", "raise-to: medium-high", "{count: {of: hits, at-least: 1}}"),
    ))
    .catalog("2026-01-05", "one", &[hit("a", "2026-01-05")]);
    assert_eq!(held.t("2026-01-05"), "on-hold");
    let world = held.after_scan("2026-01-05");
    assert_eq!(world.level(), "medium");
    assert_eq!(world.weighed("t"), None);
    assert_eq!(world.state("x", "later", "2026-01-24"), "pending");
    assert_eq!(world.state("x", "later", "2026-01-25"), "ready");
    assert_eq!(world.t("2026-02-01"), "ready", "the hold is over");
    let decided = world.decided("low", "2026-01-10");
    assert_eq!(decided.t("2026-02-01"), "weighed", "a person decided with the item on the table");
    assert_eq!(decided.state("x", "later", "2026-01-25"), "weighed");
}

#[test]
fn hold_that_names_triggers_lets_the_others_act() {
    let hold = "hold: {below: ripe, only: [t], until: 2026-02-01, why: the survey is open}\n";
    let world = thread(&format!(
        "{hold}sets:\n  hits: {{tag: hit}}\n  more: {{tag: more}}\ntriggers:\n{}{}",
        trigger("t", "raise-to: ripe", "{count: {of: hits, at-least: 1}}"),
        trigger("y", "raise-to: ripe", "{count: {of: more, at-least: 1}}"),
    ))
    .catalog("2026-01-05", "one", &[hit("a", "2026-01-05")]);
    assert_eq!(world.t("2026-01-05"), "on-hold");
    let both = world.catalog("2026-01-06", "one", &[hit("b", "2026-01-06").replace("hit", "more")]);
    assert_eq!(both.state("x", "y", "2026-01-06"), "ready");
    let acted = both.after_scan("2026-01-06");
    assert_eq!(acted.level(), "ripe");
    assert!(acted.moves().len() == 1 && acted.weighed("t").is_none(), "{}", acted.x());
}

#[test]
fn hold_counts_from_the_date_on_which_it_was_made() {
    let text = |hold: &str| {
        format!(
            "---\nripeness: {{level: medium, since: 2026-01-10}}\nhold: {{below: ripe, until: \
             2026-03-01, why: wait{hold}}}\n---\n\n# X\n\n## Ripeness\n\n- 2026-01-10: low → medium — so\n"
        )
    };
    let held = |hold: &str, on: &str| {
        World::new().with(X, text(hold)).evaluated("x", on, |evaluation| evaluation.hold.is_some())
    };
    assert_eq!(
        ["2026-01-09", "2026-01-10", "2026-02-28"].map(|on| held("", on)),
        [false, true, true]
    );
    let made = ", since: 2026-01-20";
    assert_eq!(
        ["2026-01-19", "2026-01-20", "2026-03-01"].map(|on| held(made, on)),
        [false, true, false]
    );
}

#[test]
fn reading_of_an_item_is_a_fact_of_its_own() {
    // The set of all hits and the reading of one of them, in one trigger.
    let both = "{all: [{count: {of: hits, at-least: 1}}, {any: [{read: one/a}, {count: {of: hits, at-least: 3}}]}]}";
    let three = [hit("a", "2026-01-01"), hit("b", "2026-01-01"), hit("c", "2026-01-01")];
    let world = raising(both)
        .catalog("2026-01-05", "one", &three)
        .after_scan("2026-01-05")
        .decided("low", "2026-01-06");
    assert_eq!(world.t("2026-01-07"), "weighed");
    let read = world.edited(
        "- [ ] [a](https://example.org/a) (2026-01-01) [tags:: hit] [landed:: 2026-01-05]",
        "- [x] [a](https://example.org/a) (2026-01-01) [tags:: hit] [landed:: 2026-01-05] [read:: 2026-01-07]",
    );
    assert_eq!(read.t("2026-01-07"), "ready", "{}", read.x());
    let decided = read.decided("medium", "2026-01-08");
    assert!(decided.weighed("t").unwrap().contains(&"one/a=read".to_string()));
    assert_eq!(decided.t("2026-01-09"), "weighed");
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

#[test]
fn claim_attested_again_after_its_withdrawal_is_news() {
    let line = |date: &str, word: &str| format!("- {date}: so it is [{word}:: seen] [by:: alex]\n");
    let world = raising("{attested: {claim: seen}}")
        .body(&format!("## Ripeness\n\n{}", line("2026-01-02", "attested")))
        .after_scan("2026-01-02")
        .decided("low", "2026-01-03");
    let twice = world.clone().body(&line("2026-01-04", "attested"));
    assert_eq!(twice.t("2026-01-05"), "weighed", "attested already");
    let again = format!("{}{}", line("2026-01-04", "withdrawn"), line("2026-01-06", "attested"));
    let again = world.body(&again);
    assert_eq!(again.t("2026-01-05"), "waiting");
    assert_eq!(again.t("2026-01-06"), "ready");
    let decided = again.decided("medium", "2026-01-07");
    let weighed = decided.weighed("t").unwrap();
    assert_eq!(weighed, ["seen@alex", "seen@alex/2026-01-06"]);
    assert_eq!(decided.t("2026-01-08"), "weighed");
}

#[test]
fn draft_that_returns_to_a_state_is_news() {
    let line =
        |date: &str, state: &str| format!("- {date} — drafts/d.md — “D.” [state:: {state}]\n");
    let world = raising("{draft: {is: drafting}}")
        .body(&format!("## Drafts\n\n{}", line("2026-01-02", "drafting")))
        .after_scan("2026-01-02")
        .decided("low", "2026-01-03");
    let drafts = "- 2026-01-02 — drafts/d.md — “D.” [state:: drafting]\n";
    let states = [line("2026-01-04", "awaiting-review"), line("2026-01-06", "drafting")].concat();
    let again = world.edited(drafts, &format!("{drafts}{states}"));
    assert_eq!(again.t("2026-01-04"), "waiting");
    assert_eq!(again.t("2026-01-06"), "ready");
    assert_eq!(again.decided("medium", "2026-01-07").t("2026-01-08"), "weighed");
}

#[test]
fn none_of_an_unknown_condition_is_unknown() {
    let front = |when: &str| {
        thread(&format!(
            "sets:\n  lab: {{source: lab}}\ntriggers:\n{}",
            trigger("t", "raise-to: ripe", when)
        ))
    };
    let none = front("{none: [{quiet: {of: lab, for: 10d}}]}");
    assert_eq!(none.t("2026-01-05"), "waiting", "the source was never scanned");
    let item = [hit("a", "2026-01-01")];
    let heard = none.catalog("2026-01-05", "lab", &item);
    assert_eq!(heard.t("2026-01-05"), "ready", "it is known not to be quiet");
    let any = front("{any: [{quiet: {of: lab, for: 10d}}, {attested: {claim: seen}}]}");
    assert_eq!(any.t("2026-01-05"), "waiting");
    let all = front("{none: [{all: [{quiet: {of: lab, for: 10d}}, {attested: {claim: seen}}]}]}");
    assert_eq!(all.t("2026-01-05"), "ready", "one part is known to be false");
    all.evaluated("x", "2026-01-05", |evaluation| {
        assert!(evaluation.verdicts[0].outcome.is_true())
    });
}

#[test]
fn level_before_a_log_line_without_a_level_before_is_unknown() {
    let text = "---\nopened: 2026-05-09\nripeness: {level: ripe, since: 2026-05-11}\n---\n\n# X\n\n\
                ## Ripeness\n\n- 2026-05-11: → ripe — it came about\n";
    let world = World::new().with(X, text);
    let level = |on: &str| world.evaluated("x", on, |evaluation| evaluation.level.clone());
    assert_eq!(level("2026-05-10"), None);
    assert_eq!(level("2026-05-11").as_deref(), Some("ripe"));
}

#[test]
fn lowering_that_is_met_gives_way_only_to_a_raise_that_came_later() {
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
