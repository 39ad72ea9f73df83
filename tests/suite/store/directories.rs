//! Directories that may not be read, and directories that are links.
#![cfg(target_os = "linux")]

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use super::child::NOBODY;
use crate::support::HIT;
use crate::support::scratch::{self, Ran, Scratch};

/// Threads by their paths below `threads/`, each of which gets an arrival and a promotion.
pub fn world(names: &[String]) -> Scratch {
    let slug = |name: &String| name.rsplit('/').next().unwrap_or_default().to_owned();
    let listed = names.iter().map(|name| {
        format!("- **#1** (2026-10-31) — \"News.\" [tags:: hit] [thread:: {}]\n", slug(name))
    });
    let scratch = Scratch::in_memory()
        .with("thread.yaml", "sources: {feed: {name: Feed}}\n")
        .with("backlogs/2026-11-01-feed-backlog.md", listed.collect::<String>());
    names.iter().fold(scratch, |scratch, name| scratch.with(&format!("threads/{name}.md"), HIT))
}

/// The program as a user to whom file modes apply; `None` if that is impossible.
fn as_other_user(scratch: &Scratch, arguments: &[&str]) -> Option<Ran> {
    if !rustix::process::geteuid().is_root() {
        return Some(scratch.run(arguments));
    }
    let mut command = Command::new("setpriv");
    command.args([&format!("--reuid={NOBODY}"), &format!("--regid={NOBODY}"), "--clear-groups"]);
    // A copy, because the build directory may be closed to others.
    command.arg(scratch.path("program")).args(arguments);
    command.current_dir(scratch.path("")).env_clear().env("THREAD_TODAY", "2026-11-23");
    command.env("PATH", "/usr/bin:/bin");
    let can = Command::new("setpriv").arg("--version").stdout(Stdio::null()).status().is_ok();
    can.then(|| scratch::run(&mut command))
}

/// Gives a directory and its content to the user `nobody`.
fn give_away(path: &Path) {
    chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            give_away(&entry.unwrap().path());
        }
    }
}

fn set_mode(scratch: &Scratch, path: &str, mode: u32) {
    fs::set_permissions(scratch.path(path), Permissions::from_mode(mode)).unwrap();
}

#[test]
fn directory_without_permission_is_named_and_the_others_are_written() {
    let names = ["a", "b", "shut/c", "open/d"].map(String::from);
    let scratch = world(&names)
        .with("backlogs/shut/2026-11-02-feed-backlog.md", "- **#2** (2026-11-01) — \"More.\"\n")
        .with("backlogs/2026-11-03-feed-backlog.md", "- **#3** (2026-11-02) — \"More.\"\n");
    fs::copy(env!("CARGO_BIN_EXE_thread"), scratch.path("program")).unwrap();
    let shut =
        ["threads/b.md", "threads/shut", "backlogs/2026-11-03-feed-backlog.md", "backlogs/shut"];
    if rustix::process::geteuid().is_root() {
        give_away(&scratch.path(""));
    }
    for path in shut {
        set_mode(&scratch, path, 0);
    }
    let commands: [&[&str]; 6] =
        [&["status"], &["check"], &["check", "--json"], &["scan", "-n"], &["scan"], &["scan"]];
    for arguments in commands {
        let Some(ran) = as_other_user(&scratch, arguments) else {
            return scratch::skipped("root may look into everything, and there is no `setpriv`");
        };
        let said = ran.said();
        assert_eq!(ran.code, Some(1), "{arguments:?}: {said}");
        let reasons = said.matches("this file cannot be read: permission denied").count();
        assert_eq!(reasons, shut.len(), "{arguments:?}: {said}");
        assert!(shut.iter().all(|path| said.contains(path)), "{arguments:?}: {said}");
    }
    for path in shut {
        set_mode(&scratch, path, 0o755);
    }
    let level = |name: &str| fs::read_to_string(scratch.path(&format!("threads/{name}.md")));
    for (name, is_written) in [("a", true), ("b", false), ("shut/c", false), ("open/d", true)] {
        assert_eq!(level(name).unwrap().contains("level: ripe"), is_written, "{name}");
    }
}

#[test]
fn directory_of_a_link_is_written_to() {
    let inner = world(&["a".into()]);
    let scratch = Scratch::new().with("thread.yaml", "threads: shared\ndrafts: texts\n");
    for (target, link) in [("threads", "shared"), ("backlogs", "backlogs"), ("", "texts")] {
        symlink(inner.path(target), scratch.path(link)).unwrap();
    }
    let ran = scratch.run(&["scan"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(scratch.path("shared").is_symlink());
    let written = fs::read_to_string(inner.path("threads/a.md")).unwrap();
    assert!(written.contains("level: ripe"), "{written}");
}
