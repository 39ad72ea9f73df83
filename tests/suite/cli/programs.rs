//! The browser and the editor of the user, as scripts that log their arguments.

use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use crate::support::scratch::{Ran, Scratch, run, skipped};

/// The thread, with an item for each hostile URL.
const THREAD: &str = "\
---
ripeness: {level: low, since: 2026-01-01}
sets: {tidal: {tag: tidal}}
triggers:
  - {id: two, why: two landed, raise-to: ripe, when: {count: {of: tidal, at-least: 2}}}
---

# Tides

## Evidence

### Lab

- [A plain page](https://lab.example/1) (2026-11-01) [tags:: tidal]
- [Spaces](<https://lab.example/a b>) (2026-11-01)
- [A command](<https://lab.example/$(touch x)`id`;'>) (2026-11-01)
- [No page] in the archive, \"A letter\" (2026-11-02)

## Drafts

- 2026-11-02 — drafts/tides.md — \"A draft\". [state:: drafting]
";

/// A workspace with a program that writes its arguments to `log`, one on each line, then runs
/// `after`.
fn workspace(after: &str) -> Scratch {
    let program =
        format!("#!/bin/sh\nfor word in \"$@\"; do echo \"$word\"; done > log\n{after}\n");
    let scratch = Scratch::new()
        .with("threads/tides.md", THREAD)
        .with("drafts/tides.md", "# A draft\n")
        .with("program", program);
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(scratch.path("program"), mode).expect("a script");
    scratch
}

/// Runs a command with the program as browser and editor.
fn ran(scratch: &Scratch, arguments: &[&str], editor: &str) -> Ran {
    let mut command = scratch.command(arguments);
    command.env("PATH", "/usr/bin:/bin").env("BROWSER", "./program").env("EDITOR", editor);
    run(&mut command)
}

/// The arguments of the program. A browser is not waited for.
fn logged(scratch: &Scratch) -> Vec<String> {
    for _ in 0..500 {
        if scratch.path("log").is_file() && scratch.text("log").ends_with('\n') {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    scratch.text("log").lines().map(str::to_string).collect()
}

#[test]
fn open_passes_a_hostile_url_as_one_argument() {
    for (item, url) in [
        ("plain", "https://lab.example/1"),
        ("spaces", "https://lab.example/a%20b"),
        ("command", "https://lab.example/$(touch%20x)`id`;'"),
    ] {
        let scratch = workspace("");
        let ran = ran(&scratch, &["open", "tides", item], "vi");
        assert_eq!(ran.code, Some(0), "{}", ran.said());
        assert_eq!(logged(&scratch), [url], "{item}");
        assert!(!scratch.path("x").exists(), "{item}");
    }
}

#[test]
fn open_of_other_schemes_and_of_items_without_a_url_starts_nothing() {
    for line in ["- [x](javascript:alert) (2026-11-01)", "- [x](--flag) (2026-11-01)"] {
        let thread = THREAD.replace("- [A plain page](https://lab.example/1) (2026-11-01)", line);
        let scratch = workspace("").with("threads/tides.md", thread);
        let ran = ran(&scratch, &["open", "tides", "x"], "vi");
        assert_eq!(ran.code, Some(2), "{line}: {}", ran.said());
        assert!(!scratch.path("log").exists(), "{line}");
    }
}

#[test]
fn edit_splits_the_variable_and_passes_the_path_as_one_argument() {
    let scratch = workspace("");
    let ran = ran(&scratch, &["edit", "tides"], "./program --wait 'two words'");
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    let log = logged(&scratch);
    let path = scratch.path("threads/tides.md").canonicalize().expect("a file");
    assert_eq!(log, ["--wait", "two words", &path.to_string_lossy()]);
    assert_eq!(ran.stdout, "Already up to date.\n");
}

#[test]
fn edit_of_an_item_shows_its_line_to_known_editors() {
    let scratch = workspace("");
    std::fs::rename(scratch.path("program"), scratch.path("nano")).expect("a script");
    let ran = ran(&scratch, &["edit", "tides", "command"], "./nano");
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert_eq!(logged(&scratch)[0], "+16");
}

#[test]
fn edit_of_a_draft_opens_the_draft() {
    let scratch = workspace("");
    let ran = ran(&scratch, &["edit", "drafts/tides.md"], "./program");
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert!(logged(&scratch)[0].ends_with("drafts/tides.md"));
}

#[test]
fn edit_that_completes_a_trigger_says_so() {
    let add = "sed -i 's/(2026-11-02)$/(2026-11-02) [tags:: tidal]/' threads/tides.md";
    let scratch = workspace(add);
    let ran = ran(&scratch, &["edit", "tides"], "./program");
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    let expected = "threads/tides.md: edited\ntides: `two` is ready, raises to ripe: two landed\n\
                    `thread scan` applies it.\n";
    assert_eq!(ran.stdout, expected, "{}", ran.said());
}

#[test]
fn edit_that_breaks_the_file_exits_with_the_finding() {
    let scratch = workspace("sed -i 's/^ripeness:.*/ripeness: [/' threads/tides.md");
    let ran = ran(&scratch, &["edit", "tides"], "./program");
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    assert!(ran.stderr.contains("threads/tides.md:"), "{}", ran.said());
}

#[test]
fn edit_reports_an_editor_that_fails_or_does_not_start() {
    let scratch = workspace("exit 3");
    for (editor, message) in [
        ("./program", "error: the editor `./program` failed (exit status: 3)"),
        ("./nowhere", "error: the editor `./nowhere` cannot be started"),
        ("'open", "error: the editor cannot be read"),
    ] {
        let ran = ran(&scratch, &["edit", "tides"], editor);
        assert_eq!(ran.code, Some(2), "{}", ran.said());
        assert!(ran.stderr.starts_with(message), "{}", ran.said());
    }
}

#[test]
fn list_with_null_ends_each_line_with_a_zero_byte() {
    let scratch = workspace("");
    let ran = scratch.run(&["list", "items", "-0", "--format", "{id}"]);
    assert!(ran.stdout.contains("\0lab/1\0lab/a-b\0"), "{:?}", ran.stdout);
    assert_eq!(ran.stdout.matches('\0').count(), 4, "{:?}", ran.stdout);
}

/// The shell lines of `docs/pickers.md`.
fn picker_lines() -> Vec<String> {
    let page = std::fs::read_to_string(crate::support::root().join("docs/pickers.md"));
    let page = page.expect("a page");
    let blocks = page.split("```sh\n").skip(1).filter_map(|block| block.split_once("```"));
    blocks.map(|(line, _)| line.trim().to_string()).collect()
}

#[test]
fn picker_lines_of_the_page_run_with_fzf() {
    let is_there = std::process::Command::new("fzf").arg("--version").output().is_ok();
    if !is_there {
        skipped("fzf is not installed");
        return;
    }
    let lines = picker_lines();
    assert_eq!(lines.len(), 4);
    for line in lines {
        let catalog = "- [A plain storm](https://lab.example/9) (2026-11-20)\n";
        let scratch = workspace("").with("backlogs/2026-11-22-lab-backlog.md", catalog);
        let program = std::path::Path::new(env!("CARGO_BIN_EXE_thread")).parent();
        let path = format!("{}:/usr/bin:/bin", program.expect("a directory").display());
        let mut command = scratch.command(&[]);
        let mut shell = std::process::Command::new("sh");
        shell.args(["-euc", &line]).current_dir(scratch.path("")).env_clear();
        shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(scratch.path(""));
        shell.env("PATH", path).env("BROWSER", "./program").env("EDITOR", "./program");
        // A filter chooses without a terminal.
        let choice = if line.contains("fzf)") { "ti" } else { "plain | tides" };
        shell.env("FZF_DEFAULT_OPTS", format!("--filter='{choice}'"));
        let ran = run(&mut shell);
        assert_eq!(ran.code, Some(0), "{line}: {}", ran.said());
    }
}
