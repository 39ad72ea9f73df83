//! Imports between modules: a module of `src/` imports only from those before it in `lib.rs`, each
//! library is used in the modules that are listed here, and no file is too long.
//!
//! The sources are read as text without comments. This is enough for formatted code without glob
//! imports across modules.

use std::fs;
use std::path::Path;

use crate::support::root;

/// The modules in the order of `src/lib.rs`.
const MODULES: [&str; 16] = [
    "text",
    "model",
    "parse",
    "evaluate",
    "store",
    "feed",
    "fetch",
    "workspace",
    "edit",
    "check",
    "adopt",
    "merge",
    "environment",
    "commands",
    "cli",
    "pager",
];

/// Files of a command, by the end of their names, and the paths that they must not name: only
/// `mod.rs` reads and writes files, and neither reports nor edits know the text that is made of
/// them.
const COMMAND_FILES: [(&str, &[&str]); 3] = [
    ("/edit", &["crate::store", "super::text", "findings::text", "shared::style", "shared::json"]),
    ("/report", &["crate::store", "super::text", "::text::render", "shared::style"]),
    ("/text", &["crate::store", "crate::workspace::load", "crate::parse"]),
];

/// Paths that only some files may use: a path, and the beginnings of the names of these files.
const ALLOWED_IN: [(&str, &[&str]); 27] = [
    ("granit_parser", &["parse/yaml"]),
    ("pulldown_cmark", &["parse/markdown"]),
    ("serde_yaml", &["edit/verify"]),
    ("walkdir", &["workspace/load", "commands/adopt/notes"]),
    ("pure_rust_locales", &["parse/written_date/words"]),
    ("regex", &["model/title_pattern", "model/entry_rules"]),
    // Used for work on every file.
    ("rayon", &["workspace/", "evaluate/", "check/", "commands/shared/session"]),
    ("clap", &["cli", "main", "environment", "commands/"]),
    ("clap_complete", &["commands/completions"]),
    ("clap_mangen", &["commands/man"]),
    ("annotate_snippets", &["commands/shared/findings/text"]),
    ("anstream", &["main", "environment"]),
    ("shell_words", &["pager", "commands/edit/editor"]),
    ("terminal_size", &["environment"]),
    ("rustix", &["store/"]),
    ("tempfile", &["store/"]),
    ("ureq", &["fetch/http"]),
    ("rustls", &["fetch/http"]),
    ("use url", &["feed/", "fetch/", "commands/fetch/read", "commands/catalog/import_feed"]),
    ("feedparser_rs", &["feed/xml"]),
    ("quick_xml", &["feed/"]),
    ("html5ever", &["feed/offered"]),
    ("encoding_rs", &["feed/decode"]),
    ("std::net", &["fetch/address_policy"]),
    ("std::fs", &["store/", "workspace/load", "environment"]),
    ("std::env", &["store/", "environment"]),
    (
        "std::process",
        &[
            "pager",
            "commands/open/browser",
            "commands/edit/editor",
            "store/",
            "workspace/staged",
            "main",
        ],
    ),
];

/// One file of `src/`: its path without `.rs`, and its text.
struct Source {
    name: String,
    text: String,
}

impl Source {
    /// Returns the text without comments.
    fn code(&self) -> String {
        let lines = self.text.lines().map(|line| line.split("//").next().unwrap_or(line));
        lines.map(|line| format!("{line}\n")).collect()
    }

    /// Returns the index of its module; `main` and `lib` belong to none.
    fn module(&self) -> Option<usize> {
        let module = self.name.split('/').next()?;
        MODULES.iter().position(|known| *known == module)
    }

    /// Returns the number of `super::` from here to the root of the crate.
    fn depth(&self) -> usize {
        self.name.trim_end_matches("/mod").split('/').count()
    }

    /// Returns the modules that it imports from, by `crate::` or by `super::` up to the root.
    fn names(&self) -> Vec<String> {
        let code = self.code();
        let climbing = "super::".repeat(self.depth());
        ["crate::", &climbing].into_iter().flat_map(|root| heads(&code, root)).collect()
    }
}

/// Returns the first segments of all paths after `root`, also of those in braces.
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
    collect(&root().join("src"), "", &mut sources);
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(sources.len() > 50, "the sources are found");
    sources
}

fn collect(directory: &Path, prefix: &str, sources: &mut Vec<Source>) {
    for entry in
        fs::read_dir(directory).expect("a directory of src").map(|entry| entry.expect("listed"))
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

/// Returns the imports of a source from modules after its own.
fn wrong_imports(source: &Source) -> Vec<String> {
    let Some(module) = source.module() else {
        return Vec::new();
    };
    let is_wrong = |name: &String| match MODULES.iter().position(|known| known == name) {
        Some(named) => named > module,
        None => true,
    };
    let wrong = source.names().into_iter().filter(is_wrong);
    wrong.map(|name| format!("{} names {name}", source.name)).collect()
}

/// Returns the libraries that a source uses and may not use.
fn wrong_libraries(source: &Source) -> Vec<String> {
    let code = source.code();
    let is_used = |path: &str| {
        code.match_indices(path).any(|(at, _)| {
            let is_part = |c: char| c.is_alphanumeric() || c == '_';
            !code[..at].ends_with(is_part) && !code[at + path.len()..].starts_with(is_part)
        })
    };
    let is_allowed = |files: &[&str]| files.iter().any(|file| source.name.starts_with(file));
    let wrong = ALLOWED_IN.iter().filter(|(path, files)| is_used(path) && !is_allowed(files));
    wrong.map(|(path, _)| format!("{} uses {path}", source.name)).collect()
}

#[test]
fn modules_import_only_from_earlier_ones() {
    let wrong: Vec<String> = sources().iter().flat_map(wrong_imports).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn modules_use_only_their_own_libraries() {
    let wrong: Vec<String> = sources().iter().flat_map(wrong_libraries).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn modules_are_listed_in_the_order_of_lib() {
    let sources = sources();
    let lib = sources.iter().find(|source| source.name == "lib").expect("there is a lib.rs");
    let listed = lib.text.lines().filter_map(|line| line.strip_prefix("//! - [`"));
    let listed: Vec<&str> = listed.filter_map(|line| line.split('`').next()).collect();
    assert_eq!(listed, MODULES);
    let without_module: Vec<&str> = sources
        .iter()
        .filter(|source| source.module().is_none())
        .map(|source| source.name.as_str())
        .collect();
    assert_eq!(without_module, ["lib", "main"]);
}

#[test]
fn modules_begin_with_documentation_and_have_fewer_than_500_lines() {
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

/// The paths that a file of a command must not name.
fn forbidden_in_command(source: &Source) -> Vec<String> {
    let file = source.name.strip_prefix("commands/");
    let rules =
        COMMAND_FILES.iter().filter(|(end, _)| file.is_some_and(|file| file.ends_with(end)));
    let code = source.code();
    let named = rules.flat_map(|(_, paths)| paths.iter()).filter(|path| code.contains(**path));
    named.map(|path| format!("{} names {path}", source.name)).collect()
}

#[test]
fn modules_with_a_wrong_import_are_found() {
    let seen = |name: &str, text: &str| {
        let source = Source { name: name.into(), text: text.into() };
        [wrong_imports(&source), wrong_libraries(&source), forbidden_in_command(&source)].concat()
    };
    assert_eq!(seen("model/x", "use crate::store::load;\n"), ["model/x names store"]);
    assert_eq!(
        seen("model/x", "use crate::{text::Span, edit::{Change, cli}};"),
        ["model/x names edit"]
    );
    assert_eq!(seen("parse/a/b", "use super::super::super::cli::Cli;"), ["parse/a/b names cli"]);
    assert_eq!(seen("workspace/mod", "fn f() { super::edit::g() }"), ["workspace/mod names edit"]);
    assert_eq!(seen("check/mod", "crate::nowhere::g()"), ["check/mod names nowhere"]);
    assert_eq!(seen("edit/x", "use std::fs::File;"), ["edit/x uses std::fs"]);
    assert_eq!(seen("check/x", "use clap::Args;"), ["check/x uses clap"]);
    assert_eq!(
        seen("commands/hold/report", "use crate::store::save;"),
        ["commands/hold/report names crate::store"]
    );
    assert!(
        seen("edit/x", "// crate::cli\nuse crate::model::Date;\nuse super::change;").is_empty()
    );
    assert!(seen("cli", "use clap::Args; // and clap_complete").is_empty());
}
