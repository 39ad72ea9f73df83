//! The scripts in `.ci/` run on Linux, macOS and Windows.

use std::fs;

use crate::support::root;

/// Programs whose long options exist on GNU systems only.
const PROGRAMS: [&str; 18] = [
    "awk",
    "basename",
    "cmp",
    "cp",
    "date",
    "diff",
    "find",
    "grep",
    "head",
    "ln",
    "mkdir",
    "rm",
    "sed",
    "sha256sum",
    "sort",
    "tail",
    "tar",
    "wc",
];

/// Returns the options in a line that only GNU systems have: `sort -u | grep --quiet x` gives
/// `grep --quiet`.
fn gnu_options(line: &str) -> Vec<String> {
    let ends = |c: char| matches!(c, '|' | '(' | ')' | '{' | '}' | ';' | '&');
    let mut found = Vec::new();
    for command in line.split(ends) {
        let words: Vec<&str> = command.split_whitespace().collect();
        let Some(start) = words.iter().position(|word| PROGRAMS.contains(word)) else { continue };
        // `--strip-components` has no short form, and all versions of tar know it.
        let is_gnu = |word: &&&str| {
            word.starts_with("--") && word.len() > 2 && **word != "--strip-components"
                || (words[start] == "sed" && **word == "-i")
        };
        let options = words[start..].iter().filter(is_gnu);
        found.extend(options.map(|option| format!("{} {option}", words[start])));
    }
    found
}

#[test]
fn gnu_options_are_found_in_pipes_and_substitutions() {
    assert_eq!(gnu_options("sort -u | grep --quiet x"), ["grep --quiet"]);
    assert_eq!(gnu_options("n=$(wc --lines <x)"), ["wc --lines"]);
    assert_eq!(gnu_options("sed -i s/a/b/ x; rm -f y"), ["sed -i"]);
    assert_eq!(gnu_options("git commit --quiet && tar -xzf a --strip-components 1"), [""; 0]);
}

#[test]
fn scripts_use_only_options_that_every_system_has() {
    let mut found = Vec::new();
    let mut scripts = 0;
    for entry in fs::read_dir(root().join(".ci")).expect("a directory") {
        let path = entry.expect("a directory entry").path();
        let text = fs::read_to_string(&path).unwrap_or_default();
        if !text.contains("bash") || path.extension().is_some_and(|extension| extension != "sh") {
            continue;
        }
        scripts += 1;
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        for (number, line) in text.lines().enumerate() {
            let options = gnu_options(line).into_iter();
            found.extend(options.map(|option| format!(".ci/{name}:{}: {option}", number + 1)));
        }
    }
    assert!(scripts >= 8, "only {scripts} scripts were read");
    assert!(found.is_empty(), "{found:#?}");
}
