//! Scans and evaluations of random histories.

use proptest::prelude::*;
use thread_tracker::commands::scan::edit as scan;
use thread_tracker::commands::shared::phrases::{condition_label, level_name};
use thread_tracker::evaluate::{CatalogIndex, Outcome, evaluate};
use thread_tracker::model::Effect;
use thread_tracker::text::Document;
use thread_tracker::workspace::{Documents, Workspace};

use crate::properties::history::{History, Kind, LAST, history, on};
use crate::support::random::cases;
use crate::support::triggers::{X, hit, trigger, with_triggers};
use crate::support::world::{World, day};

/// Everything that the grammar has.
const ANY: Kind = Kind { clock: true, all_effects: true, unmapped: true };

/// Nothing that turns with the calendar alone.
const TIMELESS: Kind = Kind { clock: false, ..ANY };

/// Triggers that only raise, whatever the level.
const RAISING: Kind = Kind { all_effects: false, unmapped: false, ..ANY };

/// A judged condition with all below it, without titles and words.
fn figures(outcome: &Outcome<'_>, with_tokens: bool) -> String {
    let fact_ids = if with_tokens {
        outcome.fact_ids.iter().cloned().collect::<Vec<_>>().join(" ")
    } else {
        String::new()
    };
    let children = outcome.children.iter().map(|child| figures(child, with_tokens));
    format!(
        "{}: {} {:?} missing {} [{fact_ids}] ({})",
        condition_label(outcome.condition),
        outcome.have,
        outcome.need,
        outcome.missing,
        children.collect::<Vec<_>>().join("; ")
    )
}

/// The numbers that every trigger of thread `x` has and needs on a date, by id.
fn outcomes(world: &World, on: &str) -> Vec<String> {
    of_triggers(world, on, |verdict| figures(&verdict.outcome, true))
}

/// The same with the state, which depends also on the level and on the acknowledged facts.
fn verdicts(world: &World, on: &str) -> Vec<String> {
    of_triggers(world, on, |verdict| {
        format!("{:?} {}", verdict.state, figures(&verdict.outcome, true))
    })
}

fn of_triggers(
    world: &World,
    on: &str,
    say: impl Fn(&thread_tracker::evaluate::TriggerStatus<'_>) -> String,
) -> Vec<String> {
    world.evaluated("x", on, |evaluation| {
        let mut said: Vec<String> = evaluation
            .triggers
            .iter()
            .map(|verdict| format!("{} {}", verdict.trigger.id.value, say(verdict)))
            .collect();
        said.sort();
        said.push(level_name(evaluation.level.as_deref()).to_string());
        said
    })
}

/// A scan of the same files read in the opposite order.
fn scanned_backwards(world: &World, on: &str) -> (String, Vec<String>) {
    let documents = |directory: &str| -> Vec<Document> {
        let files = world.files.iter().rev().filter(|(path, _)| path.starts_with(directory));
        files.map(|(path, text)| Document::new(path, text)).collect()
    };
    let workspace = Workspace::read(Documents {
        configuration: Some(Document::new("thread.yaml", &world.files["thread.yaml"])),
        threads: documents("threads/"),
        catalogs: documents("backlogs/"),
        ..Documents::default()
    });
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let file = &workspace.threads[0];
    let evaluation = evaluate(&file.thread, &index, &workspace.configuration, day(on));
    let planned = scan::plan(file, &evaluation, &index, &workspace.configuration);
    let text = planned.rewrite.map_or_else(|| world.x().into(), |new| new.after);
    (text, planned.problems.into_iter().map(|problem| problem.message).collect())
}

/// The lines of the body, and the triggers' memories by id.
fn without_order(world: &World) -> (String, Vec<String>) {
    let body = world.x().splitn(3, "---\n").nth(2).unwrap_or("").to_string();
    let memories = world.evaluated("x", &on(LAST), |evaluation| {
        let mut memories: Vec<String> = evaluation
            .thread
            .triggers
            .iter()
            .map(|trigger| format!("{} {:?}", trigger.id.value, trigger.acknowledged))
            .collect();
        memories.sort();
        memories.push(level_name(evaluation.level.as_deref()).to_string());
        memories
    });
    (body, memories)
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn scan_again_of_any_history_changes_nothing(history in history(ANY)) {
        let once = history.world().scan(&on(LAST)).world;
        let twice = once.scan(&on(LAST));
        prop_assert!(twice.changed.is_empty(), "{}", twice.world.x());
    }

    #[test]
    fn scan_again_with_raises_alone_changes_nothing(history in history(RAISING)) {
        let once = history.world().after_scan(&on(LAST));
        let twice = once.scan(&on(LAST));
        prop_assert!(twice.changed.is_empty(), "{}", twice.world.x());
    }

    #[test]
    fn scan_of_a_later_date_without_news_changes_nothing(history in history(TIMELESS)) {
        let once = history.world().scan(&on(LAST)).world;
        let later = once.scan("2027-11-30");
        prop_assert!(later.changed.is_empty(), "{}", later.world.x());
    }

    #[test]
    fn scan_of_a_later_date_with_raises_alone_changes_nothing(
        history in history(Kind { clock: false, ..RAISING }),
    ) {
        let once = history.world().after_scan(&on(LAST));
        let later = once.scan("2027-11-30");
        prop_assert!(later.changed.is_empty(), "{}", later.world.x());
    }

    #[test]
    fn scan_does_not_depend_on_the_order_of_files(history in history(ANY), days in 0..=LAST) {
        let world = history.world();
        let forwards = world.scan(&on(LAST));
        let problems = forwards.problems.iter().map(|problem| problem.message.clone()).collect();
        let backwards = scanned_backwards(&world, &on(LAST));
        prop_assert_eq!((forwards.world.x().to_string(), problems), backwards);
        prop_assert_eq!(verdicts(&world, &on(days)).len(), history.triggers.len() + 1);
    }

    #[test]
    fn scan_does_not_depend_on_the_order_of_triggers_and_sets(
        (history, other) in history(ANY).prop_flat_map(|history| {
            let triggers = Just(history.triggers.clone()).prop_shuffle();
            let sets = Just(history.sets.clone()).prop_shuffle();
            (Just(history.clone()), (Just(history), triggers, sets).prop_map(in_other_order))
        })
    ) {
        let (world, other) = (history.world(), other.world());
        let today = on(LAST);
        prop_assert_eq!(verdicts(&world, &today), verdicts(&other, &today));
        let (scanned, others) = (world.scan(&today), other.scan(&today));
        prop_assert_eq!(without_order(&scanned.world), without_order(&others.world));
        let words = |problems: &[thread_tracker::model::Diagnostic]| -> Vec<String> {
            problems.iter().map(|problem| problem.message.clone()).collect()
        };
        prop_assert_eq!(words(&scanned.problems), words(&others.problems));
    }

    #[test]
    fn as_of_any_date_ignores_what_is_dated_later(history in history(ANY), day in 0..=LAST) {
        let (known, all) = (history.known_on(day), history.world());
        prop_assert_eq!(verdicts(&known, &on(day)), verdicts(&all, &on(day)));
    }

    #[test]
    fn as_of_any_date_stays_after_a_later_scan(history in history(ANY), day in 0..LAST) {
        the_past_stays(history, day)?;
    }

    #[test]
    fn as_of_any_date_with_raises_alone_stays_after_a_later_scan(
        history in history(RAISING),
        day in 0..LAST,
    ) {
        the_past_stays(history, day)?;
    }

    #[test]
    fn count_of_an_item_is_the_same_before_and_after_its_arrival(history in history(ANY), first in 0..=LAST, later in 0..30_u64) {
        let known = history.known_on(first);
        let scanned = known.scan(&on(first)).world;
        prop_assert_eq!(
            outcomes_without_level(&known, &on(first)),
            outcomes_without_level(&scanned, &on(first))
        );
        let later = on(first + later);
        prop_assert_eq!(
            outcomes_without_level(&known, &later),
            outcomes_without_level(&scanned, &later)
        );
    }

    #[test]
    fn count_after_missed_days_is_that_of_daily_scans(history in history(ANY)) {
        let mut daily = history.known_on(0);
        for number in 0..=LAST {
            let mut known = history.known_on(number);
            // The thread as the scans so far left it; only catalogs come from outside.
            known.files.insert(X.into(), daily.x().into());
            daily = known.scan(&on(number)).world;
        }
        let mut missed = history.world();
        missed.files.insert(X.into(), history.known_on(0).x().into());
        let say = |world: &World| {
            of_triggers(world, &on(LAST), |verdict| figures(&verdict.outcome, false))
        };
        let (mut with, mut without) = (say(&daily), say(&missed));
        with.pop();
        without.pop();
        prop_assert_eq!(with, without, "{}", daily.x());
    }

    #[test]
    fn decision_of_a_person_lasts_until_there_is_news(history in history(TIMELESS)) {
        let scanned = history.world().scan(&on(LAST)).world;
        let decided = with_a_plain_trigger(&scanned).decided("low", &on(LAST));
        for later in [on(LAST), on(LAST + 1), "2027-11-30".into()] {
            // After a conflict items arrive only now.
            let scan = decided.after_scan(&later);
            prop_assert_eq!(scan.moves(), decided.moves(), "{}", scan.x());
        }
        let news = decided.catalog(&on(LAST + 1), "four", &[hit("news", &on(LAST))]);
        prop_assert_eq!(news.state("x", "plain", &on(LAST + 1)), "ready");
    }

    #[test]
    fn count_at_least_never_falls_with_one_more_item(
        history in history(ANY),
        least in 1..5_u32,
        bounds in prop::sample::select(vec!["", ", published-within: 9d", ", landed-since: 2026-05-06"]),
        tag in prop::sample::select(vec!["hit", "near"]),
    ) {
        let condition = format!("{{count: {{of: hits, at-least: {least}{bounds}}}}}");
        let triggers = trigger("t", "raise-to: ripe", &condition);
        let triggers_of = |world: &World| {
            let front = with_triggers(std::slice::from_ref(&triggers));
            let body = world.x().splitn(3, "---\n").nth(2).unwrap_or("").to_string();
            let front = front.x().splitn(3, "---\n").take(2).collect::<Vec<_>>().join("---\n");
            world.clone().with(X, format!("{front}---\n{body}"))
        };
        let before = triggers_of(&history.world());
        let more = hit("news", &on(LAST)).replace("hit", tag);
        let after = before.clone().catalog(&on(LAST), "four", &[more]);
        let is_true = |world: &World| world.is_true(&on(LAST));
        prop_assert!(!is_true(&before) || is_true(&after));
        prop_assert!(before.have(&on(LAST)) <= after.have(&on(LAST)));
    }
}

fn in_other_order(
    (mut history, triggers, sets): (History, Vec<String>, Vec<&'static str>),
) -> History {
    history.triggers = triggers;
    history.sets = sets;
    history
}

/// The states on a date after its scan are the states of that date after a later scan of what
/// became known since.
fn the_past_stays(history: History, day: u64) -> Result<(), TestCaseError> {
    let history = history.of_catalogs();
    let first = history.known_on(day).scan(&on(day)).world;
    let then = verdicts(&first, &on(day));
    let mut news = history.world();
    news.files.insert(X.into(), first.x().into());
    let second = news.scan(&on(LAST)).world;
    prop_assert_eq!(then, verdicts(&second, &on(day)), "{}", second.x());
    Ok(())
}

fn outcomes_without_level(world: &World, on: &str) -> Vec<String> {
    let mut said = outcomes(world, on);
    said.pop();
    said
}

/// The same thread with a further trigger `plain`, which counts hits and nothing else,
/// and without a hold.
fn with_a_plain_trigger(world: &World) -> World {
    let plain = trigger("plain", "raise-to: ripe", "{count: {of: hits, at-least: 1}}");
    let text = world.x().replace("triggers:\n", &format!("triggers:\n{plain}"));
    let lines = text.lines().filter(|line| !line.starts_with("hold: "));
    world.clone().with(X, lines.collect::<Vec<_>>().join("\n") + "\n")
}

#[test]
fn history_of_random_cases_reaches_every_state() {
    // A generator whose triggers never act would prove nothing.
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut states, mut effects, mut conflicts) = (std::collections::BTreeMap::new(), 0, 0);
    for _ in 0..600 {
        let tree = history(ANY).new_tree(&mut runner).unwrap();
        let world = tree.current().world();
        world.evaluated("x", &on(LAST), |evaluation| {
            for verdict in &evaluation.triggers {
                *states.entry(verdict.state.as_str()).or_insert(0) += 1;
                effects += u32::from(!matches!(verdict.trigger.effect, Effect::RaiseTo(_)));
            }
        });
        conflicts += world.scan(&on(LAST)).problems.len();
    }
    for state in ["off", "waiting", "pending", "met", "on-hold", "ready"] {
        assert!(states.get(state).is_some_and(|times| *times > 1), "{state}: {states:?}");
    }
    assert!(effects > 20 && conflicts > 0, "{effects} {conflicts}");
}
