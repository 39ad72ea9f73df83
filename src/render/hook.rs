//! What git was told, a line each.

use crate::report::hook::{FileReport, HookReport};

use super::style::shown;

/// The report.
pub fn render(report: &HookReport) -> String {
    let mut text = String::new();
    if let Some(hook) = &report.hook {
        text.push_str(&line(hook, "`git commit` checks what is staged"));
    }
    text.push_str(&line(&report.attributes, "git merges threads and catalogs by meaning"));
    text
}

fn line(file: &FileReport, what: &str) -> String {
    match file.written {
        true => format!("{}: {what}\n", shown(&file.path)),
        false => format!("{}: it is so already; nothing was written\n", shown(&file.path)),
    }
}
