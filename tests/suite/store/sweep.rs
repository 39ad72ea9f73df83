//! Temporary files of killed runs: the next run removes them.

use std::fs;
use std::process::Command;

use thread_tracker::store::save::sweep;

use super::{directory_with, names, put};
use crate::support::scratch::Scratch;

#[test]
fn sweep_removes_only_files_of_ended_processes() {
    let mut dead = Command::new("true").spawn().unwrap();
    dead.wait().unwrap();
    let (dead, own) = (dead.id(), std::process::id());
    let kept = [
        format!(".t.md.{own}-0.thread-tmp"),
        ".t.md.1-0.thread-tmp".to_owned(),
        format!("t.md.{dead}-0.thread-tmp"),
        format!(".t.md.{dead}-0.thread-tmp.md"),
        format!(".t.md.{dead}.thread-tmp"),
        format!(".t.md.{dead}-0x.thread-tmp"),
        format!(".t.md.x{dead}-0.thread-tmp"),
        format!(".t.md.+{dead}-0.thread-tmp"),
        ".t.md.0-0.thread-tmp".to_owned(),
        ".t.md.99999999999999999999-0.thread-tmp".to_owned(),
        ".t.md.-1-0.thread-tmp".to_owned(),
        ".thread-tmp".to_owned(),
    ];
    let (directory, _) = directory_with("");
    let stale = format!(".t.md.{dead}-12.thread-tmp");
    for name in kept.iter().chain([&stale]) {
        put(&directory.path().join(name), "");
    }
    let subdirectory = format!(".d.md.{dead}-0.thread-tmp");
    fs::create_dir(directory.path().join(&subdirectory)).unwrap();
    assert_eq!(sweep(directory.path()).unwrap(), 1);
    let mut expected = kept.to_vec();
    expected.extend(["t.md".to_owned(), subdirectory]);
    expected.sort();
    assert_eq!(names(directory.path()), expected);
    assert_eq!(sweep(&directory.path().join("nowhere")).unwrap(), 0);
}

#[test]
fn sweep_by_a_scan_covers_every_directory_of_the_workspace() {
    let mut dead = Command::new("true").spawn().unwrap();
    dead.wait().unwrap();
    let mut scratch =
        Scratch::new().with("threads/a/t.md", "---\nripeness: {level: low}\n---\n# T\n");
    for directory in ["", "threads/a/", "backlogs/", "drafts/"] {
        scratch = scratch.with(&format!("{directory}.x.md.{}-0.thread-tmp", dead.id()), "half");
    }
    assert_eq!(scratch.run(&["scan"]).code, Some(0));
    assert_eq!(scratch.files().into_keys().collect::<Vec<_>>(), ["threads/a/t.md"]);
}

#[test]
fn sweep_by_an_edit_or_a_fix_removes_files_of_a_killed_run() {
    // No process has so high a number.
    let left = "threads/.a.md.999999999-0.thread-tmp";
    let front =
        "ripeness: {level: low}\ntriggers: [{id: t, why: w, raise-to: ripe, when: {read: x/y}}]";
    let misspelt = front.replace("read:", "raed:");
    for (front, arguments) in [(front, &["dormant", "a"][..]), (&misspelt, &["check", "--fix"])] {
        let thread = format!("---\n{front}\n---\n# A\n");
        let scratch = Scratch::new().with("threads/a.md", &thread).with(left, "half");
        let ran = scratch.run(arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.said());
        assert!(scratch.files()["threads/a.md"] != thread.into_bytes(), "{arguments:?}");
        assert!(!scratch.path(left).exists(), "{arguments:?}");
    }
}

#[test]
fn sweep_by_a_scan_covers_subdirectories() {
    // No process has so high a number.
    let left = "threads/deep/.y.md.999999999-0.thread-tmp";
    let thread = "---\nripeness: {level: low}\n---\n# Y\n";
    let scratch = Scratch::new().with("threads/deep/y.md", thread).with(left, "half");
    scratch.run(&["scan"]);
    assert!(!scratch.path(left).exists());
}
