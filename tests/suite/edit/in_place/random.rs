//! Scans of files that are put together at random.

use std::cell::Cell;

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use thread_tracker::model::Rule;

use crate::edit::in_place::pieces::threads;
use crate::edit::in_place::survival::{difference, lost};
use crate::edit::in_place::{PATH, TODAY, TOMORROW, findings, thread, world_of};

/// Files to try: a few seconds.
const FILES: u32 = 200;

/// Of so many files one may be refused: some are made to be, through anchors and block texts.
const REFUSED: u32 = 2;

type Answer = Result<(), TestCaseError>;

fn fail(why: impl Into<String>) -> Answer {
    Err(TestCaseError::fail(why.into()))
}

#[test]
fn in_place_scan_of_any_file_refuses_or_disturbs_nothing() {
    let written = Cell::new(0_u32);
    // The same files every time: a failure must not come and go.
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let config = Config { cases: FILES, failure_persistence: None, ..Config::default() };
    let result = TestRunner::new_with_rng(config, random).run(&threads(), |before| {
        written.set(written.get() + u32::from(undisturbed(&before)?));
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(written.get() >= FILES / REFUSED, "of {FILES} files {} were written", written.get());
}

/// Returns whether the file was written; fails if something is wrong with the result.
fn undisturbed(before: &str) -> Result<bool, TestCaseError> {
    let world = world_of(before);
    let Some(old) = thread(&world) else {
        // Some pieces put HTML directly above a list, which hides it.
        if world.check().iter().any(|finding| finding.rule == Rule::SwallowedItems) {
            return Ok(false);
        }
        return fail(format!("the pieces make no thread: {:#?}", world.check())).map(|()| false);
    };
    let scanned = world.scan(TODAY);
    // A refusal that asks to be reported is a defect by its own word.
    let help = scanned.problems.iter().filter_map(|problem| problem.help.as_deref());
    if help.into_iter().any(|help| help.contains("please report")) {
        return fail(format!("{:#?}", scanned.problems)).map(|()| false);
    }
    if !scanned.problems.is_empty() {
        let untouched = scanned.world == world && scanned.changed.is_empty();
        return if untouched { Ok(false) } else { fail("refused and written").map(|()| false) };
    }
    let after = &scanned.world.files[PATH];
    let show = |why: &str| fail(format!("{why}\n{}", difference(before, after)));
    if let Some(line) = lost(before, after) {
        show(&format!("lost {line}"))?;
    }
    if new_line_endings(before, after) {
        show("a line ending that the file did not have")?;
    }
    let (known, found) = (findings(&world), findings(&scanned.world));
    if found.iter().any(|(rule, count)| known.get(rule).unwrap_or(&0) < count) {
        show(&format!("`check` found {known:?}, and now {found:?}"))?;
    }
    let new = thread(&scanned.world);
    let complete = new.is_some_and(|new| {
        new.ripeness.level.value == "ripe"
            && new.evidence.len() >= old.evidence.len() + 4
            && new.log.len() == old.log.len() + 1
            && new.triggers.iter().all(|trigger| trigger.acknowledged.is_some())
    });
    if !complete {
        show("not all was written")?;
    }
    for day in [TODAY, TOMORROW] {
        let again = scanned.world.scan(day);
        if again.world != scanned.world || !again.problems.is_empty() {
            show(&format!("a second scan on {day} changed something: {:?}", again.problems))?;
        }
    }
    Ok(true)
}

/// Returns whether a file with one kind of line ending got another one.
fn new_line_endings(before: &str, after: &str) -> bool {
    let count = |text: &str| {
        let pairs = text.matches("\r\n").count();
        (pairs, text.matches('\n').count() - pairs)
    };
    let ((old_pairs, old_single), (pairs, single)) = (count(before), count(after));
    (old_pairs == 0 && pairs > 0) || (old_single == 0 && single > 0)
}
