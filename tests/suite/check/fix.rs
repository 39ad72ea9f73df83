//! `check --fix` on files in memory: each fix before and after, and what every fix promises.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use thread_tracker::check::fix::{Fixed, fix};
use thread_tracker::model::{Diagnostic, RuleLevels, Safety};
use thread_tracker::text::{Document, Patch};

use crate::support::random::cases;
use crate::support::world::World;

const T: &str = "threads/t.md";

const C: &str = "backlogs/2026-05-02-one-backlog.md";

fn fixed(world: &World, daring: Safety) -> (World, Fixed) {
    let fixed = fix(world.documents(), daring, &RuleLevels::default(), &|_| true);
    let after = fixed
        .files
        .iter()
        .fold(world.clone(), |world, file| world.with(&file.before.path, file.after.clone()));
    (after, fixed)
}

fn thread(front: &str, body: &str) -> World {
    World::new().with(T, format!("---\n{front}\n---\n{body}"))
}

/// The front matter with one trigger, whose condition is `when`.
fn when(when: &str) -> String {
    format!(
        "ripeness: {{level: low}}\nverdicts: {{one/a: [sound]}}\nsets: {{hits: {{tag: hit}}}}\n\
         triggers: [{{id: a, why: w, raise-to: ripe, when: {when}}}]"
    )
}

/// `before` becomes `after` in the file at `path` when fixed so, and nothing less does it.
#[track_caller]
fn becomes(world: &World, path: &str, daring: Safety, before: &str, after: &str) {
    let (done, _) = fixed(world, daring);
    let expected = world.files[path].replacen(before, after, 1);
    assert_ne!(expected, world.files[path], "the test names what is there");
    assert_eq!(done.files[path], expected);
    assert_eq!(fixed(&done, daring).0, done, "twice is once");
    if daring == Safety::Unsafe {
        assert_eq!(fixed(world, Safety::Safe).0, *world, "it is not safe");
    }
}

#[track_caller]
fn stays(world: &World) {
    assert_eq!(fixed(world, Safety::Unsafe).0, *world);
}

#[test]
fn fix_of_a_misspelt_word_writes_the_only_candidate() {
    let safe = |front: &str, before: &str, after: &str| {
        becomes(&thread(front, ""), T, Safety::Safe, before, after);
    };
    safe("ripeness: {level: meduim}", "meduim", "medium");
    safe("ripeness: {level: 'meduim'} # said so", "meduim", "medium");
    safe("ripeness: {level: low}\nstatus: activ", "activ", "active");
    safe("ripeness: {levl: low}", "levl", "level");
    safe("ripeness: {level: low}\nOpened: 2026-01-01", "Opened", "opened");
    safe("ripeness: {level: low}\ntags: [455, a]", "455", "\"455\"");
    safe("ripeness: {level: low}\ntags: true", "true", "\"true\"");
    safe(&when("{count: {of: hist, at-least: 1}}"), "hist", "hits");
    safe(&when("{cuont: {of: hits, at-least: 1}}"), "cuont", "count");
    safe(&when("{count: {of: hits, at-least: 1, distinct: ogr}}"), "ogr", "org");
    safe(&when("{draft: {is: draftng}}"), "draftng", "drafting");
    safe(&when("{verdict: {item: one/a, is: soud}}"), "soud", "sound");
}

#[test]
fn fix_continues_with_the_errors_it_uncovers() {
    let world = thread(&when("{cuont: {of: hist, at-least: 1}}"), "");
    becomes(&world, T, Safety::Safe, "cuont: {of: hist", "count: {of: hits");
}

#[test]
fn fix_that_uncovers_more_errors_than_it_removes_is_not_made() {
    stays(&thread(&when("{cuont: {of: hist, at-leest: 1}}"), ""));
}

#[test]
fn fix_that_is_a_guess_is_unsafe() {
    let body = |line: &str| format!("\n# T\n\n## Evidence\n\n### One\n\n{line}\n");
    let read = thread(
        "ripeness: {level: low}",
        &body("- [ ] **#4** (2026-02-02) — \"A.\" [read:: 2026-02-03]"),
    );
    becomes(&read, T, Safety::Unsafe, "[ ]", "[x]");
    let verdict = thread(
        "ripeness: {level: low}\nverdicts: {one/4: [sound]}",
        &body("- [x] **#4** (2026-02-02) — \"A.\" [verdict:: sond]"),
    );
    becomes(&verdict, T, Safety::Unsafe, "sond", "sound");
    let own = thread("ripeness: {level: low}\nopend: 2026-01-01", "\n# T\n");
    becomes(&own, T, Safety::Unsafe, "opend", "opened");
    let person = thread(
        "ripeness: {level: low}",
        "\n# T\n\n## Ripeness\n\n- 2026-02-03: seen [attested:: c] [by:: marlwo]\n",
    )
    .with("thread.yaml", "people: {marlow: person}\n");
    becomes(&person, T, Safety::Unsafe, "marlwo", "marlow");
    let untitled =
        World::new().with("threads/kelp-bricks.md", "---\nripeness: {level: low}\n---\n");
    let after = "---\n\n# Kelp bricks\n";
    becomes(
        &untitled,
        "threads/kelp-bricks.md",
        Safety::Unsafe,
        "}\n---\n",
        &format!("}}\n{after}"),
    );
    let mapped = |slug: &str| {
        let text =
            format!("---\nsource: one\n---\n- **#5** (2026-02-03) — \"B.\" [thread:: {slug}]\n");
        World::new()
            .with("threads/foghorn.md", "---\nripeness: {level: low}\n---\n\n# F\n")
            .with(C, text)
    };
    becomes(&mapped("foghron"), C, Safety::Unsafe, "foghron", "foghorn");
    let source = mapped("foghorn").with(C, "---\nsource: oen\n---\n");
    becomes(&source, C, Safety::Unsafe, "oen", "one");
}

#[test]
fn fix_of_unclosed_front_matter_closes_it_at_its_only_possible_end() {
    let open = |text: &str| World::new().with(T, text);
    let safe = |text: &str, before: &str, after: &str| {
        becomes(&open(text), T, Safety::Safe, before, after);
    };
    safe("---\nripeness: {level: low}\n\n# T\n\nWords.\n", "}\n", "}\n---\n");
    safe("---\nripeness: {level: low}\n# T\n", "}\n", "}\n---\n");
    safe("\u{feff}---\r\nripeness: {level: low}\r\n\r\n# T", "}\r\n", "}\r\n---\r\n");
    stays(&open("---\nripeness: {level: low}\nWords.\n"));
    stays(&open("---\nripeness: {level: low}\n\nopened: 2026-01-01\n\n# T\n"));
    stays(&open("---\nripeness: {level: low}\n# a remark\nopened: 2026-01-01\n"));
    stays(&open("---\nripeness: {level: low}\ntags:\n\n- a\n"));
    stays(&open("---\nripeness: {level: low}"));
}

#[test]
fn fix_of_an_ambiguous_word_is_not_made() {
    stays(&thread("ripeness: {level: rp}", ""));
    stays(&thread("ripeness: {level: &a meduim}\ntags: [*a]", ""));
    stays(&thread("ripeness: {level: \"med\\x75im\"}", ""));
    stays(&thread("ripeness: {level: low, levl: low}", ""));
    stays(&thread("ripeness: {level: low, since: 2026-02-30}", ""));
    let draft = "\n# T\n\n## Drafts\n\n- 2026-02-05 — a.md [anchors:: one/5]\n";
    stays(&thread("ripeness: {level: low}", draft));
    let dated = "---\nsource: one\nscanned: 2026-05-03\n---\n";
    stays(&World::new().with(T, "---\nripeness: {level: low}\n---\n# T\n").with(C, dated));
}

#[test]
fn fix_with_an_invalid_configuration_changes_no_thread() {
    let world =
        thread("ripeness: {level: meduim}", "").with("thread.yaml", "lader: [raw, medium-rare]\n");
    let (after, _) = fixed(&world, Safety::Safe);
    assert_eq!(after.files["thread.yaml"], "ladder: [raw, medium-rare]\n");
    assert_eq!(
        after.files[T], world.files[T],
        "the default ladder knew `medium`, this one does not"
    );
    stays(&thread("ripeness: {level: meduim}", "").with("thread.yaml", "qqqqqqq: [raw]\n"));
}

#[test]
fn fix_of_two_contradicting_findings_makes_one() {
    // Both keys would be called `raise-to`, which may occur there once.
    let front = "ripeness: {level: low}\ntriggers: [{id: a, why: w, raise-too: ripe, raise-do: ripe, \
                 when: {cuont: {of: hist, at-least: 1}}}]\nsets: {hits: {tag: hit}}";
    let world = thread(front, "");
    let (once, _) = fixed(&world, Safety::Safe);
    assert!(once.files[T].contains("{count: {of: hits"), "{}", once.files[T]);
    assert_eq!(fixed(&once, Safety::Safe).0, once, "twice is once");
}

/// Lines of front matter and body, whole and with slips.
const FRONT: [&str; 12] = [
    "opened: 2026-01-01",
    "Opened: 2026-01-01",
    "opend: 2026-01-01",
    "status: activ",
    "status: 'dormnat'",
    "tags: [455, true, a]",
    "# a remark",
    "sets: {hits: {tagg: 12}}",
    "sets: {hits: {tag: hit}}",
    "triggers: [{id: a, why: w, raise-too: ripe, when: {cuont: {of: hist, at-least: 1}}}]",
    "triggers: [{id: a, why: w, raise-to: rpie, when: {draft: {is: draftng}}}]",
    "verdicts: {one/4: [sound]}",
];

const BODY: [&str; 9] = [
    "# T",
    "## Evidence",
    "### One",
    "- [ ] **#4** (2026-02-02) — \"A.\" [read:: 2026-02-03] [verdict:: sond]",
    "- [x] **#5** (2026-02-02) — \"é [ ] [read:: x]\"  ",
    "## Ripeness",
    "- 2026-02-03: seen [attested:: c] [by:: marlwo]",
    "## Drafts",
    "- 2026-02-05 — a.md [state:: aproved]",
];

fn errors(found: &[Diagnostic]) -> usize {
    found.iter().filter(|finding| finding.is_error()).count()
}

/// A text without some pieces of it.
fn without(text: &str, pieces: impl Iterator<Item = std::ops::Range<usize>>) -> String {
    let mut rest = String::new();
    let mut copied = 0;
    for piece in pieces {
        rest.push_str(&text[copied..piece.start]);
        copied = piece.end;
    }
    rest + &text[copied..]
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn fix_of_any_text_keeps_other_bytes_and_adds_no_error(
        level in select(vec!["low", "meduim", "\"ripe\"", "3"]),
        front in vec(select(FRONT.to_vec()), 0..6),
        body in vec(select(BODY.to_vec()), 0..10),
        ending in select(vec!["\n", "\r\n"]),
        mark in select(vec!["", "\u{feff}"]),
        closed in prop_oneof![4 => Just("---"), 1 => Just("")],
        finished in any::<bool>(),
    ) {
        let first = format!("ripeness: {{level: {level}}}");
        let mut lines = vec!["---", &first];
        lines.extend(&front);
        lines.push(closed);
        lines.extend(&body);
        let text = format!("{mark}{}{}", lines.join(ending), if finished { ending } else { "" });
        let world = World::new().with(T, &text).with("thread.yaml", "people: {marlow: person}\n");
        let found = world.check();
        for fix in found.iter().filter_map(|finding| finding.fix.as_ref()) {
            let document = Document::new(T, &text);
            let patch = Patch::new(&document, fix.edits.clone()).expect("the edits fit");
            let (after, places) = patch.apply(&document);
            let old = without(&text, patch.edits().iter().map(|edit| edit.span().range()));
            prop_assert_eq!(old, without(&after, places.iter().map(|place| place.range())));
        }
        for daring in [Safety::Safe, Safety::Unsafe] {
            let (once, outcome) = fixed(&world, daring);
            prop_assert!(errors(&outcome.findings) <= errors(&found));
            prop_assert_eq!(&outcome.findings, &once.check(), "what is told is what is there");
            prop_assert_eq!(&fixed(&once, daring).0, &once);
        }
    }
}
