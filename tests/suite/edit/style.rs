//! Commands that edit, on lines in the style of different writers, byte for byte.

use thread_tracker::commands;
use thread_tracker::commands::draft::DraftArgs;
use thread_tracker::commands::hold::HoldArgs;
use thread_tracker::commands::promote::LevelArgs;
use thread_tracker::commands::promote::edit::{Direction, set_level};
use thread_tracker::commands::read::ReadArgs;
use thread_tracker::commands::shared::edit::context::EditContext;
use thread_tracker::commands::shared::edit::plan::EditPlan;
use thread_tracker::model::Error;
use thread_tracker::model::ErrorKind;
use thread_tracker::model::Status;

use crate::support::world::{World, day};

const TODAY: &str = "2026-11-23";

/// Styles of files other than `\n` with a final one and no byte-order mark: each case holds for all.
const WRITINGS: [fn(&str) -> String; 4] = [
    str::to_string,
    |text| text.replace('\n', "\r\n"),
    |text| format!("\u{feff}{text}"),
    |text| text.trim_end().to_string(),
];

/// Does a verb to a thread `x` and demands this text, in every way of writing.
fn becomes(before: &str, verb: impl Fn(&EditContext<'_>) -> Result<EditPlan, Error>, after: &str) {
    for write in WRITINGS {
        let world = World::new()
            .with("thread.yaml", "sources: {lab: {name: The Lab}}\n")
            .with("threads/x.md", write(before));
        let plan = world.in_context(TODAY, &verb);
        let plan = plan.unwrap_or_else(|error| panic!("{error}\n{}", write(before)));
        let texts: Vec<&str> = plan.rewrites.iter().map(|rewrite| rewrite.after.as_str()).collect();
        assert_eq!(texts, [write(after)]);
    }
}

const FRONT: &str = "---\nripeness: {level: low, since: 2026-01-01}\nverdicts: {lab/a: [good, bad]}\n---\n# X\n\n\
                     ## Evidence\n\n### The Lab\n\n";

fn evidence(line: &str) -> String {
    format!("{FRONT}{line}\n")
}

fn good() -> ReadArgs {
    ReadArgs {
        thread: "x".into(),
        item: "lab/a".into(),
        verdict: Some("good".into()),
        on: Some(day("2026-11-20")),
        ..ReadArgs::default()
    }
}

const READ: &str = "[read:: 2026-11-20] [verdict:: good]";

#[test]
fn read_keeps_the_style_of_the_line() {
    let lines = [
        ("- [ ] [A](https://e.org/a) (2026-11-01)", "- [x] [A](https://e.org/a) (2026-11-01) ~"),
        ("* [A](https://e.org/a) (2026-11-01)", "* [A](https://e.org/a) (2026-11-01) ~"),
        ("+ [-] [A](https://e.org/a) (2026-11-01)", "+ [x] [A](https://e.org/a) (2026-11-01) ~"),
        (
            "12) [X] [A](https://e.org/a) (2026-11-01)",
            "12) [X] [A](https://e.org/a) (2026-11-01) ~",
        ),
        (
            "• [ ] [A](https://e.org/a) (2026-11-01) — text.",
            "• [x] [A](https://e.org/a) (2026-11-01) — text. ~",
        ),
        (
            "- A (2026-11-01, https://e.org/a) — text. Body not yet read.",
            "- A (2026-11-01, https://e.org/a) — text. Body read. ~",
        ),
        (
            "- [A](https://e.org/a) (2026-11-01) — BODY NOT YET READ, alas",
            "- [A](https://e.org/a) (2026-11-01) — BODY READ, alas ~",
        ),
        (
            "- [ ] [A](https://e.org/a) (2026-11-01) — \"Body not yet read\" they say. #b ^block-id",
            "- [x] [A](https://e.org/a) (2026-11-01) — \"Body not yet read\" they say. #b ~ ^block-id",
        ),
        (
            "- [ ] **A** (2026-11-01) — over\n  two lines [id:: lab/a]  \n  and a third",
            "- [x] **A** (2026-11-01) — over\n  two lines [id:: lab/a]  \n  and a third ~",
        ),
        (
            "- [ ] [A](https://e.org/a) (2026-11-01) [tags:: b]\n  - below it\n\n  and more",
            "- [x] [A](https://e.org/a) (2026-11-01) [tags:: b] ~\n  - below it\n\n  and more",
        ),
        (
            "- [ ] [A](https://e.org/a) (2026-11-01)\n\n- [ ] [B](https://e.org/b) (2026-10-01)",
            "- [x] [A](https://e.org/a) (2026-11-01) ~\n\n- [ ] [B](https://e.org/b) (2026-10-01)",
        ),
        (
            "- a remark\n  - [ ] [A](https://e.org/a) (2026-11-01)",
            "- a remark\n  - [x] [A](https://e.org/a) (2026-11-01) ~",
        ),
        (
            "- [x] [A](https://e.org/a) (2026-11-01) (read:: 2026-01-01) (verdict:: bad) `[read:: x]`",
            "- [x] [A](https://e.org/a) (2026-11-01) (read:: 2026-11-20) (verdict:: good) `[read:: x]`",
        ),
        (
            "- [ ] [A [read:: 2020-01-01]](https://e.org/a) (2026-11-01)",
            "- [x] [A [read:: 2020-01-01]](https://e.org/a) (2026-11-01) ~",
        ),
    ];
    for (before, after) in lines {
        let after = evidence(&after.replace('~', READ));
        becomes(&evidence(before), |context| commands::read::edit::read(context, &good()), &after);
    }
}

#[test]
fn read_in_a_section_of_unread_bodies_keeps_its_first_sentence() {
    let before = evidence("Bodies not yet read.\n\n- [A](https://e.org/a) (2026-11-01)");
    let after =
        evidence(&format!("Bodies not yet read.\n\n- [A](https://e.org/a) (2026-11-01) {READ}"));
    becomes(&before, |context| commands::read::edit::read(context, &good()), &after);
}

/// A front matter with this text, and nothing else to speak of.
fn front(text: &str) -> String {
    format!("---\n{text}\n---\n# X\n")
}

#[test]
fn close_writes_the_status_in_place_or_after_opened() {
    let level = "ripeness: {level: low}";
    let texts = [
        (
            format!("status: 'active'  # so far\n{level}"),
            format!("status: 'closed'  # so far\n{level}"),
        ),
        (
            format!("opened: 2026-01-01\n# mine\n{level}"),
            format!("opened: 2026-01-01\nstatus: closed\n# mine\n{level}"),
        ),
        (
            "{ripeness: {level: low}}".to_string(),
            "{ripeness: {level: low}, status: closed}".to_string(),
        ),
        (format!("{level}\nstatus:"), format!("{level}\nstatus: closed")),
    ];
    for (before, after) in texts {
        let close = |context: &EditContext<'_>| {
            commands::close::edit::set_status(context, &status_change("x"), Status::Closed)
        };
        becomes(&front(&before), close, &front(&after));
    }
}

#[test]
fn hold_replaces_one_that_is_over() {
    let hold = |context: &EditContext<'_>| {
        let until = Some(day("2026-12-01"));
        let (thread, below, why) = ("x".into(), "ripe".into(), "so: it is".into());
        commands::hold::edit::hold(
            context,
            &HoldArgs { thread, below, until, why, ..Default::default() },
        )
    };
    let texts = [
        (
            "ripeness:\n  level: low\n  since: 2026-01-01  # then\ntags: [a]",
            "ripeness:\n  level: low\n  since: 2026-01-01  # then\nhold: {below: ripe, until: 2026-12-01, why: \"so: it is\", since: 2026-11-23}\ntags: [a]",
        ),
        (
            "ripeness: {level: low}\nhold:\n  why: old   # kept\n  until: 2026-01-01\n  below: medium",
            "ripeness: {level: low}\nhold:\n  why: \"so: it is\"   # kept\n  until: 2026-12-01\n  below: ripe\n  since: 2026-11-23",
        ),
        (
            "ripeness: {level: low}\nhold: {below: medium, until: 2026-01-01, why: old}",
            "ripeness: {level: low}\nhold: {below: ripe, until: 2026-12-01, why: \"so: it is\", since: 2026-11-23}",
        ),
        (
            "ripeness: {level: low}\nhold: {below: medium, only: [t], until: 2026-01-01, why: old}\ntriggers: [{id: t, why: w, raise-to: ripe, when: {read: a/b}}]",
            "ripeness: {level: low}\nhold: {below: ripe, until: 2026-12-01, why: \"so: it is\", since: 2026-11-23}\ntriggers: [{id: t, why: w, raise-to: ripe, when: {read: a/b}}]",
        ),
    ];
    for (before, after) in texts {
        becomes(&front(before), hold, &front(after));
    }
}

#[test]
fn release_of_a_condition_over_several_lines_is_refused() {
    let text = front(
        "ripeness: {level: low}\nhold:\n  below: ripe\n  why: w\n  until:\n    all:\n      - {read: lab/a}",
    );
    let world = World::new().with("threads/x.md", text);
    let error =
        world.in_context(TODAY, |context| commands::hold::edit::release(context, "x")).unwrap_err();
    let ErrorKind::File(finding) = error.kind else { panic!("{error}") };
    assert_eq!(finding.message, "`until` is on several lines and cannot be edited in place");
    assert_eq!(finding.help.unwrap(), "replace these lines by `until: 2026-11-23`");
}

#[test]
fn promote_without_a_log_section_adds_one() {
    let promote = |context: &EditContext<'_>| {
        let (thread, level, reason) = ("x".into(), "ripe".into(), "it is".into());
        let request = LevelArgs { thread, level, reason, by: None, ..Default::default() };
        set_level(context, &request, Direction::Up)
    };
    becomes(
        "---\nripeness: {level: low}\n---\n# X\n\n## Evidence\n\n## Notes\n\nMine.\n",
        promote,
        "---\nripeness: {level: ripe, since: 2026-11-23}\n---\n# X\n\n## Evidence\n\n## Ripeness\n\n\
         - 2026-11-23: low → ripe — it is\n\n## Notes\n\nMine.\n",
    );
}

#[test]
fn draft_in_another_state_gets_a_bullet_and_keeps_the_earlier_ones() {
    let moved = |context: &EditContext<'_>| {
        let state = Some("published".to_string());
        commands::draft::edit::draft(
            context,
            &DraftArgs { thread: "x".into(), state, ..DraftArgs::default() },
        )
    };
    let lists = [
        (
            "* 2026-11-01 — [d/a.md](d/a.md) — \"A\" (state:: drafting) ^a\n",
            "* 2026-11-01 — [d/a.md](d/a.md) — \"A\" (state:: drafting) ^a\n\
             * 2026-11-23 — d/a.md — \"A\" [state:: published]\n",
        ),
        (
            "- 2026-11-01 — `d/a.md` — A",
            "- 2026-11-01 — `d/a.md` — A\n- 2026-11-23 — d/a.md — \"A\" [state:: published]",
        ),
        // The newest bullet comes first.
        (
            "- 2026-11-02 — d/a.md [state:: approved]\n- 2026-11-01 — d/a.md [state:: drafting]\n",
            "- 2026-11-23 — d/a.md [state:: published]\n- 2026-11-02 — d/a.md [state:: approved]\n\
             - 2026-11-01 — d/a.md [state:: drafting]\n",
        ),
        // Of one date the lower bullet counts, also in a list whose newest bullet comes first.
        (
            "- 2026-11-23 — d/a.md [state:: approved]\n- 2026-11-01 — d/a.md [state:: drafting]\n",
            "- 2026-11-23 — d/a.md [state:: approved]\n- 2026-11-23 — d/a.md [state:: published]\n\
             - 2026-11-01 — d/a.md [state:: drafting]\n",
        ),
    ];
    let text =
        |list: &str| format!("---\nripeness: {{level: low}}\n---\n# X\n\n## Drafts\n\n{list}");
    for (before, after) in lists {
        becomes(&text(before), moved, &text(after));
    }
}

fn status_change(thread: &str) -> commands::close::StatusChangeArgs {
    commands::close::StatusChangeArgs { thread: thread.into(), ..Default::default() }
}
