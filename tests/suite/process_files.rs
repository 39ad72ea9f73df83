//! The program among files: what cannot be read, what is left alone, what a dry run promises.

use std::io::{self, Write};
use std::process::Command;

use super::scratch::{self, Scratch};

/// A thread that takes in what is tagged `hit`, and is ripe once it has some.
fn thread(title: &str) -> String {
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

/// A workspace in which a scan has something to do in some threads and not in others.
fn world() -> Scratch {
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
fn what_cannot_be_read_is_named_and_nobody_waits_for_it() {
    use std::fs::{File, create_dir_all};
    use std::os::unix::fs::symlink;

    let scratch = world().with("threads/latin.md", b"---\nripeness: {level: low}\n---\n\x92\n");
    let mut unreadable = vec!["threads/latin.md".to_string()];
    for directory in ["threads", "backlogs"] {
        let place = |name: &str| scratch.path(&format!("{directory}/{name}"));
        assert!(Command::new("mkfifo").arg(place("pipe.md")).status().unwrap().success());
        symlink("nowhere.md", place("dangling.md")).unwrap();
        symlink("loop.md", place("loop.md")).unwrap();
        symlink(".", place("self")).unwrap();
        symlink("/dev/zero", place("zero.md")).unwrap();
        File::create(place("huge.md")).unwrap().set_len(17 * 1024 * 1024).unwrap();
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

#[cfg(unix)]
#[test]
fn a_thread_behind_a_link_is_written_where_it_is() {
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
fn a_thread_that_may_not_be_written_is_named_and_the_others_are_written() {
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
fn the_same_files_give_the_same_bytes_in_whatever_order_they_were_made() {
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
fn a_scan_touches_no_file_that_it_does_not_change() {
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
fn a_second_scan_says_and_does_nothing() {
    let scratch = world();
    assert!(scratch.run(&["scan", "--quiet"]).stdout.contains("plain"));
    let before = scratch.files();
    let ran = scratch.run(&["scan", "--quiet"]);
    assert_eq!((ran.code, ran.said().as_str()), (Some(0), ""));
    assert_eq!(scratch.run(&["scan", "-n"]).stdout, "");
    assert_eq!(scratch.files(), before);
}

#[test]
fn the_difference_of_a_dry_run_applies_and_gives_what_a_scan_writes() {
    let scratch = world();
    let patch = scratch.run(&["scan", "--dry-run"]).stdout;
    let scratch = scratch.with("patch", &patch);
    let patched = scratch.copy();
    let mut git = Command::new("git");
    git.args(["apply", "--whitespace=nowarn", "patch"])
        .current_dir(patched.path(""))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CEILING_DIRECTORIES", patched.path("").parent().unwrap());
    if Command::new("git").arg("--version").output().is_err() {
        let _ = writeln!(io::stderr(), "skipped: there is no git");
        return;
    }
    let ran = scratch::run(&mut git);
    assert_eq!(ran.code, Some(0), "{}\n{patch}", ran.stderr);
    scratch.run(&["scan"]);
    let (by_patch, by_scan) = (patched.files(), scratch.files());
    for (path, text) in &by_scan {
        let (text, patched) = (String::from_utf8_lossy(text), &by_patch[path]);
        assert_eq!(text, String::from_utf8_lossy(patched), "{path}");
    }
    assert_eq!(by_patch.len(), by_scan.len());
}
