//! The table of exit codes in `docs/json.md`: a test for each row.

use super::{healthy, with_environment};
use crate::support::scratch::{Ran, Scratch};

const FRONT: &str = "\
sets: {hits: {tag: hit}}
triggers:
  - {id: up, why: a hit, raise-to: ripe, when: {count: {of: hits, at-least: 1}}}
  - {id: down, why: a miss, lower-to: low, when: {attested: {claim: miss}}}
";

const BODY: &str = "# X

## Evidence

### Feed

- [ ] [A](https://e.org/a) (2026-11-01)

## Ripeness

";

fn thread(front: &str, log: &str) -> String {
    format!("---\nripeness: {{level: medium, since: 2026-11-01}}\n{FRONT}{front}---\n{BODY}{log}")
}

fn world() -> Scratch {
    Scratch::new()
        .with("thread.yaml", "sources: {feed: {name: Feed}}\n")
        .with("threads/x.md", thread("", "- 2026-11-01: low → medium — so\n"))
        .with("backlogs/2026-11-02-feed-backlog.md", "- [ ] [B](https://e.org/b) (2026-11-02)\n")
}

/// One call of each command that edits; `x` has everything that they need.
const EDITS: [&[&str]; 15] = [
    &["new", "Another"],
    &["adopt", "note.txt"],
    &["read", "x", "a"],
    &["promote", "x", "ripe", "--reason", "so"],
    &["demote", "x", "low", "--reason", "so"],
    &["hold", "x", "--below", "ripe", "--until", "2026-12-31", "--why", "so"],
    &["attest", "x", "miss", "--by", "alex"],
    &["draft", "x"],
    &["add", "x", "https://e.org/c", "--source", "feed"],
    &["catalog", "add", "feed"],
    &["map", "b", "x"],
    &["close", "x"],
    &["dormant", "x"],
    &["reopen", "x"],
    &["release", "x"],
];

const REPORTS: [&[&str]; 8] = [
    &["status"],
    &["show", "x"],
    &["scan"],
    &["check"],
    &["next"],
    &["log"],
    &["catalog", "list"],
    &["backtest", "x"],
];

/// A workspace of its own in which a call of [`EDITS`] has something to do.
fn ready_for(edit: &[&str]) -> Scratch {
    let world = world().with("note.txt", "A note\n\nEvidence\n\n• one (2026-01-02)\n");
    let hold = "hold: {below: ripe, until: 2026-12-31, why: so}\n";
    match edit[0] {
        "release" => world.with("threads/x.md", thread(hold, "")),
        "reopen" => world.with("threads/x.md", thread("status: closed\n", "")),
        _ => world,
    }
}

fn assert_exits(ran: &Ran, code: i32, what: &[&str]) {
    assert_eq!(ran.code, Some(code), "{what:?}: {}", ran.said());
}

#[test]
fn exit_code_of_an_edit_is_0() {
    for edit in EDITS {
        let scratch = ready_for(edit);
        let before = scratch.files();
        assert_exits(&scratch.run(edit), 0, edit);
        assert_ne!(scratch.files(), before, "{edit:?}");
    }
}

#[test]
fn exit_code_of_an_edit_that_changes_nothing_is_0() {
    let scratch = world();
    for _ in 0..2 {
        assert_exits(&scratch.run(&["close", "x"]), 0, &["close"]);
    }
}

#[test]
fn exit_code_of_an_edit_with_a_broken_file_is_0() {
    for edit in EDITS {
        let scratch = ready_for(edit).with("threads/broken.md", "no front matter\n");
        let before = scratch.files();
        let ran = scratch.run(edit);
        assert_exits(&ran, 0, edit);
        assert!(ran.stderr.contains("threads/broken.md:1:1"), "{edit:?}: {}", ran.stderr);
        assert_ne!(scratch.files(), before, "{edit:?}");
        let scratch = ready_for(edit).with("threads/broken.md", "no front matter\n");
        let ran = scratch.run(&[edit, &["--json"]].concat());
        assert_exits(&ran, 0, edit);
        assert!(ran.stdout.contains("\"threads/broken.md\""), "{edit:?}: {}", ran.stdout);
    }
}

#[test]
fn exit_code_of_a_report_on_a_broken_file_is_1() {
    for report in REPORTS {
        let scratch = world().with("threads/broken.md", "no front matter\n");
        assert_exits(&scratch.run(report), 1, report);
        assert_exits(&world().run(report), 0, report);
    }
}

#[test]
fn exit_code_of_an_edit_of_a_broken_file_is_1() {
    let scratch = world().with("threads/x.md", "no front matter\n");
    let before = scratch.files();
    for edit in EDITS.iter().filter(|edit| edit[1] == "x") {
        let ran = scratch.run(edit);
        assert_exits(&ran, 1, edit);
        assert!(ran.stderr.contains("no-front-matter"), "{edit:?}: {}", ran.stderr);
    }
    assert_exits(&scratch.run(&["show", "x"]), 1, &["show"]);
    assert_eq!(scratch.files(), before);
}

#[test]
fn exit_code_with_a_trigger_conflict_is_1_for_reports_and_0_for_edits() {
    let log =
        "- 2026-11-01: low → medium — so\n- 2026-11-02: missed [attested:: miss] [by:: alex]\n";
    let text = thread("", log).replace("(2026-11-01)", "(2026-11-01) [tags:: hit]");
    let scratch = world().with("threads/x.md", text);
    for report in [&["status"][..], &["show", "x"], &["scan"]] {
        assert_exits(&scratch.run(report), 1, report);
    }
    let edit = ["promote", "x", "ripe", "--reason", "so"];
    assert_exits(&scratch.run(&edit), 0, &edit);
}

#[test]
fn exit_code_for_a_log_that_takes_no_entry_is_1() {
    let ahead = "- 2026-11-01: low → medium — so\n- 2026-11-25: noted\n";
    let other = "- 2026-11-01: medium → low — so\n";
    for log in [ahead, other] {
        let scratch = world().with("threads/x.md", thread("", log));
        let before = scratch.files();
        let edit = ["promote", "x", "ripe", "--reason", "so"];
        assert_exits(&scratch.run(&edit), 1, &edit);
        assert_exits(&scratch.run(&["scan"]), 1, &["scan"]);
        assert_eq!(scratch.files(), before);
    }
}

#[test]
fn exit_code_for_an_uneditable_file_is_1() {
    let text = thread("status: &s active\nother: *s\n", "");
    let scratch = world().with("threads/x.md", text);
    let ran = scratch.run(&["close", "x"]);
    assert_exits(&ran, 1, &["close"]);
    assert!(ran.stderr.contains("uneditable-file"), "{}", ran.stderr);
}

#[test]
fn exit_code_with_an_invalid_configuration_is_2_and_1_from_check() {
    let scratch = world().with("thread.yaml", "sorces: {}\n");
    for command in EDITS.iter().chain(&REPORTS).filter(|command| command[0] != "check") {
        assert_exits(&scratch.run(command), 2, command);
    }
    for check in [&["check"][..], &["check", "threads/x.md"], &["check", "threads/x.md", "--fix"]] {
        let ran = scratch.run(check);
        assert_exits(&ran, 1, check);
        assert!(ran.stdout.contains("thread.yaml:1:1"), "{}", ran.said());
    }
}

#[test]
fn exit_code_of_check_on_a_valid_file_is_0_with_a_broken_file() {
    let scratch = world().with("threads/broken.md", "# No front matter\n");
    let check = ["check", "threads/x.md"];
    assert_exits(&scratch.run(&check), 0, &check);
}

#[test]
fn exit_code_of_an_impossible_request_is_2_and_nothing_is_written() {
    let scratch = world();
    let before = scratch.files();
    for request in [
        &["close", "x", "--unknown"][..],
        &["status", "--today", "2026-13-01"],
        &["close", "nothing"],
        &["show", "nothing"],
        &["read", "x", "nothing"],
        &["promote", "x", "riper", "--reason", "so"],
        &["promote", "x", "low", "--reason", "so"],
        &["release", "x"],
        &["unmap", "b", "x"],
    ] {
        let ran = scratch.run(request);
        assert_exits(&ran, 2, request);
        assert!(ran.stdout.is_empty() && ran.stderr.starts_with("error: "), "{}", ran.said());
    }
    assert_eq!(scratch.files(), before);
}

#[test]
fn exit_code_without_a_workspace_is_2() {
    let scratch = Scratch::new();
    for command in EDITS.iter().chain(&REPORTS) {
        assert_exits(&scratch.run(command), 2, command);
    }
    let scratch = scratch.with("thread.yaml", "");
    assert_exits(&scratch.run(&["check"]), 2, &["check"]);
    assert_exits(&scratch.run(&["status"]), 0, &["status"]);
}

#[test]
fn exit_code_of_a_usage_error_is_2_with_a_message_on_stderr() {
    let scratch = healthy();
    let nowhere = tempfile::tempdir().unwrap();
    let nowhere = nowhere.path().to_str().unwrap();
    let wrong: [&[&str]; 12] = [
        &["--nonsense"],
        &["nonsense"],
        &["show"],
        &["show", "good", "more"],
        &["show", "nothing"],
        &["status", "nothing"],
        &["check", "threads/nothing.md"],
        &["status", "--today", "tomorrow"],
        &["status", "--today", "2026-02-29"],
        &["status", "--color", "sometimes"],
        &["scan", "--wait", "soon"],
        &["-C", nowhere, "status"],
    ];
    for arguments in wrong {
        let ran = scratch.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.stderr.starts_with("error: "), "{arguments:?}: {}", ran.stderr);
    }
    let ran = with_environment(&scratch, &["status"], &[("THREAD_TODAY", "someday")]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
}
