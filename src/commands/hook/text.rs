//! Result of `thread hook install` as text, one file on each line.

use super::report::{FileReport, HookReport};
use crate::text::escape_for_terminal;

/// The report.
pub fn render(report: &HookReport) -> String {
    let mut text = String::new();
    if let Some(hook) = &report.hook {
        text.push_str(&file(hook, "`git commit` checks staged threads and catalogs"));
    }
    text.push_str(&file(&report.attributes, "git merges threads and catalogs by meaning"));
    let merges = "git runs `thread merge` in this clone";
    text.push_str(&line("merge.thread.driver", report.driver_written, merges));
    text
}

/// Warning that the hook runs in other repositories too; empty if it does not.
pub fn warning(report: &HookReport) -> String {
    report.shared_hooks.as_ref().map_or_else(String::new, |directory| {
        format!(
            "warning: the hooks in {} are shared (`core.hooksPath`): this one runs in every repository that \
             uses them\n\
             help: it lets commits pass that change no thread or catalog; `git config core.hooksPath \
             .git/hooks` gives this repository hooks of its own\n",
            escape_for_terminal(directory)
        )
    })
}

fn file(file: &FileReport, what: &str) -> String {
    line(&escape_for_terminal(&file.path), file.written, what)
}

fn line(name: &str, is_written: bool, what: &str) -> String {
    if is_written { format!("{name}: {what}\n") } else { format!("{name}: already up to date\n") }
}
