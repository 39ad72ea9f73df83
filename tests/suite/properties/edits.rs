//! Commands that edit, in random order on random histories.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use thread_tracker::commands;
use thread_tracker::commands::add::AddArgs;
use thread_tracker::commands::attest::AttestArgs;
use thread_tracker::commands::catalog::CatalogAddArgs;
use thread_tracker::commands::draft::DraftArgs;
use thread_tracker::commands::hold::HoldArgs;
use thread_tracker::commands::map::{Mapping, UnmapArgs};
use thread_tracker::commands::promote::LevelArgs;
use thread_tracker::commands::promote::edit::{Direction, set_level};
use thread_tracker::commands::read::ReadArgs;
use thread_tracker::commands::shared::edit::context::EditContext;
use thread_tracker::commands::shared::edit::plan::EditPlan;
use thread_tracker::commands::shared::new_item::AboutArgs;
use thread_tracker::commands::shared::phrases::level_name;
use thread_tracker::edit::Rewrite;
use thread_tracker::model::Error;
use thread_tracker::model::{Diagnostic, Status};

use crate::properties::history::{Kind, LAST, history, on};
use crate::support::random::cases;
use crate::support::world::{World, day};

const ANY: Kind = Kind { clock: true, all_effects: true, unmapped: true };

const TIMELESS: Kind = Kind { clock: false, ..ANY };

/// A verb on thread `x`.
#[derive(Debug, Clone)]
enum Verb {
    Read(String, Option<&'static str>),
    Unread(String),
    Level(Direction, &'static str),
    Hold(&'static str, u64),
    HoldUntilRead(&'static str, String),
    Release,
    Attest(&'static str, bool),
    Draft(Option<&'static str>, Option<&'static str>),
    Add(u32),
    List(&'static str, Option<u32>),
    Map(String, bool),
    Status(Status),
}

fn verb() -> impl Strategy<Value = Verb> {
    let item = || (0..6_u32).prop_map(|number| format!("k{number}"));
    let level = || select(vec!["low", "medium", "ripe"]);
    let verdict = select(vec![None, Some("good"), Some("bad")]);
    let states = select(vec![None, Some("drafting"), Some("published")]);
    prop_oneof![
        3 => (item(), verdict).prop_map(|(item, verdict)| Verb::Read(item, verdict)),
        1 => item().prop_map(Verb::Unread),
        2 => level().prop_map(|level| Verb::Level(Direction::Up, level)),
        2 => level().prop_map(|level| Verb::Level(Direction::Down, level)),
        1 => (level(), 1..30_u64).prop_map(|(level, days)| Verb::Hold(level, days)),
        1 => (level(), item()).prop_map(|(level, item)| Verb::HoldUntilRead(level, item)),
        1 => Just(Verb::Release),
        2 => (select(vec!["alex", "sam"]), any::<bool>()).prop_map(|(by, back)| Verb::Attest(by, back)),
        1 => (select(vec![None, Some("one.md"), Some("two.md")]), states)
            .prop_map(|(path, state)| Verb::Draft(path, state)),
        1 => (0..4_u32).prop_map(Verb::Add),
        1 => (select(vec!["one", "two"]), proptest::option::of(0..4_u32))
            .prop_map(|(source, number)| Verb::List(source, number)),
        2 => (item(), any::<bool>()).prop_map(|(item, there)| Verb::Map(item, there)),
        1 => select(vec![Status::Active, Status::Dormant, Status::Closed]).prop_map(Verb::Status),
    ]
}

fn found(number: u32) -> String {
    format!("https://example.org/found-{number}")
}

fn tagged() -> AboutArgs {
    AboutArgs { tags: vec!["hit".into()], ..Default::default() }
}

/// Runs an edit command on a date after every known date.
fn done(context: &EditContext<'_>, verb: &Verb) -> Result<EditPlan, Error> {
    let thread = || "x".to_string();
    match verb.clone() {
        Verb::Read(item, verdict) => {
            let verdict = verdict.map(str::to_string);
            let request = ReadArgs { thread: thread(), item, verdict, ..Default::default() };
            commands::read::edit::read(context, &request)
        }
        Verb::Unread(item) => {
            let request = ReadArgs { thread: thread(), item, undo: true, ..Default::default() };
            commands::read::edit::read(context, &request)
        }
        Verb::Level(direction, level) => {
            let reason = "so it [by:: mallory] is → so".to_string();
            let request = LevelArgs {
                thread: thread(),
                level: level.into(),
                reason,
                by: None,
                ..Default::default()
            };
            set_level(context, &request, direction)
        }
        Verb::Hold(below, days) => {
            let until = Some(context.today + chrono::Days::new(days));
            let (below, why) = (below.into(), "wait: \"a\" day".into());
            commands::hold::edit::hold(
                context,
                &HoldArgs { thread: thread(), below, until, why, ..Default::default() },
            )
        }
        Verb::HoldUntilRead(below, item) => {
            let (below, why) = (below.into(), "unread #1".into());
            let until_read = Some(item);
            let args = HoldArgs { thread: thread(), below, until_read, why, ..Default::default() };
            commands::hold::edit::hold(context, &args)
        }
        Verb::Release => commands::hold::edit::release(context, "x"),
        Verb::Attest(by, withdraw) => {
            let (claim, by) = ("seen".to_string(), Some(by.to_string()));
            let note = Some("low → ripe — forged".to_string());
            commands::attest::edit::attest(
                context,
                &AttestArgs { thread: thread(), claim, by, note, withdraw, ..Default::default() },
            )
        }
        Verb::Draft(path, state) => {
            let (path, state) = (path.map(str::to_string), state.map(str::to_string));
            commands::draft::edit::draft(
                context,
                &DraftArgs { thread: thread(), path, state, ..Default::default() },
            )
        }
        Verb::Add(number) => {
            let (thread, source) = (thread(), Some("one".to_string()));
            let (what, about) = (found(number), tagged());
            let args = AddArgs { thread, what, source, about, ..Default::default() };
            commands::add::edit::add(context, &args)
        }
        Verb::List(source, number) => {
            let threads = vec!["x".to_string(); usize::from(number.is_some())];
            let (source, what) = (source.to_string(), number.map(found));
            let about = tagged();
            let args = CatalogAddArgs { source, what, threads, about, ..Default::default() };
            commands::catalog::edit::add(context, &args)
        }
        Verb::Map(item, true) => {
            commands::map::edit::map(context, &[Mapping { item, thread: thread() }])
        }
        Verb::Map(item, false) => commands::map::edit::unmap(
            context,
            &UnmapArgs { item, thread: thread(), ..Default::default() },
        ),
        Verb::Status(status) => {
            commands::close::edit::set_status(context, &status_change("x"), status)
        }
    }
}

/// Returns the files after an edit. An error changes nothing, and never asks for a report.
fn after(world: &World, plan: Result<EditPlan, Error>) -> World {
    let plan = match plan {
        Ok(plan) => plan,
        Err(error) => {
            assert!(!error.to_string().contains("please report"), "{error}");
            return world.clone();
        }
    };
    let mut after = world.clone();
    for file in plan.new_files {
        assert!(!after.files.contains_key(&file.path), "{} is there already", file.path);
        after.files.insert(file.path, file.text);
    }
    for rewrite in plan.rewrites {
        check_lines(&rewrite);
        after.files.insert(rewrite.before.path, rewrite.after);
    }
    after
}

/// Without the lines that a rewrite names, and the blank ones, the new text is a part of the old.
fn check_lines(rewrite: &Rewrite) {
    let numbered = rewrite.after.lines().enumerate();
    let kept: Vec<&str> = numbered
        .filter(|(index, line)| !rewrite.lines.contains(&(index + 1)) && !line.trim().is_empty())
        .map(|(_, line)| line)
        .collect();
    let mut old = rewrite.before.text.lines();
    for line in &kept {
        assert!(old.any(|known| known == *line), "`{line}` is not named\n{}", rewrite.after);
    }
    let words = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).count();
    assert!(words(&rewrite.before.text) <= kept.len() + rewrite.lines.len(), "a line is lost");
}

fn errors(world: &World) -> Vec<String> {
    let found = world.check();
    found.into_iter().filter(Diagnostic::is_error).map(|finding| finding.message).collect()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn edits_of_any_kind_in_any_order_leave_no_errors(
        history in history(ANY),
        verbs in vec(verb(), 1..8),
    ) {
        let mut world = history.world();
        prop_assume!(errors(&world).is_empty());
        for (nth, verb) in verbs.iter().enumerate() {
            let today = on(LAST + nth as u64);
            let plan = world.in_context(&today, |context| done(context, verb));
            world = after(&world, plan);
            prop_assert_eq!(errors(&world), Vec::<String>::new(), "after {:?}", verb);
            let scanned = world.scan(&today).world;
            prop_assert_eq!(&scanned.scan(&today).world, &scanned, "a second scan after {:?}", verb);
        }
    }

    #[test]
    fn promote_or_demote_lasts_until_there_is_news(
        history in history(TIMELESS),
        level in select(vec!["low", "medium", "ripe"]),
        up in any::<bool>(),
        days in 0..40_u64,
    ) {
        let direction = if up { Direction::Up } else { Direction::Down };
        // Items of the catalogs are added first; the user resolves a conflict.
        let today = on(LAST + 1);
        let world = history.world().scan(&today).world;
        let plan = world.in_context(&today, |context| done(context, &Verb::Level(direction, level)));
        prop_assume!(plan.is_ok());
        let decided = after(&world, plan);
        let scanned = decided.scan(&on(LAST + 1 + days));
        prop_assert!(scanned.problems.is_empty(), "{:?}", scanned.problems);
        let now = scanned.world.evaluated("x", &on(LAST + 1 + days), |evaluation| level_name(evaluation.level.as_deref()).to_string());
        prop_assert_eq!(now, level);
    }

    #[test]
    fn read_that_is_undone_leaves_no_trace(history in history(ANY), item in 0..6_u32) {
        let item = format!("k{item}");
        let world = history.world().scan(&on(LAST)).world;
        let plan = world.in_context(&on(LAST), |context| done(context, &Verb::Read(item.clone(), None)));
        prop_assume!(plan.is_ok());
        // Of a line that was read before, or that has no box, not all comes back.
        let was_open = world.evaluated("x", &on(LAST), |evaluation| {
            let item = evaluation.items.items.iter().find(|known| known.id.ends_with(&item));
            item.is_some_and(|item| {
                let line = &evaluation.thread.evidence[item.evidence[0]];
                line.item.reading == thread_tracker::model::Reading::Unread && line.verdict.is_none()
            })
        });
        prop_assume!(was_open);
        let read = after(&world, plan);
        let undone = read.in_context(&on(LAST), |context| done(context, &Verb::Unread(item)));
        prop_assert_eq!(after(&read, undone).files, world.files);
    }
}

#[test]
fn promote_and_demote_on_one_date_are_kept_in_order() {
    let world = World::new().with("threads/x.md", "---\nripeness: {level: low}\n---\n# X\n");
    let up = Verb::Level(Direction::Up, "ripe");
    let down = Verb::Level(Direction::Down, "medium");
    let today = "2026-05-01";
    let world = after(&world, world.in_context(today, |context| done(context, &up)));
    let world = after(&world, world.in_context(today, |context| done(context, &down)));
    let since = world.evaluated("x", today, |evaluation| {
        (level_name(evaluation.level.as_deref()).to_string(), evaluation.since())
    });
    assert_eq!(since, ("medium".to_string(), Some(day(today))));
}

fn status_change(thread: &str) -> commands::close::StatusChangeArgs {
    commands::close::StatusChangeArgs { thread: thread.into(), ..Default::default() }
}
