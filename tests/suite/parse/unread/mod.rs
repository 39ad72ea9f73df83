//! Lines that look like items and are not read: each is named, at the block that hides it.

mod catalog_lines;
mod thread_lines;

use thread_tracker::model::{Diagnostic, Rule};

use crate::support::world::World;

pub const CATALOG: &str = "backlogs/2026-05-20-lab-backlog.md";

pub const THREAD: &str = "---\nripeness: {level: low}\n---\n# T\n";

pub const ITEM: &str = "- [A](https://e.org/a) (2026-05-01) [thread:: t]\n";

pub const RULES: [Rule; 4] =
    [Rule::SwallowedItems, Rule::UnreadMapping, Rule::UnreadItem, Rule::LinkWithoutItem];

pub fn catalog(text: impl Into<String>) -> World {
    World::new().with("threads/t.md", THREAD).with(CATALOG, text)
}

/// The findings of the rules on unread lines, as `rule line: message`.
pub fn unread(world: &World) -> Vec<String> {
    let workspace = world.read();
    let line = |finding: &Diagnostic| {
        let document = workspace.document(&finding.path).expect("the file is kept");
        document.position(finding.span.start).line
    };
    let found = world.check().into_iter().filter(|finding| RULES.contains(&finding.rule));
    let escape_for_terminal = |finding: Diagnostic| {
        format!("{} {}: {}", finding.rule.name(), line(&finding), finding.message)
    };
    found.map(escape_for_terminal).collect()
}
