//! Commands that edit: several files at once, with a broken file, and as a dry run.

use std::fs;

use crate::support::git::patched;
use crate::support::scratch::Scratch;

const THREAD: &str = "---\nripeness: {level: low, since: 2026-01-01}\n---\n# X\n\n## Evidence\n\n### Feed\n\n\
                      - [ ] [A](https://e.org/a) (2026-11-01)\n";

const CATALOG: &str = "- [ ] [A](https://e.org/a) (2026-11-01) [thread:: x]\n";

pub fn world() -> Scratch {
    Scratch::new()
        .with("threads/x.md", THREAD)
        .with("backlogs/2026-11-02-feed-backlog.md", CATALOG)
        .with("backlogs/2026-11-03-feed-backlog.md", CATALOG)
}

#[cfg(unix)]
#[test]
fn read_with_one_unwritable_file_changes_none() {
    use std::os::unix::fs::PermissionsExt;

    let scratch = world();
    let last = scratch.path("backlogs/2026-11-03-feed-backlog.md");
    fs::set_permissions(&last, fs::Permissions::from_mode(0o444)).unwrap();
    let before = scratch.files();
    let ran = scratch.run(&["read", "x", "a"]);
    assert_eq!(ran.code, Some(2), "{}", ran.said());
    assert!(ran.stderr.contains("2026-11-03-feed-backlog.md"), "{}", ran.stderr);
    assert!(ran.stderr.contains("read-only") && ran.stderr.contains("\nhelp: "), "{}", ran.stderr);
    assert_eq!(scratch.files(), before, "and nothing else lies about");
    fs::set_permissions(&last, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(scratch.run(&["read", "x", "a"]).code, Some(0));
    let after = scratch.files();
    assert_eq!(after.iter().filter(|(path, text)| before[*path] != **text).count(), 3);
}

#[test]
fn read_with_a_broken_file_names_it_and_succeeds() {
    let scratch = world().with("threads/broken.md", "no front matter\n");
    let ran = scratch.run(&["read", "x", "a"]);
    assert!(ran.stdout.starts_with("threads/x.md:10: "), "{}", ran.stdout);
    assert!(ran.stderr.contains("threads/broken.md:1:1"), "{}", ran.stderr);
    assert_eq!(ran.code, Some(0));
    let ran = scratch.run(&["close", "broken"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("error[no-front-matter]"), "{}", ran.stderr);
    let ran = scratch.run(&["close", "broken", "--json"]);
    assert!(ran.stdout.contains("\"no-front-matter\"") && ran.stderr.is_empty(), "{}", ran.said());
}

#[test]
fn read_with_a_note_keeps_earlier_notes_and_the_date() {
    let line = |day, notes| {
        format!(
            "- [x] [A](https://e.org/a) (2026-11-01) [read:: {day}] [verdict:: so]{notes} ^id\n"
        )
    };
    let front = "---\nripeness: {level: low}\nverdicts: {feed/a: [so, not]}\n---\n# X\n\n";
    let head = format!("{front}## Evidence\n\n### Feed\n\n");
    let scratch = Scratch::new()
        .with("threads/x.md", format!("{head}{}", line("2026-11-05", " [note:: one]")));
    assert_eq!(scratch.run(&["read", "x", "a", "--note", "two [2]: \"b"]).code, Some(0));
    let notes = " [note:: one] [note:: two [2]: \"b]";
    assert_eq!(scratch.text("threads/x.md"), format!("{head}{}", line("2026-11-05", notes)));
    assert_eq!(scratch.run(&["read", "x", "a", "--note", "]`"]).code, Some(0));
    let notes = format!("{notes} [note:: &#93;&#96;]");
    assert_eq!(scratch.text("threads/x.md"), format!("{head}{}", line("2026-11-05", &notes)));
    let show = scratch.run(&["show", "x"]).stdout;
    assert!(show.contains("note: two [2]: \"b\n") && show.contains("note: ]`\n"), "{show}");
    let again = ["read", "x", "a", "--verdict", "not", "--note", "three"];
    assert_eq!(scratch.run(&again).code, Some(0));
    assert!(
        scratch.text("threads/x.md").contains("[read:: 2026-11-23] [verdict:: not]"),
        "{}",
        scratch.text("threads/x.md")
    );
}

#[test]
fn dry_run_of_an_edit_is_a_patch_for_git() {
    let scratch = world();
    for arguments in
        [&["read", "x", "a", "-n"][..], &["draft", "x", "-n"], &["catalog", "add", "new", "-n"]]
    {
        let ran = scratch.run(arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.said());
        let done = scratch.copy();
        assert_eq!(done.run(&arguments[..arguments.len() - 1]).code, Some(0));
        assert_eq!(patched(&scratch, &ran.stdout).files(), done.files(), "{arguments:?}");
    }
}
