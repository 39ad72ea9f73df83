//! What a trigger remembers: the tokens that it was weighed on, and nothing else.

use thread_tracker::commands::shared::trigger_report;
use thread_tracker::evaluate::TriggerState;

use super::edge_cases::{counting, hit, trigger, with_triggers};
use super::world::World;

/// Two hits landed on May 2, and the trigger `t` made the thread ripe.
fn acted() -> World {
    let hits = [hit("a", "2026-05-01"), hit("b", "2026-05-01")];
    counting("at-least: 2").catalog("2026-05-02", "one", &hits).after_scan("2026-05-02")
}

#[test]
fn a_trigger_edited_after_acting_stays_weighed_until_its_list_goes_or_news_comes() {
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
    let words = trigger_report::because(&TriggerState::Weighed).unwrap();
    assert_eq!(words, "true, but on evidence already weighed");
}

#[test]
fn an_emptied_list_re_arms_a_trigger_like_a_deleted_one() {
    let lowered = acted().decided("low", "2026-05-03");
    let list = lowered.x().lines().find(|line| line.contains("weighed:")).unwrap().to_string();
    let emptied = lowered.edited(&list, "    weighed: []");
    assert_eq!(emptied.t("2026-05-04"), "ready");
}

#[test]
fn that_a_trigger_acted_on_nothing_is_remembered_when_the_past_is_asked() {
    // `at-most` acts on no item at all. Each decision that it was true at is remembered by its date.
    let acted = counting("at-most: 1").after_scan("2026-05-02").decided("low", "2026-05-03");
    assert_eq!(acted.weighed("t").unwrap(), ["true-on-2026-05-02", "true-on-2026-05-03"]);
    assert_eq!(acted.t("2026-05-01"), "ready", "before its first decision");
    assert_eq!(acted.t("2026-05-05"), "weighed", "true ever since");
    let more = acted.catalog("2026-05-10", "one", &[hit("a", "2026-05-09")]);
    assert_eq!(more.t("2026-05-10"), "weighed", "true ever since, with one item");
}

#[test]
fn a_renamed_trigger_leaves_its_entries_behind_and_check_notes_the_orphan() {
    let renamed = acted().edited("- id: t", "- id: u");
    assert_eq!(renamed.moves(), ["2026-05-02 low → ripe"], "the old entry is kept");
    let orphan = "unknown-trigger: this thread has no trigger `t` any more";
    assert!(renamed.findings().contains(&orphan.to_string()), "{:?}", renamed.findings());
    // Its memory is the `weighed` list, which stands in the trigger and so is renamed with it.
    assert_eq!(renamed.state("x", "u", "2026-05-03"), "weighed");
    // Without the list it is a new trigger in every respect.
    let list = renamed.x().lines().find(|line| line.contains("weighed:")).unwrap().to_string();
    let fresh = renamed.edited(&format!("{list}\n"), "").decided("low", "2026-05-03");
    let list = fresh.x().lines().find(|line| line.contains("weighed:")).unwrap().to_string();
    let fresh = fresh.edited(&format!("{list}\n"), "");
    assert_eq!(fresh.state("x", "u", "2026-05-04"), "ready");
}

#[test]
fn a_level_lowered_by_a_person_stays_until_there_is_new_evidence() {
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
fn a_person_overrules_also_the_triggers_that_were_true_and_had_nothing_to_do() {
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
fn a_level_edited_by_hand_without_a_word_in_the_log_is_an_error() {
    let edited = acted().edited("level: ripe", "level: medium");
    assert_eq!(
        edited.findings(),
        ["level-differs-from-log: the level is `medium`, the log arrived at `ripe`"]
    );
    let help = edited.check()[0].help.clone().unwrap();
    assert!(help.contains("`- YYYY-MM-DD: ripe → medium — why`"), "{help}");
    let explained = edited.body("- 2026-05-04: ripe → medium — too early [by:: alex]");
    assert_eq!(explained.findings(), [""; 0]);
}

#[test]
fn two_entries_of_one_day_agree_with_the_level_in_a_log_that_runs_backwards() {
    // The newest entry stands first there, also among those of one day.
    let log = "## Ripeness\n\n- 2026-05-02: medium → ripe — then [by:: alex]\n\
               - 2026-05-02: low → medium — first [by:: alex]\n- 2026-04-01: → low — opened [by:: alex]";
    let world = counting("at-least: 1").edited("level: low", "level: ripe").body(log);
    assert_eq!(world.findings(), [""; 0]);
}

#[test]
fn a_hold_with_a_date_keeps_raises_waiting_up_to_that_day() {
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
fn a_hold_with_a_condition_keeps_raises_waiting_until_it_holds() {
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
fn a_hold_lets_raises_below_it_and_lowerings_pass() {
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
fn after_a_level_is_renamed_the_past_reads_as_it_was_and_triggers_must_follow() {
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
        ["level-differs-from-log: the level is `hot`, the log arrived at `ripe`"]
    );
    let migrated = level.body("- 2026-05-04: ripe → hot — renamed [by:: alex]");
    assert_eq!(migrated.findings(), [""; 0]);
    assert!(migrated.is_settled("2026-05-05"), "a renamed level is no news");
}

#[test]
fn a_level_that_was_removed_is_an_error_wherever_it_is_used() {
    let world = acted().with("thread.yaml", "ladder: [low, medium]\n");
    assert!(world.breaks("unknown-level"));
    assert!(world.scan("2026-05-03").changed.is_empty(), "and the thread is left alone");
}

#[test]
fn a_ladder_in_another_order_ranks_by_the_new_order() {
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
fn a_trigger_that_stands_on_no_item_acts_once() {
    // Nothing was found, and so there is nothing to remember but that it acted.
    let world = counting("at-most: 0").after_scan("2026-05-02");
    assert_eq!(world.level(), "ripe");
    assert_eq!(world.weighed("t").unwrap(), ["true-on-2026-05-02"]);
    let lowered = world.decided("low", "2026-05-03");
    assert!(lowered.is_settled("2026-05-04"));
}
