#!/usr/bin/env python3
"""Measures the structure and the language of the sources.

    python3 tests/measure/structure.py [--json] [DIR...]

DIR is a checkout of this repository; the default is the one that contains this script. Several
directories become columns of one table: `git worktree add ../old COMMIT`, then
`structure.py ../old .` shows before and after. `--json` prints the same figures as a JSON array.

Sources are the `.rs` files under `DIR/src`, or under DIR itself if it has no `src`. They are read
as text, without a compiler. Comments and the contents of literals are removed before code is
examined. Test code is an item with `#[cfg(test)]`, including the file of such a module; only the
figures that mention it include it. An inline module is part of its file. A p90 is the smallest
value that at least 90 % of the values do not exceed, a median the same with 50 %.

Size
  lines               lines of all files
  code lines          lines with anything other than whitespace and comments
  use and mod lines   code lines of `use …;` and `mod name;`
  comment lines       lines with a comment, also after code
  test lines          lines of test code
  file length         lines per file
Items
  public items        `pub` fn (also methods), struct, enum, union, trait, type, const, static, mod;
                      not `pub use`, not fields
  restricted items    the same with `pub(crate)`, `pub(super)` or `pub(in …)`
  functions           `fn` with a body, also methods and nested functions
  function length     lines from the line of `fn` to the closing brace
  let closures        `let NAME = |…|` and `let NAME = move |…|`
  boolean matches     `match` with an arm `true =>` or `false =>`
Modules
  top-level modules   files and directories directly in src, except main, lib and bin
  arrows              pairs (A, B) of top-level modules where code of A contains a path `crate::B`,
                      or the same written with `super::`
  floors              modules on the longest chain of arrows; modules of a cycle count as one
  fan-out, fan-in     arrows from and to one module
Commands, for each of --commands
  files               files with the command's name, or in a directory with that name, within one of
                      COMMAND_LAYERS
  directories         directories that contain these files
  files that name it  these files, and those with a `mod` or a path that leads to one of them, or to
                      a function of that name within COMMAND_LAYERS
Calls of `status`, from its entry: the function `run` in commands/status.rs, commands/status/run.rs
or commands/status/mod.rs, or --entry FILE:FUNCTION with FILE relative to src
  depth               functions on the longest chain of calls, the entry included; mutually
                      recursive functions count as one
  functions, files    functions that the entry reaches, itself included, and their files
  not resolved        method calls that were ignored because several types have such a method
                      Calls are resolved by name: paths through modules, `use` and re-exports;
                      methods of `self` by type; other methods if only one type has one of that name
                      and it is not in COMMON_METHODS. A function passed as a path counts as called.
                      Closures belong to the function around them. Macros, operators and calls of
                      trait methods through generics are not followed.
Per 1,000 lines: lines with one of the words, per 1,000 lines with text, for
  comments            comment lines of src, also in test code
  strings             string literals of src (a literal counts as one line)
  names               names of items in src (a name counts as one line)
  test comments       comment lines of the `.rs` files of tests
  test names          functions with `#[test]` in src and tests (a name counts as one line)
  docs                README.md and the `.md` files of docs
  cases               the `.md` files of tests/cases
  "opens with" counts beginnings instead of lines: of runs of comment lines of one kind, literals,
  names, paragraphs, list items and table rows.
"""

import argparse
import bisect
import functools
import json
import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

COMMANDS = ["hold", "status", "show", "next"]

# Directories of commands, also of former layouts. `verbs/status.rs` was `close` and `reopen`.
COMMAND_LAYERS = {"cli", "commands", "render", "report", "verbs"}
OF_OTHER_COMMANDS = {("verbs", "status")}

OPENINGS = "opens with What, Whether, Why, Where, Who, How"
WORDS = {
    "stand(s), stood": r"\b(?:stands?|stood)\b",
    OPENINGS: r"\W*(?:what|whether|why|where|who|how)\b",
    "for example, e.g., such as": r"\bfor example\b|\be\.g\.|\bsuch as\b",
    "somebody, nobody, whoever, whatever": r"\b(?:somebody|nobody|whoever|whatever)\b",
    "behind, beside(s)": r"\b(?:behind|besides?)\b",
    "folder, room, address, sign, blank": r"\b(?:folder|room|address(?:es)?|sign|blank)s?\b",
}

# Names of methods of the standard library's common types: a call does not tell the receiver's type.
COMMON_METHODS = set(
    """all and any as_bytes as_mut as_ref as_slice as_str binary_search chain chars clear clone cmp
    collect contains contains_key copied count dedup drain ends_with entry enumerate eq err expect
    extend filter filter_map find find_map first flat_map flatten fmt fold from get get_mut
    get_or_insert_with hash inner insert into into_iter is_empty is_err is_none is_ok is_some iter
    iter_mut join keys last len lines lock map map_err max min ne next ok ok_or or or_else parent
    parse partial_cmp path peek pop position push push_str read remove repeat replace rev rfind
    skip sort sort_by split starts_with sum swap take text then to_owned to_string to_vec trim
    truncate unwrap unwrap_or values with write zip""".split()
)

LITERAL = re.compile(
    r"""(?P<line>//[^\n]*)
      | (?P<block>/\*)
      | (?<!\w)(?:br|cr|r)(?P<hashes>\#*)"(?P<raw>.*?)"(?P=hashes)
      | (?:(?<!\w)[bc])?"(?P<string>(?:[^"\\]|\\.)*)"
      | (?:(?<!\w)b)?'(?P<char>[^'\\\n]|\\(?:x..|u\{[^}]*\}|.))'""",
    re.X | re.S,
)
COMMENT_EDGE = re.compile(r"/\*|\*/")
BRACKET = re.compile(r"[][(){};]")
VISIBLE = r"pub(?:\s*\([^)]*\))?\s+"
KINDS = r"(?:fn|struct|enum|union|trait|type|const|static|mod)\b"
MODIFIERS = r'(?:(?:async|unsafe|const|extern\s+"\s*")\s+)*'
PUBLIC = re.compile(rf"^[ \t]*pub\s+{MODIFIERS}{KINDS}", re.M)
RESTRICTED = re.compile(rf"^[ \t]*pub\s*\([^)]*\)\s+{MODIFIERS}{KINDS}", re.M)
ITEM_NAME = re.compile(rf"\b{KINDS}\s+([A-Za-z]\w*)")
OTHER_NAME = re.compile(r"\b(?:struct|enum|union|trait|type|const|static)\s+([A-Z]\w*)")
FUNCTION = re.compile(r"\bfn\s+(?:r#)?([A-Za-z_]\w*)")
OWNER = re.compile(rf"^[ \t]*(?:{VISIBLE})?(?:unsafe\s+)?(?:impl\b|trait\s+(\w+))", re.M)
CLOSURE = re.compile(r"\blet\s+(?:mut\s+)?\w+(?:\s*:[^=;]+)?\s*=\s*(?:async\s+)?(?:move\s+)?\|")
BOOLEAN_ARM = re.compile(r"(?:^|[,}])\s*(?:true|false)\s*(?:if\b[^=]*)?=>")
USE = re.compile(rf"^[ \t]*(?:{VISIBLE})?use\s+([^;]+);", re.M)
MODULE = re.compile(rf"^[ \t]*(?:{VISIBLE})?mod\s+(\w+)\s*;", re.M)
CFG_TEST = re.compile(r"^[ \t]*#\[cfg\(test\)\]", re.M)
TEST_NAME = re.compile(r"#\[test\]\s*(?:#\[[^]]*\]\s*)*fn\s+(\w+)")
CALL = re.compile(r"(?<![\w.!])(?<!\bfn )((?:\w+\s*::\s*)*\w+)(?:\s*::\s*<[^<>]*>)?\s*(\(?)")
METHOD_CALL = re.compile(r"\.\s*(\w+)\s*(?:::\s*<[^()]*>)?\(")


# Numbers and text


def rank(values, percent):
    """Returns the nearest-rank percentile, 0 without values."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)] if ordered else 0


def per(count, total, scale):
    return round(scale * count / total, 1) if total else None


def blanked(text):
    """Returns spaces of the same length, line breaks kept."""
    return re.sub(r"[^\n]", " ", text)


def item_end(code, start):
    """Returns the end of the item at `start`: after its `;` or its first `{…}`."""
    body = body_of(code, start)
    return body[1] if body else code.find(";", start) + 1 or len(code)


def body_of(code, start):
    """Returns the range of the first `{…}` outside of other brackets; None if a `;` comes first."""
    depth, begin = 0, None
    for match in BRACKET.finditer(code, start):
        bracket = match.group()
        if depth == 0 and begin is None and bracket in ";}":
            return None
        if depth == 0 and bracket == "{":
            begin = match.start()
        depth += (bracket in "([{") - (bracket in ")]}")
        if depth == 0 and begin is not None:
            return begin, match.end()
    return None


def words_of(name):
    """Splits an identifier: `HoldReport` and `hold_report` give two words."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", " ", name)


def use_tree(tree, prefix=()):
    """Returns (path, name in scope) for each leaf of a use tree such as `a::{b, c as d}`."""
    head, brace, rest = tree.strip().partition("{")
    path = [part.strip() for part in head.split("::") if part.strip()]
    if brace:
        leaves, depth = [""], 0
        for character in rest.rstrip().removesuffix("}"):
            depth += (character == "{") - (character == "}")
            if character == "," and depth == 0:
                leaves.append("")
            else:
                leaves[-1] += character
        prefix = (*prefix, *path)
        return [found for leaf in leaves if leaf.strip() for found in use_tree(leaf, prefix)]
    last, _, alias = (part.strip() for part in path.pop().partition(" as "))
    full = (*prefix, *path) if last == "self" else (*prefix, *path, last)
    return [(full, alias or full[-1])]


def implemented_type(header):
    """Returns the type of an `impl` header: `<T> Display for a::Name<T>` gives `Name`."""
    header, plain = None, header.replace("->", "")
    while header != plain:
        header, plain = plain, re.sub(r"<[^<>]*>", "", plain)
    names = re.findall(r"\w+", plain.split(" where ")[0].split(" for ")[-1])
    return names[-1] if names else None


def boolean_matches(code):
    """Counts the `match` expressions with an arm whose pattern is `true` or `false`."""
    count = 0
    for match in re.finditer(r"\bmatch\b", code):
        begin, end = body_of(code, match.end()) or (0, 0)
        arms, depth = "", 0
        for character in code[begin + 1 : end - 1]:
            depth -= character in ")]}"
            arms += character if depth == 0 else " "
            depth += character in "([{"
        count += bool(BOOLEAN_ARM.search(arms))
    return count


# Graphs: node → set of nodes


def components(graph):
    """Returns the strongly connected components, each after those that it leads to (Tarjan)."""
    index, low, stack, found = {}, {}, [], []

    def enter(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        return node, iter(graph[node])

    for start in graph:
        work = [enter(start)] if start not in index else []
        while work:
            node, targets = work[-1]
            target = next(targets, None)
            if target is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    found.append(stack[stack.index(node) :])
                    del stack[-len(found[-1]) :]
            elif target not in index:
                work.append(enter(target))
            elif target in stack:
                low[node] = min(low[node], index[target])
    return found


def longest_chain(graph):
    """Returns the number of components on the longest chain."""
    groups = components(graph)
    group_of = {node: at for at, group in enumerate(groups) for node in group}
    length = []
    for at, group in enumerate(groups):
        targets = {group_of[target] for node in group for target in graph[node]} - {at}
        length.append(1 + max((length[target] for target in targets), default=0))
    return max(length, default=0)


# Sources


class Function:
    def __init__(self, source, name, owner, start, body):
        self.source, self.name, self.owner, self.body = source, name, owner, body
        self.lines = len(source.line_numbers(start, body[1]))


class Source:
    """One Rust file.

    `code` is the text without comments and contents of literals, at the same offsets; `product` is
    `code` without test code.
    """

    def __init__(self, path, text):
        self.path, self.text = path, text
        self.parts = Path(path).with_suffix("").parts
        is_directory = self.parts[-1] in ("mod", "lib", "main")
        self.module = self.parts[:-1] if is_directory else self.parts
        self.starts = [0] + [match.end() for match in re.finditer("\n", text)]
        self.comments, self.strings = [], []
        self._split()
        self._remove_tests()
        self.functions = list(self._functions())
        leaves = [leaf for tree in USE.findall(self.product) for leaf in use_tree(tree)]
        self.uses = {name: path for path, name in leaves}

    def _split(self):
        """Separates code, comments and string literals."""
        code, bare, at = [], [], 0
        while match := LITERAL.search(self.text, at):
            begin, end = match.span()
            if match.group("block"):
                depth = 1
                while depth and (edge := COMMENT_EDGE.search(self.text, end)):
                    depth += 1 if edge.group() == "/*" else -1
                    end = edge.end()
            token, between = self.text[begin:end], self.text[at:begin]
            if match.group("line") or match.group("block"):
                code.append(between + blanked(token))
                bare.append(between + blanked(token))
                self.comments.append((begin, token))
            else:
                code.append(between + '"' + blanked(token[1:-1]) + '"')
                bare.append(between + token)
                if match.group("char") is None:
                    self.strings.append((begin, match.group("string") or match.group("raw") or ""))
            at = end
        self.code = "".join(code) + self.text[at:]
        self.bare = "".join(bare) + self.text[at:]

    def _remove_tests(self):
        self.tests, self.test_modules, self.product = [], [], self.code
        while match := CFG_TEST.search(self.product):
            begin, end = match.start(), item_end(self.product, match.end())
            test = self.product[begin:end]
            self.tests.append((begin, end))
            self.test_modules += [(*self.module, name) for name in MODULE.findall(test)]
            self.product = self.product[:begin] + blanked(test) + self.product[end:]

    def _functions(self):
        owners = []
        for match in OWNER.finditer(self.product):
            if body := body_of(self.product, match.end()):
                header = self.product[match.end() : body[0]]
                owners.append((body, match.group(1) or implemented_type(header)))
        for match in FUNCTION.finditer(self.product):
            if body := body_of(self.product, match.end()):
                around = [name for (begin, end), name in owners if begin < match.start() < end]
                owner = around[-1] if around else None
                yield Function(self, match.group(1), owner, match.start(), body)

    def line_at(self, offset):
        return bisect.bisect_right(self.starts, offset)

    def line_numbers(self, begin, end):
        return set(range(self.line_at(begin), self.line_at(end - 1) + 1))

    def is_test(self, offset):
        return any(begin <= offset < end for begin, end in self.tests)

    @functools.cached_property
    def test_lines(self):
        return set().union(*(self.line_numbers(*test) for test in self.tests))

    @functools.cached_property
    def length(self):
        return len(self.text.splitlines()) - len(self.test_lines)

    @functools.cached_property
    def code_lines(self):
        lines = enumerate(self.bare.split("\n"), 1)
        return {number for number, line in lines if line.strip()} - self.test_lines

    @functools.cached_property
    def import_lines(self):
        found = [*USE.finditer(self.product), *MODULE.finditer(self.product)]
        lines = set().union(*(self.line_numbers(*match.span()) for match in found))
        return lines & self.code_lines

    @functools.cached_property
    def comment_lines(self):
        """Returns (line number, kind, text) for each line of a comment, also in test code."""
        found = []
        for offset, token in self.comments:
            kind = re.match(r"/\*|/+!?", token).group()
            for number, line in enumerate(token.split("\n"), self.line_at(offset)):
                found.append((number, kind, line.strip("/*! \t")))
        return found

    def root_names(self):
        """Returns the names directly after `crate::`, or after as many `super::` as lead there."""
        roots = r"crate\s*::\s*"
        if self.module:
            roots += rf"|(?:self\s*::\s*)?(?:super\s*::\s*){{{len(self.module)}}}"
        found = set()
        for match in re.finditer(rf"(?<![\w:])(?:{roots})(?!super\b)(\{{|\w+)", self.product):
            if match.group(1) == "{":
                begin, end = body_of(self.product, match.start(1))
                found |= {path[0] for path, _ in use_tree(self.product[begin:end])}
            else:
                found.add(match.group(1))
        return found


# The crate


class Crate:
    def __init__(self, root):
        self.root = root
        src = root / "src" if (root / "src").is_dir() else root
        paths = sorted(src.rglob("*.rs"))
        self.every = [Source(path.relative_to(src).as_posix(), path.read_text()) for path in paths]
        test_modules = {module for source in self.every for module in source.test_modules}

        def is_product(source):
            ancestors = (source.module[: at + 1] for at in range(len(source.module)))
            return test_modules.isdisjoint(ancestors)

        self.sources = [source for source in self.every if is_product(source)]

    def size(self):
        lengths = [source.length for source in self.sources]
        every_line = sum(len(source.text.splitlines()) for source in self.every)
        comments = (
            {number for number, _, _ in source.comment_lines} - source.test_lines
            for source in self.sources
        )
        return {
            "files": len(self.sources),
            "lines": sum(lengths),
            "code lines": self.code_lines,
            "use and mod lines": sum(len(source.import_lines) for source in self.sources),
            "comment lines": sum(map(len, comments)),
            "test lines": every_line - sum(lengths),
            **spread("file length", lengths),
        }

    @functools.cached_property
    def code_lines(self):
        return sum(len(source.code_lines) for source in self.sources)

    def count(self, pattern):
        return sum(len(pattern.findall(source.product)) for source in self.sources)

    def items(self):
        public, closures = self.count(PUBLIC), self.count(CLOSURE)
        lengths = [function.lines for source in self.sources for function in source.functions]
        short = sum(length <= 3 for length in lengths)
        return {
            "public items": public,
            "restricted items": self.count(RESTRICTED),
            "public items per 100 code lines": per(public, self.code_lines, 100),
            "functions": len(lengths),
            **spread("function length", lengths),
            "functions of at most 3 lines": short,
            "functions of at most 3 lines, %": per(short, len(lengths), 100),
            "let closures": closures,
            "let closures per 1,000 code lines": per(closures, self.code_lines, 1000),
            "boolean matches": sum(boolean_matches(source.product) for source in self.sources),
        }

    def modules(self):
        """Returns the figures of all modules, and (fan-out, fan-in) of each."""
        top = {source.module[0] for source in self.sources if source.module} - {"bin"}
        graph = {module: set() for module in top}
        for source in self.sources:
            if source.module and source.module[0] in top:
                graph[source.module[0]] |= source.root_names() & top - {source.module[0]}
        fan_in = Counter(target for targets in graph.values() for target in targets)
        fans = {module: (len(graph[module]), fan_in[module]) for module in sorted(top)}
        figures = {
            "top-level modules": len(top),
            "arrows": sum(map(len, graph.values())),
            "floors": longest_chain(graph),
            "modules in cycles": sum(len(group) for group in components(graph) if len(group) > 1),
            "fan-out, max": max((out for out, _ in fans.values()), default=0),
            "fan-in, max": max((into for _, into in fans.values()), default=0),
        }
        return figures, fans

    def command(self, name):
        word = name.replace("-", "_")
        modules = {
            source.module: source
            for source in self.sources
            if word in source.parts[1:]
            and source.parts[0] in COMMAND_LAYERS
            and source.parts not in OF_OTHER_COMMANDS
        }

        def names_it(source):
            def leads_to_it(place):
                module, path = place
                is_function = path == (word,) and module not in ((), source.module)
                return module in modules or is_function and module[0] in COMMAND_LAYERS

            declared = ((*source.module, child) for child in MODULE.findall(source.product))
            places = (self.resolve(source.module, path) for path in self.paths_in(source))
            return (
                source.module in modules
                or not modules.keys().isdisjoint(declared)
                or any(leads_to_it(place) for place in places if place)
            )

        return {
            f"{name}: files": len(modules),
            f"{name}: directories": len({source.parts[:-1] for source in modules.values()}),
            f"{name}: files that name it": sum(map(names_it, self.sources)),
        }

    def paths_in(self, source):
        written = (re.split(r"\s*::\s*", match.group(1)) for match in CALL.finditer(source.product))
        return {*map(tuple, written), *source.uses.values()}

    # Calls

    @functools.cached_property
    def by_module(self):
        return {source.module: source for source in self.sources if source.path != "main.rs"}

    @functools.cached_property
    def defined(self):
        """Functions by (module, type or None, name)."""
        return {
            (module, function.owner, function.name): function
            for module, source in self.by_module.items()
            for function in source.functions
        }

    @functools.cached_property
    def methods(self):
        """Functions of types by name."""
        found = defaultdict(list)
        for (_, owner, name), function in self.defined.items():
            if owner:
                found[name].append(function)
        return found

    @functools.cached_property
    def others(self):
        """Items that are not functions, as (module, name)."""
        return {
            (module, name)
            for module, source in self.by_module.items()
            for name in OTHER_NAME.findall(source.product)
        }

    def resolve(self, module, path, seen=frozenset()):
        """Returns (module, rest of the path) of what a path names; None outside of the crate."""
        while path and path[0] in ("crate", "self", "super"):
            module = {"crate": (), "self": module, "super": module[:-1]}[path[0]]
            path = path[1:]
        if not path:
            return module, ()
        head, rest = path[0], path[1:]
        is_function = (module, None, head) in self.defined
        if (*module, head) in self.by_module and (rest or not is_function):
            return self.resolve((*module, head), rest, seen)
        if is_function or (module, head) in self.others:
            return module, path
        source = self.by_module.get(module)
        if source and source.uses.get(head) and (module, head) not in seen:
            return self.resolve(module, source.uses[head] + rest, seen | {(module, head)})
        return None

    def function_at(self, module, path):
        module, path = self.resolve(module, path) or (module, ())
        if len(path) == 1:
            return self.defined.get((module, None, path[0]))
        if len(path) == 2:
            elsewhere = [one for one in self.methods[path[1]] if one.owner == path[0]]
            only = elsewhere[0] if len(elsewhere) == 1 else None
            return self.defined.get((module, *path), only)
        return None

    def calls(self, function):
        """Returns the functions that a function names, and the number of its unresolved calls."""
        source, found, unresolved = function.source, set(), 0
        body = source.product[function.body[0] : function.body[1]]
        for match in CALL.finditer(body):
            path = tuple(re.split(r"\s*::\s*", match.group(1)))
            if path[0] == "Self" and function.owner:
                path = (function.owner, *path[1:])
            if len(path) > 1 or match.group(2):
                found.add(self.function_at(source.module, path))
        for match in METHOD_CALL.finditer(body):
            name = match.group(1)
            candidates = self.methods.get(name, [])
            own = self.defined.get((source.module, function.owner, name))
            if function.owner and own and re.search(r"(?<![\w.])self\s*$", body[: match.start()]):
                found.add(own)
            elif name not in COMMON_METHODS and len(candidates) == 1:
                found.add(candidates[0])
            elif name not in COMMON_METHODS and candidates:
                unresolved += 1
        return found - {None}, unresolved

    def entry(self, command, given):
        module = command.replace("-", "_")
        places = given or [f"commands/{module}{end}.rs:run" for end in ("", "/run", "/mod")]
        for source in self.sources:
            for function in source.functions:
                if f"{source.path}:{function.name}" in places:
                    return function
        return None

    def call_depth(self, entry):
        if not entry:
            return dict.fromkeys(["depth", "functions", "files", "not resolved"])
        graph, unresolved, waiting = {}, 0, [entry]
        while waiting:
            function = waiting.pop()
            if function not in graph:
                graph[function], missed = self.calls(function)
                unresolved += missed
                waiting.extend(graph[function])
        return {
            "depth": longest_chain(graph),
            "functions": len(graph),
            "files": len({function.source for function in graph}),
            "not resolved": unresolved,
        }

    # Language

    def language(self):
        """Returns (lines, openings) of each kind of text."""
        tests = [Source(path.name, path.read_text()) for path in self.paths("tests", "rs")]
        strings = [
            text
            for source in self.sources
            for offset, text in source.strings
            if not source.is_test(offset) and re.search(r"[A-Za-z]", text)
        ]
        names = [name for source in self.sources for name in ITEM_NAME.findall(source.product)]
        names = list(map(words_of, names))
        every = self.every + tests
        test_names = [name for source in every for name in TEST_NAME.findall(source.code)]
        test_names = list(map(words_of, test_names))
        readme = [path for path in [self.root / "README.md"] if path.is_file()]
        return {
            "comments": comments(self.every),
            "strings": (strings, strings),
            "names": (names, names),
            "test comments": comments(tests),
            "test names": (test_names, test_names),
            "docs": markdown(readme + self.paths("docs", "md")),
            "cases": markdown(self.paths("tests/cases", "md")),
        }

    def paths(self, directory, extension):
        return sorted((self.root / directory).rglob(f"*.{extension}"))


def spread(label, values):
    return {
        f"{label}, median": rank(values, 50),
        f"{label}, p90": rank(values, 90),
        f"{label}, max": max(values, default=0),
    }


def comments(sources):
    """Returns the comment lines of the sources, and the first of each run of one kind."""
    lines, openings = [], []
    for source in sources:
        last = None
        for number, kind, text in source.comment_lines:
            if (number - 1, kind) != last:
                openings.append(text)
            last = (number, kind)
            if text:
                lines.append(text)
    return lines, openings


def markdown(paths):
    """Returns the lines with text, and those that begin a paragraph, list item or table row."""
    lines, openings = [], []
    for path in paths:
        before = ""
        for line in map(str.strip, path.read_text().split("\n")):
            if line:
                lines.append(line)
            if line and (not before or re.match(r"[-*+|#>]|\d+\.", line)):
                openings.append(line)
            before = line
    return lines, openings


def words_per_thousand(lines, openings):
    figures = {"lines with text": len(lines)}
    for label, pattern in WORDS.items():
        if label == OPENINGS:
            hits = sum(bool(re.match(pattern, text, re.I)) for text in openings)
        else:
            hits = sum(bool(re.search(pattern, text, re.I)) for text in lines)
        figures[label] = per(hits, len(lines), 1000)
    return figures


# Output


def measure(root, commands=COMMANDS, entries=()):
    """Returns the figures of a directory: section → figure → value."""
    crate = Crate(root)
    modules, fans = crate.modules()
    texts = crate.language().items()
    return {
        "Size": crate.size(),
        "Items": crate.items(),
        "Modules": modules,
        "Fan-out / fan-in": fans,
        "Commands": {key: value for name in commands for key, value in crate.command(name).items()},
        "Calls of status": crate.call_depth(crate.entry("status", entries)),
        **{f"Per 1,000 lines: {name}": words_per_thousand(*text) for name, text in texts},
    }


def shown(value):
    if isinstance(value, tuple):
        return " / ".join(map(shown, value))
    return "-" if value is None else f"{value:,}"


def table(columns):
    """Returns the figures of several directories as one table: name of the column → figures."""
    rows = [["", *columns]]
    trees = list(columns.values())
    for section in trees[0]:
        rows.append([section])
        for key in dict.fromkeys(key for tree in trees for key in tree[section]):
            rows.append([f"  {key}", *(shown(tree[section].get(key)) for tree in trees)])
    widths = [max(len(row[at]) for row in rows if at < len(row)) for at in range(len(rows[0]))]
    lines = []
    for name, *values in rows:
        cells = [f"{value:>{width}}" for value, width in zip(values, widths[1:])]
        lines.append("  ".join([f"{name:<{widths[0]}}", *cells]).rstrip())
    return "\n".join(lines)


def main():
    here = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dirs", nargs="*", type=Path, default=[here], metavar="DIR")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--commands", nargs="+", default=COMMANDS, metavar="NAME")
    entry = {"metavar": "FILE:FUNCTION", "help": "entry of `status`; may be repeated"}
    parser.add_argument("--entry", action="append", **entry)
    args = parser.parse_args()
    missing = [str(root) for root in args.dirs if not root.is_dir()]
    if missing:
        sys.exit(f"error: not a directory: {', '.join(missing)}")
    columns = {str(root): measure(root.resolve(), args.commands, args.entry) for root in args.dirs}
    if args.json:
        print(json.dumps([{"dir": name, **figures} for name, figures in columns.items()], indent=2))
    else:
        print(table(columns))


if __name__ == "__main__":
    main()
