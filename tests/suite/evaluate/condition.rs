//! `all`, `any` and `none`: how conditions combine.

use crate::support::triggers::{hit, raising, thread, trigger};
use crate::support::world::World;

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
fn condition_all_any_none_combine_truth_values() {
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
fn condition_facts_are_those_of_its_true_parts() {
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
fn condition_missing_is_the_sum_in_all_and_the_least_in_any() {
    let missing =
        |when: &str| over_claims(when, &["a"]).outcome("2026-05-02", |outcome| outcome.missing);
    assert_eq!(missing("{all: [<a>, <b>, <c>]}"), 2);
    assert_eq!(missing("{any: [{all: [<b>, <c>]}, {all: [<a>, <b>]}]}"), 1);
    assert_eq!(missing("{none: [<a>, <b>]}"), 1);
    assert_eq!(missing("{any: [<a>, <b>]}"), 0);
}

#[test]
fn condition_none_of_an_unknown_part_is_unknown() {
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
        assert!(evaluation.triggers[0].outcome.is_true());
    });
}
