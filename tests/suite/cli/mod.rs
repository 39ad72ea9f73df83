//! The program as a process: output, environment, exit codes and files.

mod arguments;
mod clock;
mod completions;
mod draft;
mod edits;
mod environment;
mod escape;
mod exit_codes;
#[cfg(feature = "fetch")]
mod fetch;
#[cfg(all(unix, feature = "fetch"))]
mod fetch_month;
mod file_names;
#[cfg(unix)]
mod guided;
mod hook;
mod hook_install;
mod hook_runners;
mod init;
mod man;
mod opml;
mod output;
#[cfg(unix)]
mod programs;
mod reports;
mod scan;
mod schema;
mod workspace;

use crate::support::scratch::{self, Ran, Scratch};

/// Every kind of output, by the arguments that lead to it.
const COMMANDS: [&[&str]; 7] = [
    &["status"],
    &["show", "good"],
    &["next"],
    &["log"],
    &["check"],
    &["scan", "--dry-run"],
    &["scan"],
];

const GOOD: &str = "\
---
ripeness: {level: low, since: 2026-01-01}
sets: {hits: {tag: hit}}
triggers:
  - {id: one-hit, why: 日本語のとても長い理由がここにあり、端末の幅よりも長いので折り返すか切るしかない, raise-to: ripe, when: {count: {of: hits, at-least: 1}}}
---
# Good, with a title that is longer than the narrowest of terminals and goes on and on and on

## Evidence

### feed

- [ ] **#1** (2026-10-01) — \"Known.\" [landed:: 2026-10-02]

## Ripeness

- 2026-01-01: → low — somebody asked, and went on asking until there was a thread
";

/// A thread that an item has come for, and nothing wrong.
fn healthy() -> Scratch {
    Scratch::new()
        .with("thread.yaml", "sources: {feed: {name: Feed}}\n")
        .with("threads/good.md", GOOD)
        .with(
            "backlogs/2026-11-01-feed-backlog.md",
            "- **#2** (2026-10-31) — \"News.\" [tags:: hit] [thread:: good]\n",
        )
}

/// The same with files that are broken in several ways.
fn broken() -> Scratch {
    let long = format!("---\nripeness: {{level: {}ミ, since: 2026-13-01}}\n---\n", "é".repeat(300));
    healthy()
        .with("threads/long.md", long)
        .with("threads/unclosed.md", "---\nripeness: {level: low}\n")
        .with("threads/tab.md", "---\nripeness:\n\tlevel: low\n---\n")
        .with("threads/empty.md", "")
        .with("backlogs/undated.md", "- **#3** (2026-10-31)\n")
}

fn has_escapes(text: &str) -> bool {
    text.contains('\u{1b}')
}

fn with_environment(scratch: &Scratch, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    scratch::run(scratch.command(arguments).envs(variables.iter().copied()))
}

/// The beginning of a thread at the level `low`.
const LOW: &str = "---\nripeness: {level: low, since: 2026-01-01}\n---\n# Low\n\n";

/// A workspace with one thread of this body, for which an item has come.
fn with_body(body: &str) -> Scratch {
    Scratch::new()
        .with("threads/x.md", format!("{LOW}{body}"))
        .with("backlogs/2026-11-01-feed-backlog.md", "- **#1** (2026-10-31) [thread:: x]\n")
}
