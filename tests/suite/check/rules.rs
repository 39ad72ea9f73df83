//! Single rules: what they find, and what they do not take for a finding.

use thread_tracker::model::Rule;

use crate::support::world::World;

const FRONT: &str = "---\nripeness: {level: low}\n---\n# X\n";

/// The findings of a check, as `rule line:column message`.
fn findings(world: &World) -> Vec<String> {
    let workspace = world.read();
    let place = |path: &str, at: usize| {
        let position = workspace.document(path).expect("the file is kept").position(at);
        format!("{}:{}", position.line, position.column)
    };
    world
        .check()
        .iter()
        .map(|finding| {
            let place = place(&finding.path, finding.span.start);
            format!("{} {place} {}", finding.rule.name(), finding.message)
        })
        .collect()
}

#[test]
fn mixed_line_endings_names_the_first_line_of_the_rarer_kind() {
    let mixed = |text: String| findings(&World::new().with("threads/x.md", text));
    let found = mixed(FRONT.replacen("# X\n", "# X\r\n", 1));
    assert_eq!(found, ["mixed-line-endings 4:1 this line ends with CRLF, 3 others with LF"]);
    let found = mixed(FRONT.replace('\n', "\r\n").replacen("low}\r\n", "low}\n", 1));
    assert_eq!(found, ["mixed-line-endings 2:1 this line ends with LF, 3 others with CRLF"]);
    assert_eq!(mixed(FRONT.replace('\n', "\r\n")), Vec::<String>::new());
    assert_eq!(mixed(FRONT.to_string()), Vec::<String>::new());
}

#[test]
fn control_character_is_named_once_a_line_in_every_file() {
    let world = World::new()
        .with("thread.yaml", "# a\u{202a}b\n")
        .with(
            "threads/x.md",
            format!("{FRONT}tab\tis fine \u{1b}[31mred\u{1b}[0m\n\u{2066}turned\n"),
        )
        .with("backlogs/2026-01-02-lab-backlog.md", "a\u{202e}b\n");
    assert_eq!(
        findings(&world),
        [
            "control-character 1:2 U+202E changes the direction of the text after it",
            "control-character 1:4 U+202A changes the direction of the text after it",
            "control-character 5:13 U+001B is a control character",
            "control-character 6:1 U+2066 changes the direction of the text after it",
        ]
    );
}

#[test]
fn conflict_marker_makes_a_file_unread() {
    let conflict = "<<<<<<< HEAD\n- 2026-01-02: one\n=======\n- 2026-01-02: two\n>>>>>>> other\n";
    let world = World::new()
        .with("threads/x.md", format!("{FRONT}\n## Ripeness\n\n{conflict}"))
        .with("threads/y.md", format!("{FRONT}\n<<<<<<< is how git marks a conflict.\n"));
    let marker = "conflict-marker 8:1 merge conflict marker `<<<<<<< HEAD`";
    assert_eq!(findings(&world), [marker]);
    assert_eq!(world.read().threads.len(), 1, "of y, which only speaks of one");
}

#[test]
fn unclear_read_state_is_found_only_in_sentences_about_the_reading() {
    let found = |line: &str| {
        let text = format!(
            "---\nripeness: {{level: low}}\n---\n# X\n\n## Evidence\n\n### Lab\n\n- {line}\n"
        );
        let findings = World::new().with("threads/x.md", text).check();
        findings.into_iter().any(|finding| finding.rule.name() == "unclear-read-state")
    };
    for unclear in [
        "A (2026-01-02) — Not read yet.",
        "A (2026-01-02) — good; still unread",
        "A (2026-01-02) — x. Haven't read it.",
    ] {
        assert!(found(unclear), "{unclear}");
    }
    for clear in [
        "[One not yet read](https://lab.example/a) (2026-01-02)",
        "A (2026-01-02) — the logs have not been read by anybody.",
        "A (2026-01-02) — body not yet read.",
        "[x] A (2026-01-02) — not read yet.",
    ] {
        assert!(!found(clear), "{clear}");
    }
}

#[test]
fn log_level_unknown_has_the_span_of_the_level() {
    let text = "---\nripeness: {level: medium}\n---\n# X\n\n## Ripeness\n\n- 2026-01-02: medium → mediu — why\n";
    let findings = World::new().with("threads/x.md", text).check();
    let slip = findings.iter().find(|finding| finding.rule.name() == "log-level-unknown");
    let span = slip.expect("it is found").span;
    assert!(text[span.range()] == *"mediu" && text[..span.start].ends_with("→ "), "{span:?}");
}

#[test]
fn quoted_trigger_missing_is_not_found_in_code_or_comments() {
    let found = |body: &str| {
        let text = format!("---\nripeness: {{level: low}}\n---\n# X\n\n{body}\n");
        let findings = World::new().with("threads/x.md", text).check();
        findings.iter().filter(|finding| finding.rule.name() == "quoted-trigger-missing").count()
    };
    assert_eq!(found("The \"two towns ask for\nit\" trigger."), 1, "over two lines");
    assert_eq!(found("```\nThe \"two towns ask for it\" trigger.\n```"), 0);
    assert_eq!(found("<!-- The \"two towns ask for it\" trigger. -->"), 0);
}

#[test]
fn unknown_item_is_named_once_with_a_suggestion() {
    let front = "---\nripeness: {level: low}\nhold: {below: ripe, until: {read: lab/letter}, why: w}\nverdicts: {lab/repotr: [works]}\ntriggers:\n  - {id: a, why: w, raise-to: ripe, when: {verdict: {item: lab/repotr, is: works}}}\n  - {id: b, why: w, raise-to: ripe, when: {any: [{read: 'https://lab.example/listed'}, {read: lab/report}, {read: 'https://lab.example/none'}]}}\n---\n# X\n\n## Evidence\n\n### Lab\n\n- [ ] [A](https://lab.example/report) (2026-01-02)\n";
    let world = World::new().with("threads/x.md", front).with(
        "backlogs/2026-01-03-lab-backlog.md",
        "- [B](https://lab.example/listed) (2026-01-02)\n- [C](https://lab.example/letter)\n",
    );
    let found = world.check();
    let unknown = found.iter().filter(|finding| finding.rule == Rule::UnknownItem);
    let told: Vec<_> = unknown
        .map(|finding| {
            (&*finding.message, finding.help.as_deref().unwrap_or(""), finding.related.len())
        })
        .collect();
    let no = "no evidence line and no catalog has the item";
    assert_eq!(
        told,
        [
            (&*format!("{no} `lab/repotr`"), "did you mean `lab/report`?", 1),
            (
                &*format!("{no} `https://lab.example/none`"),
                "if the item is not published yet, ignore this hint; otherwise write its id or URL",
                0
            ),
        ]
    );
}
