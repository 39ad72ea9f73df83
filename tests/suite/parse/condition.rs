//! Mistakes in the condition of a trigger.

use crate::parse::mistakes::{all_say, thread};

/// The findings for a trigger with this condition, which begins in line 9, column 11.
fn condition(text: &str) -> Vec<String> {
    let sets = "sets:\n  hits: {tag: hit}\n";
    let trigger = "triggers:\n  - id: t\n    why: enough\n    raise-to: ripe\n    when: ";
    thread(&format!("{sets}{trigger}{text}"))
}

#[test]
fn condition_with_an_unknown_key_is_named() {
    all_say(
        condition,
        r"
{count: {of: hits, atleast: 2}}
> threads/x.md:9:19 bad-condition: `count` has no number (add `at-least: N` or `at-most: N`)
> threads/x.md:9:30 unknown-key: `count` has no key `atleast` (did you mean `at-least`?)

{quiet: {of: hits, at-least: 2, for: 10d}}
> threads/x.md:9:24 quiet-without-source: `quiet` uses `hits`, which names no source (add `source: …` to the set: silence is measured only while its sources are scanned)
> threads/x.md:9:30 unknown-key: `quiet` has no key `at-least` (its keys are of, for)

{verdict: {item: a/b, is: good, by: alex}}
> threads/x.md:9:43 unknown-key: `verdict` has no key `by` (its keys are item, is)

{draft: {state: published}}
> threads/x.md:9:19 missing-key: `draft` has no `is` (add `is: …`)
> threads/x.md:9:20 unknown-key: `draft` has no key `state` (its keys are is)
",
    );
}

#[test]
fn condition_with_an_unknown_word_is_named() {
    all_say(
        condition,
        r"
{counts: {of: hits, at-least: 2}}
> threads/x.md:9:12 bad-condition: there is no condition `counts` (did you mean `count`?)

{count: {of: hit, at-least: 2}}
> threads/x.md:9:24 unknown-set: unknown set `hit` (did you mean `hits`? known: hits)

{count: {of: strangers, at-least: 2}}
> threads/x.md:9:24 unknown-set: unknown set `strangers` (known: hits)

{attested: {claim: seen, by: [alex, alec]}}
> threads/x.md:9:47 unknown-person: unknown person `alec` (did you mean `alex`? known: alex)

{draft: {is: publishd}}
> threads/x.md:9:24 unknown-word: unknown draft state `publishd` (did you mean `published`? known: drafting, awaiting-review, approved, published, dropped)

{count: {of: hits, at-least: 2, distinct: author}}
> threads/x.md:9:53 unknown-word: unknown `distinct` `author` (known: org, source)

{verdict: {item: a/b, is: good}}
> threads/x.md:4:3 set-never-matched: no item has ever belonged to the set `hits` (if it waits for something new, ignore this hint; otherwise check its spelling)
> threads/x.md:9:28 unknown-item: no evidence line and no catalog has the item `a/b` (if the item is not published yet, ignore this hint; otherwise write its id or URL)
> threads/x.md:9:37 verdict-undeclared: unknown verdict for a/b `good` (no verdict is defined yet)
",
    );
}

#[test]
fn condition_with_a_duplicate_key_is_named() {
    all_say(
        condition,
        r"
{count: {of: hits, at-least: 2, at-least: 3}}
> threads/x.md:9:43 duplicate-key: `at-least` is defined twice (keep one of them)
",
    );
}

#[test]
fn condition_that_is_empty_is_named() {
    all_say(
        condition,
        r"
{all: []}
> threads/x.md:9:17 bad-condition: `all` has no conditions (list its conditions: `[{read: ITEM}, …]`)

{any: }
> threads/x.md:9:12 bad-condition: `any` says nothing (list its conditions: `[{read: ITEM}, …]`)

{}
> threads/x.md:9:11 bad-condition: a condition is expected here, found a map (write one condition, such as `{read: ITEM}`)

[]
> threads/x.md:9:11 bad-condition: a condition is expected here, found a list (write one condition, such as `{read: ITEM}`)


> threads/x.md:9:5 missing-key: `when` is empty (give it a value)

{all: [{read: a/b}, {}]}
> threads/x.md:9:31 bad-condition: a condition is expected here, found a map (write one condition, such as `{read: ITEM}`)

{read: }
> threads/x.md:9:12 bad-condition: `read` says nothing (write `{read: ITEM}`)

{count: }
> threads/x.md:9:12 bad-condition: `count` says nothing (write `{count: {of: SET, at-least: 2}}`)

{count: {}}
> threads/x.md:9:19 missing-key: `count` has no `of` (add `of: …`)
> threads/x.md:9:19 bad-condition: `count` has no number (add `at-least: N` or `at-most: N`)

{verdict: {item: a/b, is: []}}
> threads/x.md:9:37 wrong-type: this list is empty (list at least one, or remove the key)

{attested: {claim: seen, by: []}}
> threads/x.md:9:40 wrong-type: this list is empty (list at least one, or remove the key)
",
    );
}

#[test]
fn condition_of_another_shape_is_named() {
    all_say(
        condition,
        r"
{read: a/b, attested: {claim: seen}}
> threads/x.md:9:23 bad-condition: `read` and `attested` in one condition (a condition has one key; join two conditions with `all: [{read: …}, {attested: …}]` or `any: […]`)


      read: a/b
      draft: {is: published}
> threads/x.md:11:7 bad-condition: `read` and `draft` in one condition (a condition has one key; join two conditions with `all: [{read: …}, {draft: …}]` or `any: […]`)

read a/b
> threads/x.md:9:11 bad-condition: a condition is expected here, found a text (write one condition, such as `{read: ITEM}`)

[{read: a/b}]
> threads/x.md:9:11 bad-condition: a condition is expected here, found a list (write one condition, such as `{read: ITEM}`)

{all: {read: a/b}}
> threads/x.md:9:17 bad-condition: `all` has no conditions (list its conditions: `[{read: ITEM}, …]`)

{count: hits}
> threads/x.md:9:19 wrong-type: `count` is a map of keys, found a text (write `{key: value, …}`, or each `key: value` on its own line)

{read: [a/b, a/c]}
> threads/x.md:9:18 wrong-type: a string is expected here, found a list (write a string, in quotes if it contains a colon)

!count {of: hits}
> threads/x.md:9:19 bad-condition: there is no condition `of` (the conditions are all, any, none, count, quiet, read, verdict, attested, draft)

{verdict: good}
> threads/x.md:9:21 wrong-type: `verdict` is a map of keys, found a text (write `{key: value, …}`, or each `key: value` on its own line)

{attested: seen}
> threads/x.md:9:22 wrong-type: `attested` is a map of keys, found a text (write `{key: value, …}`, or each `key: value` on its own line)
",
    );
}

#[test]
fn condition_with_an_impossible_number_is_named() {
    all_say(
        condition,
        r"
{count: {of: hits, at-least: 0}}
> threads/x.md:9:40 wrong-type: a whole number of 1 or more is expected here (write 1)

{count: {of: hits, at-least: -1}}
> threads/x.md:9:40 wrong-type: a whole number of 1 or more is expected here (write 1)

{count: {of: hits, at-least: 2.5}}
> threads/x.md:9:40 wrong-type: a whole number of 1 or more is expected here (write 1)

{count: {of: hits, at-least: '2'}}
> threads/x.md:9:40 wrong-type: a whole number of 1 or more is expected here (write 1)

{count: {of: hits, at-least: 99999999999}}
> threads/x.md:9:40 wrong-type: a whole number of 1 or more is expected here (write 1)

{count: {of: hits, at-least: }}
> threads/x.md:9:30 missing-key: `at-least` is empty (give it a value, or remove it)

{count: {of: hits, at-most: -1}}
> threads/x.md:9:39 wrong-type: a whole number of 0 or more is expected here (write 1)

{count: {of: hits, at-least: 1, at-most: 3}}
> threads/x.md:9:43 bad-condition: `at-least` and `at-most` in one `count` (keep one; for a range, join two counts with `all`)

{count: {of: hits}}
> threads/x.md:9:19 bad-condition: `count` has no number (add `at-least: N` or `at-most: N`)

{count: {at-least: 1}}
> threads/x.md:9:19 missing-key: `count` has no `of` (add `of: …`)
",
    );
}

#[test]
fn condition_with_an_impossible_date_or_duration_is_named() {
    all_say(
        condition,
        r"
{count: {of: hits, at-least: 2, published-within: 3m}}
> threads/x.md:9:61 bad-duration: `3m` is not a duration (a month has no fixed number of days; write days, such as `30d`)

{count: {of: hits, at-least: 2, published-within: 3 months}}
> threads/x.md:9:61 bad-duration: `3 months` is not a duration (write days or weeks, such as `90d` or `2w`)

{count: {of: hits, at-least: 2, published-within: 90}}
> threads/x.md:9:61 bad-duration: `90` is not a duration (write the unit: `90d` or `90w`)

{count: {of: hits, at-least: 2, published-within: 90 d}}
> threads/x.md:9:61 bad-duration: `90 d` is not a duration (write days or weeks, such as `90d` or `2w`)

{count: {of: hits, at-least: 2, landed-since: 2026-02-30}}
> threads/x.md:9:57 bad-date: `2026-02-30` is not a date: February 2026 has 28 days (write a date as YYYY-MM-DD)

{count: {of: hits, at-least: 2, landed-since: 30.02.2026}}
> threads/x.md:9:57 bad-date: `30.02.2026` is not a date: a date is written YYYY-MM-DD (write a date as YYYY-MM-DD)
",
    );
}

#[test]
fn condition_with_a_missing_key_is_named() {
    all_say(
        condition,
        r"
{quiet: {of: hits, for: 10d}}
> threads/x.md:9:24 quiet-without-source: `quiet` uses `hits`, which names no source (add `source: …` to the set: silence is measured only while its sources are scanned)

{quiet: {of: hits}}
> threads/x.md:9:19 missing-key: `quiet` has no `for` (add `for: …`)

{verdict: {item: a/b}}
> threads/x.md:9:21 missing-key: `verdict` has no `is` (add `is: …`)

{draft: {}}
> threads/x.md:9:19 missing-key: `draft` has no `is` (add `is: …`)
",
    );
}
