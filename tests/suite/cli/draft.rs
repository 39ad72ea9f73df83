//! `draft`: which paths it takes, with and without `--dry-run`.

use super::edits::world;
use crate::support::scratch::{self, Scratch};

const THREAD: &str = "---\nripeness: {level: ripe, since: 2026-01-01}\n---\n# B\n";

fn scratch() -> Scratch {
    Scratch::new()
        .with("thread.yaml", "threads: notes/Threads\n")
        .with("notes/Threads/b.md", THREAD)
        .with("backlogs/2026-01-01-lab-backlog.md", "")
        .with("drafts/old.md", "Mine.\n")
        .with("drafts/sub/other.md", "Mine.\n")
        .with(".git/HEAD", "ref: refs/heads/main\n")
}

/// Demands that a path is refused with exit code 2 and a help, by a run that writes and by one that
/// only shows.
fn is_refused(scratch: &Scratch, path: &str, reason: &str) {
    let before = scratch.files();
    let escape_for_terminal = scratch.run(&["draft", "b", path, "-n"]);
    let written = scratch.run(&["draft", "b", path]);
    assert_eq!(
        (written.code, escape_for_terminal.code),
        (Some(2), Some(2)),
        "{path}: {}",
        written.said()
    );
    assert_eq!(escape_for_terminal.stderr, written.stderr, "{path}");
    assert_eq!(escape_for_terminal.stdout, "", "{path}");
    assert!(written.stderr.contains(reason), "{path}: {}", written.stderr);
    assert!(written.stderr.contains("\nhelp: "), "{path}: {}", written.stderr);
    assert_eq!(scratch.files(), before, "{path}");
}

#[test]
fn draft_in_a_reserved_directory_is_refused_with_and_without_dry_run() {
    let scratch = scratch();
    for (path, reason) in [
        ("notes/Threads/new.md", "are read as threads"),
        ("notes/threads/deep/new.md", "are read as threads"),
        ("Backlogs/x.md", "are read as catalogs"),
        ("thread.YAML", "configures the workspace"),
        (".git/hooks/pre-commit", "is hidden"),
        (".Git/config.md", "is hidden"),
        ("drafts/.git/x.md", "is hidden"),
        ("drafts/../backlogs/x.md", "cannot be the path of a draft"),
        ("drafts/sub/", "is a directory, not a file"),
        (".", "is a directory, not a file"),
        ("drafts/old.md", "it already exists"),
        ("drafts/sub", "it already exists"),
        ("drafts/old.md/new.md", "is not a directory"),
    ] {
        is_refused(&scratch, path, reason);
    }
    let ran = scratch.run(&["draft", "b", "-n"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    let ran = scratch.run(&["draft", "b", "./drafts//new.md"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert!(scratch.files().contains_key("drafts/new.md"));
}

#[cfg(unix)]
#[test]
fn draft_through_a_link_into_a_reserved_directory_is_refused() {
    use std::os::unix::fs::symlink;

    let elsewhere = Scratch::new().with(".git/hooks/x", "").with("texts/y.md", "");
    let scratch = scratch();
    symlink("notes/Threads", scratch.path("one")).expect("a link");
    symlink("backlogs", scratch.path("two")).expect("a link");
    symlink("../.git", scratch.path("drafts/three")).expect("a link");
    symlink(elsewhere.path(".git/hooks"), scratch.path("four")).expect("a link");
    symlink("nowhere", scratch.path("five")).expect("a link");
    is_refused(&scratch, "one/x.md", "it would be in `notes/Threads`");
    is_refused(&scratch, "one/deep/x.md", "it would be in `notes/Threads`");
    is_refused(&scratch, "two/x.md", "it would be in `backlogs`");
    is_refused(&scratch, "drafts/three/x.md", "it would be in `.git`");
    is_refused(&scratch, "four/x.md", "it would be in `.git`");
    is_refused(&scratch, "five/x.md", "cannot create");
    symlink(elsewhere.path("texts"), scratch.path("six")).expect("a link");
    let ran = scratch.run(&["draft", "b", "six/x.md"]);
    assert_eq!(ran.code, Some(0), "a directory elsewhere may hold drafts: {}", ran.said());
}

#[test]
fn draft_of_a_thread_with_an_unusual_name_gets_a_plain_name() {
    let scratch = Scratch::new().with("threads/My note.md", THREAD);
    let ran = scratch.run(&["draft", "My note"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert!(scratch.files().contains_key("drafts/2026-11-23-my-note.md"), "{}", ran.said());
}

#[test]
fn draft_at_an_existing_path_is_not_recorded() {
    let scratch = world().with("drafts/mine.md", "Mine.\n");
    let before = scratch.files();
    let ran = scratch.run(&["draft", "x", "drafts/mine.md"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("drafts/mine.md"), "{}", ran.stderr);
    assert_eq!(scratch.files(), before);
}

#[test]
fn draft_from_a_subdirectory_is_made_in_the_workspace() {
    let scratch = world();
    let mut command = scratch.command(&["draft", "x", "--title", "T"]);
    let ran = scratch::run(command.current_dir(scratch.path("threads")));
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert!(
        scratch.files().keys().any(|path| path.starts_with("drafts/")),
        "{:?}",
        scratch.files()
    );
}
