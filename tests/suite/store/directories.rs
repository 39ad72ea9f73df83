//! Directories and files that disappear, change their kind, may not be read, or are links.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rustix::fs::{CWD, RenameFlags, renameat_with};

use crate::support::HIT;
use crate::support::scratch::{self, Ran, Scratch};

/// Half of the threads lie in a folder of their own.
const THREADS: usize = 20;

const ROUNDS: usize = 60;

/// The user and group `nobody` of most systems; any but root would do.
const NOBODY: u32 = 65534;

/// Threads by their paths below `threads/`, each of which gets an arrival and a promotion.
fn world(names: &[String]) -> Scratch {
    let slug = |name: &String| name.rsplit('/').next().unwrap_or_default().to_owned();
    let listed = names.iter().map(|name| {
        format!("- **#1** (2026-10-31) — \"News.\" [tags:: hit] [thread:: {}]\n", slug(name))
    });
    let scratch = Scratch::in_memory()
        .with("thread.yaml", "sources: {feed: {name: Feed}}\n")
        .with("backlogs/2026-11-01-feed-backlog.md", listed.collect::<String>());
    names.iter().fold(scratch, |scratch, name| scratch.with(&format!("threads/{name}.md"), HIT))
}

fn many() -> Scratch {
    let directory = |number| if number % 2 == 0 { "" } else { "sub/" };
    let names: Vec<_> =
        (0..THREADS).map(|number| format!("{}t{number:02}", directory(number))).collect();
    world(&names)
}

/// What an undisturbed scan leaves.
fn scanned(scratch: &Scratch) -> BTreeMap<String, Vec<u8>> {
    let scratch = scratch.copy();
    assert_eq!(scratch.run(&["scan"]).code, Some(0));
    scratch.files()
}

/// Waits until a thread that is scanned first is written, or the scan is at its end.
fn until_it_writes(scratch: &Scratch, child: &mut std::process::Child) {
    let first = scratch.path("threads/sub/t01.md");
    let is_old = || fs::read_to_string(&first).is_ok_and(|text| text.contains("level: low"));
    while is_old() && child.try_wait().unwrap().is_none() {
        thread::sleep(Duration::from_micros(50));
    }
}

/// A scan during which a folder is renamed; in three of four rounds while it writes.
fn scan_without(scratch: &Scratch, directory: &str, round: usize) -> Ran {
    let mut command = scratch.command(&["scan"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    if !round.is_multiple_of(4) {
        until_it_writes(scratch, &mut child);
    }
    thread::sleep(Duration::from_micros(u64::try_from(round * 37 % 400).unwrap()));
    fs::rename(scratch.path(directory), scratch.path("elsewhere")).unwrap();
    scratch::end(child)
}

#[test]
fn directory_that_disappears_during_a_scan_is_named_and_not_created() {
    let original = many();
    let (old, new) = (original.files(), scanned(&original));
    let mut named = 0;
    for round in 0..ROUNDS {
        let directory = ["threads", "threads/sub"][round / 2 % 2];
        let scratch = original.copy();
        let ran = scan_without(&scratch, directory, round);
        let said = ran.said();
        assert!(matches!(ran.code, Some(0..=2)), "round {round}: {said}");
        assert!(!scratch.path(directory).exists(), "round {round}: the folder was made anew");
        fs::rename(scratch.path("elsewhere"), scratch.path(directory)).unwrap();
        let found = scratch.files();
        for (path, bytes) in &old {
            let now = found.get(path).unwrap_or_else(|| panic!("round {round}: {path} is gone"));
            assert!(now == bytes || *now == new[path], "round {round}: {path} is torn");
            // A thread that stayed old is named, or the catalog that tells of it.
            let is_told = said.contains(path) || ran.stderr.contains("there is no thread");
            let is_done = new[path] == *now;
            assert!(is_done || (ran.code != Some(0) && is_told), "round {round}: {path}: {said}");
        }
        named += usize::from(ran.stderr.contains("its folder is still there"));
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
    let new = scanned(&world(&names));
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

/// The program as somebody whom modes concern; `None` where that cannot be.
fn as_nobody(scratch: &Scratch, arguments: &[&str]) -> Option<Ran> {
    if !rustix::process::geteuid().is_root() {
        return Some(scratch.run(arguments));
    }
    let mut command = Command::new("setpriv");
    command.args([&format!("--reuid={NOBODY}"), &format!("--regid={NOBODY}"), "--clear-groups"]);
    // A copy, for the folder of the build may be closed to others.
    command.arg(scratch.path("program")).args(arguments);
    command.current_dir(scratch.path("")).env_clear().env("THREAD_TODAY", "2026-11-23");
    command.env("PATH", "/usr/bin:/bin");
    let can = Command::new("setpriv").arg("--version").stdout(Stdio::null()).status().is_ok();
    can.then(|| scratch::run(&mut command))
}

/// Gives a folder and all that is in it to nobody.
fn give_away(path: &Path) {
    chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            give_away(&entry.unwrap().path());
        }
    }
}

fn set_mode(scratch: &Scratch, path: &str, mode: u32) {
    fs::set_permissions(scratch.path(path), Permissions::from_mode(mode)).unwrap();
}

#[test]
fn directory_without_permission_is_named_and_the_others_are_written() {
    let names = ["a", "b", "shut/c", "open/d"].map(String::from);
    let scratch = world(&names)
        .with("backlogs/shut/2026-11-02-feed-backlog.md", "- **#2** (2026-11-01) — \"More.\"\n")
        .with("backlogs/2026-11-03-feed-backlog.md", "- **#3** (2026-11-02) — \"More.\"\n");
    fs::copy(env!("CARGO_BIN_EXE_thread"), scratch.path("program")).unwrap();
    let shut =
        ["threads/b.md", "threads/shut", "backlogs/2026-11-03-feed-backlog.md", "backlogs/shut"];
    if rustix::process::geteuid().is_root() {
        give_away(&scratch.path(""));
    }
    for path in shut {
        set_mode(&scratch, path, 0);
    }
    let commands: [&[&str]; 6] =
        [&["status"], &["check"], &["check", "--json"], &["scan", "-n"], &["scan"], &["scan"]];
    for arguments in commands {
        let Some(ran) = as_nobody(&scratch, arguments) else {
            return scratch::skipped("root may look into everything, and there is no `setpriv`");
        };
        let said = ran.said();
        assert_eq!(ran.code, Some(1), "{arguments:?}: {said}");
        let reasons = said.matches("this file cannot be read: permission denied").count();
        assert_eq!(reasons, shut.len(), "{arguments:?}: {said}");
        assert!(shut.iter().all(|path| said.contains(path)), "{arguments:?}: {said}");
    }
    for path in shut {
        set_mode(&scratch, path, 0o755);
    }
    let level = |name: &str| fs::read_to_string(scratch.path(&format!("threads/{name}.md")));
    for (name, is_written) in [("a", true), ("b", false), ("shut/c", false), ("open/d", true)] {
        assert_eq!(level(name).unwrap().contains("level: ripe"), is_written, "{name}");
    }
}

#[test]
fn directory_behind_a_link_is_written_to() {
    let inner = world(&["a".into()]);
    let scratch = Scratch::new().with("thread.yaml", "threads: shared\ndrafts: texts\n");
    for (target, link) in [("threads", "shared"), ("backlogs", "backlogs"), ("", "texts")] {
        symlink(inner.path(target), scratch.path(link)).unwrap();
    }
    let ran = scratch.run(&["scan"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(scratch.path("shared").is_symlink());
    let written = fs::read_to_string(inner.path("threads/a.md")).unwrap();
    assert!(written.contains("level: ripe"), "{written}");
}
