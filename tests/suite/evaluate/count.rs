//! `count`: bounds, distinct counts, windows, and `landed-since`.

use super::set::item;
use crate::support::triggers::{counting, hit};
use crate::support::world::World;

#[test]
fn count_bounds_are_inclusive() {
    let hits = [hit("a", "2026-05-01"), hit("b", "2026-05-01")];
    let have_two =
        |bounds: &str| counting(bounds).catalog("2026-05-02", "one", &hits).t("2026-05-02");
    assert_eq!(have_two("at-least: 2"), "ready");
    assert_eq!(have_two("at-least: 3"), "waiting");
    assert_eq!(have_two("at-most: 2"), "ready");
    assert_eq!(have_two("at-most: 1"), "waiting");
}

#[test]
fn count_distinct_counts_each_org_or_source_once() {
    let items = [item("a", "[tags:: hit] [org:: metr]"), item("b", "[tags:: hit] [org:: metr]")];
    let more = [item("c", "[tags:: hit] [org:: apollo]"), item("d", "[tags:: hit]")];
    let world = |bounds: &str| {
        counting(bounds).catalog("2026-05-02", "one", &items).catalog("2026-05-02", "two", &more)
    };
    assert_eq!(world("at-least: 3").have("2026-05-02"), 4);
    assert_eq!(world("at-least: 3, distinct: org").have("2026-05-02"), 2);
    assert_eq!(world("at-least: 3, distinct: source").have("2026-05-02"), 2);
    assert_eq!(
        world("at-least: 3, distinct: org").near_misses("2026-05-02"),
        ["one/b: same voice as one/a (metr)", "two/d: has no org"]
    );
}

#[test]
fn count_distinct_source_is_the_largest_assignment_in_any_order() {
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

/// A window of so many days over one item that was published on `date`.
fn window(days: &str, date: &str) -> World {
    counting(&format!("at-least: 1, published-within: {days}")).catalog(
        date,
        "one",
        &[hit("a", date)],
    )
}

#[test]
fn count_published_within_includes_today() {
    let world = window("3d", "2026-05-01");
    assert_eq!((world.have("2026-05-01"), world.have("2026-05-03")), (1, 1));
    assert_eq!(world.have("2026-05-04"), 0, "three days ago is no longer within three days");
    assert_eq!(world.near_misses("2026-05-04"), ["one/a: published 2026-05-01, not within 3d"]);
}

#[test]
fn count_published_within_spans_leap_days_and_ends_of_months_and_years() {
    // (published, the last day of a window of 30, the first day after it)
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
fn count_landed_since_a_date_that_does_not_exist_is_an_error() {
    let world = counting("at-least: 1, landed-since: 2026-02-29");
    assert_eq!(
        world.findings(),
        ["bad-date: `2026-02-29` is not a date: February 2026 has 28 days"]
    );
    assert_eq!(counting("at-least: 1, landed-since: 2028-02-29").findings(), [""; 0]);
}

#[test]
fn count_landed_since_compares_the_date_of_the_catalog() {
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
fn count_of_an_undated_item_excludes_it_only_with_a_window() {
    let undated = "[a](https://example.org/a) — no day. [tags:: hit] [thread:: x]".to_string();
    let world = |bounds: &str| {
        counting(bounds).catalog("2026-05-02", "one", std::slice::from_ref(&undated))
    };
    assert_eq!(world("at-least: 1").have("2026-05-02"), 1);
    let windowed = world("at-least: 1, published-within: 90d");
    assert_eq!(windowed.have("2026-05-02"), 0);
    assert_eq!(windowed.near_misses("2026-05-02"), ["one/a: has no date"]);
}

#[test]
fn count_of_an_item_dated_in_the_future_begins_on_its_date() {
    for bounds in ["at-least: 1", "at-least: 1, published-within: 7d"] {
        let world = counting(bounds).catalog("2026-05-02", "one", &[hit("a", "2026-06-01")]);
        assert_eq!(world.have("2026-05-31"), 0, "{bounds}");
        let named = ["one/a: dated 2026-06-01, in the future"];
        assert_eq!(world.near_misses("2026-05-31"), named, "{bounds}");
        assert_eq!(world.have("2026-06-01"), 1, "{bounds}");
        // It becomes evidence when it lands all the same, and counts no earlier for that.
        let world = world.after_scan("2026-05-02");
        assert_eq!((world.have("2026-05-31"), world.have("2026-06-01")), (0, 1), "{bounds}");
    }
}

#[test]
fn count_of_an_item_dated_tomorrow_begins_tomorrow() {
    let world = counting("at-least: 1").catalog("2026-05-02", "one", &[hit("a", "2026-05-03")]);
    assert_eq!(world.t("2026-05-02"), "waiting", "no tolerance");
    assert_eq!(world.t("2026-05-03"), "ready");
}
