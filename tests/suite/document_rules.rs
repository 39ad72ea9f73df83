//! Rules that look at the bytes of a file, whatever it is.

use super::world::World;

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
fn line_endings_that_are_the_fewer_are_named_once() {
    let mixed = |text: String| findings(&World::new().with("threads/x.md", text));
    let found = mixed(FRONT.replacen("# X\n", "# X\r\n", 1));
    assert_eq!(found, ["mixed-line-endings 4:1 this line ends with CRLF, 3 others with LF"]);
    let found = mixed(FRONT.replace('\n', "\r\n").replacen("low}\r\n", "low}\n", 1));
    assert_eq!(found, ["mixed-line-endings 2:1 this line ends with LF, 3 others with CRLF"]);
    assert_eq!(mixed(FRONT.replace('\n', "\r\n")), Vec::<String>::new());
    assert_eq!(mixed(FRONT.to_string()), Vec::<String>::new());
}

#[test]
fn control_characters_are_named_in_every_file_and_once_a_line() {
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
            "control-character 1:2 U+202E turns the direction of the text that follows",
            "control-character 1:4 U+202A turns the direction of the text that follows",
            "control-character 5:13 U+001B is a control character",
            "control-character 6:1 U+2066 turns the direction of the text that follows",
        ]
    );
}

#[test]
fn a_file_in_conflict_is_neither_judged_nor_written() {
    let conflict = "<<<<<<< HEAD\n- 2026-01-02: one\n=======\n- 2026-01-02: two\n>>>>>>> other\n";
    let world = World::new()
        .with("threads/x.md", format!("{FRONT}\n## Ripeness\n\n{conflict}"))
        .with("threads/y.md", format!("{FRONT}\n<<<<<<< is how git marks a conflict.\n"));
    let marker = "conflict-marker 8:1 merge conflict marker `<<<<<<< HEAD`";
    assert_eq!(findings(&world), [marker]);
    assert_eq!(world.read().threads.len(), 1, "of y, which only speaks of one");
}
