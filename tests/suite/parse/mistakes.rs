//! Tables of mistakes, each with all findings of `check`.
//!
//! A case is a text that a user might write; each line that begins with `> ` is a finding:
//! `path:line:column rule: message (help)`. Lines count from the top of the file.

use thread_tracker::model::Diagnostic;

use crate::support::world::World;

/// The findings for a thread with this text after its first two lines, so that it begins in line 3.
pub fn thread(text: &str) -> Vec<String> {
    let text = format!("---\nripeness: {{level: low}}\n{text}\n---\n\n# X\n");
    said(&World::new().with("threads/x.md", text).with("thread.yaml", "people: {alex: person}\n"))
}

/// The findings for this `thread.yaml`.
pub fn configuration(text: &str) -> Vec<String> {
    said(&World::new().with("thread.yaml", text))
}

pub fn said(world: &World) -> Vec<String> {
    let workspace = world.read();
    let line = |found: &Diagnostic| {
        let document = workspace.document(&found.path).expect("the text is kept");
        let place = document.position(found.span.start);
        let help = found.help.as_deref().map(|help| format!(" ({help})")).unwrap_or_default();
        let (rule, message) = (found.rule.name(), &found.message);
        format!("> {}:{}:{} {rule}: {message}{help}", found.path, place.line, place.column)
    };
    world.check().iter().map(line).collect()
}

/// Compares a table of cases, which blank lines divide, with what is said of each. Those that
/// differ are shown as they must be in the table.
pub fn all_say(find: fn(&str) -> Vec<String>, cases: &str) {
    let mut different = Vec::new();
    for case in cases.trim_matches('\n').split("\n\n") {
        let lines = case.lines();
        let (expected, written): (Vec<&str>, Vec<&str>) =
            lines.partition(|line| line.starts_with("> "));
        assert!(!expected.is_empty(), "nothing is expected of\n{case}");
        let (written, found) = (written.join("\n"), find(&written.join("\n")));
        if found != expected {
            different.push(format!("{written}\n{}", found.join("\n")));
        }
    }
    assert!(different.is_empty(), "other than expected:\n\n{}\n", different.join("\n\n"));
}
