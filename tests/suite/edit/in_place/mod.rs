//! Tricky files, each rewritten by one scan and compared byte for byte.
//!
//! Every directory of `tests/in-place` is a case: `before.md` is a thread called `case`. With it is
//! either `after.md`, the thread as a careful person would have edited it, or `refusal.txt`, the
//! findings with which the scan leaves it alone. All cases share one set of catalogs, and these
//! need every kind of edit in each case: a new level and its date, the `weighed` list of every
//! trigger, evidence for a source that has a heading in most cases, evidence for one that has none
//! in most cases, and a log entry.

mod pieces;
mod random;
mod survival;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use thread_tracker::model::Thread;
use thread_tracker::text::Document;

use crate::edit::in_place::survival::{difference, lost};
use crate::support::world::{Scanned, World};

/// The day of the scan.
pub const TODAY: &str = "2026-06-03";

/// The day after it.
pub const TOMORROW: &str = "2026-06-04";

/// The path of the thread in every case.
pub const PATH: &str = "threads/case.md";

/// The smallest number of cases.
const FEWEST: usize = 60;

/// A file before a scan, and what is to become of it.
struct Case {
    name: String,
    before: String,
    expected: Expected,
}

enum Expected {
    /// This text.
    After(String),
    /// Nothing is written, and this is said.
    Refusal(String),
}

/// The workspace that all cases share, with this text as its thread.
pub fn world_of(thread: &str) -> World {
    let mut world = World::new().with("thread.yaml", text(&directory().join("thread.yaml")));
    for path in entries(&directory().join("catalogs")) {
        world = world.with(&format!("backlogs/{}", name(&path)), text(&path));
    }
    world.with(PATH, thread)
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/in-place")
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The threads of all cases.
pub fn befores() -> Vec<String> {
    cases().into_iter().map(|case| case.before).collect()
}

/// All cases; a directory that is none is an error.
fn cases() -> Vec<Case> {
    let is_case = |path: &PathBuf| path.is_dir() && name(path) != "catalogs";
    let directories: Vec<PathBuf> = entries(&directory()).into_iter().filter(is_case).collect();
    assert!(directories.len() >= FEWEST, "only {} of at least {FEWEST} cases", directories.len());
    directories.iter().map(|directory| case(directory)).collect()
}

fn case(directory: &Path) -> Case {
    let mut files: BTreeMap<String, String> =
        entries(directory).iter().map(|path| (name(path), text(path))).collect();
    let name = name(directory);
    let mut take = |file: &str| files.remove(file);
    let before = take("before.md").unwrap_or_else(|| panic!("{name} has no before.md"));
    let expected = match (take("after.md"), take("refusal.txt")) {
        (Some(after), None) => Expected::After(after),
        (None, Some(refusal)) => Expected::Refusal(refusal),
        _ => panic!("{name} needs after.md or refusal.txt, and not both"),
    };
    assert!(files.is_empty(), "{name} has files that nothing reads: {:?}", files.keys());
    Case { name, before, expected }
}

/// The message of a scan about the thread, as in `refusal.txt`.
fn said(scanned: &Scanned, before: &str) -> String {
    let document = Document::new(PATH, before);
    let lines = scanned.problems.iter().map(|finding| {
        let place = document.position(finding.span.start);
        let (line, column, rule) = (place.line, place.column, finding.rule.name());
        format!("{line}:{column} {rule}: {}\n", finding.message)
    });
    lines.collect()
}

/// The number of times each rule is broken.
pub fn findings(world: &World) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in world.check() {
        *counts.entry(finding.rule.name()).or_default() += 1;
    }
    counts
}

/// The thread of a world.
pub fn thread(world: &World) -> Option<Thread> {
    world.read().threads.into_iter().next().map(|file| file.thread)
}

/// Asks every case and fails with all answers at once, so that no case hides another.
fn ask(question: impl Fn(&Case) -> Option<String>) {
    let answer = |case: &Case| question(case).map(|wrong| format!("{}: {wrong}", case.name));
    let wrong: Vec<String> = cases().iter().filter_map(answer).collect();
    assert!(wrong.is_empty(), "{} cases are wrong\n\n{}", wrong.len(), wrong.join("\n"));
}

/// Asks every case that is not refused, with the text before and after.
fn ask_written(question: impl Fn(&str, &str) -> Option<String>) {
    ask(|case| match &case.expected {
        Expected::After(after) => question(&case.before, after),
        Expected::Refusal(_) => None,
    });
}

#[test]
fn in_place_scan_gives_the_expected_text_or_refusal() {
    ask(|case| {
        let world = world_of(&case.before);
        let scanned = world.scan(TODAY);
        let (found, said) = (&scanned.world.files[PATH], said(&scanned, &case.before));
        match &case.expected {
            Expected::After(_) if !said.is_empty() => Some(format!("refused, {said}")),
            Expected::After(after) if after != found => {
                Some(format!("another result\n{}", difference(after, found)))
            }
            Expected::Refusal(refusal) if *refusal != said => {
                Some(format!("another refusal\n{}", difference(refusal, &said)))
            }
            Expected::Refusal(_) if scanned.world != world => Some("refused and written".into()),
            _ => None,
        }
    });
}

#[test]
fn in_place_scan_again_changes_nothing() {
    ask_written(|_, after| {
        let world = world_of(after);
        [TODAY, TOMORROW].iter().find_map(|day| {
            let again = world.scan(day);
            let found = &again.world.files[PATH];
            let consequences =
                again.changed.is_empty() && again.problems.is_empty() && found == after;
            (!consequences)
                .then(|| format!("{day}: {}{}", said(&again, after), difference(after, found)))
        })
    });
}

#[test]
fn in_place_scan_keeps_every_line_in_order() {
    ask_written(|before, after| lost(before, after).map(|line| format!("lost {line}")));
}

#[test]
fn in_place_scan_adds_no_finding() {
    ask_written(|before, after| {
        let (old, new) = (world_of(before), world_of(after));
        let errors: Vec<_> =
            new.check().into_iter().filter(thread_tracker::model::Diagnostic::is_error).collect();
        let (old, new) = (findings(&old), findings(&new));
        let grown = new.iter().any(|(rule, count)| old.get(rule).unwrap_or(&0) < count);
        (grown || !errors.is_empty()).then(|| format!("{old:?} became {new:?}, {errors:#?}"))
    });
}

/// Without this a case could pass because nothing was to be done.
#[test]
fn in_place_cases_need_every_kind_of_edit() {
    ask(|case| {
        let Expected::After(after) = &case.expected else {
            return None;
        };
        let old = thread(&world_of(&case.before)).expect("a case can be read");
        let new = thread(&world_of(after)).expect("its result too");
        let moved = new.ripeness.level.value != old.ripeness.level.value;
        let dated = new.ripeness.since == Some(crate::support::world::day(TODAY));
        let stays = case.name == "decision-stays";
        let longer = |(old, new): (&_, &thread_tracker::model::Trigger)| {
            let length = |trigger: &thread_tracker::model::Trigger| {
                trigger.acknowledged.as_ref().map_or(0, Vec::len)
            };
            length(old) < length(new)
        };
        let arrived = |source: &str| {
            let of = |thread: &Thread| {
                let items = thread.evidence.iter().map(|line| line.item.source.as_deref());
                items.filter(|known| *known == Some(source)).count()
            };
            of(&new) - of(&old)
        };
        let kinds = [
            ("a new level", moved != stays),
            ("its day", dated != stays),
            ("what triggers weighed", old.triggers.iter().zip(&new.triggers).all(longer)),
            ("evidence of a known source", arrived("alpha") >= 2),
            ("evidence of a new source", arrived("beta") == 2),
            ("one log entry", new.log.len() == old.log.len() + 1),
        ];
        let missing: Vec<&str> =
            kinds.iter().filter(|(_, there)| !there).map(|(kind, _)| *kind).collect();
        (!missing.is_empty()).then(|| format!("lacks {}", missing.join(", ")))
    });
}
