//! `hook install` where links lead out of the repository: nothing is written, there or here.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;

use super::process_git::{git, put, repository};
use super::scratch::Scratch;

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
            refuses(&scratch, &elsewhere, arguments, "git ignores such a link");
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
fn hook_install_through_a_linked_directory_of_hooks_is_refused_if_it_leaves_the_repository() {
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
