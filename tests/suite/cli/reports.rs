//! Files and directories that cannot be read: each report names them and exits with 1.
#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::process::Command;

use super::scan::{thread, world};
use crate::support::scratch::Scratch;

const THREAD: &str = "---\nripeness: {level: low}\n---\n# T\n\n## Evidence\n";

/// Commands that report on the whole workspace.
const REPORTS: [&[&str]; 9] = [
    &["status"],
    &["scan"],
    &["scan", "--quiet"],
    &["scan", "--dry-run"],
    &["check"],
    &["next"],
    &["log"],
    &["catalog", "list"],
    &["catalog", "unmapped"],
];

/// Runs all reports and expects each to print `message` and `path`, and to exit with 1.
fn assert_named(scratch: &Scratch, message: &str, path: &str) {
    for arguments in REPORTS {
        let ran = scratch.run(arguments);
        let said = ran.said();
        assert_eq!(ran.code, Some(1), "{arguments:?}: {said}");
        assert!(said.contains(message) && said.contains(path), "{arguments:?}: {said}");
        let json = scratch.run(&[arguments, &["--json"]].concat());
        assert_eq!(json.code, Some(1), "{arguments:?}: {}", json.said());
        assert!(json.stdout.contains(message), "{arguments:?}: {}", json.said());
    }
}

#[test]
fn report_names_a_block_that_hides_items_of_a_catalog() {
    let item = "- [A](https://e.org/a) (2026-05-01) [thread:: t]\n";
    for opener in ["<!-- todo", "```", "<div>"] {
        let scratch = Scratch::new()
            .with("threads/t.md", THREAD)
            .with("backlogs/2026-05-20-lab-backlog.md", format!("# Lab\n\n{opener}\n{item}"));
        assert_named(&scratch, "not read", "backlogs/2026-05-20-lab-backlog.md");
    }
}

#[test]
fn report_names_a_block_that_hides_items_of_a_thread() {
    let scratch = Scratch::new()
        .with("threads/t.md", THREAD)
        .with("threads/t2.md", format!("{THREAD}\n~~~\n- [ ] A (2026-05-01)\n"));
    assert_named(&scratch, "this code block is not closed; 1 list item", "threads/t2.md");
}

/// A workspace in which `make` creates the path `name`; the other directory is valid.
fn with_directory(name: &str, make: fn(Scratch, &str) -> Scratch) -> Scratch {
    let scratch = Scratch::new().with("thread.yaml", "");
    let scratch = match name {
        "threads" => scratch.with("backlogs/2026-05-20-lab-backlog.md", "# Lab\n"),
        _ => scratch.with("threads/t.md", THREAD),
    };
    make(scratch, name)
}

fn a_file(scratch: Scratch, name: &str) -> Scratch {
    scratch.with(name, "- [A](https://e.org/a) (2026-05-01)\n")
}

fn a_dangling_link(scratch: Scratch, name: &str) -> Scratch {
    symlink("nowhere", scratch.path(name)).unwrap();
    scratch
}

fn a_link_to_itself(scratch: Scratch, name: &str) -> Scratch {
    symlink(name, scratch.path(name)).unwrap();
    scratch
}

#[test]
fn report_names_a_path_that_is_not_a_directory() {
    for name in ["threads", "backlogs"] {
        let message = |why: &str| format!("the directory `{name}` cannot be read: {why}");
        assert_named(&with_directory(name, a_file), &message("it is not a directory"), name);
        assert_named(
            &with_directory(name, a_dangling_link),
            &message("it does not exist, or links to a path that does not exist"),
            name,
        );
        assert_named(&with_directory(name, a_link_to_itself), &message(""), name);
    }
}

#[test]
fn report_on_a_configured_path_that_is_not_a_directory_has_one_finding() {
    let scratch = with_directory("notes", a_file)
        .with("thread.yaml", "threads: notes\nbacklogs: ./scans\n")
        .with("scans/2026-05-20-lab-backlog.md", "# Lab\n");
    assert_named(&scratch, "the directory `notes` cannot be read", "notes");
    let found = scratch.run(&["check", "--format", "concise"]).stdout;
    assert_eq!(found.lines().count(), 1, "{found}");
}

#[test]
fn report_without_a_default_directory_finds_no_problem() {
    let scratch = Scratch::new().with("threads/t.md", THREAD);
    assert_eq!(scratch.run(&["scan"]).code, Some(0));
    let scratch = Scratch::new().with("thread.yaml", "");
    assert_eq!(scratch.run(&["status"]).code, Some(0));
}

#[cfg(unix)]
#[test]
fn report_names_every_unreadable_file_without_waiting() {
    use std::fs::{File, create_dir_all};
    use std::os::unix::fs::symlink;

    let scratch = world().with("threads/latin.md", b"---\nripeness: {level: low}\n---\n\x92\n");
    let mut unreadable = vec!["threads/latin.md".to_string()];
    for directory in ["threads", "backlogs"] {
        let path = |name: &str| scratch.path(&format!("{directory}/{name}"));
        assert!(Command::new("mkfifo").arg(path("pipe.md")).status().unwrap().success());
        symlink("nowhere.md", path("dangling.md")).unwrap();
        symlink("loop.md", path("loop.md")).unwrap();
        symlink(".", path("self")).unwrap();
        symlink("/dev/zero", path("zero.md")).unwrap();
        File::create(path("huge.md")).unwrap().set_len(17 * 1024 * 1024).unwrap();
        let names = ["pipe.md", "dangling.md", "loop.md", "self", "zero.md", "huge.md"];
        unreadable.extend(names.map(|name| format!("{directory}/{name}")));
    }
    create_dir_all(scratch.path("threads/folder.md")).unwrap();
    let scratch = scratch.with("threads/folder.md/within.md", thread("Within"));
    for arguments in [&["status"][..], &["show", "plain"], &["check"], &["scan", "-n"], &["scan"]] {
        let ran = scratch.run(arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}");
        let said = ran.said();
        let silent: Vec<_> = unreadable.iter().filter(|path| !said.contains(*path)).collect();
        assert!(silent.is_empty(), "{arguments:?} does not name {silent:?}");
        assert_eq!(said.matches("larger than 16 MiB").count(), 2, "{arguments:?}");
    }
    let status = scratch.run(&["status"]).stdout;
    assert!(status.contains("plain") && status.contains("within"), "{status}");
}
