//! Levels: the ladder, decisions of a person, and the agreement of level and log.

use super::weighed::acted;
use crate::support::triggers::{X, counting, hit};
use crate::support::world::World;

#[test]
fn level_lowered_by_a_person_stays_until_news() {
    let lowered = acted().decided("medium", "2026-05-03");
    for day in ["2026-05-03", "2026-05-04", "2026-08-31"] {
        assert!(lowered.is_settled(day), "{day}");
    }
    let news = lowered.catalog("2026-05-10", "one", &[hit("c", "2026-05-09")]);
    let raised = news.after_scan("2026-05-10");
    assert_eq!(raised.level(), "ripe");
    assert_eq!(
        raised.moves(),
        ["2026-05-02 low → ripe", "2026-05-03 ripe → medium", "2026-05-10 medium → ripe"]
    );
    assert_eq!(raised.weighed("t").unwrap(), ["one/a", "one/b", "one/c"]);
}

#[test]
fn level_edited_without_a_log_entry_is_an_error() {
    let edited = acted().edited("level: ripe", "level: medium");
    assert_eq!(
        edited.findings(),
        ["level-differs-from-log: the level is `medium`, but `ripe` in the log"]
    );
    let help = edited.check()[0].help.clone().unwrap();
    assert!(help.contains("`- YYYY-MM-DD: ripe → medium — why`"), "{help}");
    let explained = edited.body("- 2026-05-04: ripe → medium — too early [by:: alex]");
    assert_eq!(explained.findings(), [""; 0]);
}

#[test]
fn level_agrees_with_two_entries_of_one_date_in_a_log_newest_first() {
    // The newest entry is the first there, also among those of one day.
    let log = "## Ripeness\n\n- 2026-05-02: medium → ripe — then [by:: alex]\n\
               - 2026-05-02: low → medium — first [by:: alex]\n- 2026-04-01: → low — opened [by:: alex]";
    let world = counting("at-least: 1").edited("level: low", "level: ripe").body(log);
    assert_eq!(world.findings(), [""; 0]);
}

#[test]
fn level_that_is_renamed_needs_a_log_entry_and_new_triggers() {
    let ladder = |words: &str| format!("ladder: [{words}]\n");
    let renamed = acted().with("thread.yaml", ladder("low, medium, hot"));
    let words = "(did you mean";
    let found = renamed.check();
    let lines: Vec<String> = found.iter().map(|found| found.message.clone()).collect();
    assert_eq!(lines, ["unknown level `ripe`", "unknown level `ripe`"], "the level and the target");
    assert!(!found[0].help.as_deref().unwrap_or("").contains(words), "ripe is nothing like hot");
    // Once both follow, the log is left as it is; check asks to say in it what happened.
    let level =
        renamed.edited("level: ripe", "level: hot").edited("raise-to: ripe", "raise-to: hot");
    assert_eq!(level.moves(), ["2026-05-02 low → ripe"]);
    assert_eq!(
        level.findings(),
        ["level-differs-from-log: the level is `hot`, but `ripe` in the log"]
    );
    let migrated = level.body("- 2026-05-04: ripe → hot — renamed [by:: alex]");
    assert_eq!(migrated.findings(), [""; 0]);
    assert!(migrated.is_settled("2026-05-05"), "a renamed level is no news");
}

#[test]
fn level_that_was_removed_is_an_error_wherever_it_is_used() {
    let world = acted().with("thread.yaml", "ladder: [low, medium]\n");
    assert!(world.breaks("unknown-level"));
    assert!(world.scan("2026-05-03").changed.is_empty(), "and the thread is left alone");
}

#[test]
fn level_order_is_that_of_the_ladder() {
    // There is no migration yet: the words stay valid, and what they mean is what the ladder says.
    let world = counting("at-least: 1").edited("level: low", "level: medium").catalog(
        "2026-05-02",
        "one",
        &[hit("a", "2026-05-01")],
    );
    assert_eq!(
        world.clone().with("thread.yaml", "ladder: [low, medium, ripe]\n").t("2026-05-02"),
        "ready"
    );
    assert_eq!(world.with("thread.yaml", "ladder: [low, ripe, medium]\n").t("2026-05-02"), "met");
}

#[test]
fn level_since_is_the_date_of_its_last_change() {
    let log = "- 2026-01-01: opened at low\n- 2026-01-05: low → medium — so\n\
               - 2026-02-01: stays medium — still\n- 2026-02-03: medium → medium — so\n\
               - 2026-02-05: → medium — so\n- 2026-03-01: medium → ripe — so\n";
    let thread = format!(
        "---\nripeness: {{level: ripe, since: 2026-03-01}}\n---\n# X\n\n## Ripeness\n\n{log}"
    );
    let world = World::new().with("threads/x.md", thread);
    for (on, since) in [
        ("2026-01-04", None),
        ("2026-01-31", Some("2026-01-05")),
        ("2026-02-01", Some("2026-01-05")),
        ("2026-02-20", Some("2026-01-05")),
        ("2026-03-02", Some("2026-03-01")),
    ] {
        let found = world
            .evaluated("x", on, |evaluation| evaluation.since().map(|since| since.to_string()));
        assert_eq!(found.as_deref(), since, "{on}");
    }
}

#[test]
fn level_before_a_log_entry_without_an_old_level_is_unknown() {
    let text = "---\nopened: 2026-05-09\nripeness: {level: ripe, since: 2026-05-11}\n---\n\n# X\n\n\
                ## Ripeness\n\n- 2026-05-11: → ripe — it came about\n";
    let world = World::new().with(X, text);
    let level = |on: &str| world.evaluated("x", on, |evaluation| evaluation.level.clone());
    assert_eq!(level("2026-05-10"), None);
    assert_eq!(level("2026-05-11").as_deref(), Some("ripe"));
}
