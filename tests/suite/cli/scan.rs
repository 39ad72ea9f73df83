//! `scan`: the files that it writes, and its output.

use super::with_body;
use crate::support::git::patched;
use crate::support::scratch::Scratch;

/// A thread that collects items tagged `hit`, and becomes ripe with the first of them.
pub fn thread(title: &str) -> String {
    let front = "\
---
ripeness: {level: low, since: 2026-01-01}   # low
collect: {tag: hit}
sets: {hits: {tag: hit}}
triggers:
  - {id: hit, why: something hit, raise-to: ripe, when: {count: {of: hits, at-least: 1}}}
---";
    format!("{front}\n# {title}\n\n## Evidence\n\nProse.\n\n## Ripeness\n\nMore prose.\n")
}

const CATALOG: &str = "- **#2** (2026-10-31) — \"News.\" [tags:: hit]\n";

/// A workspace in which a scan changes some threads and leaves others.
pub fn world() -> Scratch {
    let idle = "---\nripeness: {level: low, since: 2026-01-01}\n---\n# Idle\n";
    Scratch::new()
        .with("thread.yaml", "sources: {feed: {name: Feed}}\n")
        .with("threads/plain.md", thread("Plain"))
        .with("threads/two words.md", thread("Two words"))
        .with("threads/žába.md", thread("Žába"))
        .with("threads/deep/down.md", thread("Down"))
        .with("threads/crlf.md", thread("CRLF").replace('\n', "\r\n"))
        .with("threads/bom.md", format!("\u{feff}{}", thread("Mark")))
        .with("threads/no-newline.md", thread("No newline").trim_end())
        .with("threads/idle.md", idle)
        .with("threads/notes.txt", "not a thread")
        .with("backlogs/2026-11-01-feed-backlog.md", CATALOG)
}

#[cfg(unix)]
#[test]
fn scan_of_a_linked_thread_writes_the_target() {
    use std::os::unix::fs::symlink;

    let scratch = world().with("elsewhere/linked.md", thread("Linked"));
    symlink("../elsewhere/linked.md", scratch.path("threads/linked.md")).unwrap();
    assert_eq!(scratch.run(&["scan"]).code, Some(0));
    assert!(scratch.path("threads/linked.md").is_symlink());
    let written = &scratch.files()["elsewhere/linked.md"];
    assert!(String::from_utf8_lossy(written).contains("level: ripe"));
}

#[cfg(unix)]
#[test]
fn scan_with_a_read_only_thread_names_it_and_writes_the_others() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;

    let scratch = world();
    set_permissions(scratch.path("threads/crlf.md"), Permissions::from_mode(0o444)).unwrap();
    let before = scratch.files();
    let ran = scratch.run(&["scan"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("threads/crlf.md") && ran.stderr.contains("read-only"));
    assert!(ran.stdout.contains("6 of 8 threads changed"), "{}", ran.stdout);
    assert_eq!(scratch.files()["threads/crlf.md"], before["threads/crlf.md"]);
}

#[test]
fn scan_and_reports_do_not_depend_on_the_order_of_files() {
    let first = world()
        .with("threads/broken.md", "---\nripeness: {level: high}\n---\n")
        .with("threads/also-broken.md", "---\nripeness: {level: 3}\n---\n");
    let files = first.files().into_iter().rev();
    let second = files.fold(Scratch::new(), |scratch, (path, text)| scratch.with(&path, text));
    let commands: [&[&str]; 9] = [
        &["status"],
        &["status", "--json"],
        &["show", "plain"],
        &["check"],
        &["check", "--json"],
        &["scan", "-n"],
        &["scan", "-n", "--json"],
        &["scan"],
        &["scan"],
    ];
    for arguments in commands {
        let ran = first.run(arguments);
        if arguments != ["scan"] {
            assert_eq!(ran, first.run(arguments), "{arguments:?}");
        }
        assert_eq!(ran, second.run(arguments), "{arguments:?}");
    }
    assert_eq!(first.files(), second.files());
}

#[test]
fn scan_leaves_unchanged_files_untouched() {
    use std::fs::{File, metadata};
    use std::time::{Duration, SystemTime};

    let scratch = world();
    let before = scratch.files();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let is_old =
        |path: &String| metadata(scratch.path(path)).unwrap().modified().unwrap() == long_ago;
    for path in before.keys() {
        let file = File::options().write(true).open(scratch.path(path)).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    for arguments in [&["status"][..], &["check"], &["show", "plain"], &["scan", "-n"]] {
        scratch.run(arguments);
        assert_eq!(scratch.files(), before, "{arguments:?}");
        assert!(before.keys().all(is_old), "{arguments:?}");
    }
    scratch.run(&["scan"]);
    let after = scratch.files();
    let changed = after.iter().filter(|(path, text)| before.get(*path) != Some(text));
    let changed: Vec<_> = changed.map(|(path, _)| path.clone()).collect();
    assert_eq!(changed.len(), 7, "{changed:?}");
    let touched: Vec<_> = after.keys().filter(|path| !is_old(path)).cloned().collect();
    assert_eq!(changed, touched);
}

#[test]
fn scan_again_changes_and_prints_nothing() {
    let scratch = world();
    assert!(scratch.run(&["scan", "--quiet"]).stdout.contains("plain"));
    let before = scratch.files();
    let ran = scratch.run(&["scan", "--quiet"]);
    assert_eq!((ran.code, ran.said().as_str()), (Some(0), ""));
    assert_eq!(scratch.run(&["scan", "-n"]).stdout, "");
    assert_eq!(scratch.files(), before);
}

#[test]
fn scan_dry_run_is_a_patch_for_git() {
    let scratch = world();
    let patched = patched(&scratch, &scratch.run(&["scan", "--dry-run"]).stdout);
    scratch.run(&["scan"]);
    let (by_patch, by_scan) = (patched.files(), scratch.files());
    for (path, text) in &by_scan {
        let (text, patched) = (String::from_utf8_lossy(text), &by_patch[path]);
        assert_eq!(text, String::from_utf8_lossy(patched), "{path}");
    }
    assert_eq!(by_patch.len(), by_scan.len());
}

/// Expects that git applies the dry run of a scan, with the same result as the scan.
fn assert_dry_run_is_a_patch(scratch: &Scratch) {
    let patched = patched(scratch, &scratch.run(&["scan", "-n"]).stdout);
    scratch.run(&["scan"]);
    assert!(patched.files() == scratch.files());
}

#[test]
fn scan_dry_run_of_control_characters_is_a_patch_for_git() {
    assert_dry_run_is_a_patch(&with_body("A bell \u{7} and \u{1b}[31mred.\n\n## Evidence\n"));
}

#[test]
fn scan_dry_run_of_lone_carriage_returns_is_a_patch_for_git() {
    assert_dry_run_is_a_patch(&with_body("One\rline.\n\n## Evidence\n"));
}

/// An item whose URL or id cannot be written unchanged does not prevent the scan.
#[test]
fn scan_of_an_item_with_an_odd_url_succeeds() {
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
fn scan_of_an_item_mapped_to_a_missing_thread_names_it() {
    let item = "- [A](https://example.org/1) (2026-11-01) [thread:: misspelt]\n";
    let scratch = with_body("").with("backlogs/2026-11-02-feed-backlog.md", item);
    let ran = scratch.run(&["scan", "--quiet"]);
    assert!(ran.said().contains("misspelt"), "{}", ran.said());
}

#[test]
fn scan_that_refuses_to_write_does_not_print_nothing_new() {
    let scratch = with_body("## Ripeness\n\n- 2026-12-01: → low — a\n");
    let ran = scratch.run(&["scan"]);
    assert!(ran.stderr.contains("clock-behind-log"), "{}", ran.stderr);
    assert!(!ran.stdout.contains("Nothing new"), "{}", ran.stdout);
}
