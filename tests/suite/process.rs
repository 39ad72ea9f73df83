//! The program as a process: streams, colours, widths, environment, exit codes.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::scratch::{self, Ran, Scratch};

/// Every kind of output, by the arguments that lead to it.
const COMMANDS: [&[&str]; 7] = [
    &["status"],
    &["show", "good"],
    &["next"],
    &["log"],
    &["check"],
    &["scan", "--dry-run"],
    &["scan"],
];

const GOOD: &str = "\
---
ripeness: {level: low, since: 2026-01-01}
sets: {hits: {tag: hit}}
triggers:
  - {id: one-hit, why: 日本語のとても長い理由がここにあり、端末の幅よりも長いので折り返すか切るしかない, raise-to: ripe, when: {count: {of: hits, at-least: 1}}}
---
# Good, with a title that is longer than the narrowest of terminals and goes on and on and on

## Evidence

### feed

- [ ] **#1** (2026-10-01) — \"Known.\" [landed:: 2026-10-02]

## Ripeness

- 2026-01-01: → low — somebody asked, and went on asking until there was a thread
";

/// A thread that an item has come for, and nothing wrong.
fn healthy() -> Scratch {
    Scratch::new()
        .with("thread.yaml", "sources: {feed: {name: Feed}}\n")
        .with("threads/good.md", GOOD)
        .with(
            "backlogs/2026-11-01-feed-backlog.md",
            "- **#2** (2026-10-31) — \"News.\" [tags:: hit] [thread:: good]\n",
        )
}

/// The same beside files that are broken in several ways.
fn broken() -> Scratch {
    let long = format!("---\nripeness: {{level: {}ミ, since: 2026-13-01}}\n---\n", "é".repeat(300));
    healthy()
        .with("threads/long.md", long)
        .with("threads/unclosed.md", "---\nripeness: {level: low}\n")
        .with("threads/tab.md", "---\nripeness:\n\tlevel: low\n---\n")
        .with("threads/empty.md", "")
        .with("backlogs/undated.md", "- **#3** (2026-10-31)\n")
}

fn has_escapes(text: &str) -> bool {
    text.contains('\u{1b}')
}

fn with_environment(scratch: &Scratch, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    scratch::run(scratch.command(arguments).envs(variables.iter().copied()))
}

#[test]
fn whoever_reads_no_further_is_no_error() {
    let scratch = broken();
    let help: [&[&str]; 2] = [&["--help"], &["--version"]];
    for arguments in COMMANDS.into_iter().chain(help) {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let mut command = scratch.command(arguments);
        command.env("RUST_BACKTRACE", "1").stdout(writer).stderr(Stdio::piped());
        let child = command.spawn().unwrap();
        // The command holds the other copy of the pipe.
        drop(command);
        let ran = scratch::end(child);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.stderr);
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        assert!(!ran.stderr.contains("pipe"), "{}", ran.stderr);
    }
}

#[test]
fn one_line_of_a_long_answer_may_be_enough() {
    let mut scratch = Scratch::new();
    for number in 0..300 {
        scratch = scratch.with(&format!("threads/t{number}.md"), GOOD);
    }
    let mut command = scratch.command(&["status", "--json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "{\n");
    let ran = scratch::end(child);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_pipe_gets_no_colours_and_who_asks_for_them_does() {
    for scratch in [healthy(), broken()] {
        for arguments in COMMANDS {
            let colour = |when| {
                let copy = scratch.copy();
                let arguments = [arguments, &["--color", when]].concat();
                copy.run(&arguments)
            };
            let auto = scratch.copy().run(arguments);
            assert!(!has_escapes(&auto.said()), "{arguments:?}");
            assert_eq!(colour("auto"), auto);
            assert_eq!(colour("never"), auto);
            let always = colour("always");
            assert_eq!(has_escapes(&always.said()), !auto.said().is_empty(), "{arguments:?}");
        }
    }
}

#[test]
fn no_color_is_stronger_than_forced_colours() {
    let scratch = healthy();
    let status = |variables: &[_]| with_environment(&scratch, &["status"], variables).stdout;
    assert!(has_escapes(&status(&[("CLICOLOR_FORCE", "1")])));
    assert!(!has_escapes(&status(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")])));
}

#[test]
fn no_width_of_the_terminal_is_too_much_for_a_broken_workspace() {
    let scratch = broken();
    for width in ["", "0", "1", "20", "40", "59", "80", "140", "100000", "-5", "wide"] {
        for arguments in &COMMANDS[..6] {
            let ran = with_environment(&scratch, arguments, &[("COLUMNS", width)]);
            assert_eq!(ran.code, Some(1), "{arguments:?} in {width}: {}", ran.stderr);
            assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        }
    }
}

#[test]
fn the_level_over_time_is_drawn_on_a_terminal_only() {
    let scratch = healthy();
    let has_bars = |ran: &Ran| ran.stdout.contains('▁');
    assert!(!has_bars(&scratch.run(&["log"])));
    for width in ["40", "60", "100"] {
        let ran = with_environment(&scratch, &["log"], &[("COLUMNS", width)]);
        assert!(has_bars(&ran), "{}", ran.stdout);
        let picture = ran.stdout.lines().last().unwrap();
        assert!(picture.width() <= width.parse().unwrap(), "{picture}");
    }
}

#[test]
fn a_width_of_0_is_unknown_and_not_narrow() {
    let scratch = healthy();
    for arguments in [&["status"][..], &["show", "good"]] {
        let ran = with_environment(&scratch, arguments, &[("COLUMNS", "0")]);
        assert_eq!(ran, scratch.run(arguments));
    }
}

/// A table is spoilt by lines that wrap; the sentences below it may wrap as they like.
#[test]
fn no_line_of_a_table_is_wider_than_the_terminal() {
    let scratch = healthy();
    for columns in [60, 80, 119, 120, 140, 200] {
        for arguments in [&["status"][..], &["show", "good"]] {
            let width = columns.to_string();
            let ran = with_environment(&scratch, arguments, &[("COLUMNS", &width)]);
            let wide = ran.stdout.lines().filter(|line| line.width() > columns);
            let wide: Vec<_> = wide.filter(|line| !line.contains(" as of ")).collect();
            assert!(wide.is_empty(), "{arguments:?} in {columns}: {wide:#?}");
        }
    }
}

#[test]
fn an_empty_environment_is_enough() {
    let scratch = healthy();
    for arguments in COMMANDS {
        let ran = scratch::run(scratch.command(arguments).env_clear());
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn what_is_typed_is_stronger_than_what_the_environment_says() {
    let (here, there) = (healthy(), Scratch::new().with("threads/there.md", GOOD));
    let place = there.path("");
    let place = place.to_str().unwrap();
    let by_variable = with_environment(&here, &["status"], &[("THREAD_DIR", place)]);
    assert!(by_variable.stdout.contains("there"), "{}", by_variable.stdout);
    let typed = with_environment(&here, &["status", "-C", "."], &[("THREAD_DIR", place)]);
    assert!(typed.stdout.contains("good"), "{}", typed.stdout);
    let day = here.run(&["status", "--today", "2026-02-28"]);
    assert!(day.stdout.contains("as of 2026-02-28"), "{}", day.stdout);
}

/// The day that the program takes for today in a time zone.
fn today_in(zone: &str) -> String {
    let scratch = healthy();
    let mut command = scratch.command(&["status", "--json"]);
    let ran = scratch::run(command.env_remove("THREAD_TODAY").env("TZ", zone));
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    document["today"].as_str().unwrap().to_string()
}

#[test]
fn today_is_the_day_of_the_local_zone() {
    // Twenty-five hours apart: never the same day.
    assert!(today_in("<+14>-14") > today_in("<-11>11"));
    let (east, west) = ("Pacific/Kiritimati", "Pacific/Pago_Pago");
    let zones = Path::new("/usr/share/zoneinfo");
    if zones.join(east).exists() && zones.join(west).exists() {
        assert!(today_in(east) > today_in(west));
    } else {
        let _ = writeln!(io::stderr(), "skipped: this machine knows no zones by name");
    }
}

#[test]
fn what_cannot_be_done_exits_with_2_and_says_so_on_stderr() {
    let scratch = healthy();
    let nowhere = tempfile::tempdir().unwrap();
    let nowhere = nowhere.path().to_str().unwrap();
    let wrong: [&[&str]; 12] = [
        &["--nonsense"],
        &["nonsense"],
        &["show"],
        &["show", "good", "more"],
        &["show", "nothing"],
        &["status", "nothing"],
        &["check", "threads/nothing.md"],
        &["status", "--today", "tomorrow"],
        &["status", "--today", "2026-02-29"],
        &["status", "--color", "sometimes"],
        &["scan", "--wait", "soon"],
        &["-C", nowhere, "status"],
    ];
    for arguments in wrong {
        let ran = scratch.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.stderr.starts_with("error: "), "{arguments:?}: {}", ran.stderr);
    }
    let ran = with_environment(&scratch, &["status"], &[("THREAD_TODAY", "someday")]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
}

#[cfg(unix)]
#[test]
fn a_working_directory_that_is_gone_is_said_to_be() {
    let directory = tempfile::tempdir().unwrap();
    let script = r#"cd "$1" && rmdir "$1" && exec "$2" status"#;
    let mut command = std::process::Command::new("sh");
    command.args(["-c", script, "sh"]).arg(directory.path()).arg(env!("CARGO_BIN_EXE_thread"));
    let ran = scratch::run(&mut command);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("working directory"), "{}", ran.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_no_success() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let scratch = healthy();
    let mut command = scratch.command(&["status"]);
    let child = command.stdout(full).stderr(Stdio::piped()).spawn().unwrap();
    assert_eq!(scratch::end(child).code, Some(2));
}

#[test]
fn help_and_version_are_answers() {
    for arguments in [["--help"], ["--version"]] {
        let ran = Scratch::new().run(&arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        assert!(ran.stdout.contains("thread"), "{}", ran.stdout);
    }
}

#[test]
fn json_is_one_document_on_stdout_and_silence_on_stderr() {
    for (scratch, code) in [(healthy(), 0), (broken(), 1)] {
        for arguments in COMMANDS {
            let coloured = [arguments, &["--json", "--color", "always"]].concat();
            let ran = scratch.copy().run(&coloured);
            assert_eq!((ran.code, ran.stderr.as_str()), (Some(code), ""), "{arguments:?}");
            assert!(!has_escapes(&ran.stdout));
            let document: Value = serde_json::from_str(&ran.stdout).unwrap();
            assert_eq!(document["schema-version"], 2);
            assert_eq!(document["kind"], arguments[0]);
        }
    }
}

#[test]
fn nothing_that_a_terminal_obeys_comes_out_of_a_file() {
    let hostile = "\u{1b}]0;t\u{7}\u{1b}[2J\u{8}\u{7f}";
    let turned = "\u{202e}\u{2066}";
    let scratch = healthy()
        .with("threads/x.md", GOOD.replace("Good", &format!("{hostile}{turned}")))
        .with("threads/y.md", format!("---\nripeness: {{level: \"{turned}\"}}\n---\n"))
        .with(
            "backlogs/2026-11-02-feed-backlog.md",
            format!(
                "- \"a{hostile}b\" (2026-11-01) [thread:: good, {turned}]\n\
                 - [c\u{8}\u{7f}d](https://example.org/3) (2026-11-02) [thread:: good]\n"
            ),
        );
    for arguments in [&["status"][..], &["show", "x"], &["show", "good"], &["check"], &["scan"]] {
        let said = scratch.run(arguments).said();
        let obeyed = |c: char| (c.is_control() && c != '\n') || turned.contains(c);
        let found: Vec<_> = said.lines().filter(|line| line.contains(obeyed)).collect();
        assert!(found.is_empty(), "{arguments:?}: {found:#?}");
    }
    let written = std::fs::read_to_string(scratch.path("threads/good.md")).unwrap();
    assert!(written.contains("(2026-11-01)") && written.contains("/3) (2026-11-02)"), "{written}");
    assert!(!written.contains(|c: char| c.is_control() && c != '\n'), "{written:?}");
}
