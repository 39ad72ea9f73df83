//! Documents whose console blocks are run: the README, the guides, the rule pages and the cases.
//!
//! - A block whose info string names a path (` ```markdown threads/x.md `) writes that file.
//! - In a `console` block a line `$ …` is typed; the lines behind it are its whole output, stdout
//!   before stderr; a line `...` stands for any lines; a last line `? 1` is an exit code other than 0.
//! - `thread …` and `cargo run -- …` run the program, `NAME=value` before it sets a variable, `cat
//!   FILE` shows a file.
//! - The comment `<!-- runs in a copy of this repository -->` begins a document that needs no files.
//!
//! The day is 2026-11-23 and the terminal 100 columns wide. With `UPDATE_CONSOLE` set in the
//! environment the documents are rewritten with what the commands print; read the difference.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

const COPY: &str = "<!-- runs in a copy of this repository -->";

#[test]
fn readme() {
    run(&["README.md".into()]);
}

#[test]
fn guides() {
    run(&markdown_in("docs"));
}

#[test]
fn rules() {
    run(&markdown_in("docs/rules"));
}

#[test]
fn cases() {
    let cases = markdown_in("tests/cases");
    assert!(!cases.is_empty(), "tests/cases holds the cases");
    run(&cases);
}

fn markdown_in(directory: &str) -> Vec<String> {
    let entries = fs::read_dir(Path::new(REPOSITORY).join(directory)).expect("the folder is there");
    let names = entries.map(|entry| entry.expect("it can be listed").file_name());
    let mut paths: Vec<String> = names
        .map(|name| format!("{directory}/{}", name.to_string_lossy()))
        .filter(|path| path.rsplit('.').next() == Some("md"))
        .collect();
    paths.sort();
    paths
}

/// Runs all documents, and only then fails, with every difference.
fn run(paths: &[String]) {
    let mut failures = String::new();
    for path in paths {
        let full = Path::new(REPOSITORY).join(path);
        let text = fs::read_to_string(&full).expect("a document is UTF-8");
        let run = Session::new(&text).run(&text);
        if std::env::var_os("UPDATE_CONSOLE").is_some() {
            replace(&full, &run.text);
        }
        for failure in run.failures {
            failures.push_str(&format!("\n== {path}\n{failure}\n"));
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[expect(
    clippy::disallowed_methods,
    reason = "a document of this repository is rewritten on request"
)]
fn replace(path: &Path, text: &str) {
    fs::write(path, text).expect("a document can be written");
}

/// A document run to its end.
struct Run {
    /// The document with the output that the commands really had.
    text: String,
    failures: Vec<String>,
}

/// A scratch workspace in which one document runs.
struct Session {
    directory: TempDir,
}

impl Session {
    fn new(text: &str) -> Self {
        let directory = tempfile::tempdir().expect("a scratch folder");
        if text.contains(COPY) {
            let listed = Command::new("cp")
                .args(["-R", "thread.yaml", "threads", "backlogs"])
                .arg(directory.path())
                .current_dir(REPOSITORY)
                .status();
            assert!(listed.is_ok_and(|status| status.success()), "the repository can be copied");
        }
        Self { directory }
    }

    fn run(&self, text: &str) -> Run {
        let mut run = Run { text: String::new(), failures: Vec::new() };
        let mut lines = text.split_inclusive('\n');
        while let Some(line) = lines.next() {
            run.text.push_str(line);
            let Some(info) = line.trim_end().strip_prefix("```").filter(|info| !info.is_empty())
            else {
                continue;
            };
            let block: Vec<&str> =
                lines.by_ref().take_while(|line| line.trim_end() != "```").collect();
            match info.split_once(' ') {
                Some((_, path)) => {
                    self.write(path, &block.concat());
                    run.text.push_str(&block.concat());
                }
                None if info == "console" => self.console(&block, &mut run),
                None => run.text.push_str(&block.concat()),
            }
            run.text.push_str("```\n");
        }
        run
    }

    #[expect(clippy::disallowed_methods, reason = "a scratch file")]
    fn write(&self, path: &str, text: &str) {
        let path = self.directory.path().join(path);
        fs::create_dir_all(path.parent().expect("a path below the folder")).expect("a folder");
        fs::write(path, text).expect("a scratch file");
    }

    fn console(&self, block: &[&str], run: &mut Run) {
        let mut lines = block.iter().peekable();
        while let Some(line) = lines.next() {
            let Some(typed) = line.strip_prefix("$ ") else {
                run.failures.push(format!("a console block begins with `$ `, found {line}"));
                return;
            };
            let mut expected = String::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                expected.push_str(line);
            }
            let found = self.command(typed.trim_end());
            if !matches(&expected, &found) {
                run.failures.push(format!("$ {typed}{}", difference(&expected, &found)));
            }
            let kept = if matches(&expected, &found) { &expected } else { &found };
            run.text.push_str(line);
            run.text.push_str(kept);
        }
    }

    /// The output of a command, with its exit code where that is not 0.
    fn command(&self, typed: &str) -> String {
        let words = words(typed);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let settings = words.iter().map_while(|word| word.split_once('=')).collect::<Vec<_>>();
        let words = &words[settings.len()..];
        let arguments = match words {
            ["thread", rest @ ..] => rest,
            ["cargo", "run", ..] => {
                let dashes = words.iter().position(|word| *word == "--");
                dashes.map_or(&[][..], |at| &words[at + 1..])
            }
            ["cat", path] => {
                return fs::read_to_string(self.directory.path().join(path))
                    .unwrap_or_else(|error| format!("{error}\n"));
            }
            _ => return format!("this command cannot be typed here: {typed}\n"),
        };
        let output = Command::new(env!("CARGO_BIN_EXE_thread"))
            .args(arguments)
            .current_dir(self.directory.path())
            .env_clear()
            .env("THREAD_TODAY", "2026-11-23")
            .env("COLUMNS", "100")
            .envs(settings)
            .output()
            .expect("the program runs");
        let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&output.stderr));
        if !output.status.success() {
            text.push_str(&format!("? {}\n", output.status.code().unwrap_or(-1)));
        }
        text.replace(&*self.directory.path().to_string_lossy(), "[FOLDER]")
    }
}

/// Words as a shell takes them, with single and double quotes.
fn words(typed: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for character in typed.chars() {
        match (character, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => quote = Some(character),
            (' ', None) => words.push(String::new()),
            (c, _) => words.last_mut().expect("there is a word").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether an output is the expected one; a line `...` stands for any lines.
fn matches(expected: &str, found: &str) -> bool {
    fn rest(expected: &[&str], found: &[&str]) -> bool {
        match expected.split_first() {
            None => found.is_empty(),
            Some((&"...", behind)) => {
                (0..=found.len()).any(|skipped| rest(behind, &found[skipped..]))
            }
            Some((line, behind)) => found.first() == Some(line) && rest(behind, &found[1..]),
        }
    }
    let expected: Vec<&str> = expected.lines().map(str::trim_end).collect();
    let found: Vec<&str> = found.lines().map(str::trim_end).collect();
    rest(&expected, &found)
}

fn difference(expected: &str, found: &str) -> String {
    let diff = similar::TextDiff::from_lines(expected, found);
    diff.unified_diff().header("expected", "found").to_string()
}
