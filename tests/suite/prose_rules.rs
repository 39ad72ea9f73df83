//! Rules that read prose: what they find, and what they take for something else.

use super::world::World;

#[test]
fn words_on_a_reading_are_unclear_only_where_they_say_nothing_else() {
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
fn a_slip_in_the_log_is_marked_where_it_stands() {
    let text = "---\nripeness: {level: medium}\n---\n# X\n\n## Ripeness\n\n- 2026-01-02: medium → mediu — why\n";
    let findings = World::new().with("threads/x.md", text).check();
    let slip = findings.iter().find(|finding| finding.rule.name() == "log-level-unknown");
    let span = slip.expect("it is found").span;
    assert!(text[span.range()] == *"mediu" && text[..span.start].ends_with("→ "), "{span:?}");
}

#[test]
fn triggers_are_quoted_in_prose_and_not_in_code() {
    let found = |body: &str| {
        let text = format!("---\nripeness: {{level: low}}\n---\n# X\n\n{body}\n");
        let findings = World::new().with("threads/x.md", text).check();
        findings.iter().filter(|finding| finding.rule.name() == "quoted-trigger-missing").count()
    };
    assert_eq!(found("The \"two towns ask for\nit\" trigger."), 1, "over two lines");
    assert_eq!(found("```\nThe \"two towns ask for it\" trigger.\n```"), 0);
    assert_eq!(found("<!-- The \"two towns ask for it\" trigger. -->"), 0);
}
