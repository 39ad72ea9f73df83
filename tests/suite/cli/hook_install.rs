//! `hook install`: the hook and the attributes that it writes, and where it refuses to write.

use std::fs;
use std::os::unix::fs::symlink;

use super::hook::{blocks, commits};
use crate::merge::git::THREAD;
use crate::support::git::{BAD, git, put, repository};
use crate::support::scratch::{self, Scratch};

/// Installs, expects a refusal that says why, and that no file has changed.
fn refuses(scratch: &Scratch, elsewhere: &Scratch, arguments: &[&str], said: &str) {
    let before = (scratch.files(), elsewhere.files());
    let ran = scratch.run(&[&["hook", "install"], arguments].concat());
    assert_eq!(ran.code, Some(2), "{}", ran.said());
    assert!(ran.stderr.contains(said) && ran.stderr.contains("\nhelp: "), "{}", ran.stderr);
    assert_eq!((scratch.files(), elsewhere.files()), before, "{}", ran.said());
}

#[test]
fn hook_install_through_linked_attributes_is_refused() {
    for target in ["elsewhere", "missing", "inside"] {
        let (scratch, elsewhere) = (repository(), Scratch::new().with("elsewhere", "* text\n"));
        put(&scratch, "inside", "* text\n");
        let path = if target == "inside" { scratch.path(target) } else { elsewhere.path(target) };
        symlink(path, scratch.path(".gitattributes")).unwrap();
        for arguments in [&[][..], &["--force"], &["--merge-only"]] {
            refuses(&scratch, &elsewhere, arguments, "git ignores this link");
        }
    }
}

#[test]
fn hook_install_through_a_linked_hook_is_refused() {
    for target in ["hook", "missing"] {
        let (scratch, elsewhere) = (repository(), Scratch::new().with("hook", "#!/bin/sh\n"));
        fs::create_dir_all(scratch.path(".git/hooks")).unwrap();
        symlink(elsewhere.path(target), scratch.path(".git/hooks/pre-commit")).unwrap();
        for arguments in [&[][..], &["--force"]] {
            refuses(&scratch, &elsewhere, arguments, "pre-commit is a link to /");
        }
        assert_eq!(scratch.run(&["hook", "install", "--merge-only"]).code, Some(0));
    }
}

#[test]
fn hook_install_through_a_linked_directory_outside_of_the_repository_is_refused() {
    for target in ["hooks", "missing"] {
        let (scratch, elsewhere) = (repository(), Scratch::new().with("hooks/README", ""));
        let _ = fs::remove_dir_all(scratch.path(".git/hooks"));
        symlink(elsewhere.path(target), scratch.path(".git/hooks")).unwrap();
        refuses(&scratch, &elsewhere, &["--force"], "outside of the repository");
    }
    let scratch = repository();
    let _ = fs::remove_dir_all(scratch.path(".git/hooks"));
    fs::create_dir(scratch.path("hooks")).unwrap();
    symlink("../hooks", scratch.path(".git/hooks")).unwrap();
    let ran = scratch.run(&["hook", "install"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(scratch.path("hooks/pre-commit").exists());
}

#[test]
fn hook_install_into_a_linked_configuration_is_refused() {
    let scratch = repository();
    let text = fs::read_to_string(scratch.path(".git/config")).unwrap();
    let elsewhere = Scratch::new().with("config", text);
    fs::remove_file(scratch.path(".git/config")).unwrap();
    symlink(elsewhere.path("config"), scratch.path(".git/config")).unwrap();
    refuses(&scratch, &elsewhere, &["--force"], "outside of the repository");
}

#[test]
fn hook_install_where_hooks_are_off_is_refused() {
    let scratch = repository();
    git(&scratch, &["config", "core.hooksPath", "/dev/null"]);
    refuses(&scratch, &Scratch::new(), &["--force"], "/dev/null is not a directory");
}

/// A directory of hooks that the repository has in common with others.
fn shared_hooks(scratch: &Scratch) -> Scratch {
    let hooks = Scratch::new();
    share(scratch, &hooks);
    hooks
}

fn share(scratch: &Scratch, hooks: &Scratch) {
    let path = hooks.path("hooks").display().to_string();
    assert_eq!(git(scratch, &["config", "core.hooksPath", &path]).code, Some(0));
}

#[test]
fn hook_install_into_shared_hooks_warns_and_other_repositories_commit() {
    let scratch = repository();
    let hooks = shared_hooks(&scratch);
    let ran = scratch.run(&["hook", "install"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    let directory = hooks.path("hooks").canonicalize().unwrap().display().to_string();
    assert!(
        ran.stderr.starts_with(&format!("warning: the hooks in {directory} are shared")),
        "{}",
        ran.stderr
    );
    let other = Scratch::new().with("README.md", "no threads");
    git(&other, &["init", "-q"]);
    share(&other, &hooks);
    git(&other, &["add", "-A"]);
    commits(&other, &[]);
    put(&scratch, "threads/x.md", BAD);
    blocks(&scratch, &["-a"]);
}

#[test]
fn hook_install_into_hooks_of_all_repositories_warns() {
    let scratch = repository();
    let inside = scratch.path("hooks").display().to_string();
    let home = Scratch::new().with(".gitconfig", format!("[core]\nhooksPath = {inside}\n"));
    let mut command = scratch.command(&["hook", "install", "--json"]);
    let ran = scratch::run(
        command.env("HOME", home.path(".")).env("PATH", std::env::var_os("PATH").unwrap()),
    );
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert!(ran.stderr.starts_with("warning: "), "{}", ran.stderr);
    assert!(ran.stdout.contains("\"shared-hooks\": \"/"), "{}", ran.stdout);
    git(&scratch, &["config", "core.hooksPath", ".githooks"]);
    let ran = scratch.run(&["-C", "threads", "hook", "install"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(scratch.path(".githooks/pre-commit").exists(), "in the repository");
}

#[test]
fn hook_install_over_another_hook_needs_force() {
    let scratch = repository();
    let hook = scratch.path(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    put(&scratch, ".git/hooks/pre-commit", "#!/bin/sh\nmake lint\n");
    let ran = scratch.run(&["hook", "install"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("its first line is `make lint`\nhelp: add `thread check --staged`"),
        "{}",
        ran.stderr
    );
    assert_eq!(fs::read_to_string(&hook).unwrap(), "#!/bin/sh\nmake lint\n");
    assert_eq!(scratch.run(&["hook", "install", "--force"]).code, Some(0));
    let ran = scratch.run(&["hook", "install", "--json"]);
    assert!(ran.stdout.contains("\"written\": false"), "{}", ran.stdout);
    let ran = git(&scratch, &["config", "--get", "core.hooksPath"]);
    assert_eq!(ran.code, Some(1), "it is never set");
}

#[test]
fn hook_install_again_changes_nothing() {
    let scratch = repository();
    put(&scratch, ".gitattributes", "*.png binary\nthreads/**/*.md merge=thread");
    let ran = scratch.run(&["hook", "install"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    let text = "*.png binary\nthreads/**/*.md merge=thread\nbacklogs/**/*.md merge=thread\n\
                backlogs/*-looks.md merge=union\n";
    assert_eq!(scratch.files()[".gitattributes"], text.as_bytes());
    let again = scratch.run(&["hook", "install"]);
    assert_eq!(again.stdout.matches("already up to date").count(), 3, "{}", again.said());
}

#[test]
fn hook_install_after_init_leaves_looks_to_git() {
    let scratch = Scratch::new();
    git(&scratch, &["init", "-q"]);
    put(&scratch, ".gitattributes", "*.png binary");
    assert_eq!(scratch.run(&["init"]).code, Some(0));
    let text = "*.png binary\nbacklogs/*-looks.md merge=union\n";
    assert_eq!(scratch.files()[".gitattributes"], text.as_bytes());
    for _ in 0..2 {
        assert_eq!(scratch.run(&["hook", "install", "--merge-only"]).code, Some(0));
        let lines = "threads/**/*.md merge=thread\nbacklogs/**/*.md merge=thread\n\
                     backlogs/*-looks.md merge=union\n";
        assert_eq!(scratch.text(".gitattributes"), format!("{text}{lines}"));
    }
    // Of several patterns, git takes the last.
    let ran = git(&scratch, &["check-attr", "-z", "merge", "--", "backlogs/2026-looks.md"]);
    assert!(ran.stdout.ends_with("merge\0union\0"), "{}", ran.said());
}

#[test]
fn hook_install_for_any_directory_name_writes_attributes_that_git_reads() {
    let directory = "my [old] \"notes\"";
    let scratch = Scratch::new()
        .with("thread.yaml", format!("threads: '{directory}'\n"))
        .with(&format!("{directory}/glass.md"), THREAD);
    git(&scratch, &["init", "-q"]);
    for _ in 0..2 {
        let ran = scratch.run(&["hook", "install", "--merge-only"]);
        assert_eq!(ran.code, Some(0), "{}", ran.said());
        assert_eq!(scratch.files()[".gitattributes"].split(|byte| *byte == b'\n').count(), 4);
    }
    let path = format!("{directory}/2026/glass.md");
    let ran = git(&scratch, &["check-attr", "-z", "merge", "--", &path]);
    assert!(ran.stdout.ends_with("merge\0thread\0"), "{}", ran.said());
}
