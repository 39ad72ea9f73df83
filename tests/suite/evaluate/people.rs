//! Readings, conclusions, attestations and drafts of people: `read`, `verdict`, `attested` and `draft`.

use crate::support::triggers::{counting, hit, raising, trigger};
use crate::support::world::World;
use thread_tracker::commands::shared::phrases::outcome_note;

const IS_GOOD: &str = "{verdict: {item: one/r, is: good}}";

/// A trigger over the reading of `one/r`, whose evidence lines say this.
fn reading(when: &str, lines: &[&str]) -> World {
    let lines: String = lines
        .iter()
        .map(|line| line.replacen("r ", "[r](https://example.org/r) (2026-05-01) ", 1) + "\n")
        .collect();
    raising(when)
        .edited("sets:", "verdicts: {one/r: [good, bad]}\nsets:")
        .body(&format!("## Evidence\n\n### One\n\n{lines}"))
}

#[test]
fn read_is_true_from_the_date_of_the_reading() {
    let read = "{read: one/r}";
    assert_eq!(reading(read, &["- [x] r "]).t("2026-05-02"), "ready", "a ticked box");
    assert_eq!(reading(read, &["- [ ] r "]).t("2026-05-02"), "waiting");
    assert_eq!(reading(read, &["- [-] r "]).t("2026-05-02"), "waiting", "dropped is not read");
    assert_eq!(reading(read, &["- r "]).t("2026-05-02"), "waiting", "not known is not read");
    let noted = reading(read, &["- [x] r [read:: 2026-05-10]"]);
    assert_eq!((noted.t("2026-05-09"), noted.t("2026-05-10")), ("waiting", "ready"));
}

#[test]
fn verdict_that_is_missing_is_a_near_miss() {
    let world = reading(IS_GOOD, &["- [x] r [read:: 2026-05-02]"]);
    assert_eq!(world.t("2026-05-03"), "waiting");
    assert_eq!(world.near_misses("2026-05-03"), ["one/r: read, without a verdict"]);
    let set = counting("at-least: 1").edited("{tag: hit}", "{item: one/r, verdict: good}");
    let set = set.body("## Evidence\n\n### One\n\n- [x] [r](https://example.org/r) (2026-05-01)");
    assert_eq!(set.near_misses("2026-05-03"), ["one/r: read, without a verdict"]);
    let unread = reading(IS_GOOD, &["- [ ] r "]);
    assert_eq!(unread.near_misses("2026-05-03"), ["one/r: not yet read"]);
}

#[test]
fn verdict_matches_any_of_the_words_asked_for() {
    let line = "- [x] r [read:: 2026-05-02] [verdict:: bad]";
    let either = "{verdict: {item: one/r, is: [good, bad]}}";
    assert_eq!(reading(either, &[line]).t("2026-05-03"), "ready");
    let world = reading(IS_GOOD, &[line]);
    assert_eq!(world.near_misses("2026-05-03"), ["one/r: its verdict is `bad`"]);
    let missing = reading("{verdict: {item: one/other, is: good}}", &[line])
        .edited("verdicts: {", "verdicts: {one/other: [good], ");
    let note =
        missing.outcome("2026-05-03", |outcome| outcome_note(outcome.note.as_ref().unwrap()));
    assert_eq!(note, "this thread has no item `one/other` yet");
}

#[test]
fn verdict_of_two_readings_is_the_latest() {
    let first = "- [x] r [read:: 2026-05-02] [verdict:: good]";
    let second = "- [x] r [read:: 2026-05-09] [verdict:: bad]";
    for lines in [[first, second], [second, first]] {
        let world = reading(IS_GOOD, &lines);
        assert_eq!((world.t("2026-05-08"), world.t("2026-05-09")), ("ready", "waiting"));
    }
    let same = "- [x] r [read:: 2026-05-02] [verdict:: bad]";
    assert_eq!(reading(IS_GOOD, &[first, same]).t("2026-05-03"), "waiting");
    assert_eq!(reading(IS_GOOD, &[same, first]).t("2026-05-03"), "ready");
    assert!(reading(IS_GOOD, &[same, first]).breaks("duplicate-evidence"), "and it is said");
    let twice = "- [x] r [read:: 2026-05-02] [verdict:: bad] [verdict:: good]";
    assert!(reading(IS_GOOD, &[twice]).breaks("reading-contradiction"));
}

#[test]
fn verdict_that_is_revised_is_news() {
    let either = "{verdict: {item: one/r, is: [good, bad]}}";
    let world = reading(either, &["- [x] r [read:: 2026-05-02] [verdict:: good]"]);
    let world = world.after_scan("2026-05-02").decided("low", "2026-05-03");
    assert_eq!(world.weighed("t").unwrap(), ["one/r=good"]);
    assert_eq!(world.t("2026-05-04"), "weighed");
    assert_eq!(world.edited("[verdict:: good]", "[verdict:: bad]").t("2026-05-04"), "ready");
}

#[test]
fn verdict_that_is_not_declared_is_an_error() {
    let world = reading(IS_GOOD, &["- [x] r [read:: 2026-05-02] [verdict:: godo]"]);
    let found = world.check();
    let found = found.iter().find(|found| found.rule.name() == "verdict-undeclared").unwrap();
    assert_eq!(found.message, "this thread does not declare the verdict `godo` for `one/r`");
    let help = found.help.as_deref().unwrap();
    assert_eq!(help, "did you mean `good`? known: good, bad; add new verdicts to `verdicts`");
    assert!(found.is_error());
}

#[test]
fn verdict_in_a_condition_that_is_not_declared_leaves_the_thread_readable() {
    let other = trigger("other", "raise-to: ripe", "{read: one/r}");
    let text = "{any: [{verdict: {item: one/r, is: godo}}, {attested: {claim: seen}}]}";
    let world = reading(text, &["- [x] r [read:: 2026-05-02] [verdict:: good]"]);
    let world = world.edited("triggers:\n", &format!("triggers:\n{other}"));
    assert_eq!(world.t("2026-05-02"), "waiting");
    assert_eq!(world.state("x", "other", "2026-05-02"), "ready");
    assert!(world.breaks("verdict-undeclared"), "{:?}", world.findings());
}

#[test]
fn verdict_in_a_condition_may_name_the_item_by_url() {
    let text = "{verdict: {item: 'https://example.org/r', is: good}}";
    let line = "- [x] r [id:: one/r] [read:: 2026-05-02] [verdict:: good]";
    let world = reading(text, &[line]);
    assert_eq!(world.t("2026-05-02"), "ready");
    assert!(!world.breaks("verdict-undeclared"), "{:?}", world.findings());
}

#[test]
fn verdict_without_a_consequence_is_a_finding() {
    let world = reading(IS_GOOD, &["- [ ] r "]);
    let note = "verdict-without-consequence: no trigger uses the verdict `bad` on `one/r`";
    assert_eq!(world.findings(), [note]);
}

#[test]
fn read_of_an_item_that_is_also_counted_is_news() {
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

/// A trigger over the claim `seen`, and a log with these entries.
fn claimed(leaf: &str, entries: &[&str]) -> World {
    let lines: String = entries.iter().map(|entry| format!("- {entry}\n")).collect();
    raising(&format!("{{attested: {{claim: seen{leaf}}}}}"))
        .with("thread.yaml", "people: {alex: person, sam: person, marlow: agent}\n")
        .body(&format!("## Ripeness\n\n{lines}"))
}

const ALEX: &str = "2026-05-02: plain to see [attested:: seen] [by:: alex]";

const ALEX_AGAIN: &str = "2026-05-04: still plain [attested:: seen] [by:: alex]";

const SAM: &str = "2026-05-05: so it is [attested:: seen] [by:: sam]";

const ALEX_WITHDRAWS: &str = "2026-05-07: not after all [withdrawn:: seen] [by:: alex]";

#[test]
fn attest_twice_by_one_person_counts_once() {
    let two = ", people: 2";
    assert_eq!(claimed(two, &[ALEX, ALEX_AGAIN]).have("2026-05-10"), 1);
    let world = claimed(two, &[ALEX, ALEX_AGAIN, SAM]);
    assert_eq!((world.t("2026-05-04"), world.t("2026-05-05")), ("waiting", "ready"));
    let fact_ids = world.outcome("2026-05-05", |outcome| outcome.fact_ids.clone());
    assert_eq!(fact_ids.into_iter().collect::<Vec<_>>(), ["seen@alex", "seen@sam"]);
}

#[test]
fn attest_counts_until_it_is_withdrawn_and_may_be_repeated() {
    let world = claimed("", &[ALEX, ALEX_WITHDRAWS]);
    assert_eq!((world.have("2026-05-06"), world.have("2026-05-07")), (1, 0));
    assert_eq!(world.near_misses("2026-05-07"), ["seen@alex: withdrawn 2026-05-07"]);
    let again = "2026-05-09: and yet [attested:: seen] [by:: alex]";
    assert_eq!(claimed("", &[ALEX, ALEX_WITHDRAWS, again]).have("2026-05-09"), 1);
    assert_eq!(claimed("", &[ALEX, SAM, ALEX_WITHDRAWS]).have("2026-05-09"), 1, "sam still does");
    let other = "2026-05-07: another [withdrawn:: other] [by:: alex]";
    assert_eq!(claimed("", &[ALEX, other]).have("2026-05-09"), 1, "another claim");
}

#[test]
fn attest_and_withdrawal_are_ordered_by_date() {
    assert_eq!(claimed("", &[ALEX_WITHDRAWS, ALEX]).have("2026-05-10"), 0);
}

#[test]
fn attest_by_an_unknown_person_does_not_count() {
    let stranger = "2026-05-02: I say so [attested:: seen] [by:: mallory]";
    let world = claimed("", &[stranger]);
    assert_eq!(world.t("2026-05-03"), "waiting");
    assert_eq!(world.findings(), ["unknown-person: unknown person `mallory`"]);
    assert!(world.breaks("unknown-person"));
    let nobody = claimed("", &["2026-05-02: it is so [attested:: seen]"]);
    assert_eq!(nobody.t("2026-05-03"), "waiting");
    assert_eq!(nobody.findings(), ["unknown-person: the person who attests this is missing"]);
}

#[test]
fn attest_by_a_person_who_is_not_asked_is_a_near_miss() {
    let world = claimed(", by: [sam, marlow]", &[ALEX]);
    assert_eq!(world.t("2026-05-10"), "waiting");
    assert_eq!(
        world.near_misses("2026-05-10"),
        ["seen@alex: an attestation by alex does not count"]
    );
    assert_eq!(claimed(", by: [sam, marlow]", &[ALEX, SAM]).t("2026-05-10"), "ready");
}

#[test]
fn attest_by_another_person_is_news() {
    let world = claimed("", &[ALEX]).after_scan("2026-05-02").decided("low", "2026-05-03");
    assert_eq!(world.t("2026-05-04"), "weighed");
    assert_eq!(world.body(&format!("- {SAM}")).t("2026-05-05"), "ready", "another person says so");
}

#[test]
fn attest_again_after_a_withdrawal_is_news() {
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
fn attest_that_is_withdrawn_later_counts_before_that_date() {
    let world = raising("{attested: {claim: seen}}").body(
        "## Ripeness\n\n- 2026-05-02: plain to see [attested:: seen] [by:: alex]\n\
         - 2026-05-10: not after all [withdrawn:: seen] [by:: alex]",
    );
    assert_eq!((world.t("2026-05-09"), world.t("2026-05-10")), ("ready", "waiting"));
}

#[test]
fn draft_matches_by_its_newest_state() {
    let world = raising("{draft: {is: [approved, published]}}")
        .body("## Drafts\n\n- 2026-05-02 — drafts/d.md — “D.” [state:: drafting]");
    assert_eq!(world.t("2026-05-02"), "waiting");
    assert_eq!(world.near_misses("2026-05-02"), ["drafts/d.md=drafting: its state is `drafting`"]);
    let published = world.edited("[state:: drafting]", "[state:: published]");
    assert_eq!((published.t("2026-05-01"), published.t("2026-05-02")), ("waiting", "ready"));
    let scanned = published.after_scan("2026-05-02");
    assert_eq!(scanned.weighed("t").unwrap(), ["drafts/d.md=published"]);
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
