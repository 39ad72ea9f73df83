//! A rewrite as a unified diff, which `git apply` and people read.

use similar::TextDiff;

use crate::commands::shared::style::{BAD, BOLD, GOOD, paint};
use crate::edit::Rewrite;
use crate::text::{Document, escape_for_terminal, is_control};

/// The difference with three lines of context, byte for byte, so that it applies to the file.
pub fn exact(rewrite: &Rewrite) -> String {
    between(&rewrite.before, &rewrite.after)
}

/// Returns the difference between a file and any new text of it.
pub fn between(before: &Document, after: &str) -> String {
    unified(&name("a/", &before.path), &before.text, &before.path, after)
}

/// A file that is new, as a difference from nothing.
pub fn exact_new(path: &str, text: &str) -> String {
    unified("/dev/null", "", path, text)
}

/// A file that only gets another name, as git writes it.
pub fn moved(from: &str, to: &str) -> String {
    let header = format!("diff --git {} {}", name("a/", from), name("b/", to));
    let (from, to) = (name("", from), name("", to));
    format!("{header}\nsimilarity index 100%\nrename from {from}\nrename to {to}\n")
}

fn unified(old_name: &str, old: &str, path: &str, new: &str) -> String {
    // Only `\n` ends a line here: a lone carriage return is part of one.
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    let mut unified = diff.unified_diff();
    unified.context_radius(3).header(old_name, &name("b/", path)).to_string()
}

/// Returns the name of a file as git writes it in a difference: quoted and escaped if it contains
/// characters that end the line or that a terminal interprets.
fn name(prefix: &str, path: &str) -> String {
    let is_plain = |c: char| !is_control(c) && !matches!(c, '"' | '\\');
    if path.chars().all(is_plain) {
        return format!("{prefix}{path}");
    }
    let escaped = path.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if is_plain(c) => c.to_string(),
        c => c.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("\\{byte:03o}")).collect(),
    });
    format!("\"{prefix}{}\"", escaped.collect::<String>())
}

/// A difference for a terminal: coloured, and without anything that a terminal obeys.
pub fn styled(exact: &str) -> String {
    let lines = exact.lines().map(|line| {
        let style = match line.as_bytes() {
            [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => BOLD,
            [b'-', ..] => BAD,
            [b'+', ..] => GOOD,
            _ => anstyle::Style::new(),
        };
        paint(style, &escape_for_terminal(line)) + "\n"
    });
    lines.collect()
}
