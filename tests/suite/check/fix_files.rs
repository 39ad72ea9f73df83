//! `check --fix` on disk: which files are written, and the exit codes.

use std::fs;

use crate::support::scratch::Scratch;

const SLIP: &str = "---\nripeness: {level: meduim}\n---\n\n# A\n";

const MENDED: &str = "---\nripeness: {level: medium}\n---\n\n# A\n";

#[test]
fn fix_writes_only_the_files_it_changes() {
    let scratch = Scratch::new().with("threads/a.md", SLIP).with("threads/b.md", MENDED);
    let written = |path| fs::metadata(scratch.path(path)).and_then(|file| file.modified()).unwrap();
    let before = written("threads/b.md");
    let ran = scratch.run(&["check", "--fix"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert_eq!(scratch.text("threads/a.md"), MENDED);
    assert_eq!(written("threads/b.md"), before);
    let mended = written("threads/a.md");
    let again = scratch.run(&["check", "--fix"]);
    assert_eq!((again.said().as_str(), again.code), ("", Some(0)));
    assert_eq!(written("threads/a.md"), mended, "twice is once");
}

#[test]
fn check_diff_shows_the_fixes_and_writes_nothing() {
    let scratch = Scratch::new().with("threads/a.md", SLIP);
    let before = scratch.files();
    let ran = scratch.run(&["check", "--diff"]);
    assert_eq!(ran.code, Some(1), "a fix is pending");
    assert!(ran.stdout.contains("\n+ripeness: {level: medium}\n"), "{}", ran.stdout);
    assert_eq!(scratch.files(), before);
    assert_eq!(Scratch::new().with("threads/a.md", MENDED).run(&["check", "--diff"]).code, Some(0));
}

#[test]
fn fix_of_named_files_leaves_the_others() {
    let scratch = Scratch::new().with("threads/a.md", SLIP).with("threads/b.md", SLIP);
    assert_eq!(scratch.run(&["check", "--fix", "threads/b.md"]).code, Some(0));
    assert_eq!(scratch.text("threads/a.md"), SLIP);
    assert_eq!(scratch.text("threads/b.md"), MENDED);
}

#[test]
fn fix_of_the_configuration_also_fixes_the_files_it_names() {
    let scratch = Scratch::new()
        .with("thread.yaml", "thraeds: notes\n")
        .with("threads/old.md", MENDED)
        .with("notes/a.md", SLIP);
    let ran = scratch.run(&["check", "--fix"]);
    assert_eq!(scratch.text("notes/a.md"), MENDED, "{}", ran.said());
}

#[cfg(unix)]
#[test]
fn fix_of_a_linked_file_keeps_the_link_and_the_mode() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let scratch = Scratch::new().with("elsewhere/a.md", SLIP).with("threads/b.md", MENDED);
    symlink("../elsewhere/a.md", scratch.path("threads/a.md")).unwrap();
    fs::set_permissions(scratch.path("elsewhere/a.md"), fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(scratch.run(&["check", "--fix"]).code, Some(0));
    assert!(scratch.path("threads/a.md").symlink_metadata().unwrap().is_symlink());
    assert_eq!(scratch.text("elsewhere/a.md"), MENDED);
    let mode = fs::metadata(scratch.path("elsewhere/a.md")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[cfg(unix)]
#[test]
fn fix_with_one_unwritable_file_writes_none() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new().with("threads/a.md", SLIP).with("threads/b.md", SLIP);
    fs::set_permissions(scratch.path("threads/b.md"), fs::Permissions::from_mode(0o444)).unwrap();
    let before = scratch.files();
    let ran = scratch.run(&["check", "--fix"]);
    assert_eq!(ran.code, Some(2), "{}", ran.said());
    assert!(ran.stderr.contains("read-only"), "{}", ran.stderr);
    assert_eq!(scratch.files(), before);
}

#[test]
fn check_options_that_contradict_each_other_are_refused() {
    let scratch = Scratch::new().with("threads/a.md", SLIP);
    let before = scratch.files();
    let error: [&[&str]; 5] = [
        &["check", "--json", "--format", "sarif"],
        &["check", "--diff", "--format", "concise"],
        &["check", "--diff", "--json"],
        &["check", "--fix", "--diff"],
        &["check", "--unsafe-fixes"],
    ];
    for arguments in error {
        assert_eq!(scratch.run(arguments).code, Some(2), "{arguments:?}");
    }
    assert_eq!(scratch.run(&["check", "--json", "--format", "json"]).code, Some(1));
    assert_eq!(scratch.files(), before);
}
