//! Control characters in files: they never reach a terminal.

use super::{GOOD, healthy, with_body};

#[test]
fn escape_of_file_contents_applies_to_every_command() {
    let hostile = "\u{1b}]0;t\u{7}\u{1b}[2J\u{8}\u{7f}";
    let turned = "\u{202e}\u{2066}";
    let scratch = healthy()
        .with("threads/x.md", GOOD.replace("Good", &format!("{hostile}{turned}")))
        .with("threads/y.md", format!("---\nripeness: {{level: \"{turned}\"}}\n---\n"))
        .with(
            "backlogs/2026-11-02-feed-backlog.md",
            format!(
                "- \"a{hostile}b\" (2026-11-01) [thread:: good, {turned}]\n\
                 - [c\u{8}\u{7f}d](https://example.org/3) (2026-11-02) [thread:: good]\n"
            ),
        );
    for arguments in [&["status"][..], &["show", "x"], &["show", "good"], &["check"], &["scan"]] {
        let said = scratch.run(arguments).said();
        let obeyed = |c: char| (c.is_control() && c != '\n') || turned.contains(c);
        let found: Vec<_> = said.lines().filter(|line| line.contains(obeyed)).collect();
        assert!(found.is_empty(), "{arguments:?}: {found:#?}");
    }
    let written = std::fs::read_to_string(scratch.path("threads/good.md")).unwrap();
    assert!(written.contains("(2026-11-01)") && written.contains("/3) (2026-11-02)"), "{written}");
    assert!(!written.contains(|c: char| c.is_control() && c != '\n'), "{written:?}");
}

#[test]
fn escape_applies_to_a_diff_on_a_terminal() {
    let scratch = with_body("A title \u{1b}]0;t\u{7}, \u{9b}31m.\n\n## Evidence\n");
    let escape_for_terminal = scratch.run(&["scan", "-n", "--color", "always"]).stdout;
    assert!(
        !escape_for_terminal.contains(['\u{7}', '\u{9b}'])
            && !escape_for_terminal.contains("\u{1b}]"),
        "{escape_for_terminal:?}"
    );
}

#[test]
fn escape_applies_to_the_excerpts_of_check() {
    let scratch =
        with_body("").with("threads/y.md", "---\nripeness: {level: \"\u{9b}31m\"}\n---\n");
    let escape_for_terminal = scratch.run(&["check"]).stdout;
    assert!(!escape_for_terminal.contains('\u{9b}'), "{escape_for_terminal:?}");
}
