//! Which workspace a command opens, and what it may write outside of it: nothing.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;

use super::{LOW, with_body};
use crate::support::HIT;
use crate::support::scratch::{self, Ran, Scratch};

const THREAD: &str = "---\nripeness: {level: low, since: 2026-01-01}\n---\n# X\n";

/// A workspace `here`, one in it, another next to it, and directories that belong to none.
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
fn workspace_of_a_directory_without_one_is_an_error_and_opens_no_other() {
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
fn workspace_is_found_from_every_directory_in_it() {
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
fn workspace_of_a_file_or_missing_path_is_an_error() {
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
fn workspace_with_a_configuration_that_is_no_file_is_an_error() {
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
fn workspace_file_is_found_by_every_path_that_leads_to_it() {
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

#[test]
fn workspace_configuration_with_a_path_outside_is_refused_by_every_command() {
    let places = ["../x", "..", "a/../../x", "threads/..", "/tmp", "//x", "\\\\x", "C:/x"];
    for key in ["threads", "backlogs", "drafts"] {
        for place in places {
            let yaml = format!("{key}: {place}\n");
            let outer = Scratch::new().with("x/a.md", HIT).with("w/thread.yaml", &yaml);
            let outer = outer.with("w/threads/b.md", HIT);
            let before = outer.files();
            let commands: [(&[&str], i32); 8] = [
                (&["check"], 1),
                (&["status"], 2),
                (&["scan"], 2),
                (&["new", "Another"], 2),
                (&["dormant", "b"], 2),
                (&["draft", "b", "drafts/b.md"], 2),
                (&["catalog", "add", "feed"], 2),
                (&["check", "--fix", "--unsafe-fixes"], 1),
            ];
            for (arguments, code) in commands {
                let ran = outer.run(&[&["-C", "w"], arguments].concat());
                let said = ran.said();
                assert_eq!(ran.code, Some(code), "{yaml}{arguments:?}: {said}");
                let place = format!("thread.yaml:1:{}", key.len() + 3);
                assert!(said.contains("wrong-type") && said.contains(&place), "{yaml}{said}");
                assert!(said.contains("is not a directory in this workspace"), "{yaml}{said}");
            }
            assert!(outer.files() == before, "{yaml}");
        }
    }
}

#[test]
fn workspace_arguments_with_paths_outside_create_no_file_there() {
    let outer = Scratch::new().with("w/threads/t.md", HIT).with("n.md", "A note.\n");
    fs::create_dir(outer.path("w/backlogs")).unwrap();
    let outside = outer.path("evil.md").to_string_lossy().into_owned();
    let commands: [&[&str]; 9] = [
        &["draft", "t", "../evil.md"],
        &["draft", "t", "drafts/../../evil.md"],
        &["draft", "t", &outside],
        &["new", "x", "--slug", "../../evil"],
        &["new", "../../evil"],
        &["adopt", "../n.md", "--slug", "../../evil"],
        &["catalog", "add", "../../evil"],
        &["catalog", "add", "/evil", "https://example.org/evil"],
        &["scan"],
    ];
    for arguments in commands {
        let ran = outer.run(&[&["-C", "w"], arguments].concat());
        assert!(matches!(ran.code, Some(0..=2)), "{arguments:?}: {}", ran.said());
        let files = outer.files();
        let outside: Vec<_> = files.keys().filter(|path| !path.starts_with("w/")).collect();
        assert_eq!(outside, ["n.md"], "{arguments:?}: {}", ran.said());
    }
}

#[test]
fn workspace_of_a_missing_directory_is_an_error_and_nothing_is_written() {
    let scratch = with_body("");
    let before = scratch.files();
    let ran = scratch.run(&["-C", "misspelt", "scan"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("misspelt"), "{}", ran.stderr);
    assert!(scratch.files() == before, "and nothing was written");
}

#[test]
fn workspace_without_its_configured_directory_is_an_error() {
    let scratch = with_body("").with("thread.yaml", "threads: thraeds\n");
    for arguments in [["status"], ["check"], ["scan"]] {
        let ran = scratch.run(&arguments);
        assert!(ran.said().contains("thraeds"), "{arguments:?}: {}", ran.said());
        assert_ne!(ran.code, Some(0), "{arguments:?}");
    }
}

#[test]
fn workspace_with_two_threads_of_one_name_is_an_error() {
    let scratch = with_body("").with("threads/deep/x.md", LOW);
    for arguments in [&["status"][..], &["show", "x"], &["check"], &["scan"]] {
        let ran = scratch.run(arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {}", ran.said());
    }
}
