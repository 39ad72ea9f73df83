//! Merges, rebases and cherry-picks by git with the merge driver.

use crate::support::git::{git, put};
use crate::support::scratch::Scratch;

pub const THREAD: &str = "---
ripeness: {level: low, since: 2026-01-01}
sets: {hits: {tag: hit}}
triggers:
  - {id: one, why: one hit, raise-to: medium, when: {count: {of: hits, at-least: 1}}}
---
# Glass

Why it matters.

## Evidence

### Lab

- [ ] [Zero](https://lab.example/0) (2026-01-01) [landed:: 2026-01-02]

## Ripeness

- 2026-01-01: opened
";

/// A repository in which git merges threads by meaning, on a branch `ours` next to one called
/// `theirs`.
fn repository() -> Scratch {
    let scratch = Scratch::new().with("thread.yaml", "").with("threads/glass.md", THREAD);
    git(&scratch, &["init", "-q", "-b", "ours"]);
    let ran = scratch.run(&["hook", "install", "--merge-only"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert!(!scratch.path(".git/hooks/pre-commit").exists());
    commit(&scratch, "begin");
    git(&scratch, &["branch", "theirs"]);
    scratch
}

fn commit(scratch: &Scratch, message: &str) {
    git(scratch, &["add", "-A"]);
    let ran = git(scratch, &["commit", "-qm", message]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
}

/// A day's scan of a catalog that lists one item.
fn scan(scratch: &Scratch, day: &str, number: u32) {
    let item = format!(
        "- [Item {number}](https://lab.example/{number}) ({day}) [tags:: hit] [thread:: glass]\n"
    );
    std::fs::create_dir_all(scratch.path("backlogs")).expect("a folder");
    put(scratch, &format!("backlogs/{day}-lab-backlog.md"), &item);
    let ran = scratch.run(&["scan", "--today", day]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    commit(scratch, day);
}

#[test]
fn merge_by_git_of_two_scans_is_clean_in_every_way() {
    for how in [
        &["merge", "-q", "--no-edit", "theirs"][..],
        &["rebase", "-q", "theirs"],
        &["cherry-pick", "theirs"],
    ] {
        let scratch = repository();
        scan(&scratch, "2026-02-01", 1);
        git(&scratch, &["checkout", "-q", "theirs"]);
        scan(&scratch, "2026-02-02", 2);
        git(&scratch, &["checkout", "-q", "ours"]);
        let ran = git(&scratch, how);
        assert_eq!(ran.code, Some(0), "{how:?}: {}", ran.said());
        let text = scratch.text("threads/glass.md");
        assert!(
            text.contains("[landed:: 2026-02-01]") && text.contains("[landed:: 2026-02-02]"),
            "{text}"
        );
        assert!(text.contains("ripeness: {level: medium, since: 2026-02-0"), "{text}");
        assert_eq!(text.matches("low → medium").count(), 2, "both decisions are told:\n{text}");
        assert_eq!(scratch.run(&["check"]).code, Some(0));
        let again = scratch.run(&["scan", "--today", "2026-02-03"]);
        assert!(again.stdout.starts_with("Nothing new"), "{how:?}: {}\n{text}", again.said());
    }
}

#[test]
fn merge_by_git_of_the_same_scan_needs_no_driver() {
    let scratch = repository();
    scan(&scratch, "2026-02-01", 1);
    let ours = scratch.text("threads/glass.md");
    git(&scratch, &["checkout", "-q", "theirs"]);
    scan(&scratch, "2026-02-01", 1);
    assert_eq!(scratch.text("threads/glass.md"), ours);
    git(&scratch, &["config", "--remove-section", "merge.thread"]);
    let ran = git(&scratch, &["merge", "-q", "--no-edit", "ours"]);
    assert_eq!(ran.code, Some(0), "even without the driver: {}", ran.said());
    assert_eq!(scratch.text("threads/glass.md"), ours);
}

#[test]
fn merge_by_git_without_the_driver_is_a_conflict() {
    let scratch = repository();
    git(&scratch, &["config", "--remove-section", "merge.thread"]);
    scan(&scratch, "2026-02-01", 1);
    git(&scratch, &["checkout", "-q", "theirs"]);
    scan(&scratch, "2026-02-02", 2);
    assert_eq!(git(&scratch, &["merge", "-q", "--no-edit", "ours"]).code, Some(1));
}

#[test]
fn merge_by_git_of_a_contradiction_stops_and_check_names_it() {
    let scratch = repository();
    put(&scratch, "threads/glass.md", &THREAD.replace("Why it matters.", "Why it matters to me."));
    commit(&scratch, "ours");
    git(&scratch, &["checkout", "-q", "theirs"]);
    put(&scratch, "threads/glass.md", &THREAD.replace("Why it matters.", "Why it matters to you."));
    commit(&scratch, "theirs");
    let ran = git(&scratch, &["merge", "--no-edit", "ours"]);
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    assert!(ran.said().contains("threads/glass.md: 1 conflict left between"), "{}", ran.said());
    let checked = scratch.run(&["check"]);
    assert_eq!(checked.code, Some(1));
    assert!(checked.stdout.contains("error[conflict-marker]"), "{}", checked.said());
}
