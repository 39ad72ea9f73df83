//! Scans during which directories disappear and files change their kind.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::until_written;
use crate::store::directories::world;
use crate::support::scratch::{self, Ran, Scratch};

/// Half of the threads are in their own directory.
const THREADS: usize = 20;

const ROUNDS: usize = 60;

fn many() -> Scratch {
    let folder = |number| if number % 2 == 0 { "" } else { "sub/" };
    let names: Vec<_> =
        (0..THREADS).map(|number| format!("{}t{number:02}", folder(number))).collect();
    world(&names)
}

/// A scan during which a directory is renamed; in three of four rounds while it writes.
fn scan_without(scratch: &Scratch, folder: &str, round: usize) -> Ran {
    let mut command = scratch.command(&["scan"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    if !round.is_multiple_of(4) {
        until_written(&scratch.path("threads/sub/t01.md"), &mut child);
    }
    thread::sleep(Duration::from_micros(u64::try_from(round * 37 % 400).unwrap()));
    fs::rename(scratch.path(folder), scratch.path("elsewhere")).unwrap();
    scratch::end(child)
}

#[test]
fn directory_that_disappears_during_a_scan_is_named_and_not_created() {
    let original = many();
    let (old, new) = (original.files(), original.files_after(&["scan"]));
    let mut named = 0;
    for round in 0..ROUNDS {
        let folder = ["threads", "threads/sub"][round / 2 % 2];
        let scratch = original.copy();
        let ran = scan_without(&scratch, folder, round);
        let said = ran.said();
        assert!(matches!(ran.code, Some(0..=2)), "round {round}: {said}");
        assert!(!scratch.path(folder).exists(), "round {round}: the folder was made anew");
        fs::rename(scratch.path("elsewhere"), scratch.path(folder)).unwrap();
        let found = scratch.files();
        for (path, bytes) in &old {
            let now = found.get(path).unwrap_or_else(|| panic!("round {round}: {path} is gone"));
            assert!(now == bytes || *now == new[path], "round {round}: {path} is torn");
            // A thread that stayed old is named, or the catalog that tells of it.
            let is_told = said.contains(path) || ran.stderr.contains("there is no thread");
            let is_done = new[path] == *now;
            assert!(is_done || (ran.code != Some(0) && is_told), "round {round}: {path}: {said}");
        }
        named += usize::from(ran.stderr.contains("its directory still exists"));
        let again = scratch.run(&["scan"]);
        assert_eq!((again.code, again.stderr.as_str()), (Some(0), ""), "round {round}");
        assert!(scratch.files() == new, "round {round}: something is left or was not completed");
    }
    assert!(named > 0, "no folder vanished while it was written to");
}

#[test]
fn file_that_keeps_turning_into_a_pipe_does_not_block_a_scan() {
    let others = ["a", "sub/c", "z"];
    let names = ["a", "b", "sub/c", "z"].map(String::from);
    let new = world(&names).files_after(&["scan"]);
    for round in 0..30 {
        let scratch = world(&names);
        let (pipe, file) = (scratch.path("pipe"), scratch.path("threads/b.md"));
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let (flipping, over) = (AtomicBool::new(false), AtomicBool::new(false));
        let ran = thread::scope(|scope| {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    renameat_with(CWD, &pipe, CWD, &file, RenameFlags::EXCHANGE).unwrap();
                    flipping.store(true, Ordering::Relaxed);
                }
            });
            while !flipping.load(Ordering::Relaxed) {
                thread::yield_now();
            }
            let mut command = scratch.command(&["scan"]);
            let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let ran =
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| scratch::end(child)));
            over.store(true, Ordering::Relaxed);
            ran.unwrap_or_else(|_| panic!("round {round}: the scan waited for a pipe"))
        });
        let is_named = ran.stderr.contains("threads/b.md");
        assert!(ran.code == Some(0) || (ran.code == Some(1) && is_named), "round {round}: {ran:?}");
        for name in others {
            let path = format!("threads/{name}.md");
            assert!(fs::read(scratch.path(&path)).unwrap() == new[&path], "round {round}: {path}");
        }
    }
}
