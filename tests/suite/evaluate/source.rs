//! An item of several sources: which of them gives its source, its org and its title.

use crate::support::triggers::{counting, trigger, with_triggers};
use crate::support::world::World;

const SOURCES: &str = "sources:\n  alpha: {name: Alpha, org: acme}\n  gamma: {name: Gamma}\n  \
                       delta: {name: Delta}\n  lab: {name: Lab, org: lab}\n";

const HERE: &str = "[thread:: x]";

/// The source, the org and the title of the only item.
fn voice(world: &World, on: &str) -> (Option<String>, Option<String>, String) {
    world.evaluated("x", on, |evaluation| {
        let [item] = evaluation.items.items.as_slice() else {
            panic!("{:#?}", evaluation.items.items)
        };
        (item.source.clone(), item.org.clone(), item.title.clone())
    })
}

fn said(source: &str, org: Option<&str>, title: &str) -> (Option<String>, Option<String>, String) {
    (Some(source.into()), org.map(str::to_string), title.into())
}

#[test]
fn source_of_a_scanned_item_is_the_one_it_was_evaluated_with() {
    let ladder = [
        trigger("up", "raise-to: medium", "{count: {of: acme, at-least: 1}}"),
        trigger("down", "lower-to: low", "{count: {of: acme, at-most: 0}}"),
    ];
    let world = with_triggers(&ladder)
        .with("thread.yaml", SOURCES)
        .edited("  hits:", "  acme: {org: acme}\n  hits:")
        .catalog("2026-01-01", "gamma", &["Item (2026-01-01) [id:: made/x]".into()])
        .catalog("2026-01-03", "alpha", &[format!("The item (2026-01-01) [id:: made/x] {HERE}")]);
    assert_eq!(voice(&world, "2026-01-04"), said("alpha", Some("acme"), "The item"));
    let scanned = world.after_scan("2026-01-04");
    assert_eq!(scanned.level(), "medium");
    assert!(scanned.x().contains("### Alpha\n\n- [ ] \"The item\""), "{}", scanned.x());
    assert!(scanned.is_settled("2026-01-04") && scanned.is_settled("2026-01-09"));
    // The line alone says the same.
    let alone = scanned
        .without("backlogs/2026-01-01-gamma-backlog.md")
        .without("backlogs/2026-01-03-alpha-backlog.md");
    assert_eq!(voice(&alone, "2026-01-04"), said("alpha", Some("acme"), "The item"));
}

#[test]
fn source_of_an_item_is_the_first_with_an_org_on_its_landing_date() {
    let bullet = |title: &str, more: &str| {
        format!("[{title}](https://lab.example/result) (2026-01-01) {more} {HERE}")
    };
    let letter = |more: &str| {
        counting("at-least: 9")
            .with("thread.yaml", SOURCES)
            .catalog("2026-01-02", "gamma", &[bullet("Reported", more)])
            .catalog("2026-01-03", "delta", &[bullet("Retold", "")])
    };
    let own = |world: World, on| world.catalog(on, "lab", &[bullet("Result", "")]);
    let (lab, who) = (Some("lab"), Some("who"));
    let cases = [
        (letter(""), ("gamma", None, "Reported"), None, "no voice: the first"),
        (own(letter(""), "2026-01-02"), ("lab", lab, "Result"), lab, "the post of the lab itself"),
        (own(letter(""), "2026-01-04"), ("gamma", lab, "Reported"), None, "the lab posts it later"),
        (own(letter("[org:: who]"), "2026-01-04"), ("gamma", who, "Reported"), who, "it says"),
    ];
    for (world, (source, org, title), landing_org, why) in cases {
        assert_eq!(voice(&world, "2026-01-05"), said(source, org, title), "{why}");
        let scanned = world.after_scan("2026-01-05");
        assert!(scanned.is_settled("2026-01-05"), "{why}: {}", scanned.x());
        assert_eq!(voice(&scanned, "2026-01-05"), said(source, org, title), "{why}: scanned");
        assert_eq!(scanned.x(), world.after_scan("2026-01-02").x(), "{why}: as on a daily run");
        let mut alone = scanned;
        alone.files.retain(|path, _| !path.starts_with("backlogs/"));
        let expected = said(source, landing_org, title);
        assert_eq!(voice(&alone, "2026-01-05"), expected, "{why}: the line alone");
    }
}

#[test]
fn source_of_an_item_after_missed_days_is_that_of_daily_scans() {
    let bullet = |date: &str, more: &str| {
        format!("[Result](https://lab.example/result) ({date}) {more} {HERE}")
    };
    let later = [
        ("gamma", bullet("2026-01-01", "[tags:: hit]"), "{count: {of: hits, at-least: 1}}"),
        ("lab", bullet("2026-01-01", ""), "{count: {of: lab, at-least: 1}}"),
        ("lab", bullet("2026-01-01", ""), "{count: {of: all, at-least: 1, distinct: org}}"),
        (
            "gamma",
            bullet("2026-01-04", ""),
            "{count: {of: all, at-least: 1, published-within: 20d}}",
        ),
    ];
    for (source, bullet_of_later, when) in later {
        let world = with_triggers(&[trigger("t", "raise-to: ripe\n    for: 3d", when)])
            .with("thread.yaml", SOURCES)
            .edited("  hits:", "  lab: {org: lab}\n  all: {source: [gamma, lab]}\n  hits:")
            .catalog("2026-01-02", "gamma", &[bullet("2025-12-01", "")])
            .catalog("2026-01-04", source, &[bullet_of_later]);
        let daily = world.after_scan("2026-01-02");
        let missed = world.after_scan("2026-01-05");
        assert_eq!(missed.x(), daily.x(), "{when}: the same line");
        for (on, state) in
            [("2026-01-05", "pending"), ("2026-01-06", "pending"), ("2026-01-07", "ready")]
        {
            for (world, which) in [(&world, "not scanned"), (&daily, "daily"), (&missed, "missed")]
            {
                assert_eq!(world.state("x", "t", on), state, "{when} on {on}, {which}");
            }
        }
    }
}

#[test]
fn source_of_reported_evidence_stays_and_its_org_is_that_of_the_lab() {
    let bullet = |title: &str| format!("[{title}](https://lab.example/result) (2026-01-01) {HERE}");
    let world = counting("at-least: 9")
        .with("thread.yaml", SOURCES)
        .catalog("2026-01-02", "gamma", &[bullet("Reported")])
        .after_scan("2026-01-02");
    assert_eq!(voice(&world, "2026-01-02"), said("gamma", None, "Reported"));
    let world = world.catalog("2026-01-03", "lab", &[bullet("Result")]);
    assert_eq!(voice(&world, "2026-01-03"), said("gamma", Some("lab"), "Reported"));
    assert!(world.is_settled("2026-01-03"));
    // The line itself takes precedence over all catalogs.
    let corrected = world.edited("(2026-01-01)", "(2026-01-01) [org:: other]");
    assert_eq!(voice(&corrected, "2026-01-03").1.as_deref(), Some("other"));
}
