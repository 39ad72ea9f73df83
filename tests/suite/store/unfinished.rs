//! Writes in place that are killed or fail: after the next run that writes, the file is old or new,
//! and until then no command reads it.
#![cfg(target_os = "linux")]

use std::fs;

use crate::support::scratch::Scratch;

const OLD: &str =
    "---\nripeness: {level: low, since: 2026-01-01}\nstatus: dormant\n---\n# T\n\n## Notes\n\n";

/// Reopening makes the text shorter, a promotion makes it longer.
const EDITS: [&[&str]; 2] = [&["reopen", "t"], &["promote", "t", "ripe", "--reason", "it is time"]];

const CALLS: [&str; 9] =
    ["openat", "write", "lseek", "ftruncate", "fchmod", "fchown", "fsync", "rename", "unlink"];

/// A thread that has another name in a snapshot, and a second thread.
fn linked() -> Scratch {
    let scratch = Scratch::in_memory()
        .with("threads/t.md", format!("{OLD}{}", "note\n".repeat(500)))
        .with("threads/u.md", OLD)
        .with("snapshot/other.md", "");
    fs::remove_file(scratch.path("snapshot/other.md")).unwrap();
    fs::hard_link(scratch.path("threads/t.md"), scratch.path("snapshot/t.md")).unwrap();
    scratch
}

fn records(scratch: &Scratch) -> Vec<String> {
    scratch.files().into_keys().filter(|path| path.ends_with(".thread-unfinished")).collect()
}

/// The thread after an edit.
fn edited(edit: &[&str]) -> String {
    let scratch = linked();
    let ran = scratch.run(edit);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let new = scratch.text("threads/t.md");
    assert_eq!(fs::read_to_string(scratch.path("snapshot/t.md")).unwrap(), new);
    assert_eq!(scratch.files().len(), 3, "{:?}", scratch.files().keys());
    new
}

/// Demands that no command judges a thread that is neither old nor new.
fn assert_named(scratch: &Scratch, when: &str) {
    for command in [&["check"][..], &["status"], &["show", "t"], &["scan", "-n"], &["next"]] {
        let ran = scratch.run(command);
        assert_eq!(ran.code, Some(1), "{when}: {command:?}: {}", ran.said());
        let said = ran.said();
        assert!(
            said.contains("half-written-file") && said.contains("threads/t.md"),
            "{when}: {said}"
        );
    }
}

#[test]
fn unfinished_write_is_completed_or_undone_by_the_next_run() {
    let mut torn = 0;
    for edit in EDITS {
        let (old, new) = (linked().text("threads/t.md"), edited(edit));
        for call in CALLS {
            for fault in ["signal=KILL", "error=EIO", "error=ENOSPC"] {
                let rounds = if (call, fault) == ("openat", "signal=KILL") { 40 } else { 6 };
                for round in 1..=rounds {
                    let scratch = linked();
                    let tampering = format!("{fault}:when={round}");
                    let Some(ran) = scratch.run_with_fault(edit, call, &tampering) else {
                        return;
                    };
                    let when = format!("{edit:?} {call} {tampering}: {}", ran.said());
                    assert_ne!(ran.code, Some(101), "{when}");
                    let found = scratch.text("threads/t.md");
                    let is_whole = found == old || found == new;
                    if !is_whole {
                        torn += 1;
                        assert_named(&scratch, &when);
                    }
                    let ran = scratch.run(&["scan"]);
                    assert_eq!(ran.code, Some(0), "{when}: {}", ran.said());
                    assert_eq!(ran.stderr.contains("finished a write"), !is_whole, "{when}");
                    let after = scratch.text("threads/t.md");
                    assert!(after == if is_whole { found } else { new.clone() }, "{when}");
                    assert_eq!(scratch.files().len(), 3, "{when}: {:?}", scratch.files().keys());
                }
            }
        }
    }
    assert!(torn > 0, "no write was broken off in the middle");
}

/// A workspace whose thread is half written.
fn torn() -> Option<Scratch> {
    let scratch = linked();
    scratch.run_with_fault(EDITS[0], "ftruncate", "signal=KILL")?;
    Some(scratch)
}

#[test]
fn unfinished_write_of_a_file_that_an_editor_saved_is_left_alone() {
    let Some(scratch) = torn() else { return };
    let mine = OLD.replace("# T", "# Mine");
    let scratch = scratch.with("threads/t.md", &mine);
    for command in [&["scan"][..], &["close", "t"], &["check"]] {
        let ran = scratch.run(command);
        assert_eq!(ran.code, Some(1), "{command:?}: {}", ran.said());
        assert!(ran.said().contains("half-written-file"), "{}", ran.said());
        assert!(ran.said().contains("was changed after a run"), "{}", ran.said());
        assert_eq!(scratch.text("threads/t.md"), mine);
    }
    let record = &records(&scratch)[0];
    assert!(String::from_utf8_lossy(&scratch.files()[record]).contains("status: dormant"));
    fs::remove_file(scratch.path(record)).unwrap();
    assert_eq!(scratch.run(&["close", "t"]).code, Some(0), "as the help says");
}

#[test]
fn unfinished_write_is_completed_before_an_edit() {
    let Some(scratch) = torn() else { return };
    let ran = scratch.run(&["close", "t"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert!(ran.stderr.starts_with("note: threads/t.md: finished a write"), "{}", ran.stderr);
    assert_eq!(scratch.text("threads/t.md"), edited(EDITS[0]).replace("active", "closed"));
}

#[test]
fn unfinished_write_through_a_link_is_named_and_completed() {
    let Some(scratch) = torn() else { return };
    let beside = Scratch::in_memory().with("threads/u.md", OLD);
    std::os::unix::fs::symlink(scratch.path("threads/t.md"), beside.path("threads/t.md")).unwrap();
    assert_named(&beside, "through a link");
    assert_eq!(beside.run(&["scan"]).code, Some(0));
    assert_eq!(scratch.text("threads/t.md"), edited(EDITS[0]));
    assert!(records(&scratch).is_empty());
}

#[test]
fn unfinished_write_with_an_unreadable_record_is_named() {
    let scratch = linked().with("threads/.t.md.1-0.thread-unfinished", "half");
    let ran = scratch.run(&["check"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout.contains("threads/.t.md.1-0.thread-unfinished"), "{}", ran.stdout);
}
