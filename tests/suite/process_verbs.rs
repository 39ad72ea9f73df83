//! Verbs as processes: several files or none, from any folder, with other files broken.

use std::fs;

use super::scratch::{self, Scratch};

const THREAD: &str = "---\nripeness: {level: low, since: 2026-01-01}\n---\n# X\n\n## Evidence\n\n### Feed\n\n\
                      - [ ] [A](https://e.org/a) (2026-11-01)\n";
const CATALOG: &str = "- [ ] [A](https://e.org/a) (2026-11-01) [thread:: x]\n";

fn world() -> Scratch {
    Scratch::new()
        .with("threads/x.md", THREAD)
        .with("backlogs/2026-11-02-feed-backlog.md", CATALOG)
        .with("backlogs/2026-11-03-feed-backlog.md", CATALOG)
}

#[cfg(unix)]
#[test]
fn where_one_of_its_files_cannot_be_written_a_verb_leaves_all_as_they_were() {
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
fn a_draft_whose_path_is_taken_is_not_recorded() {
    let scratch = world().with("drafts/mine.md", "Mine.\n");
    let before = scratch.files();
    let ran = scratch.run(&["draft", "x", "drafts/mine.md"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("drafts/mine.md"), "{}", ran.stderr);
    assert_eq!(scratch.files(), before);
}

#[test]
fn a_verb_works_from_any_folder_of_the_workspace() {
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

#[test]
fn a_broken_neighbour_is_named_and_keeps_no_verb_from_its_work() {
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
fn read_with_a_note_keeps_earlier_notes_and_the_date_of_the_reading() {
    let line = |day, notes| {
        format!(
            "- [x] [A](https://e.org/a) (2026-11-01) [read:: {day}] [verdict:: so]{notes} ^id\n"
        )
    };
    let front = "---\nripeness: {level: low}\nverdicts: {feed/a: [so, not]}\n---\n# X\n\n";
    let head = format!("{front}## Evidence\n\n### Feed\n\n");
    let scratch = Scratch::new()
        .with("threads/x.md", format!("{head}{}", line("2026-11-05", " [note:: one]")));
    let text =
        |scratch: &Scratch| String::from_utf8(scratch.files()["threads/x.md"].clone()).unwrap();
    assert_eq!(scratch.run(&["read", "x", "a", "--note", "two [2]: \"b"]).code, Some(0));
    let notes = " [note:: one] [note:: two [2]: \"b]";
    assert_eq!(text(&scratch), format!("{head}{}", line("2026-11-05", notes)));
    assert_eq!(scratch.run(&["read", "x", "a", "--note", "]`"]).code, Some(0));
    let notes = format!("{notes} [note:: &#93;&#96;]");
    assert_eq!(text(&scratch), format!("{head}{}", line("2026-11-05", &notes)));
    let show = scratch.run(&["show", "x"]).stdout;
    assert!(show.contains("note: two [2]: \"b\n") && show.contains("note: ]`\n"), "{show}");
    let again = ["read", "x", "a", "--verdict", "not", "--note", "three"];
    assert_eq!(scratch.run(&again).code, Some(0));
    assert!(text(&scratch).contains("[read:: 2026-11-23] [verdict:: not]"), "{}", text(&scratch));
}

#[test]
fn what_a_dry_run_shows_is_a_patch_that_git_takes() {
    let scratch = world();
    for arguments in
        [&["read", "x", "a", "-n"][..], &["draft", "x", "-n"], &["catalog", "add", "new", "-n"]]
    {
        let ran = scratch.run(arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.said());
        let copy = scratch.copy().with("change.patch", &ran.stdout);
        let mut git = std::process::Command::new("git");
        git.args(["apply", "change.patch"]).current_dir(copy.path("."));
        assert_eq!(scratch::run(&mut git).code, Some(0), "{}", ran.stdout);
        fs::remove_file(copy.path("change.patch")).unwrap();
        let done = scratch.copy();
        assert_eq!(done.run(&arguments[..arguments.len() - 1]).code, Some(0));
        assert_eq!(copy.files(), done.files(), "{arguments:?}");
    }
}

#[test]
fn a_workspace_begins_in_an_empty_folder_and_is_well() {
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

/// The key that a comment holds back.
fn hint(line: &str) -> Option<&str> {
    let text = line.strip_prefix("# ")?;
    let (key, _) = text.split_once(':')?;
    let is_nested = key.starts_with(' ') && !key.trim().contains("  ");
    (is_nested || !key.contains(' ')).then_some(text)
}
