//! What cannot be read is named by every command that reports, and its exit code says so.
#![cfg(unix)]

use std::os::unix::fs::symlink;

use super::scratch::Scratch;

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

/// Runs all reports and expects each to name `message` at `place` and to exit with 1.
fn assert_named(scratch: &Scratch, message: &str, place: &str) {
    for arguments in REPORTS {
        let ran = scratch.run(arguments);
        let said = ran.said();
        assert_eq!(ran.code, Some(1), "{arguments:?}: {said}");
        assert!(said.contains(message) && said.contains(place), "{arguments:?}: {said}");
        let json = scratch.run(&[arguments, &["--json"]].concat());
        assert_eq!(json.code, Some(1), "{arguments:?}: {}", json.said());
        assert!(json.stdout.contains(message), "{arguments:?}: {}", json.said());
    }
}

#[test]
fn every_report_names_a_block_that_hides_items() {
    let item = "- [A](https://e.org/a) (2026-05-01) [thread:: t]\n";
    for opener in ["<!-- todo", "```", "<div>"] {
        let scratch = Scratch::new()
            .with("threads/t.md", THREAD)
            .with("backlogs/2026-05-20-lab-backlog.md", format!("# Lab\n\n{opener}\n{item}"));
        assert_named(&scratch, "not read", "backlogs/2026-05-20-lab-backlog.md");
    }
}

#[test]
fn every_report_names_a_thread_in_which_a_block_hides_items() {
    let scratch = Scratch::new()
        .with("threads/t.md", THREAD)
        .with("threads/t2.md", format!("{THREAD}\n~~~\n- [ ] A (2026-05-01)\n"));
    assert_named(&scratch, "this code block is never closed; 1 list item", "threads/t2.md");
}

/// A workspace in which `name` is made by `make`, and the other directory is well.
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
fn every_report_names_a_directory_that_is_something_else() {
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
fn configured_directory_that_is_something_else_has_one_finding() {
    let scratch = with_directory("notes", a_file)
        .with("thread.yaml", "threads: notes\nbacklogs: ./scans\n")
        .with("scans/2026-05-20-lab-backlog.md", "# Lab\n");
    assert_named(&scratch, "the directory `notes` cannot be read", "notes");
    let found = scratch.run(&["check", "--format", "concise"]).stdout;
    assert_eq!(found.lines().count(), 1, "{found}");
}

#[test]
fn missing_default_directory_is_a_new_workspace() {
    let scratch = Scratch::new().with("threads/t.md", THREAD);
    assert_eq!(scratch.run(&["scan"]).code, Some(0));
    let scratch = Scratch::new().with("thread.yaml", "");
    assert_eq!(scratch.run(&["status"]).code, Some(0));
}
