//! Names of files and directories with control characters, and names that are not UTF-8.
#![cfg(target_os = "linux")]

use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use thread_tracker::model::Error;

use crate::support::git;
use crate::support::scratch::{Ran, Scratch};

const FRONT: &str = "\
---
ripeness: {level: low, since: 2026-01-01}
collect: {tag: hit}
sets: {hits: {tag: hit}}
triggers:
  - {id: hit, why: something hit, raise-to: ripe, when: {count: {of: hits, at-least: 1}}}
---
# A thread

## Evidence

## Ripeness
";

/// Stems: line ends, a window's title, a colour, a bell, quotes, and what turns the direction of
/// writing.
const STEMS: [&str; 12] = [
    "first\nsecond",
    "first\rsecond",
    "first\tsecond",
    "first\u{1b}]0;second\u{7}",
    "first\u{1b}[31msecond",
    "first\u{9b}31msecond",
    "first\u{7f}second",
    "first\u{202e}second",
    "first\u{2028}second",
    "first\u{2066}second",
    "first\"'second",
    "first\\second",
];

/// Not UTF-8, in two ways that look alike.
const NO_TEXT: [&[u8]; 2] = [b"thread-\xff.md", b"thread-\xfe.md"];

fn put(path: PathBuf, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    File::create(path).unwrap().write_all(content.as_bytes()).unwrap();
}

/// As long as a name may be.
fn longest(beginning: &str, ending: &str) -> String {
    format!("{beginning}{}{ending}", "x".repeat(255 - beginning.len() - ending.len()))
}

/// Threads of hostile names, in folders of hostile names too, each of which gets an arrival and a
/// promotion from catalogs of such names.
fn world(thread: &str, item: &str) -> Scratch {
    let scratch = Scratch::new().with("thread.yaml", "sources: {feed: {name: Feed}}\n");
    for (number, stem) in STEMS.iter().enumerate() {
        put(scratch.path(&format!("threads/{number}{stem}.md")), thread);
        put(scratch.path(&format!("threads/{stem}/within-{number}.md")), thread);
        let front = "---\nsource: feed\nscanned: 2026-11-01\n---\n";
        let catalog = format!("{front}- **#{number}** (2026-10-31) — \"News.\" {item}\n");
        put(scratch.path(&format!("backlogs/{number}{stem}.md")), &catalog);
    }
    put(scratch.path(&format!("threads/{}", longest("long", ".md"))), thread);
    let name = longest("2026-11-01-", "-backlog.md");
    put(scratch.path(&format!("backlogs/{name}")), "Nothing.\n");
    scratch
}

/// Demands that nothing is said which a terminal obeys but line feeds and, where they are asked
/// for, the program's own colours; and that no name takes more than one line.
fn is_harmless(ran: &Ran, styled: bool, when: &str) {
    let mut said = ran.said();
    assert_ne!(ran.code, Some(101), "{when}: {said}");
    if styled {
        assert!(!said.contains("\u{1b}[31msecond"), "{when}: {said:?}");
        let pieces = said.split("\u{1b}[").map(|piece| match piece.split_once('m') {
            Some((codes, rest)) if codes.bytes().all(|b| b.is_ascii_digit() || b == b';') => rest,
            _ => piece,
        });
        said = pieces.collect();
    }
    let is_control = |c: char| {
        let turns = matches!(c, '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        (c.is_control() && c != '\n') || turns
    };
    let obeyed: Vec<_> = said.chars().filter(|c| is_control(*c)).collect();
    assert!(obeyed.is_empty(), "{when}: {obeyed:?}: {said:?}");
    assert!(!said.contains("first\nsecond"), "{when}: {said:?}");
}

/// Runs a command, without colours and with them, and looks at all that it says.
fn escape(scratch: &Scratch, arguments: &[&str]) -> Ran {
    let styled = scratch.run(&[&["--color", "always"], arguments].concat());
    is_harmless(&styled, true, &format!("{arguments:?}, styled"));
    let ran = scratch.run(arguments);
    is_harmless(&ran, false, &format!("{arguments:?}"));
    ran
}

/// The commands that show all files; none of them writes.
const SHOWING: [&[&str]; 15] = [
    &["status"],
    &["status", "--json"],
    &["check"],
    &["check", "--format", "text"],
    &["check", "--format", "concise"],
    &["check", "--format", "json"],
    &["check", "--format", "github"],
    &["check", "--format", "sarif"],
    &["check", "--json"],
    &["next"],
    &["log"],
    &["scan", "-n"],
    &["scan", "-n", "--json"],
    &["dormant", "0", "-n"],
    &["catalog", "list"],
];

fn is_json(arguments: &[&str]) -> bool {
    arguments.iter().any(|word| matches!(*word, "--json" | "json" | "sarif"))
}

#[test]
fn file_names_are_escaped_by_every_command() {
    let well = world(FRONT, "[tags:: hit]");
    let broken = world(&FRONT.replace("level: low", "level: lwo"), "[thread:: nobody]");
    for (scratch, code) in [(&well, 0), (&broken, 1)] {
        for arguments in SHOWING {
            let ran = escape(scratch, arguments);
            assert_eq!(ran.code, Some(code), "{arguments:?}: {}", ran.said());
            if is_json(arguments) {
                let parsed: Result<serde_json::Value, _> = serde_json::from_str(&ran.stdout);
                assert!(parsed.is_ok(), "{arguments:?}: {}", ran.stdout);
            }
        }
    }
    // Each file is named among the broken ones: a thread, one in a directory, a catalog.
    let json = escape(&broken, &["check", "--json"]).stdout;
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    let named = |path: String| {
        let mut findings = report["findings"].as_array().unwrap().iter();
        assert!(findings.any(|finding| finding["path"] == *path), "{path:?}: {json}");
    };
    for (number, stem) in STEMS.iter().enumerate() {
        named(format!("threads/{number}{stem}.md"));
        named(format!("threads/{stem}/within-{number}.md"));
        named(format!("backlogs/{number}{stem}.md"));
    }
}

#[test]
fn scan_of_files_with_hostile_names_writes_them() {
    for arguments in [&["scan"][..], &["scan", "--json"], &["--color", "always", "scan"]] {
        let scratch = world(FRONT, "[tags:: hit]");
        let before = scratch.files();
        let ran = scratch.run(arguments);
        is_harmless(&ran, arguments.contains(&"always"), &format!("{arguments:?}"));
        assert_eq!(ran.code, Some(0), "{}", ran.said());
        if is_json(arguments) {
            let parsed: Result<serde_json::Value, _> = serde_json::from_str(&ran.stdout);
            assert!(parsed.is_ok(), "{}", ran.stdout);
        }
        let after = scratch.files();
        assert!(after.keys().eq(before.keys()), "{:?}", after.keys());
        for (path, text) in after.iter().filter(|(path, _)| path.starts_with("threads/")) {
            assert!(String::from_utf8_lossy(text).contains("level: ripe"), "{path:?}");
        }
    }
}

#[test]
fn scan_dry_run_of_files_with_hostile_names_is_a_patch_for_git() {
    let scratch = world(FRONT, "[tags:: hit]");
    let patched = git::patched(&scratch, &scratch.run(&["scan", "--dry-run"]).stdout);
    scratch.run(&["scan"]);
    assert!(patched.files() == scratch.files());
}

#[test]
fn file_names_are_escaped_in_error_messages() {
    let scratch = world(FRONT, "[tags:: hit]");
    for (number, stem) in STEMS.iter().enumerate() {
        let path = scratch.path(&format!("threads/{number}{stem}.md"));
        fs::set_permissions(path, Permissions::from_mode(0o444)).unwrap();
        // A word that calls nothing, and one that calls several; each answer lists names.
        let (nobody, several) = (format!("{stem}-nobody"), format!("{}", number % 2));
        let words: [&[&str]; 4] = [
            &["show", &nobody],
            &["show", "within"],
            &["dormant", &nobody],
            &["dormant", &several],
        ];
        for arguments in words {
            let ran = escape(&scratch, arguments);
            assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.said());
        }
        let ran = escape(&scratch, &["dormant", &format!("{number}{stem}")]);
        assert_eq!(ran.code, Some(2), "{}", ran.said());
        assert!(ran.stderr.contains("read-only"), "{}", ran.stderr);
        let directory = format!("outer/{number}{stem}");
        put(scratch.path(&directory).join("thread.yaml"), "");
        let file = scratch.path(&directory).join("nowhere.md").to_string_lossy().into_owned();
        for arguments in
            [&["check"][..], &["init"], &["hook", "install"], &["adopt", &file], &["test", &file]]
        {
            let arguments = [&["-C", &directory], arguments].concat();
            let ran = escape(&scratch, &arguments);
            assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.said());
        }
    }
}

#[test]
fn file_names_that_are_not_utf8_are_named_and_the_files_left_alone() {
    let scratch = Scratch::new()
        .with("threads/plain.md", FRONT)
        .with("threads/thread-\u{fffd}.md", FRONT)
        .with(
            "backlogs/2026-11-01-feed-backlog.md",
            "- **#2** (2026-10-31) — \"News.\" [tags:: hit]\n",
        );
    let path = |directory: &str, name: &[u8]| scratch.path(directory).join(OsStr::from_bytes(name));
    for name in NO_TEXT {
        put(path("threads", name), FRONT);
        put(path("backlogs", name), "- **#3** (2026-10-31) — \"News.\" [tags:: hit]\n");
    }
    put(path("threads", b"folder-\xff").join("within.md"), FRONT);
    for arguments in SHOWING.into_iter().filter(|arguments| arguments[0] != "dormant") {
        let ran = escape(&scratch, arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {}", ran.said());
        if is_json(arguments) {
            let parsed: Result<serde_json::Value, _> = serde_json::from_str(&ran.stdout);
            assert!(parsed.is_ok(), "{arguments:?}: {}", ran.stdout);
        }
        let said = ran.said();
        assert!(said.contains("its name is not UTF-8"), "{arguments:?}: {said}");
        let names = ["thread-\u{fffd}.md", "folder-\u{fffd}/within.md"];
        let encoded = ["thread-%EF%BF%BD.md", "folder-%EF%BF%BD/within.md"];
        for (name, encoded) in names.iter().zip(encoded) {
            assert!(said.contains(name) || said.contains(encoded), "{arguments:?}: {said}");
        }
    }
    let ran = escape(&scratch, &["scan"]);
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    let text = |path: PathBuf| fs::read_to_string(path).unwrap();
    for written in ["threads/plain.md", "threads/thread-\u{fffd}.md"] {
        assert!(text(scratch.path(written)).contains("level: ripe"), "{written}");
    }
    for name in NO_TEXT {
        assert_eq!(text(path("threads", name)), FRONT, "it was taken for another");
    }
    assert_eq!(text(path("threads", b"folder-\xff").join("within.md")), FRONT);
}

#[test]
fn error_messages_are_escaped_and_have_one_line() {
    let error = Error::request("no `a\u{1b}[31m`\r\nsecond", "b\u{202e}\n\u{7}");
    let output = thread_tracker::commands::shared::output::failed(&error.into());
    assert_eq!(output.stderr, "error: no `a␛[31m`  second\nhelp: b\u{fffd} \u{fffd}\n");
}
