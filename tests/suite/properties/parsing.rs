//! Texts of any kind: reading, evaluating, scanning and showing them never panics.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use thread_tracker::check;
use thread_tracker::commands::scan::edit as scan;
use thread_tracker::commands::shared::{diff, findings};
use thread_tracker::evaluate::{CatalogIndex, evaluate};
use thread_tracker::model::{RuleLevels, date};
use thread_tracker::workspace::Workspace;
use thread_tracker::workspace::load;

use crate::support::random::cases;
use crate::support::triggers::{X, counting, hit};
use crate::support::world::{World, day};

/// Pieces of what threads, catalogs and configurations are made of, and of what breaks them.
const PIECES: [&str; 74] = [
    "---\n",
    "...\n",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "    ",
    "\t",
    "# X\n",
    "## Evidence\n",
    "### One\n",
    "## Ripeness\n",
    "## Drafts\n",
    "## Watching\n",
    "- ",
    "* ",
    "• ",
    "1. ",
    "> ",
    "- [ ] ",
    "[x] ",
    "```\n",
    "<!-- ",
    "-->",
    "| a | b |\n",
    "ripeness: {level: low}\n",
    "level: ",
    "sets:\n",
    "hits: ",
    "triggers:\n",
    "  - id: t\n",
    "    why: w\n",
    "    raise-to: ripe\n",
    "    when: ",
    "{count: ",
    "{of: hits, ",
    "at-least: 1}",
    "{all: [",
    "{read: a/b}",
    "]}",
    "{tag: hit}",
    "weighed: [",
    "hold: ",
    "until: ",
    "ladder: [low, ripe]\n",
    "sources:\n",
    "people: {alex: person}\n",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ": ",
    "::",
    ", ",
    "\"",
    "'",
    "“",
    "”",
    "&a ",
    "*a ",
    "!t ",
    "[tags:: hit]",
    "[landed:: ",
    "[same-as:: ",
    "2026-05-01",
    "2026-02-30",
    "https://example.org/a",
    "[a](https://example.org/é)",
    "^id",
    "\u{feff}",
    "\u{0}",
    "é\u{301}🏳\u{fe0f}\u{200d}🌈",
];

/// The texts of this repository's own threads and catalogs.
fn own_texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for directory in ["threads", "backlogs"] {
        let files = fs::read_dir(root.join(directory)).expect("the repository has examples");
        let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        paths.sort();
        texts.extend(paths.iter().map(|path| fs::read_to_string(path).unwrap()));
    }
    texts.push(fs::read_to_string(root.join("thread.yaml")).unwrap());
    texts
}

/// One thing done to a text at some place: taken out, doubled, put in, or moved elsewhere.
#[derive(Debug, Clone)]
struct Blow {
    kind: u8,
    at: Index,
    length: usize,
    to: Index,
    piece: &'static str,
}

fn blow() -> impl Strategy<Value = Blow> {
    let length = prop_oneof![1..4_usize, 1..80_usize, 1..800_usize];
    (0..5_u8, any::<Index>(), length, any::<Index>(), select(PIECES.to_vec()))
        .prop_map(|(kind, at, length, to, piece)| Blow { kind, at, length, to, piece })
}

fn struck(text: &str, blow: &Blow) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let at = blow.at.index(characters.len() + 1);
    let end = (at + blow.length).min(characters.len());
    let piece: Vec<char> = characters[at..end].to_vec();
    match blow.kind {
        0 => drop(characters.splice(at..end, [])),
        1 => drop(characters.splice(end..end, piece)),
        2 => drop(characters.splice(at..at, blow.piece.chars())),
        3 => drop(characters.splice(at..(at + 1).min(end), blow.piece.chars())),
        _ => {
            characters.splice(at..end, []);
            let to = blow.to.index(characters.len() + 1);
            characters.splice(to..to, piece);
        }
    }
    characters.into_iter().collect()
}

/// Everything that can be done with files that are read.
fn go_through(workspace: &Workspace) {
    let found = check::check(workspace);
    for document in workspace.documents() {
        let asked = [document.path.clone()];
        let alone = check::check_files(workspace, &RuleLevels::default(), &asked);
        let here = found
            .iter()
            .filter(|finding| finding.path == document.path || check::concerns_every_file(finding));
        assert!(here.eq(&alone), "{}: asked for alone it has other findings", document.path);
    }
    for width in [0, 20, 40, 80, 140] {
        findings::text::render(workspace, &found, Some(width));
    }
    findings::text::summary(&found);
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    for file in &workspace.threads {
        // Days beyond any in the files, at the ends of the calendar, and in their middle.
        for day in [date::Date::MIN, day("2026-05-11"), day("2027-01-01"), date::Date::MAX] {
            evaluate(&file.thread, &index, &workspace.configuration, day);
        }
        let evaluation =
            evaluate(&file.thread, &index, &workspace.configuration, day("2027-01-01"));
        let planned = scan::plan(file, &evaluation, &index, &workspace.configuration);
        if let Some(rewrite) = planned.rewrite {
            diff::styled(&diff::exact(&rewrite));
        }
    }
}

/// A text in the place of each kind of file, among others that are whole.
fn survives(text: &str) {
    let whole = counting("at-least: 1").catalog("2026-05-02", "one", &[hit("a", "2026-05-01")]);
    for path in [X, "backlogs/2026-05-02-one-backlog.md", "backlogs/unnamed.md", "thread.yaml"] {
        go_through(&whole.clone().with(path, text).read());
    }
    go_through(&World::new().with(X, text).with("thread.yaml", text).read());
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn parse_of_any_characters_does_not_panic(text in any::<String>()) {
        survives(&text);
        survives(&format!("---\nripeness: {{level: low}}\n---\n{text}"));
        survives(&format!("---\n{text}\n---\n"));
    }

    #[test]
    fn parse_of_any_pieces_does_not_panic(pieces in vec(select(PIECES.to_vec()), 0..60)) {
        let text = pieces.concat();
        survives(&text);
        survives(&format!("---\nripeness: {{level: low}}\n---\n## Evidence\n- {text}"));
        let sets = "sets: {hits: {tag: hit}}\ntriggers:\n  - id: t\n    why: w\n    raise-to: ripe\n";
        survives(&format!("---\nripeness: {{level: low}}\n{sets}{text}\n---\n"));
    }
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn parse_of_any_damaged_file_does_not_panic(
        which in any::<Index>(),
        blows in vec(blow(), 1..6),
    ) {
        let texts = own_texts();
        let damaged = blows.iter().fold(which.get(&texts).clone(), |text, blow| struck(&text, blow));
        survives(&damaged);
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn load_of_any_bytes_does_not_panic(bytes in vec(any::<u8>(), 0..200)) {
        let directory = tempfile::tempdir().unwrap();
        for below in ["threads", "backlogs"] {
            fs::create_dir(directory.path().join(below)).unwrap();
        }
        for path in [X, "backlogs/2026-05-02-one-backlog.md", "thread.yaml"] {
            File::create(directory.path().join(path)).unwrap().write_all(&bytes).unwrap();
        }
        let workspace = Workspace::read(load::load(directory.path()));
        go_through(&workspace);
        if String::from_utf8(bytes).is_err() {
            let named = |path: &str| workspace.diagnostics.iter().any(|found| found.path == path);
            prop_assert!(named(X) && named("thread.yaml"), "what cannot be read is named");
        }
    }
}
