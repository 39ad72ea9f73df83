//! Which workspace a command opens: the one of the directory that it starts in, and never another.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;

use super::scratch::{self, Ran, Scratch};

const THREAD: &str = "---\nripeness: {level: low, since: 2026-01-01}\n---\n# X\n";

/// A workspace `here`, one in it, another beside it, and directories that belong to none.
fn places() -> Scratch {
    let places = Scratch::new()
        .with("here/thread.yaml", "")
        .with("here/threads/x.md", THREAD)
        .with("here/notes/deep/a.txt", "")
        .with("here/inner/thread.yaml", "")
        .with("here/inner/threads/inner.md", THREAD)
        .with("there/threads/there.md", THREAD)
        .with("none/deep/a.txt", "");
    symlink(places.path("none"), places.path("here/to-none")).unwrap();
    symlink(places.path("there/threads"), places.path("here/to-there")).unwrap();
    symlink(places.path("here"), places.path("to-here")).unwrap();
    places
}

fn run_in(places: &Scratch, directory: &str, arguments: &[&str]) -> Ran {
    scratch::run(places.command(arguments).current_dir(places.path(directory)))
}

#[test]
fn directory_without_a_workspace_is_an_error_and_opens_no_other() {
    let places = places();
    let before = places.files();
    let absolute = places.path("none").to_string_lossy().into_owned();
    for directory in
        ["../none", "../none/deep", "to-none", "to-none/deep/..", "notes/../../none", &absolute]
    {
        let option = run_in(&places, "here", &["-C", directory, "close", "x"]);
        let mut command = places.command(&["close", "x"]);
        let variable =
            scratch::run(command.current_dir(places.path("here")).env("THREAD_DIR", directory));
        for ran in [option, variable] {
            assert_eq!(ran.code, Some(2), "{directory}: {}", ran.said());
            assert!(ran.stderr.contains("/none"), "{directory}: {}", ran.stderr);
            assert!(ran.stderr.contains("thread init"), "{directory}: {}", ran.stderr);
        }
    }
    assert_eq!(places.files(), before);
}

#[test]
fn directory_of_a_workspace_opens_that_workspace() {
    let places = places();
    for (from, directory, thread) in [
        ("none", "../here", "x"),
        ("none", "../here/notes/deep", "x"),
        ("here", "notes/deep/../..", "x"),
        ("here", "inner/threads", "inner"),
        ("here/inner", "..", "x"),
        ("here", "../there", "there"),
        ("here", "to-there", "there"),
        ("here", "../to-here/notes", "x"),
    ] {
        let ran = run_in(&places, from, &["-C", directory, "status"]);
        assert_eq!(ran.code, Some(0), "{directory}: {}", ran.said());
        assert!(ran.stdout.contains(&format!("  {thread} ")), "{directory}: {}", ran.stdout);
    }
}

#[test]
fn file_or_missing_path_is_no_directory() {
    let places = places();
    for (directory, said) in [
        ("threads/x.md", "is not a directory"),
        ("missing", "there is no directory"),
        ("../none/missing", "there is no directory"),
    ] {
        let ran = run_in(&places, "here", &["-C", directory, "status"]);
        assert_eq!(ran.code, Some(2), "{directory}: {}", ran.said());
        assert!(ran.stderr.contains(said) && ran.stderr.contains("help: "), "{}", ran.stderr);
    }
}

#[test]
fn configuration_that_is_no_file_is_named_and_hides_the_outer_workspace() {
    let places = places();
    fs::create_dir(places.path("here/notes/thread.yaml")).unwrap();
    symlink("nowhere", places.path("here/notes/deep/thread.yaml")).unwrap();
    let before = places.files();
    for directory in ["notes", "notes/deep"] {
        let ran = run_in(&places, "here", &["-C", directory, "close", "x"]);
        assert_eq!(ran.code, Some(2), "{directory}: {}", ran.said());
        assert!(ran.stderr.contains("unreadable-file"), "{directory}: {}", ran.stderr);
        assert!(ran.stderr.contains("thread.yaml"), "{directory}: {}", ran.stderr);
    }
    assert_eq!(places.files(), before);
}

#[test]
fn file_is_found_by_every_path_that_leads_to_it() {
    let places = places();
    let real = places.path("here/threads/x.md").to_string_lossy().into_owned();
    let linked = places.path("to-here/threads/x.md").to_string_lossy().into_owned();
    for (from, directory, file) in [
        ("none", "../to-here", real.as_str()),
        ("none", "../here", &linked),
        ("none", "../to-here", &linked),
        ("here", "threads", "x.md"),
        ("here", "notes", "../threads/x.md"),
    ] {
        let ran = run_in(&places, from, &["-C", directory, "check", file]);
        assert_eq!((ran.code, ran.said().as_str()), (Some(0), ""), "{directory} {file}");
    }
}
