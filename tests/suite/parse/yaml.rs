//! Invalid YAML, and mistakes in `thread.yaml`.

use crate::parse::mistakes::{all_say, configuration, thread};

#[test]
fn yaml_that_is_invalid_is_explained_in_plain_words() {
    all_say(
        thread,
        r"
sets:
	hits: {tag: hit}
> threads/x.md:4:2 yaml-syntax: a tab indents this line (indent with spaces)

sets: {hits: {tag: hit}
> threads/x.md:3:7 yaml-syntax: `{` is not closed (close it)

sets:
  hits: {tag: hit]
> threads/x.md:4:9 yaml-syntax: `{` is closed by `]` (close it with the matching bracket)

why: it is so: really
> threads/x.md:3:14 yaml-syntax: a value holds `: ` (put the whole value in quotes)

why: 'it is so
> threads/x.md:3:6 yaml-syntax: a quotation mark is opened here and not closed (close it)

tags: [a, b
status: active
> threads/x.md:4:7 yaml-syntax: this is not valid YAML: invalid colon placement (if it is a string, put it in quotes)

a: &x [1]
b: *y
> threads/x.md:4:4 yaml-syntax: `*` begins an alias, and no `&` above has this name (put the value in quotes if the `*` is part of it)

sets:
  hits:
    tag: hit
   org: metr
> threads/x.md:6:4 yaml-syntax: `key: value` is expected here (check the colon, the space after it, and the indentation)

- a
- b
> threads/x.md:3:3 yaml-syntax: `key: value` is expected here (check the colon, the space after it, and the indentation)

just text
> threads/x.md:3:1 yaml-syntax: `key: value` is expected here (check the colon, the space after it, and the indentation)

? [a]
: b
> threads/x.md:3:3 yaml-syntax: a key must be a string (write `key: value`)
",
    );
}

#[test]
fn configuration_with_a_mistake_is_named() {
    all_say(
        configuration,
        r#"
people:
  alex: human
> thread.yaml:2:9 unknown-word: unknown kind of person `human` (known: person, agent)

people: [alex]
> thread.yaml:1:9 wrong-type: `people` is a map of keys, found a list (write `{key: value, …}`, or each `key: value` on its own line)

sources:
  metr: {orgs: metr}
> thread.yaml:2:10 unknown-key: a source has no key `orgs` (did you mean `org`?)

sources:
  metr: METR
> thread.yaml:2:9 wrong-type: a source is a map of keys, found a text (write `{key: value, …}`, or each `key: value` on its own line)

sources:
  metr: {every: monthly}
> thread.yaml:2:17 bad-duration: `monthly` is not a duration (write days or weeks, such as `90d` or `2w`)

ladder: [low, low, ripe]
> thread.yaml:1:15 duplicate-key: `low` is listed twice in `ladder` (keep one of them)

ladder: []
> thread.yaml:1:9 wrong-type: this list is empty (list at least one, or remove the key)

ladder: [1, 2]
> thread.yaml:1:10 wrong-type: `1` is a number, a string is expected (quote it: "1")
> thread.yaml:1:13 wrong-type: `2` is a number, a string is expected (quote it: "2")

folder: threads
> thread.yaml:1:1 unknown-key: thread.yaml has no key `folder` (its keys are threads, backlogs, drafts, ladder, draft-states, sources, tagging, people, dates, sections, rules)

threads: ../elsewhere
> thread.yaml:1:10 wrong-type: `../elsewhere` is not a directory in this workspace (give a path relative to this file, without `..`)

sources:
  metr: {name: METR}
  metr: {name: METR}
> thread.yaml:3:3 duplicate-key: `metr` is defined twice (keep one of them)

people:
  alex:
> thread.yaml:2:8 wrong-type: a string is expected here, found nothing (write a string, in quotes if it contains a colon)
"#,
    );
}
