//! Mistakes in the front matter of a thread.

use super::mistakes::{all_say, said, thread};
use crate::support::world::World;

#[test]
fn front_matter_with_an_unknown_key_is_named() {
    all_say(
        thread,
        r"
triggers:
  - {id: t, why: enough, raise-to: ripe, form: low, when: {read: a/b}}
> threads/x.md:4:42 unknown-key: a trigger has no key `form` (its keys are id, why, raise-to, lower-to, stay-at, when, from, for, until, next, weighed)

sets:
  hits: {tags: hit}
> threads/x.md:4:10 unknown-key: set `hits` has no key `tags` (did you mean `tag`?)

sets:
  hits: {tag: hit, except: {org: metr, except: {tag: x}}}
> threads/x.md:4:40 unknown-key: `except` has no key `except` (its keys are source, org, tag, item, verdict, title, read)

hold: {below: ripe, until: 2026-06-01, why: away, because: x}
> threads/x.md:3:51 unknown-key: `hold` has no key `because` (its keys are below, until, why, only, since)

ripenes: {level: low}
> threads/x.md:3:1 suspect-key: nothing reads the key `ripenes` (did you mean `ripeness`? a key of your own may begin with `x-`)
",
    );
}

#[test]
fn front_matter_with_an_undefined_word_is_named_with_the_defined_ones() {
    all_say(
        thread,
        r"
triggers:
  - {id: t, why: enough, raise-to: ripee, when: {read: a/b}}
> threads/x.md:4:36 unknown-level: unknown level `ripee` (did you mean `ripe`? known: low, medium, medium-high, ripe-pending-eval, ripe)

triggers:
  - {id: t, why: enough, raise-to: ripe, from: [low, mediun], when: {read: a/b}}
> threads/x.md:4:54 unknown-level: unknown level `mediun` (did you mean `medium`? known: low, medium, medium-high, ripe-pending-eval, ripe)

hold: {below: rip, until: 2026-06-01, why: away}
> threads/x.md:3:15 unknown-level: unknown level `rip` (did you mean `ripe`? known: low, medium, medium-high, ripe-pending-eval, ripe)

verdicts: {a/b: [good]}
sets:
  hits: {tag: hit}
triggers:
  - id: t
    why: enough
    raise-to: ripe
    when: {verdict: {item: a/b, is: [good, godo]}}
> threads/x.md:3:12 unknown-item: no evidence line and no catalog has the item `a/b` (if the item is not published yet, ignore this hint; otherwise write its id or URL)
> threads/x.md:5:3 set-never-matched: no item has ever belonged to the set `hits` (if it waits for something new, ignore this hint; otherwise check its spelling)
> threads/x.md:10:44 verdict-undeclared: unknown verdict for a/b `godo` (did you mean `good`? known: good)

status: actve
> threads/x.md:3:9 unknown-word: unknown status `actve` (did you mean `active`? known: active, dormant, closed)
",
    );
}

#[test]
fn front_matter_with_a_duplicate_is_named() {
    all_say(
        thread,
        r"
sets:
  hits: {tag: hit}
  hits: {tag: other}
> threads/x.md:5:3 duplicate-key: `hits` is defined twice (keep one of them)

tags: [a]
tags: [b]
> threads/x.md:4:1 duplicate-key: `tags` is defined twice (keep one of them)

triggers:
  - {id: t, why: a, raise-to: ripe, when: {read: a/b}}
  - {id: t, why: b, raise-to: ripe, when: {read: a/c}}
> threads/x.md:5:10 duplicate-trigger: two triggers are called `t` (give each its own id)

triggers:
  - {id: t, why: enough, raise-to: ripe, raise-to: low, when: {read: a/b}}
> threads/x.md:4:42 duplicate-key: `raise-to` is defined twice (keep one of them)

sets:
  hits: {tag: hit, tag: other}
> threads/x.md:4:20 duplicate-key: `tag` is defined twice (keep one of them)
",
    );
}

#[test]
fn front_matter_with_an_empty_value_is_named() {
    all_say(
        thread,
        r"
sets:
  hits: {}
> threads/x.md:4:9 wrong-type: set `hits` has no key that selects items (add a `source`, `org`, `tag`, `title` or `item`; an empty selection would match everything)

sets:
  hits:
> threads/x.md:4:8 wrong-type: set `hits` is a map of keys, found nothing (write `{key: value, …}`, or each `key: value` on its own line)

sets:
  hits: []
> threads/x.md:4:9 wrong-type: set `hits` is empty (give at least one selection)

sets:
  hits: {tag: []}
> threads/x.md:4:15 wrong-type: this list is empty (list at least one, or remove the key)

sets:
  hits: {tag: hit, except: {}}
> threads/x.md:4:28 wrong-type: `except` has no key that selects items (add a `source`, `org`, `tag`, `title` or `item`; an empty selection would match everything)

collect: []
> threads/x.md:3:10 wrong-type: `collect` is empty (give at least one selection)

collect: {}
> threads/x.md:3:10 wrong-type: `collect` has no key that selects items (add a `source`, `org`, `tag`, `title` or `item`; an empty selection would match everything)

verdicts: {a/b: []}
> threads/x.md:3:17 wrong-type: this list is empty (list at least one, or remove the key)

triggers:
  - {id: , why: enough, raise-to: ripe, when: {read: a/b}}
> threads/x.md:4:6 missing-key: `id` is empty (give it a value)

triggers:
  - {id: t, why: enough, raise-to: ripe, from: [], when: {read: a/b}}
> threads/x.md:4:48 wrong-type: this list is empty (list at least one, or remove the key)

triggers:
  -
> threads/x.md:4:4 wrong-type: a trigger is a map of keys, found nothing (write `{key: value, …}`, or each `key: value` on its own line)
",
    );
}

#[test]
fn front_matter_with_a_number_for_a_word_is_named() {
    all_say(
        thread,
        r#"
sets:
  hits: {tag: 455}
> threads/x.md:4:15 wrong-type: `455` is a number, a string is expected (quote it: "455")

sets:
  hits: {tag: [hit, 455]}
> threads/x.md:4:21 wrong-type: `455` is a number, a string is expected (quote it: "455")

sets:
  hits: {org: true}
> threads/x.md:4:15 wrong-type: `true` is true or false, a string is expected (quote it: "true")

sets:
  hits: {tag: hit, read: maybe}
> threads/x.md:4:26 wrong-type: true or false is expected here, found a text (write `true` or `false`)
"#,
    );
}

#[test]
fn front_matter_with_an_impossible_date_or_duration_is_named() {
    all_say(
        thread,
        r"
triggers:
  - {id: t, why: enough, raise-to: ripe, until: tomorrow, when: {read: a/b}}
> threads/x.md:4:49 bad-date: `tomorrow` is not a date: a date is written YYYY-MM-DD (write a date as YYYY-MM-DD)

opened: 2026-13-01
> threads/x.md:3:9 bad-date: `2026-13-01` is not a date: there is no month 13 (write a date as YYYY-MM-DD)

opened: 02-29-2026
> threads/x.md:3:9 bad-date: `02-29-2026` is not a date: a date is written YYYY-MM-DD (write a date as YYYY-MM-DD)

hold: {below: ripe, until: 2026-02-30, why: away}
> threads/x.md:3:28 bad-date: `until` is a date or a condition (write a date, or a condition such as `{read: ITEM}`)

hold: {below: ripe, until: someday, why: away}
> threads/x.md:3:28 bad-date: `until` is a date or a condition (write a date, or a condition such as `{read: ITEM}`)
",
    );
}

#[test]
fn front_matter_with_a_missing_or_contradicting_key_is_named() {
    all_say(
        thread,
        r"
triggers:
  - {why: enough, raise-to: ripe, when: {read: a/b}}
> threads/x.md:4:5 missing-key: a trigger has no `id` (add `id: …`)

triggers:
  - {id: t, raise-to: ripe, when: {read: a/b}}
> threads/x.md:4:5 missing-key: a trigger has no `why` (add `why: …`)

triggers:
  - {id: t, why: enough, when: {read: a/b}}
> threads/x.md:4:5 missing-key: a trigger needs a level (add one of `raise-to: LEVEL`, `lower-to: LEVEL`, `stay-at: LEVEL`)

triggers:
  - {id: t, why: enough, raise-to: ripe}
> threads/x.md:4:5 missing-key: a trigger has no `when` (add `when: …`)

triggers:
  - {id: t, why: enough, raise-to: ripe, lower-to: low, when: {read: a/b}}
> threads/x.md:4:42 unknown-key: `lower-to` is a second effect (keep one of `raise-to`, `lower-to`, `stay-at`; write a second trigger for the other)

hold: {below: ripe}
> threads/x.md:3:7 missing-key: `hold` has no `until` (add `until: …`)
> threads/x.md:3:7 missing-key: `hold` has no `why` (add `why: …`)
",
    );
}

#[test]
fn front_matter_with_a_value_of_another_type_is_named() {
    all_say(
        thread,
        r"
triggers: {id: t}
> threads/x.md:3:11 wrong-type: `triggers` is a list, found a map (begin each trigger with `- id: …`)

triggers: none
> threads/x.md:3:11 wrong-type: `triggers` is a list, found a text (begin each trigger with `- id: …`)

sets: [hits]
> threads/x.md:3:7 wrong-type: `sets` is a map of keys, found a list (write `{key: value, …}`, or each `key: value` on its own line)

sets: hits
> threads/x.md:3:7 wrong-type: `sets` is a map of keys, found a text (write `{key: value, …}`, or each `key: value` on its own line)

sets:
  hits: hit
> threads/x.md:4:9 wrong-type: set `hits` is a map of keys, found a text (write `{key: value, …}`, or each `key: value` on its own line)

verdicts: [good]
> threads/x.md:3:11 wrong-type: `verdicts` is a map of keys, found a list (write `{key: value, …}`, or each `key: value` on its own line)

verdicts: {a/b: {good: ripe}}
> threads/x.md:3:17 wrong-type: a string is expected here, found a map (write a string, in quotes if it contains a colon)

hold: ripe
> threads/x.md:3:7 wrong-type: `hold` is a map of keys, found a text (write `{key: value, …}`, or each `key: value` on its own line)

collect: rsi
> threads/x.md:3:10 wrong-type: `collect` is a map of keys, found a text (write `{key: value, …}`, or each `key: value` on its own line)

triggers:
  - t
> threads/x.md:4:5 wrong-type: a trigger is a map of keys, found a text (write `{key: value, …}`, or each `key: value` on its own line)

triggers:
  - {id: t, why: [enough], raise-to: ripe, when: {read: a/b}}
> threads/x.md:4:18 wrong-type: a string is expected here, found a list (write a string, in quotes if it contains a colon)

triggers:
  - {id: t, why: enough, raise-to: {level: ripe}, when: {read: a/b}}
> threads/x.md:4:36 wrong-type: a string is expected here, found a map (write a string, in quotes if it contains a colon)
",
    );
}

#[test]
fn front_matter_without_a_level_is_named_with_an_example() {
    let world = World::new().with("threads/x.md", "---\nstatus: active\n---\n\n# X\n");
    let help = "add `ripeness: {level: low, since: YYYY-MM-DD}`";
    let line = "> threads/x.md:2:1 missing-key: the front matter has no `ripeness`";
    assert_eq!(said(&world), [format!("{line} ({help})")]);
    let word = World::new().with("threads/x.md", "---\nripeness: low\n---\n\n# X\n");
    let help = "write `{level: low, since: YYYY-MM-DD}`";
    let line = "> threads/x.md:2:11 wrong-type: `ripeness` is a map of keys";
    assert_eq!(said(&word), [format!("{line} ({help})")]);
}

#[test]
fn front_matter_positions_count_characters_of_the_file() {
    // A byte-order mark is no column, a line ending no line, a letter of two bytes one column.
    let text = "\u{feff}---\r\n# né\r\nripeness: {level: low}\r\nmine: {é: é}\r\ntags: [é, 455]\r\n---\r\n\r\n# X\r\n";
    let number = "wrong-type: `455` is a number, a string is expected (quote it: \"455\")";
    let world = World::new().with("threads/x.md", text);
    assert_eq!(said(&world), [format!("> threads/x.md:5:11 {number}")]);
}

#[test]
fn front_matter_with_an_empty_value_is_not_read_as_a_missing_key() {
    // `{tag: }` alone would match every item of the thread; `distinct:` left out counts more.
    let mistakes = [
        "sets:\n  hits: {tag: }",
        "sets:\n  hits: {tag: hit, org: }",
        "sets:\n  hits: {tag: hit, except: }",
        "sets:\n  hits: {tag: hit, except: []}",
        "sets:\n  hits: {tag: ''}",
        "triggers:\n  - {id: '', why: enough, raise-to: ripe, when: {read: a/b}}",
        "triggers:\n  - {id: t, why: '', raise-to: ripe, when: {read: a/b}}",
        "triggers:\n  - {id: t, why: enough, raise-to: ripe, from: , when: {read: a/b}}",
        "triggers:\n  - {id: t, why: enough, raise-to: ripe, for: , when: {read: a/b}}",
        "triggers:\n  - {id: t, why: enough, raise-to: ripe, until: , when: {read: a/b}}",
        "triggers:\n  - {id: t, why: enough, raise-to: ripe, when: {attested: {claim: c, by: }}}",
        "sets: {h: {tag: h}}\ntriggers:\n  - {id: t, why: enough, raise-to: ripe, when: {count: {of: h, at-least: 1, distinct: }}}",
        "sets: {h: {tag: h}}\ntriggers:\n  - {id: t, why: enough, raise-to: ripe, when: {count: {of: h, at-least: 1, landed-since: }}}",
    ];
    let passed: Vec<&str> = mistakes.into_iter().filter(|text| thread(text).is_empty()).collect();
    assert_eq!(passed, [""; 0], "nothing was said of these");
}
