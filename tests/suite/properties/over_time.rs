//! Evaluation over time, compared with definitions that share no code with it.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use thread_tracker::evaluate::conditions;
use thread_tracker::evaluate::conditions::Facts;
use thread_tracker::evaluate::replay::{ReplayedDay, replay};
use thread_tracker::evaluate::{CatalogIndex, History, LevelState, TriggerState};
use thread_tracker::model::{Condition, Date, Leaf};

use crate::properties::history::{Kind, LAST, history, on};
use crate::support::triggers::{X, counting, hit};
use crate::support::world::{World, day};

const ANY: Kind = Kind { clock: true, all_effects: true, unmapped: true };

/// Triggers that only raise, by conditions that no date alone changes.
const RAISING: Kind = Kind { clock: false, all_effects: false, unmapped: true };

/// Asks for something of the history of thread `x`.
fn with_history<T>(world: &World, ask: impl FnOnce(&History<'_>) -> T) -> T {
    let workspace = world.read();
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let thread = &workspace.threads[0].thread;
    ask(&History::new(thread, &index, &workspace.configuration))
}

/// Returns whether a condition is true on a date, evaluated for that date alone.
fn is_true(history: &History<'_>, condition: &Condition, day: Date) -> bool {
    let items = history.on(day);
    let History { thread, index, configuration, .. } = *history;
    let facts = Facts { thread, index, configuration, date: day, items: &items };
    conditions::evaluate(condition, facts).is_true()
}

fn dates() -> impl Iterator<Item = Date> {
    day("2026-03-25").iter_days().take(100)
}

/// The result of a replay: each date on which it differs from the date before, with states, numbers,
/// decision and level.
fn told<'t>(days: impl Iterator<Item = ReplayedDay<'t>>) -> Vec<(Date, String)> {
    let mut told: Vec<(Date, String)> = Vec::new();
    for ReplayedDay { evaluation, after } in days {
        let states: Vec<String> = evaluation
            .triggers
            .iter()
            .map(|verdict| {
                let outcome = &verdict.outcome;
                let id = &verdict.trigger.id.value;
                format!("{id} {:?} {} {:?}", verdict.state, outcome.have, outcome.fact_ids)
            })
            .collect();
        let text = format!("{states:?} {:?} {:?}", evaluation.decision, after.level);
        if told.last().is_none_or(|(_, last)| *last != text) {
            told.push((evaluation.date, text));
        }
    }
    told
}

proptest! {
    #![proptest_config(crate::support::random::cases(96))]

    #[test]
    fn timeline_of_any_history_agrees_with_every_date(history in history(ANY)) {
        with_history(&history.world(), |history| {
            for trigger in &history.thread.triggers {
                let timeline = history.timeline(&trigger.when);
                for date in dates() {
                    let told = timeline.on(date).is_true();
                    prop_assert_eq!(told, is_true(history, &trigger.when, date), "{} {:?}", date, trigger.when);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn versions_of_any_history_agree_with_every_date(history in history(ANY)) {
        with_history(&history.world(), |history| {
            for date in dates() {
                let versions = history.versions().iter();
                let current = versions.filter(|version| version.first <= date && date <= version.last);
                let mut items: Vec<_> = current.map(|version| version.item.clone()).collect();
                items.sort_by(|a, b| a.id.cmp(&b.id));
                prop_assert_eq!(&items, &history.on(date).items, "{}", date);
            }
            Ok(())
        })?;
    }

    #[test]
    fn replay_of_any_history_skips_only_dates_without_change(history in history(ANY)) {
        with_history(&history.world(), |history| {
            let (from, to) = (day("2026-04-25"), day("2026-06-10"));
            let start = LevelState::at(history, from);
            let nobody = std::collections::BTreeMap::new();
            let few = told(replay(history, start.clone(), (from, to), &nobody, []));
            let all = told(replay(history, start, (from, to), &nobody, dates()));
            prop_assert_eq!(few, all);
            Ok(())
        })?;
    }

    #[test]
    fn decision_of_a_person_lasts_while_conditions_are_true_without_new_facts(
        history in history(ANY),
        decided in 0..=LAST,
        to in select(vec!["low", "medium", "ripe"]),
        later in 0..40_u64,
    ) {
        // Nothing lands after the decision: the files are those that were known then.
        let world = history.known_on(decided).decided(to, &on(decided));
        let today = day(&on(decided + later));
        with_history(&world, |history| {
            let since = || day(&on(decided)).iter_days().take_while(|date| *date <= today);
            world.evaluated("x", &today.to_string(), |evaluation| {
                for verdict in &evaluation.triggers {
                    let when = &verdict.trigger.when;
                    let held = since().all(|date| is_true(history, when, date));
                    let is_ready = verdict.state == TriggerState::Ready;
                    prop_assert!(!(held && is_ready), "{} {:?}\n{}", today, when, world.x());
                }
                Ok(())
            })
        })?;
    }

    #[test]
    fn scan_after_missed_days_has_the_level_of_daily_scans_if_conditions_only_come_true(
        history in history(RAISING),
    ) {
        let all = history.of_catalogs();
        let only_rises = with_history(&all.world(), |history| {
            history.thread.triggers.iter().all(|trigger| {
                let true_on = |date| is_true(history, &trigger.when, date);
                dates().map(true_on).is_sorted()
            })
        });
        prop_assume!(only_rises);
        let mut daily = all.known_on(0);
        for number in 0..=LAST {
            let mut known = all.known_on(number);
            known.files.insert(X.into(), daily.x().into());
            daily = known.after_scan(&on(number));
        }
        let mut missed = all.world();
        missed.files.insert(X.into(), all.known_on(0).x().into());
        prop_assert_eq!(daily.level(), missed.after_scan(&on(LAST)).level(), "{}", daily.x());
    }

    #[test]
    fn news_of_at_most_and_quiet_is_none_while_they_are_true(
        history in history(ANY),
        decided in 0..LAST,
        later in 0..30_u64,
    ) {
        let before = history.known_on(decided).decided("medium", &on(decided));
        let mut world = history.world();
        world.files.insert(X.into(), before.x().into());
        let today = day(&on(decided + later));
        with_history(&world, |history| {
            world.evaluated("x", &today.to_string(), |evaluation| {
                for verdict in &evaluation.triggers {
                    let when = &verdict.trigger.when;
                    if !has_only_edges(when) {
                        continue;
                    }
                    let mut since = day(&on(decided)).iter_days().take_while(|date| *date <= today);
                    let held = since.all(|date| is_true(history, when, date));
                    let is_ready = verdict.state == TriggerState::Ready;
                    prop_assert!(!(held && is_ready), "{} {:?}\n{}", today, when, world.x());
                }
                Ok(())
            })
        })?;
    }

    #[test]
    fn news_of_any_count_is_an_item_without_which_fewer_count(
        items in vec(lone_item(), 1..9),
        least in 1..4_usize,
        distinct in select(vec!["", ", distinct: org", ", distinct: source"]),
        within in option::of(3..12_u64),
        later in 0..15_u64,
    ) {
        let window = within.map(|days| format!(", published-within: {days}d")).unwrap_or_default();
        let start = counting(&format!("at-least: {least}{distinct}{window}"));
        let known_on = |last: u64| {
            let known = items.iter().enumerate().filter(|(_, item)| item.landed <= last);
            known.fold(start.clone(), |world, (nth, item)| {
                world.catalog(&on(item.landed), &format!("{}-{nth}", item.source), &[item.bullet(nth)])
            })
        };
        let then = known_on(5).decided("low", &on(5));
        let mut now = known_on(20);
        now.files.insert(X.into(), then.x().into());
        let today = on(5 + later);
        let (had, have) = (then.have(&today), now.have(&today));
        let expected = match usize::try_from(have).unwrap() >= least {
            false => "waiting",
            // The trigger was true, or the calendar alone makes it true: `weighed` lists the items.
            true if then.weighed("t").is_some() && had == have => "weighed",
            true => "ready",
        };
        prop_assert_eq!(now.t(&today), expected, "{} {} {}", had, have, now.x());
    }
}

/// An item that only one catalog lists.
#[derive(Debug, Clone)]
struct LoneItem {
    landed: u64,
    date: Option<i64>,
    org: Option<&'static str>,
    source: &'static str,
}

impl LoneItem {
    fn bullet(&self, nth: usize) -> String {
        let name = format!("k{nth}");
        let date = self
            .date
            .map(|days| (day(&on(self.landed)) + chrono::TimeDelta::days(days)).to_string());
        let bullet = hit(&name, date.as_deref().unwrap_or("undated")).replace(" (undated)", "");
        self.org.map_or(bullet.clone(), |org| format!("{bullet} [org:: {org}]"))
    }
}

fn lone_item() -> impl Strategy<Value = LoneItem> {
    let org = option::weighted(0.8, select(vec!["acme", "boreas"]));
    (0..15_u64, option::weighted(0.9, -9..4_i64), org, select(vec!["one", "two"]))
        .prop_map(|(landed, date, org, source)| LoneItem { landed, date, org, source })
}

fn has_only_edges(condition: &Condition) -> bool {
    match condition {
        Condition::All(list) | Condition::Any(list) => list.iter().all(has_only_edges),
        Condition::None(_) | Condition::Leaf(Leaf::Quiet(_)) => true,
        Condition::Leaf(Leaf::Count(count)) => {
            matches!(count.bound, thread_tracker::model::trigger::Bound::AtMost(_))
        }
        Condition::Leaf(_) => false,
    }
}
