//! `init`: a new workspace.

use crate::support::git::git;
use crate::support::scratch::Scratch;

#[test]
fn init_in_an_empty_directory_makes_a_valid_workspace() {
    let scratch = Scratch::new();
    assert_eq!(scratch.run(&["status"]).code, Some(2), "no workspace yet");
    let ran = scratch.run(&["init", "research/notes"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert!(
        ran.stdout.starts_with("thread.yaml (new)\nthreads/ (new)\nbacklogs/ (new)\n"),
        "{}",
        ran.stdout
    );
    assert_eq!(scratch.files().keys().collect::<Vec<_>>(), ["research/notes/thread.yaml"]);
    assert_eq!(scratch.run(&["init", "research/notes/inner"]).code, Some(2), "inside of it");
    let inside = |arguments: &[&str]| scratch.run(&[&["-C", "research/notes"], arguments].concat());
    assert_eq!(inside(&["new", "First things"]).code, Some(0));
    for arguments in [&["check", "--strict"][..], &["status"], &["scan"], &["next"], &["log"]] {
        let ran = inside(arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{arguments:?}: {}", ran.said());
    }
    // Every hint of the new files is right when its comment sign goes.
    let uncommented = |path: &str| {
        let text = String::from_utf8(scratch.files()[path].clone()).unwrap();
        text.lines().map(|line| format!("{}\n", hint(line).unwrap_or(line))).collect::<String>()
    };
    let configuration = uncommented("research/notes/thread.yaml");
    assert!(configuration.contains("\nladder: [low"), "{configuration}");
    let thread = uncommented("research/notes/threads/first-things.md");
    assert!(thread.contains("\ntriggers:\n  - id: "), "{thread}");
    let scratch = scratch
        .with("full/thread.yaml", configuration)
        .with("full/threads/first-things.md", thread)
        .with("full/backlogs/2026-11-01-some-lab-backlog.md", "");
    // Nothing but that the set still waits for its first item.
    let ran = scratch.run(&["-C", "full", "check", "--strict", "-A", "set-never-matched"]);
    assert_eq!((ran.code, ran.said().as_str()), (Some(0), ""));
}

#[test]
fn init_in_a_git_repository_writes_attributes_of_looks() {
    let scratch = Scratch::new();
    assert_eq!(git(&scratch, &["init", "-q"]).code, Some(0));
    let ran = scratch.run(&["init", "research"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert_eq!(scratch.text("research/.gitattributes"), "backlogs/*-looks.md merge=union\n");
    let ran = git(&scratch, &["check-attr", "merge", "--", "research/backlogs/2026-looks.md"]);
    assert!(ran.stdout.ends_with("merge: union\n"), "{}", ran.said());
    let again = Scratch::new().with(".git/HEAD", "").with(".gitattributes", "a merge=union");
    let ran = again.run(&["init", "--json"]);
    assert!(ran.stdout.contains(".gitattributes\",\n    \"written\": true"), "{}", ran.stdout);
    assert_eq!(again.text(".gitattributes"), "a merge=union\nbacklogs/*-looks.md merge=union\n");
}

#[cfg(unix)]
#[test]
fn init_with_attributes_that_are_a_link_writes_nothing() {
    let scratch = Scratch::new().with(".git/HEAD", "").with("elsewhere", "");
    std::os::unix::fs::symlink("elsewhere", scratch.path(".gitattributes")).unwrap();
    let ran = scratch.run(&["init"]);
    assert_eq!(ran.code, Some(2), "{}", ran.said());
    assert!(!scratch.path("thread.yaml").exists());
}

/// The key that a comment holds back.
fn hint(line: &str) -> Option<&str> {
    let text = line.strip_prefix("# ")?;
    let (key, _) = text.split_once(':')?;
    let is_nested = key.starts_with(' ') && !key.trim().contains("  ");
    (is_nested || !key.contains(' ')).then_some(text)
}
