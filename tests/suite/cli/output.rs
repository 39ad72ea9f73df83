//! Output of the program: streams, colours, and the width of the terminal.

use std::io::{self, BufRead, BufReader};
use std::process::Stdio;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::{COMMANDS, GOOD, broken, has_escapes, healthy, with_body, with_environment};
use crate::support::scratch::{self, Ran, Scratch};

#[test]
fn output_to_a_closed_pipe_is_success() {
    let scratch = broken();
    let help: [&[&str]; 2] = [&["--help"], &["--version"]];
    for arguments in COMMANDS.into_iter().chain(help) {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let mut command = scratch.command(arguments);
        command.env("RUST_BACKTRACE", "1").stdout(writer).stderr(Stdio::piped());
        let child = command.spawn().unwrap();
        // `command` has the other copy of the pipe.
        drop(command);
        let ran = scratch::end(child);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.stderr);
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        assert!(!ran.stderr.contains("pipe"), "{}", ran.stderr);
    }
}

#[test]
fn output_that_is_read_in_part_is_success() {
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
fn color_is_off_in_a_pipe_unless_asked_for() {
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
fn color_with_no_color_is_off_even_if_forced() {
    let scratch = healthy();
    let status = |variables: &[_]| with_environment(&scratch, &["status"], variables).stdout;
    assert!(has_escapes(&status(&[("CLICOLOR_FORCE", "1")])));
    assert!(!has_escapes(&status(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")])));
}

#[test]
fn width_of_any_value_shows_a_broken_workspace() {
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
fn log_draws_the_level_on_a_terminal_only() {
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
fn width_of_0_means_unknown() {
    let scratch = healthy();
    for arguments in [&["status"][..], &["show", "good"]] {
        let ran = with_environment(&scratch, arguments, &[("COLUMNS", "0")]);
        assert_eq!(ran, scratch.run(arguments));
    }
}

/// The lines of a table do not wrap; the sentences after it may.
#[test]
fn width_of_a_table_fits_the_terminal() {
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

#[cfg(target_os = "linux")]
#[test]
fn output_to_a_full_device_exits_with_2() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let scratch = healthy();
    let mut command = scratch.command(&["status"]);
    let child = command.stdout(full).stderr(Stdio::piped()).spawn().unwrap();
    assert_eq!(scratch::end(child).code, Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn output_to_a_full_device_prints_an_error() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let scratch = with_body("");
    let mut command = scratch.command(&["status"]);
    let child = command.stdout(full).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let ran = scratch::end(child);
    assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
}

#[test]
fn help_and_version_exit_with_0() {
    for arguments in [["--help"], ["--version"]] {
        let ran = Scratch::new().run(&arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        assert!(ran.stdout.contains("thread"), "{}", ran.stdout);
    }
}

#[test]
fn json_is_one_document_on_stdout_with_empty_stderr() {
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
fn json_of_show_on_an_invalid_thread_is_a_document() {
    let scratch = Scratch::new().with("threads/x.md", "no thread\n");
    let ran = scratch.run(&["show", "x", "--json"]);
    assert_eq!(ran.code, Some(1), "as without `--json`: {}", ran.stderr);
    assert!(serde_json::from_str::<serde_json::Value>(&ran.stdout).is_ok());
}
