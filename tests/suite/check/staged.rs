//! `check --staged`, with the git of this machine.

use std::fs;
use std::path::Path;

use crate::support::git::{BAD, GOOD, git, put, repository};
use crate::support::scratch::Scratch;

#[test]
fn check_staged_reads_the_index_and_not_the_files() {
    let scratch = repository();
    put(&scratch, "threads/x.md", BAD);
    assert_eq!(scratch.run(&["check", "--staged"]).code, Some(0), "the bad text is not staged");
    git(&scratch, &["add", "-A"]);
    put(&scratch, "threads/x.md", GOOD);
    let ran = scratch.run(&["check", "--staged"]);
    assert_eq!(ran.code, Some(1), "the bad text is staged");
    assert!(ran.stdout.starts_with("error[unknown-level]: "), "{}", ran.said());
    assert_eq!(scratch.run(&["check"]).code, Some(0), "and the folder is well");
    assert_eq!(scratch.run(&["-C", "threads", "check", "--staged", "x.md"]).code, Some(1));
}

#[test]
fn check_staged_without_a_repository_is_an_error() {
    let scratch = Scratch::new().with("threads/x.md", GOOD);
    let ran = scratch.run(&["check", "--staged"]);
    assert_eq!(ran.code, Some(2), "{}", ran.said());
    assert!(
        ran.stderr.contains("\nhelp: the workspace must be in a git repository"),
        "{}",
        ran.stderr
    );
}

#[test]
fn check_staged_ignores_files_marked_with_intent_to_add() {
    let scratch = repository();
    put(&scratch, "threads/later.md", BAD);
    put(&scratch, "threads/gone.md", BAD);
    git(&scratch, &["add", "-N", "threads/later.md", "threads/gone.md"]);
    fs::remove_file(scratch.path("threads/gone.md")).unwrap();
    let ran = scratch.run(&["check", "--staged"]);
    assert_eq!(ran.code, Some(0), "no commit would hold them: {}", ran.said());
    put(&scratch, "threads/empty.md", "");
    git(&scratch, &["add", "threads/empty.md"]);
    let ran = scratch.run(&["check", "--staged"]);
    assert_eq!(ran.code, Some(1), "an empty file is a file: {}", ran.said());
    assert!(ran.stdout.contains("--> threads/empty.md:"), "{}", ran.said());
    assert!(!ran.stdout.contains("later"), "{}", ran.said());
}

#[cfg(unix)]
#[test]
fn check_staged_follows_links() {
    use std::os::unix::fs::symlink;
    let scratch = repository();
    let evaluated = |code: i32, said: &str| {
        let ran = scratch.run(&["check", "--staged"]);
        assert_eq!(ran.code, Some(code), "{}", ran.said());
        assert!(ran.stdout.contains(said), "{said}: {}", ran.stdout);
    };
    fs::create_dir_all(scratch.path("notes/old")).unwrap();
    put(&scratch, "notes/y.md", GOOD);
    put(&scratch, "notes/old/z.md", GOOD);
    symlink("../notes/./y.md", scratch.path("threads/one.md")).unwrap();
    symlink("one.md", scratch.path("threads/two.md")).unwrap();
    symlink("../notes/old", scratch.path("threads/old")).unwrap();
    git(&scratch, &["add", "-A"]);
    evaluated(0, "");
    assert_eq!(scratch.run(&["check"]).code, Some(0));

    put(&scratch, "notes/y.md", BAD);
    evaluated(0, "");
    git(&scratch, &["add", "-A"]);
    evaluated(1, "--> threads/one.md:2:");
    evaluated(1, "--> threads/two.md:2:");
    put(&scratch, "notes/y.md", GOOD);
    put(&scratch, "notes/old/z.md", BAD);
    git(&scratch, &["add", "-A"]);
    evaluated(1, "--> threads/old/z.md:2:");

    put(&scratch, "notes/old/z.md", GOOD);
    symlink("nowhere.md", scratch.path("threads/lost.md")).unwrap();
    symlink("ring.md", scratch.path("threads/ring.md")).unwrap();
    git(&scratch, &["add", "-A"]);
    evaluated(1, "threads/lost.md");
    evaluated(1, "threads/ring.md");
    let beyond = Scratch::new().with("far.md", BAD);
    for link in ["threads/lost.md", "threads/ring.md"] {
        fs::remove_file(scratch.path(link)).unwrap();
    }
    symlink(beyond.path("far.md"), scratch.path("threads/far.md")).unwrap();
    git(&scratch, &["add", "-A"]);
    evaluated(1, "--> threads/far.md:2:");
}

#[test]
fn check_staged_ignores_submodules() {
    let scratch = repository();
    let head = git(&scratch, &["rev-parse", "HEAD"]).stdout;
    let entry = format!("160000,{},threads/other.md", head.trim());
    git(&scratch, &["update-index", "--add", "--cacheinfo", &entry]);
    let listed = git(&scratch, &["ls-files", "--stage", "threads/other.md"]).stdout;
    assert!(listed.starts_with("160000 "), "{listed}");
    let ran = scratch.run(&["check", "--staged", "--strict"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
}

/// Commands in the configuration of a repository, each of which would make a file.
fn trap(scratch: &Scratch) {
    let made = scratch.path("made").display().to_string();
    let command = format!("touch {made}; false");
    for key in [
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "core.editor",
        "core.askPass",
        "core.gitProxy",
        "core.alternateRefsCommand",
        "credential.helper",
        "pager.ls-files",
        "pager.diff-index",
        "diff.external",
        "diff.trap.command",
        "diff.trap.textconv",
        "filter.trap.clean",
        "filter.trap.smudge",
        "filter.trap.process",
        "merge.trap.driver",
        "interactive.diffFilter",
        "gpg.program",
        "uploadpack.packObjectsHook",
    ] {
        git(scratch, &["config", key, &command]);
    }
    for name in ["ls-files", "cat-file", "rev-parse", "config", "diff-index", "hash-object"] {
        git(scratch, &["config", &format!("alias.{name}"), &format!("!{command}")]);
    }
    put(scratch, "attributes", "* filter=trap diff=trap merge=trap\n");
    let attributes = scratch.path("attributes").display().to_string();
    git(scratch, &["config", "core.attributesFile", &attributes]);
    for name in ["post-index-change", "pre-commit", "reference-transaction", "fsmonitor-watchman"] {
        let path = format!(".git/trap/{name}");
        fs::create_dir_all(scratch.path(".git/trap")).unwrap();
        put(scratch, &path, &format!("#!/bin/sh\n{command}\n"));
        make_executable(&scratch.path(&path));
    }
    git(scratch, &["config", "core.hooksPath", ".git/trap"]);
}

fn make_executable(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn check_staged_runs_no_command_of_the_repository() {
    let scratch = repository();
    put(&scratch, "threads/x.md", BAD);
    put(&scratch, "threads/empty.md", "");
    git(&scratch, &["add", "-A"]);
    trap(&scratch);
    let _ = fs::remove_file(scratch.path("made"));
    let ran = scratch.run(&["check", "--staged"]);
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    assert!(ran.stdout.contains("error[unknown-level]"), "{}", ran.said());
    scratch.run(&["hook", "install", "--merge-only"]);
    assert!(!scratch.path("made").exists(), "a command of the repository was run");
    git(&scratch, &["ls-files"]);
    assert!(scratch.path("made").exists(), "git itself runs one");
}

#[test]
fn check_staged_in_a_partial_clone_fetches_nothing_and_names_what_is_missing() {
    let scratch = repository();
    let made = scratch.path("made").display().to_string();
    git(&scratch, &["config", "core.repositoryFormatVersion", "1"]);
    git(&scratch, &["config", "extensions.partialClone", "origin"]);
    git(&scratch, &["config", "remote.origin.promisor", "true"]);
    git(&scratch, &["config", "remote.origin.url", &format!("ext::touch {made}")]);
    git(&scratch, &["config", "protocol.allow", "always"]);
    let object = git(&scratch, &["rev-parse", ":threads/x.md"]).stdout;
    let (directory, name) = object.trim().split_at(2);
    fs::remove_file(scratch.path(&format!(".git/objects/{directory}/{name}"))).unwrap();
    let ran = scratch.run(&["check", "--staged"]);
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    assert!(!scratch.path("made").exists(), "the remote was asked");
    assert!(ran.stdout.contains("its content is not in this partial clone"), "{}", ran.said());
    assert!(ran.stdout.contains("--> threads/x.md"), "{}", ran.said());
    git(&scratch, &["show", ":./threads/x.md"]);
    assert!(scratch.path("made").exists(), "git itself asks the remote");
}
