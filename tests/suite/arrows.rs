//! The arrows between modules: a room of `src/` imports only from those above it, each library has
//! one home, and no file grows out of hand.
//!
//! The sources are read as text, without comments; that is crude, and enough for code that is
//! formatted and has no glob imports across rooms.

use std::fs;
use std::path::Path;

use super::console::repository;

/// The rooms in reading order, as `src/lib.rs` has them.
const ROOMS: [&str; 17] = [
    "text",
    "model",
    "parse",
    "handle",
    "workspace",
    "evaluate",
    "rules",
    "plan",
    "adopt",
    "merge",
    "verbs",
    "report",
    "render",
    "store",
    "environment",
    "cli",
    "commands",
];

/// What may be named only in some places: a word of a path, and what those places begin with.
const HOMES: [(&str, &[&str]); 16] = [
    ("granit_parser", &["parse/yaml"]),
    ("pulldown_cmark", &["parse/outline"]),
    ("serde_yaml", &["plan/verify"]),
    ("walkdir", &["store/load"]),
    // Where there is something to do for every file.
    ("rayon", &["store/load", "workspace", "evaluate/", "rules/", "commands/mod"]),
    ("clap", &["cli", "main"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("annotate_snippets", &["render/diagnostics"]),
    ("anstream", &["main", "environment"]),
    ("terminal_size", &["environment"]),
    ("rustix", &["store/"]),
    ("tempfile", &["store/"]),
    ("std::fs", &["store/", "environment"]),
    ("std::env", &["store/", "environment"]),
    ("std::process", &["store/", "main"]),
];

/// One file of `src/`: its path without `.rs`, and its text.
struct Source {
    name: String,
    text: String,
}

impl Source {
    /// The text without comments and texts in quotes, which may speak of anything.
    fn code(&self) -> String {
        let lines = self.text.lines().map(|line| line.split("//").next().unwrap_or(line));
        lines.map(|line| format!("{line}\n")).collect()
    }

    /// The room it stands in; `main` and `lib` stand in none.
    fn room(&self) -> Option<usize> {
        let room = self.name.split('/').next()?;
        ROOMS.iter().position(|known| *known == room)
    }

    /// How many `super::` lead from here to the root.
    fn depth(&self) -> usize {
        self.name.trim_end_matches("/mod").split('/').count()
    }

    /// The rooms that it names, as `crate::room` or by climbing to the root.
    fn names(&self) -> Vec<String> {
        let code = self.code();
        let climbing = "super::".repeat(self.depth());
        ["crate::", &climbing].into_iter().flat_map(|root| heads(&code, root)).collect()
    }
}

/// The first words of all paths behind `root`, also those in braces.
fn heads(code: &str, root: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(root) {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let behind = &code[at + root.len()..];
        let mut depth = 0;
        let mut word = String::new();
        let mut taken = false;
        for character in behind.chars() {
            match character {
                c if c.is_alphanumeric() || c == '_' => word.push(c),
                c => {
                    if !taken && !word.is_empty() && depth < 2 {
                        found.push(word.clone());
                        taken = true;
                    }
                    word.clear();
                    match c {
                        '{' => (depth, taken) = (depth + 1, depth > 0),
                        '}' => depth -= 1,
                        ',' if depth == 1 => taken = false,
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
        }
    }
    found
}

fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    collect(&repository().join("src"), "", &mut sources);
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(sources.len() > 50, "the sources are found");
    sources
}

fn collect(folder: &Path, prefix: &str, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a folder of src").map(|entry| entry.expect("listed"))
    {
        let name = entry.file_name().into_string().expect("names are UTF-8");
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{prefix}{name}/"), sources);
        } else if let Some(stem) = name.strip_suffix(".rs") {
            let text = fs::read_to_string(entry.path()).expect("a source");
            sources.push(Source { name: format!("{prefix}{stem}"), text });
        }
    }
}

/// The arrows of a source that point down.
fn wrong_arrows(source: &Source) -> Vec<String> {
    let Some(room) = source.room() else {
        return Vec::new();
    };
    let is_wrong = |name: &String| match ROOMS.iter().position(|known| known == name) {
        Some(named) => named > room,
        None => true,
    };
    let wrong = source.names().into_iter().filter(is_wrong);
    wrong.map(|name| format!("{} names {name}", source.name)).collect()
}

/// The words that a source may not use where it stands.
fn strangers(source: &Source) -> Vec<String> {
    let code = source.code();
    let used = |word: &str| {
        code.match_indices(word).any(|(at, _)| {
            let is_part = |c: char| c.is_alphanumeric() || c == '_';
            !code[..at].ends_with(is_part) && !code[at + word.len()..].starts_with(is_part)
        })
    };
    let at_home = |homes: &[&str]| homes.iter().any(|home| source.name.starts_with(home));
    let strangers = HOMES.iter().filter(|(word, homes)| used(word) && !at_home(homes));
    strangers.map(|(word, _)| format!("{} uses {word}", source.name)).collect()
}

#[test]
fn every_arrow_points_up() {
    let wrong: Vec<String> = sources().iter().flat_map(wrong_arrows).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_library_has_its_home() {
    let wrong: Vec<String> = sources().iter().flat_map(strangers).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_rooms_are_all_there_in_the_order_of_lib() {
    let sources = sources();
    let lib = sources.iter().find(|source| source.name == "lib").expect("there is a lib.rs");
    let declared = lib.text.lines().filter_map(|line| line.strip_prefix("pub mod "));
    let declared: Vec<&str> = declared.map(|room| room.trim_end_matches(';')).collect();
    assert_eq!(declared, ROOMS);
    let homeless: Vec<&str> = sources
        .iter()
        .filter(|source| source.room().is_none())
        .map(|source| source.name.as_str())
        .collect();
    assert_eq!(homeless, ["lib", "main"]);
}

#[test]
fn every_file_opens_with_what_it_is_for_and_stays_readable_in_one_sitting() {
    let mut wrong = Vec::new();
    for source in sources() {
        if !source.text.starts_with("//! ") {
            wrong.push(format!("{} does not begin with `//! …`", source.name));
        }
        let lines = source.text.lines().count();
        if lines >= 500 {
            wrong.push(format!("{} has {lines} lines", source.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_wrong_arrow_would_be_seen() {
    let seen = |name: &str, text: &str| {
        let source = Source { name: name.into(), text: text.into() };
        [wrong_arrows(&source), strangers(&source)].concat()
    };
    assert_eq!(seen("model/x", "use crate::store::load;\n"), ["model/x names store"]);
    assert_eq!(
        seen("model/x", "use crate::{text::Span, plan::{Change, cli}};"),
        ["model/x names plan"]
    );
    assert_eq!(seen("parse/a/b", "use super::super::super::cli::Cli;"), ["parse/a/b names cli"]);
    assert_eq!(seen("workspace", "fn f() { super::plan::g() }"), ["workspace names plan"]);
    assert_eq!(seen("rules/mod", "crate::nowhere::g()"), ["rules/mod names nowhere"]);
    assert_eq!(seen("plan/x", "use std::fs::File;"), ["plan/x uses std::fs"]);
    assert_eq!(seen("rules/x", "use clap::Args;"), ["rules/x uses clap"]);
    assert!(
        seen("plan/x", "// crate::cli\nuse crate::model::Date;\nuse super::change;").is_empty()
    );
    assert!(seen("cli", "use clap::Args; // and clap_complete").is_empty());
}
