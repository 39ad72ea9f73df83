//! Faults of the machine while files are written, and runs that compete.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use crate::support::scratch::{self, Ran, Scratch, run};

const LONG_PROSE: usize = 400;

/// Three short threads and a long one, each with an arrival and a promotion.
fn four() -> Scratch {
    let names = ["a", "b", "long", "z"];
    let catalog: String = names
        .iter()
        .map(|name| format!("- **#1** (2026-10-31) — \"News.\" [tags:: hit] [thread:: {name}]\n"))
        .collect();
    let scratch = Scratch::in_memory().with("thread.yaml", "sources: {feed: {name: Feed}}\n");
    let scratch = scratch.with("backlogs/2026-11-01-feed-backlog.md", catalog);
    names.iter().fold(scratch, |scratch, name| {
        let prose = if *name == "long" { LONG_PROSE } else { 1 };
        let thread = format!(
            "---\nripeness: {{level: low, since: 2026-01-01}}\nsets: {{hits: {{tag: hit}}}}\ntriggers:\n  \
             - {{id: hit, why: it hit, raise-to: ripe, when: {{count: {{of: hits, at-least: 1}}}}}}\n\
             ---\n# {name}\n\n{}\n## Evidence\n\n## Ripeness\n",
            "Some prose of a person.\n".repeat(prose)
        );
        scratch.with(&format!("threads/{name}.md"), thread)
    })
}

/// The program, started by a line of shell in which it is `"$@"`.
fn by_shell(scratch: &Scratch, line: &str, arguments: &[&str]) -> Ran {
    let mut command = Command::new("sh");
    command.args(["-c", line, "sh", env!("CARGO_BIN_EXE_thread")]).args(arguments);
    command
        .current_dir(scratch.path(""))
        .env("THREAD_TODAY", "2026-11-23")
        .env_remove("THREAD_DIR");
    run(&mut command)
}

/// Demands that every file is old or new, and no other is there but what a killed run may leave.
fn old_or_new(found: &Scratch, old: &Scratch, new: &BTreeMap<String, Vec<u8>>, when: &str) {
    let (found, old) = (found.files(), old.files());
    for (path, bytes) in &old {
        let now = found.get(path).unwrap_or_else(|| panic!("{when}: {path} is gone"));
        assert!(now == bytes || *now == new[path], "{when}: {path} is torn");
    }
    let others: Vec<_> = found.keys().filter(|path| !old.contains_key(*path)).collect();
    let temporary = |path: &&&String| path.ends_with(".thread-tmp");
    assert!(others.iter().all(|path| temporary(&path)), "{when}: {others:?}");
}

fn temporaries(scratch: &Scratch) -> Vec<String> {
    scratch.files().into_keys().filter(|path| path.ends_with(".thread-tmp")).collect()
}

#[test]
fn scan_without_room_for_one_file_names_it_and_writes_the_others() {
    let (scratch, new) = (four(), four().files_after(&["scan"]));
    // The limit is on the length of a file; unless the signal is ignored, it kills.
    let ran = by_shell(&scratch, "trap '' XFSZ; ulimit -f 4; exec \"$@\"", &["scan"]);
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    assert!(ran.stderr.contains("unwritable-file") && ran.stderr.contains("threads/long.md"));
    assert!(ran.stderr.contains("help: make room"), "{}", ran.stderr);
    let found = scratch.files();
    assert_eq!(found.len(), new.len(), "{:?}", found.keys());
    for (path, bytes) in &four().files() {
        let expected = if path.ends_with("long.md") { bytes } else { &new[path] };
        assert!(found[path] == *expected, "{path}");
    }
    assert_eq!(scratch.run(&["scan"]).code, Some(0));
    assert!(scratch.files() == new);
}

#[test]
fn scan_on_a_full_disk_leaves_every_file_old_or_new() {
    let (original, new) = (four(), four().files_after(&["scan"]));
    let mut refused = 0;
    for kilobytes in [4, 24, 28, 32, 36, 40, 44, 48] {
        let scratch = four();
        // The mount goes with the shell that made it.
        let line = format!(
            "mkdir disk && mount -t tmpfs -o size={kilobytes}k tmpfs disk || exit 77; \
             cp -r thread.yaml backlogs threads disk/ 2>/dev/null || exit 78; \
             \"$@\"; code=$?; rm -r threads; cp -r disk/threads threads; umount disk; rmdir disk; exit $code"
        );
        let mut command = Command::new("unshare");
        command.args(["--mount", "sh", "-c", &line, "sh", env!("CARGO_BIN_EXE_thread")]);
        command.args(["-C", "disk", "scan"]).current_dir(scratch.path(""));
        command.env("THREAD_TODAY", "2026-11-23").env_remove("THREAD_DIR");
        if Command::new("unshare").arg("true").stderr(Stdio::null()).status().is_err() {
            return scratch::skipped("there is no `unshare`");
        }
        let ran = run(&mut command);
        match ran.code {
            Some(0 | 1) => {}
            Some(78) => continue,
            _ => return scratch::skipped("nothing can be mounted here"),
        }
        old_or_new(&scratch, &original, &new, &format!("{kilobytes} KB"));
        assert!(temporaries(&scratch).is_empty(), "{kilobytes} KB");
        refused += usize::from(ran.code == Some(1));
        if ran.code == Some(1) {
            assert!(ran.stderr.contains("help: make room"), "{}", ran.stderr);
        }
    }
    assert!(refused > 0, "no disk was full");
}

/// System calls of a write, in the order in which it makes them.
const CALLS: [&str; 7] = ["openat", "write", "fchown", "fchmod", "fsync", "renameat2", "unlink"];

/// Kills a scan at its n-th call of each kind, or lets that call fail, and scans again.
fn faults(rounds: usize) {
    let (original, new) = (four(), four().files_after(&["scan"]));
    for call in CALLS {
        for round in 1..=rounds {
            for fault in ["signal=KILL", "error=ENOSPC", "error=EIO"] {
                let scratch = four();
                let tampering = format!("{fault}:when={round}");
                let Some(ran) = scratch.run_with_fault(&["scan"], call, &tampering) else {
                    return;
                };
                let when = format!("{call} {tampering}: {}", ran.said());
                old_or_new(&scratch, &original, &new, &when);
                if ran.code == Some(0) {
                    let mut found = scratch.files();
                    found.retain(|path, _| new.contains_key(path));
                    assert!(found == new, "{when}: it said that all was well");
                }
                assert_ne!(ran.code, Some(101), "{when}");
                assert_eq!(scratch.run(&["scan"]).code, Some(0), "{when}");
                assert!(scratch.files() == new, "{when}: the next scan did not complete it");
            }
        }
    }
}

#[test]
fn scan_with_failing_system_calls_leaves_every_file_old_or_new() {
    faults(3);
}

#[test]
#[ignore = "takes minutes: some thousand runs under strace"]
fn scan_with_forty_failing_calls_of_each_kind_leaves_every_file_old_or_new() {
    faults(40);
}

/// Two scans and a verb at once.
fn crowd(rounds: usize) {
    for round in 0..rounds {
        let scratch = four();
        let start = |arguments: &[&str]| {
            let mut command = scratch.command(arguments);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let wait = ["--wait", "60"];
        let children = [
            start(&["scan", wait[0], wait[1]]),
            start(&["dormant", "b", wait[0], wait[1]]),
            start(&["scan", wait[0], wait[1]]),
        ];
        for child in children {
            let ran = scratch::end(child);
            assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "round {round}");
        }
        let files = scratch.files();
        assert_eq!(files.len(), 6, "round {round}: {:?}", files.keys());
        for name in ["a", "b", "long", "z"] {
            let text = String::from_utf8_lossy(&files[&format!("threads/{name}.md")]).into_owned();
            assert_eq!(text.matches("**#1**").count(), 1, "round {round}: {text}");
            assert!(text.matches("low → ripe").count() <= 1, "round {round}: {text}");
            assert_eq!(text.contains("status: dormant"), name == "b", "round {round}: {text}");
        }
    }
}

#[test]
fn scan_twice_during_an_edit_does_each_once() {
    crowd(10);
}

#[test]
#[ignore = "takes a minute: two hundred rounds"]
fn scan_twice_during_an_edit_two_hundred_times_does_each_once() {
    crowd(200);
}
