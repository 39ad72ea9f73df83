//! `quiet`: silence counts only while somebody was listening.

use super::edge_cases::{hit, trigger, with_triggers};
use super::world::World;

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
    world.outcome(on, |outcome| outcome.note.clone().unwrap_or_default())
}

#[test]
fn silence_runs_from_the_newest_landing_to_the_last_scan() {
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
fn a_scan_that_finds_nothing_is_a_scan() {
    let world = one_source().catalog("2026-05-01", "one", &[hit("a", "2026-05-01")]);
    let empty = world.with("backlogs/2026-05-11-one-backlog.md", "");
    assert_eq!(empty.have("2026-05-11"), 10);
}

#[test]
fn a_stale_scan_stops_the_clock() {
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
fn without_any_scan_the_clock_stands() {
    let line = "## Evidence\n\n### One\n\n- [a](https://example.org/a) (2026-01-01) — by hand.";
    let world = one_source().body(line);
    assert_eq!((world.have("2026-09-30"), world.t("2026-09-30")), (0, "waiting"));
    assert_eq!(note(&world, "2026-09-30"), "cannot measure silence: one has never been scanned");
}

#[test]
fn without_any_item_the_clock_stands() {
    let world = one_source().catalog("2026-05-01", "one", &[]).catalog("2026-08-01", "one", &[]);
    assert_eq!((world.have("2026-08-01"), world.t("2026-08-01")), (0, "waiting"));
    assert_eq!(
        note(&world, "2026-08-01"),
        "cannot measure silence: no item of this set has ever landed"
    );
}

#[test]
fn of_two_sources_the_one_that_was_scanned_least_lately_counts() {
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
fn the_sources_of_all_selections_of_a_set_are_listened_to() {
    let world = listening("[{source: one, tag: hit}, {source: two}]", LOWER)
        .catalog("2026-05-01", "one", &[hit("a", "2026-05-01")])
        .catalog("2026-06-01", "one", &[])
        .catalog("2026-05-04", "two", &[]);
    assert_eq!(world.have("2026-06-01"), 3);
}

#[test]
fn an_item_outside_the_set_breaks_no_silence() {
    let other = hit("b", "2026-05-10").replace("[tags:: hit]", "[tags:: aside]");
    let world = listening("{source: one, tag: hit}", LOWER)
        .catalog("2026-05-01", "one", &[hit("a", "2026-05-01")])
        .catalog("2026-05-11", "one", &[other]);
    assert_eq!(world.have("2026-05-11"), 10);
}

#[test]
fn an_old_item_that_lands_late_breaks_the_silence_on_the_day_it_lands() {
    let world = one_source().catalog("2026-05-01", "one", &[hit("a", "2026-05-01")]).catalog(
        "2026-05-11",
        "one",
        &[hit("old", "2026-01-01")],
    );
    assert_eq!(world.have("2026-05-11"), 0);
}

#[test]
fn a_scan_of_tomorrow_is_not_heard_today() {
    let world = one_source()
        .catalog("2026-05-01", "one", &[hit("a", "2026-05-01")])
        .catalog("2026-05-06", "one", &[])
        .catalog("2026-05-30", "one", &[]);
    assert_eq!(world.have("2026-05-29"), 5);
}

#[test]
fn each_silence_acts_once_and_a_new_one_acts_again() {
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
