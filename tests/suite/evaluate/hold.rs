//! `hold`: raises that wait for a date or a condition.

use crate::support::triggers::{X, counting, hit, thread, trigger, with_triggers};
use crate::support::world::World;

#[test]
fn hold_until_a_date_blocks_raises_before_it() {
    let hold = "hold: {below: ripe, until: 2026-05-10, why: the editor is away}\nsets:";
    let world = counting("at-least: 1").edited("sets:", hold).catalog(
        "2026-05-02",
        "one",
        &[hit("a", "2026-05-01")],
    );
    assert_eq!(world.t("2026-05-09"), "on-hold");
    let waiting = world.after_scan("2026-05-09");
    assert_eq!((waiting.level().as_str(), waiting.weighed("t")), ("low", None), "not forgotten");
    assert_eq!(waiting.after_scan("2026-05-10").level(), "ripe");
}

#[test]
fn hold_until_a_condition_blocks_raises_until_it_is_true() {
    let hold = "hold: {below: ripe, until: {read: one/a}, why: nobody has read it}\nsets:";
    let world = counting("at-least: 1")
        .edited("sets:", hold)
        .catalog("2026-05-02", "one", &[hit("a", "2026-05-01")])
        .after_scan("2026-05-02");
    assert_eq!((world.t("2026-05-03"), world.level().as_str()), ("on-hold", "low"));
    let read = world.edited("- [ ] [a]", "- [x] [a]");
    let read = read.edited("[landed::", "[read:: 2026-05-04] [landed::");
    assert_eq!((read.t("2026-05-03"), read.t("2026-05-04")), ("on-hold", "ready"));
    assert_eq!(read.after_scan("2026-05-04").level(), "ripe");
}

#[test]
fn hold_does_not_block_lower_raises_or_lowerings() {
    let hold = "hold: {below: ripe, until: 2027-01-01, why: not this year}\nsets:";
    for (effect, level) in [("raise-to: medium", "low"), ("lower-to: low", "medium")] {
        let condition = "{count: {of: hits, at-least: 1}}";
        let world = with_triggers(&[trigger("t", effect, condition)])
            .edited("sets:", hold)
            .edited("level: low", &format!("level: {level}"))
            .catalog("2026-05-02", "one", &[hit("a", "2026-05-01")]);
        assert_eq!(world.t("2026-05-02"), "ready", "{effect}");
    }
}

#[test]
fn hold_and_for_keep_the_news_of_triggers_that_wait() {
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
fn hold_with_only_blocks_no_other_trigger() {
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
fn hold_begins_on_its_since_date() {
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
