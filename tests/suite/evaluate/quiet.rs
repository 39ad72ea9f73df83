//! `quiet`: silence counts only while the sources were scanned.

use crate::support::triggers::{hit, trigger, with_triggers};
use crate::support::world::World;
use thread_tracker::commands::shared::phrases::outcome_note;

/// A trigger that lowers when the sources of a set have been silent for ten days.
fn listening(set: &str, effect: &str) -> World {
    let quiet = trigger("t", effect, "{quiet: {of: voices, for: 10d}}");
    with_triggers(&[quiet])
        .edited("hits: {tag: hit}", &format!("voices: {set}"))
        .edited("level: low", "level: ripe")
}

const LOWER: &str = "lower-to: low";

fn one_source() -> World {
    listening("{source: one}", LOWER)
}

fn note(world: &World, on: &str) -> String {
    world.outcome(on, |outcome| outcome.note.as_ref().map(outcome_note).unwrap_or_default())
}

#[test]
fn quiet_lasts_from_the_newest_landing_to_the_last_scan() {
    let world = one_source().catalog("2026-05-01", "one", &[hit("a", "2026-04-20")]).catalog(
        "2026-05-10",
        "one",
        &[],
    );
    assert_eq!((world.have("2026-05-10"), world.t("2026-05-10")), (9, "waiting"));
    let world = world.catalog("2026-05-11", "one", &[]);
    assert_eq!((world.have("2026-05-11"), world.t("2026-05-11")), (10, "ready"));
    assert_eq!(
        note(&world, "2026-05-11"),
        "newest landed 2026-05-01; one was last scanned 2026-05-11"
    );
}

#[test]
fn quiet_counts_an_empty_catalog_as_a_scan() {
    let world = one_source().catalog("2026-05-01", "one", &[hit("a", "2026-05-01")]);
    let empty = world.with("backlogs/2026-05-11-one-backlog.md", "");
    assert_eq!(empty.have("2026-05-11"), 10);
}

#[test]
fn quiet_does_not_grow_after_the_last_scan() {
    let world = one_source().catalog("2026-05-01", "one", &[hit("a", "2026-05-01")]).catalog(
        "2026-05-06",
        "one",
        &[],
    );
    assert_eq!(world.have("2026-05-06"), 5);
    assert_eq!(world.have("2026-09-30"), 5, "nobody has looked since");
    assert_eq!(world.t("2026-09-30"), "waiting");
}

#[test]
fn quiet_without_any_scan_is_unknown() {
    let line = "## Evidence\n\n### One\n\n- [a](https://example.org/a) (2026-01-01) — by hand.";
    let world = one_source().body(line);
    assert_eq!((world.have("2026-09-30"), world.t("2026-09-30")), (0, "waiting"));
    assert_eq!(note(&world, "2026-09-30"), "cannot measure silence: one has never been scanned");
}

#[test]
fn quiet_without_any_item_is_unknown() {
    let world = one_source().catalog("2026-05-01", "one", &[]).catalog("2026-08-01", "one", &[]);
    assert_eq!((world.have("2026-08-01"), world.t("2026-08-01")), (0, "waiting"));
    assert_eq!(
        note(&world, "2026-08-01"),
        "cannot measure silence: no item of this set has ever landed"
    );
}

#[test]
fn quiet_of_two_sources_ends_with_the_scan_that_is_longest_ago() {
    let both = listening("{source: [one, two]}", LOWER).catalog(
        "2026-05-01",
        "one",
        &[hit("a", "2026-05-01")],
    );
    let unheard = both.clone().catalog("2026-06-01", "one", &[]);
    assert_eq!(unheard.have("2026-06-01"), 0);
    assert_eq!(note(&unheard, "2026-06-01"), "cannot measure silence: two has never been scanned");
    let stale = unheard.catalog("2026-05-08", "two", &[]);
    assert_eq!(stale.have("2026-06-01"), 7, "nobody knows what two had after May 8");
    assert_eq!(stale.catalog("2026-05-20", "two", &[]).have("2026-06-01"), 19);
}

#[test]
fn quiet_of_a_set_needs_the_sources_of_all_its_selections() {
    let world = listening("[{source: one, tag: hit}, {source: two}]", LOWER)
        .catalog("2026-05-01", "one", &[hit("a", "2026-05-01")])
        .catalog("2026-06-01", "one", &[])
        .catalog("2026-05-04", "two", &[]);
    assert_eq!(world.have("2026-06-01"), 3);
}

#[test]
fn quiet_is_not_ended_by_an_item_outside_of_the_set() {
    let other = hit("b", "2026-05-10").replace("[tags:: hit]", "[tags:: aside]");
    let world = listening("{source: one, tag: hit}", LOWER)
        .catalog("2026-05-01", "one", &[hit("a", "2026-05-01")])
        .catalog("2026-05-11", "one", &[other]);
    assert_eq!(world.have("2026-05-11"), 10);
}

#[test]
fn quiet_is_ended_by_an_old_item_on_the_date_it_lands() {
    let world = one_source().catalog("2026-05-01", "one", &[hit("a", "2026-05-01")]).catalog(
        "2026-05-11",
        "one",
        &[hit("old", "2026-01-01")],
    );
    assert_eq!(world.have("2026-05-11"), 0);
}

#[test]
fn quiet_ignores_scans_dated_in_the_future() {
    let world = one_source()
        .catalog("2026-05-01", "one", &[hit("a", "2026-05-01")])
        .catalog("2026-05-06", "one", &[])
        .catalog("2026-05-30", "one", &[]);
    assert_eq!(world.have("2026-05-29"), 5);
}

#[test]
fn quiet_acts_once_for_each_silence() {
    let mut world = listening("{source: one}", "stay-at: ripe")
        .catalog("2026-05-01", "one", &[hit("a", "2026-05-01")])
        .catalog("2026-05-11", "one", &[])
        .after_scan("2026-05-11");
    assert_eq!(world.weighed("t").unwrap(), ["true-on-2026-05-11"]);
    world = world.catalog("2026-05-21", "one", &[]);
    assert_eq!(world.t("2026-05-21"), "weighed", "the same silence, longer");
    world = world.catalog("2026-06-01", "one", &[hit("b", "2026-06-01")]).after_scan("2026-06-01");
    assert_eq!(world.t("2026-06-01"), "waiting");
    world = world.catalog("2026-06-11", "one", &[]);
    assert_eq!(world.t("2026-06-11"), "ready", "another silence");
    world = world.after_scan("2026-06-11");
    assert_eq!(world.moves().len(), 2);
    assert_eq!(world.weighed("t").unwrap(), ["true-on-2026-05-11", "true-on-2026-06-11"]);
}
