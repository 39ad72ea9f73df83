#!/usr/bin/env python3
"""Tests of structure.py on trees with known figures: `python3 tests/measure/test_structure.py`."""

import contextlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
import structure

TREE = {
    "README.md": "# Title\n\nWhat it does,\nfor example.\n\n- Where it stands\n",
    "tests/suite.rs": "// Behind the test.\n#[test]\nfn whatever_is_given_stands() {}\n",
    "tests/cases/a.md": "one\n\ntwo\n",
    "src/lib.rs": "//! The crate.\n\npub mod text;\npub mod model;\npub mod commands;\n",
    "src/main.rs": "fn main() {\n    tree::commands::dispatch();\n}\n",
    "src/text.rs": """\
//! What a text is.
//! Somebody wrote it, e.g. a user.

/* Nested /* comment: pub fn hidden() {} */ still a comment. */
pub fn trim(text: &str) -> &str {
    text.trim()
}

pub(crate) const BRACE: char = '{';
pub const QUOTED: &str = "pub fn quoted() { // a folder";
const RAW: &str = r#"whether "raw" {"#;
""",
    "src/model.rs": """\
use crate::text::{self, trim as short};

/// Whether it stands.
pub struct Name<'a>(&'a str);

impl<'a> std::fmt::Display for Name<'a> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let is_short = |limit: usize| self.0.len() < limit; // for example
        match is_short(4) {
            true => write!(f, "short"),
            false => write!(f, "{}", text::trim(self.0)),
        }
    }
}

impl<'a> Name<'a> {
    pub fn shortened(&self) -> &str {
        let cut = move || short(self.0);
        match (true, false) {
            (true, false) => cut(),
            _ => self.shortened(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_is_shown() {
        let closure = || true;
    }
}
""",
    "src/commands/mod.rs": """\
mod hold;
mod status;
#[cfg(test)]
mod tests;

pub use status::StatusArgs;

pub fn dispatch() {
    let _ = status::run(StatusArgs);
}
""",
    "src/commands/tests.rs": "use super::*;\n",
    "src/commands/hold.rs": "pub fn run() {}\n",
    "src/commands/shared.rs": "use super::StatusArgs;\nuse crate::model::status;\n",
    "src/commands/status/mod.rs": """\
mod rows;

use super::super::model::Name;

pub struct StatusArgs;

pub fn run(
    _: StatusArgs,
) {
    let name = Name("a");
    rows::all(&name);
}
""",
    "src/commands/status/rows.rs": """\
use crate::model::Name;

pub fn all(name: &Name) {
    if one(name) { all(name) }
}

fn one(name: &Name) -> bool { name.shortened().is_empty() }
""",
}


def write(tree):
    directory = tempfile.TemporaryDirectory()
    for path, text in tree.items():
        file = Path(directory.name, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return directory


class KnownTree(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = write(TREE)
        cls.addClassCleanup(directory.cleanup)
        cls.root = Path(directory.name)
        cls.figures = structure.measure(cls.root)

    def assert_figures(self, section, expected):
        self.assertEqual({key: self.figures[section][key] for key in expected}, expected)

    def test_size_leaves_out_comments_and_tests(self):
        self.assert_figures(
            "Size",
            {
                "files": 9,
                "lines": 5 + 3 + 11 + 25 + 8 + 1 + 2 + 12 + 7,
                "code lines": 3 + 3 + 6 + 20 + 6 + 1 + 2 + 9 + 5,
                "use and mod lines": 3 + 1 + 3 + 2 + 2 + 1,
                "comment lines": 1 + 3 + 2,
                "test lines": 9 + 2 + 1,
                "file length, median": 7,
                "file length, p90": 25,
                "file length, max": 25,
            },
        )

    def test_items_ignore_literals_and_tests(self):
        self.assert_figures(
            "Items",
            {
                "public items": 12,
                "restricted items": 1,
                "functions": 9,
                "function length, median": 3,
                "function length, max": 7,
                "functions of at most 3 lines": 6,
                "let closures": 2,
                "boolean matches": 1,
            },
        )

    def test_modules_count_arrows_by_crate_and_super(self):
        self.assert_figures(
            "Modules",
            {
                "top-level modules": 3,
                "arrows": 2,
                "floors": 3,
                "modules in cycles": 0,
                "fan-out, max": 1,
                "fan-in, max": 1,
            },
        )
        fans = {"commands": (1, 0), "model": (1, 1), "text": (0, 1)}
        self.assertEqual(self.figures["Fan-out / fan-in"], fans)

    def test_commands_count_named_and_naming_files(self):
        self.assert_figures(
            "Commands",
            {
                "status: files": 2,
                "status: directories": 1,
                # commands/mod.rs by `mod`, shared.rs by a re-export.
                "status: files that name it": 4,
                "hold: files": 1,
                "hold: files that name it": 2,
                "next: files": 0,
                "next: files that name it": 0,
            },
        )

    def test_calls_follow_paths_methods_and_aliases(self):
        # run → all → one → shortened → trim; `all` and `shortened` also call themselves.
        expected = {"depth": 5, "functions": 5, "files": 4, "not resolved": 0}
        self.assert_figures("Calls of status", expected)

    def test_words_are_counted_per_thousand_lines(self):
        # Lines: 1 in lib.rs, 3 in text.rs, 2 in model.rs.
        self.assert_figures(
            "Per 1,000 lines: comments",
            {
                "lines with text": 6,
                "stand(s), stood": 166.7,
                structure.OPENINGS: 333.3,
                "for example, e.g., such as": 333.3,
                "somebody, nobody, whoever, whatever": 166.7,
            },
        )
        # "pub fn quoted…", "whether…", "short" and "a"; "{}" has no letter.
        self.assert_figures(
            "Per 1,000 lines: strings",
            {
                "lines with text": 4,
                structure.OPENINGS: 250.0,
                "folder, room, address, sign, blank": 250.0,
            },
        )
        self.assert_figures(
            "Per 1,000 lines: test names",
            {
                "lines with text": 2,
                "stand(s), stood": 500.0,
                "somebody, nobody, whoever, whatever": 500.0,
            },
        )
        self.assert_figures(
            "Per 1,000 lines: docs",
            {"lines with text": 4, structure.OPENINGS: 500.0, "stand(s), stood": 250.0},
        )
        self.assert_figures("Per 1,000 lines: test comments", {"behind, beside(s)": 1000.0})
        self.assert_figures("Per 1,000 lines: cases", {"lines with text": 2})

    def test_output_has_a_column_per_directory(self):
        with write({"src/lib.rs": "mod a;\n", "src/a.rs": "\n"}) as other:
            rows = self.printed(str(self.root), other).splitlines()
            found = json.loads(self.printed("--json", other))
        self.assertEqual(rows[0].split(), [str(self.root), other])
        self.assertIn(["files", "9", "2"], [row.split() for row in rows])
        self.assertIn(["a", "-", "0", "/", "0"], [row.split() for row in rows])
        self.assertEqual(len({len(row) for row in rows if row.startswith("  ")}), 1)
        self.assertEqual(found[0]["Size"]["code lines"], 1)

    def printed(self, *arguments):
        output = io.StringIO()
        with mock.patch("sys.argv", ["structure.py", *arguments]):
            with contextlib.redirect_stdout(output):
                structure.main()
        return output.getvalue()


class Parts(unittest.TestCase):
    def test_rank_is_the_nearest(self):
        self.assertEqual(structure.rank([3, 1, 2], 50), 2)
        self.assertEqual(structure.rank(range(1, 11), 90), 9)
        self.assertEqual(structure.rank([], 90), 0)

    def test_use_tree_gives_each_leaf(self):
        leaves = structure.use_tree("a::{self, b::{c, d as e}, f::*}")
        expected = [
            (("a",), "a"),
            (("a", "b", "c"), "c"),
            (("a", "b", "d"), "e"),
            (("a", "f", "*"), "*"),
        ]
        self.assertEqual(leaves, expected)

    def test_body_ends_at_its_brace(self):
        code = "fn f(a: [u8; 4]) -> impl Fn() { { } } fn g();"
        self.assertEqual(code[slice(*structure.body_of(code, 0))], "{ { } }")
        self.assertIsNone(structure.body_of("fn g(); fn h() {}", 0))

    def test_implemented_type_is_the_last_name(self):
        self.assertEqual(structure.implemented_type("<T: Fn() -> u8> From<T> for a::B<T>"), "B")
        self.assertEqual(structure.implemented_type("<'a> Name<'a> where Self: Sized"), "Name")

    def test_chain_counts_a_cycle_once(self):
        graph = {1: {2}, 2: {3, 1}, 3: {4}, 4: set(), 5: {4}}
        self.assertEqual(structure.longest_chain(graph), 3)
        self.assertEqual(sorted(map(sorted, structure.components(graph))), [[1, 2], [3], [4], [5]])

    def test_lifetimes_and_characters_are_told_apart(self):
        source = structure.Source("a.rs", "fn f<'a>(x: &'a str) { '{'; '\\''; b'\"'; \"//\"; }\n")
        self.assertEqual(len(source.functions), 1)
        self.assertEqual(source.comments, [])
        self.assertEqual([text for _, text in source.strings], ["//"])


if __name__ == "__main__":
    unittest.main()
