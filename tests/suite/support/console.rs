//! Runs the console blocks of markdown documents and compares their output.
//!
//! - A block whose info string has a path (` ```markdown threads/x.md `) is written to that file.
//! - In a `console` block, a line `$ …` is a command. The lines after it are its whole output,
//!   stdout before stderr, then `? 1` if the exit code is 1 (any code but 0). A line `...` matches
//!   any number of lines.
//! - The commands are `thread …`, `cargo run -- …` (both run the program), `git …` and `cat FILE`.
//!   `NAME=value` before a command sets a variable.
//! - A document with the comment `<!-- runs in a copy of this repository -->` runs in a copy of the
//!   threads and catalogs of this repository; all others start in an empty directory.
//!
//! Today is 2026-11-23, and the terminal has 100 columns. With `UPDATE_CONSOLE` set in the
//! environment, the expected outputs are rewritten: [`updated`] says how.

use std::fs;
use std::path::Path;
use std::process::Command;

use similar::TextDiff;
use tempfile::TempDir;

use super::{git, root};

const COPY: &str = "<!-- runs in a copy of this repository -->";
/// Expected line that matches any number of lines.
const WILDCARD: &str = "...";

/// Runs documents, named by their paths in this repository, and fails with all differences.
pub fn run(paths: &[String]) {
    let mut failures = String::new();
    for path in paths {
        let full = root().join(path);
        let text = fs::read_to_string(&full).unwrap_or_else(|error| panic!("{path}: {error}"));
        let run = Session::new(&text).run(&text);
        if is_updating() && run.text != text {
            overwrite(&full, &run.text);
        }
        for failure in run.failures {
            failures.push_str(&format!("\n== {path}\n{failure}\n"));
        }
    }
    assert!(failures.is_empty(), "{failures}\nUPDATE_CONSOLE=1 rewrites the expected outputs\n");
}

/// Returns the paths of the markdown files in a directory of this repository, sorted.
pub fn markdown_in(directory: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(directory)).expect("the directory exists");
    let names = entries.map(|entry| entry.expect("a directory entry").file_name());
    let mut paths: Vec<String> = names
        .map(|name| format!("{directory}/{}", name.to_string_lossy()))
        .filter(|path| path.rsplit('.').next() == Some("md"))
        .collect();
    paths.sort();
    paths
}

/// Returns whether the expected texts in this repository are to be rewritten.
pub fn is_updating() -> bool {
    std::env::var_os("UPDATE_CONSOLE").is_some()
}

#[expect(clippy::disallowed_methods, reason = "a document of this repository, on request")]
pub fn overwrite(path: &Path, text: &str) {
    fs::write(path, text).expect("a document can be written");
}

/// Result of running a document.
struct Run {
    /// The document with updated outputs.
    text: String,
    failures: Vec<String>,
}

/// A scratch workspace in which one document runs.
struct Session {
    directory: TempDir,
}

impl Session {
    fn new(text: &str) -> Self {
        let directory = tempfile::tempdir().expect("a scratch directory");
        if text.contains(COPY) {
            let copied = Command::new("cp")
                .args(["-R", "thread.yaml", "threads", "backlogs"])
                .arg(directory.path())
                .current_dir(root())
                .status();
            assert!(copied.is_ok_and(|status| status.success()), "the repository can be copied");
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
        fs::create_dir_all(path.parent().expect("a parent directory")).expect("a directory");
        fs::write(path, text).expect("a scratch file");
    }

    /// Runs the commands of one block.
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
            let updated = updated(&expected, &found);
            if updated != expected {
                run.failures.push(format!("$ {typed}{}", difference(&expected, &updated)));
            }
            run.text.push_str(line);
            run.text.push_str(&updated);
        }
    }

    /// Returns the output of a command, with its exit code if that is not 0.
    fn command(&self, typed: &str) -> String {
        let Typed { variables, words, .. } = Typed::new(typed, "");
        let directory = self.directory.path();
        let mut command = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["thread", ref arguments @ ..] => {
                let mut thread = Command::new(env!("CARGO_BIN_EXE_thread"));
                thread.args(arguments).current_dir(directory).env_clear();
                thread
            }
            ["git", ref arguments @ ..] => git::command(directory, arguments),
            ["cat", path] => {
                return fs::read_to_string(directory.join(path))
                    .unwrap_or_else(|error| format!("{error}\n"));
            }
            _ => return format!("this command is not supported here: {typed}\n"),
        };
        let output = command
            .env("THREAD_TODAY", "2026-11-23")
            .env("COLUMNS", "100")
            .envs(variables)
            .output()
            .expect("the program runs");
        let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&output.stderr));
        if !output.status.success() {
            text.push_str(&format!("? {}\n", output.status.code().unwrap_or(-1)));
        }
        text.replace(&*directory.to_string_lossy(), "[FOLDER]")
    }
}

/// A command of a console block.
#[derive(Debug)]
pub struct Typed {
    /// Path of the document.
    pub document: String,
    variables: Vec<(String, String)>,
    /// The program and its arguments; `cargo run -- …` is `thread …`.
    pub words: Vec<String>,
}

impl Typed {
    fn new(line: &str, document: &str) -> Self {
        let words = words(line);
        let variables: Vec<_> = words.iter().map_while(|word| word.split_once('=')).collect();
        let mut rest = words[variables.len()..].to_vec();
        if rest.first().is_some_and(|program| program == "cargo") {
            let dashes = rest.iter().position(|word| word == "--").unwrap_or(rest.len() - 1);
            rest.splice(..=dashes, ["thread".to_string()]);
        }
        let variables = variables.iter().map(|(name, value)| (name.to_string(), value.to_string()));
        Self { document: document.into(), variables: variables.collect(), words: rest }
    }
}

/// All commands of the README, the guides, the rule pages and the cases.
pub fn typed_commands() -> Vec<Typed> {
    let directories = ["docs", "docs/rules", "tests/cases"];
    let documents = directories.into_iter().flat_map(markdown_in).chain(["README.md".into()]);
    let mut commands = Vec::new();
    for path in documents {
        let text = fs::read_to_string(root().join(&path)).expect("a document is UTF-8");
        let mut is_console = false;
        for line in text.lines() {
            is_console = if line.starts_with("```") { line == "```console" } else { is_console };
            let typed = line.strip_prefix("$ ").filter(|_| is_console);
            commands.extend(typed.map(|line| Typed::new(line, &path)));
        }
    }
    commands
}

/// Splits a command into its arguments as a shell does, with single and double quotes.
fn words(typed: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for character in typed.chars() {
        match (character, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => quote = Some(character),
            (' ', None) => words.push(String::new()),
            (c, _) => words.last_mut().expect("at least one word").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim_end).collect()
}

/// Returns the expected output after an update: unchanged if it matches the one that is found, else
/// the one that is found, with the wildcards of the old one.
///
/// A wildcard is kept if it still matches a line. An expected line that differs is replaced.
///
/// ```text
/// expected   found      updated
/// a          a          a
/// ...        b          ...
/// d: 1       c          d: 2
///            d: 2
/// ```
pub fn updated(expected: &str, found: &str) -> String {
    let (old, new) = (lines(expected), lines(found));
    let kept = if old.contains(&WILDCARD) { alignment(&old, &new) } else { new };
    if kept == old {
        return expected.to_string();
    }
    kept.iter().map(|line| format!("{line}\n")).collect()
}

/// A step of an alignment, which begins at the first lines of both texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// An expected line becomes a found one, equal or not.
    Replace,
    /// A wildcard matches one more line.
    Absorb,
    /// A wildcard matches no more lines.
    Close,
    Delete,
    Insert,
}

/// Aligns an expected output with the one that is found, and returns the lines to expect.
///
/// Of all edits of the expected lines these are the cheapest, by dynamic programming from the end
/// of both texts. Wildcards cost nothing.
fn alignment<'t>(expected: &[&'t str], found: &[&'t str]) -> Vec<&'t str> {
    let (rows, columns) = (expected.len() + 1, found.len() + 1);
    let mut cells = vec![(0_usize, Step::Close); rows * columns];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let cost = |row: usize, column: usize| cells[row * columns + column].0;
            let (old, new) = (expected.get(row), found.get(column));
            let mut steps = Vec::new();
            if old == Some(&WILDCARD) {
                // The last line is left to a last expected line, which would be lost otherwise.
                let is_last = column + 2 == columns && row + 2 < rows;
                if new.is_some() && !is_last {
                    steps.push((cost(row, column + 1), Step::Absorb));
                }
                steps.push((cost(row + 1, column), Step::Close));
            } else if let Some(old) = old {
                if let Some(new) = new {
                    let replaced = replacement_cost(old, new) + cost(row + 1, column + 1);
                    steps.push((replaced, Step::Replace));
                }
                steps.push((3 + cost(row + 1, column), Step::Delete));
            }
            if new.is_some() {
                steps.push((2 + cost(row, column + 1), Step::Insert));
            }
            let best = steps.into_iter().min_by_key(|(cost, _)| *cost);
            cells[row * columns + column] = best.unwrap_or((0, Step::Close));
        }
    }
    let (mut row, mut column, mut absorbs) = (0, 0, false);
    let mut kept = Vec::new();
    let is_exact = cells[0].0 == 0;
    while row < expected.len() || column < found.len() {
        let step = cells[row * columns + column].1;
        match step {
            Step::Replace | Step::Insert => kept.push(found[column]),
            Step::Close if absorbs || is_exact => kept.push(WILDCARD),
            _ => {}
        }
        absorbs = step == Step::Absorb;
        row += usize::from(matches!(step, Step::Replace | Step::Close | Step::Delete));
        column += usize::from(matches!(step, Step::Replace | Step::Absorb | Step::Insert));
    }
    kept
}

/// Cost of the replacement of one line: 0 if both are equal, 1 if they have half of their
/// characters in common at their beginning and end, else 4: more than a deletion, less than one and
/// an insertion.
fn replacement_cost(old: &str, new: &str) -> usize {
    if old == new {
        return 0;
    }
    let equal = |pairs: &mut dyn Iterator<Item = (char, char)>| {
        pairs.take_while(|(one, other)| one == other).count()
    };
    let longest = old.chars().count().max(new.chars().count());
    let common = equal(&mut old.chars().zip(new.chars()))
        + equal(&mut old.chars().rev().zip(new.chars().rev()));
    if 2 * common >= longest { 1 } else { 4 }
}

fn difference(expected: &str, found: &str) -> String {
    TextDiff::from_lines(expected, found).unified_diff().header("expected", "found").to_string()
}

/// A test of [`updated`]: what is expected, what is found, and what is expected then.
mod update {
    use super::updated;

    #[track_caller]
    fn becomes(expected: &str, found: &str, after: &str) {
        let text =
            |words: &str| words.split_whitespace().map(|w| format!("{w}\n")).collect::<String>();
        assert_eq!(updated(&text(expected), &text(found)), text(after));
    }

    #[test]
    fn update_of_an_output_that_fits_changes_nothing() {
        for expected in
            ["a b c d", "...", "a ...", "... d", "a ... d", "... b ... c ...", "a b ... c d"]
        {
            becomes(expected, "a b c d", expected);
        }
        becomes("", "", "");
        becomes("...", "", "...");
    }

    #[test]
    fn update_without_wildcards_is_the_new_output() {
        becomes("a b c", "a x c d", "a x c d");
        becomes("", "a", "a");
        becomes("a", "", "");
    }

    #[test]
    fn update_replaces_a_changed_line_and_keeps_the_wildcards_around_it() {
        becomes("... key:1 ... end", "a b key:2 c end", "... key:2 ... end");
        becomes("a ... ?1", "a b ?2", "a ... ?2");
        becomes("head:1 ... end", "head:2 a b end", "head:2 ... end");
        becomes("a ... total", "a b c sum", "a ... sum");
    }

    #[test]
    fn update_with_a_removed_or_new_line_keeps_the_wildcards() {
        becomes("one two ... end", "one a b end", "one ... end");
        becomes("one ... end", "one new a end two", "one ... end two");
        becomes("one ... end", "zero one a end", "zero one ... end");
    }

    #[test]
    fn update_drops_a_wildcard_that_matches_no_line() {
        becomes("one ... two", "error:x", "error:x");
        becomes("a b:1 ... c", "a b:2 c", "a b:2 c");
    }
}
