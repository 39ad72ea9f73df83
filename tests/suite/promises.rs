//! Promises that are easily broken at the edges: what a terminal must not obey, what must not be
//! passed over, what must be told.

use std::process::Command;

use super::scratch::{self, Scratch};

const LOW: &str = "---\nripeness: {level: low, since: 2026-01-01}\n---\n# Low\n\n";

/// A workspace with one thread of this body, for which an item has come.
fn with_body(body: &str) -> Scratch {
    Scratch::new()
        .with("threads/x.md", format!("{LOW}{body}"))
        .with("backlogs/2026-11-01-feed-backlog.md", "- **#1** (2026-10-31) [thread:: x]\n")
}

/// What `git apply` makes of the difference that a dry run shows.
fn applied(scratch: &Scratch) -> Vec<u8> {
    let copy = scratch.copy().with("patch", scratch.run(&["scan", "-n"]).stdout);
    let mut git = Command::new("git");
    git.args(["apply", "--whitespace=nowarn", "patch"]).current_dir(copy.path(""));
    let ran = scratch::run(git.env("GIT_CEILING_DIRECTORIES", copy.path("").parent().unwrap()));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    copy.files()["threads/x.md"].clone()
}

#[test]
fn a_difference_applies_to_a_file_with_control_characters() {
    let scratch = with_body("A bell \u{7} and \u{1b}[31mred.\n\n## Evidence\n");
    let patched = applied(&scratch);
    scratch.run(&["scan"]);
    assert_eq!(scratch.files()["threads/x.md"], patched);
}

#[test]
fn a_difference_applies_to_a_file_with_lone_carriage_returns() {
    let scratch = with_body("One\rline.\n\n## Evidence\n");
    let patched = applied(&scratch);
    scratch.run(&["scan"]);
    assert_eq!(scratch.files()["threads/x.md"], patched);
}

#[test]
fn a_difference_for_a_terminal_holds_nothing_that_it_obeys() {
    let scratch = with_body("A title \u{1b}]0;t\u{7}, \u{9b}31m.\n\n## Evidence\n");
    let escape_for_terminal = scratch.run(&["scan", "-n", "--color", "always"]).stdout;
    assert!(
        !escape_for_terminal.contains(['\u{7}', '\u{9b}'])
            && !escape_for_terminal.contains("\u{1b}]"),
        "{escape_for_terminal:?}"
    );
}

#[test]
fn an_excerpt_holds_nothing_that_a_terminal_obeys() {
    let scratch =
        with_body("").with("threads/y.md", "---\nripeness: {level: \"\u{9b}31m\"}\n---\n");
    let escape_for_terminal = scratch.run(&["check"]).stdout;
    assert!(!escape_for_terminal.contains('\u{9b}'), "{escape_for_terminal:?}");
}

/// One item that cannot be written as it is must not keep the others from a thread.
#[test]
fn an_odd_item_keeps_no_thread_from_being_scanned() {
    let odd = [
        "[A](https://example.org/a\\b)",
        "[A](<https://example.org/a\u{7f}b>)",
        "A <https://example.org/a\u{1}b>",
        "[A](https://example.org/1) [id:: ]",
    ];
    for item in odd {
        let catalog = format!("- {item} (2026-11-01) [thread:: x]\n");
        let scratch = with_body("").with("backlogs/2026-11-02-feed-backlog.md", catalog);
        let ran = scratch.run(&["scan"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{item}");
    }
}

#[test]
fn an_item_for_a_thread_that_does_not_exist_is_not_passed_over_by_a_scan() {
    let item = "- [A](https://example.org/1) (2026-11-01) [thread:: misspelt]\n";
    let scratch = with_body("").with("backlogs/2026-11-02-feed-backlog.md", item);
    let ran = scratch.run(&["scan", "--quiet"]);
    assert!(ran.said().contains("misspelt"), "{}", ran.said());
}

#[test]
fn a_folder_that_is_not_there_is_no_workspace() {
    let scratch = with_body("");
    let before = scratch.files();
    let ran = scratch.run(&["-C", "misspelt", "scan"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("misspelt"), "{}", ran.stderr);
    assert!(scratch.files() == before, "and nothing was written");
}

#[test]
fn a_configured_folder_that_is_not_there_is_an_error() {
    let scratch = with_body("").with("thread.yaml", "threads: thraeds\n");
    for arguments in [["status"], ["check"], ["scan"]] {
        let ran = scratch.run(&arguments);
        assert!(ran.said().contains("thraeds"), "{arguments:?}: {}", ran.said());
        assert_ne!(ran.code, Some(0), "{arguments:?}");
    }
}

#[test]
fn two_threads_of_one_name_are_an_error() {
    let scratch = with_body("").with("threads/deep/x.md", LOW);
    for arguments in [&["status"][..], &["show", "x"], &["check"], &["scan"]] {
        let ran = scratch.run(arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {}", ran.said());
    }
}

#[test]
fn what_a_killed_scan_left_in_a_folder_below_is_swept_too() {
    // No process has so high a number.
    let left = "threads/deep/.y.md.999999999-0.thread-tmp";
    let scratch = with_body("").with("threads/deep/y.md", LOW).with(left, "half");
    scratch.run(&["scan"]);
    assert!(!scratch.path(left).exists());
}

#[test]
fn status_and_show_agree_on_since_when_in_the_past() {
    let log = "## Ripeness\n\n- 2026-03-01: low → medium — a\n- 2026-05-01: medium → ripe — b\n";
    let text = LOW.replace("low, since: 2026-01-01", "ripe, since: 2026-05-01");
    let scratch = Scratch::new().with("threads/x.md", format!("{text}{log}"));
    let show = scratch.run(&["show", "x", "--as-of", "2026-04-01"]).stdout;
    assert!(show.contains("medium since 2026-03-01"), "{show}");
    let status = scratch.run(&["status", "--as-of", "2026-04-01"]).stdout;
    assert!(status.contains("medium  2026-03-01  x"), "{status}");
}

#[test]
fn json_places_a_byte_that_is_not_utf_8() {
    let scratch =
        Scratch::new().with("threads/x.md", b"---\nripeness: {level: low}\n---\nab\x92\n");
    let document: serde_json::Value =
        serde_json::from_str(&scratch.run(&["check", "--json"]).stdout).unwrap();
    let finding = &document["findings"][0];
    assert_eq!((&finding["line"], &finding["column"]), (&4.into(), &3.into()), "{finding}");
}

#[test]
fn json_of_a_thread_that_cannot_be_read_is_a_document_all_the_same() {
    let scratch = Scratch::new().with("threads/x.md", "no thread\n");
    let ran = scratch.run(&["show", "x", "--json"]);
    assert_eq!(ran.code, Some(1), "as without `--json`: {}", ran.stderr);
    assert!(serde_json::from_str::<serde_json::Value>(&ran.stdout).is_ok());
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_explained() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let scratch = with_body("");
    let mut command = scratch.command(&["status"]);
    let child = command.stdout(full).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let ran = scratch::end(child);
    assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
}

#[test]
fn a_scan_that_refuses_to_write_does_not_say_that_nothing_is_new() {
    let scratch = with_body("## Ripeness\n\n- 2026-12-01: → low — a\n");
    let ran = scratch.run(&["scan"]);
    assert!(ran.stderr.contains("clock-behind-log"), "{}", ran.stderr);
    assert!(!ran.stdout.contains("Nothing new"), "{}", ran.stdout);
}
