//! The result of `fetch` and `catalog import` as text.

use super::report::{Outcome, SourceResult, WrittenItem};
use crate::commands::shared::hyperlinks::linked;
use crate::commands::shared::style::{BOLD, counted, paint};
use crate::text::escape_for_terminal;

/// How much is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Sources with new items only.
    Quiet,
    /// All sources and a summary.
    Usual,
    /// Known items that differ, and the reasons for tags as well.
    Verbose,
}

/// Returns the sources with their new items, and a summary.
pub fn render(sources: &[SourceResult], dry_run: bool, detail: Detail) -> String {
    let told = sources.iter().filter(|source| detail != Detail::Quiet || source.new > 0);
    let mut text: String = told.map(|source| source_lines(source, detail)).collect();
    if detail != Detail::Quiet {
        let new: usize = sources.iter().map(|source| source.new).sum();
        let good = sources.iter().filter(|source| source.outcome != Outcome::Failed).count();
        let all = counted(sources.len(), "source");
        text.push_str(&format!("{} from {good} of {all}.\n", counted(new, "new item")));
        if dry_run {
            text.push_str("Nothing was written.\n");
        }
    }
    text
}

/// ``tide-gazette: 1 new of 20 [backlogs/…]`` and the new items.
fn source_lines(source: &SourceResult, detail: Detail) -> String {
    if source.outcome == Outcome::Failed {
        return String::new();
    }
    let name = paint(BOLD, &escape_for_terminal(&source.source));
    let mut text = format!("{name}: {} new of {}", source.new, source.read);
    if source.left_out > 0 {
        text.push_str(&format!(", {} left out", source.left_out));
    }
    match source.outcome {
        Outcome::Baseline => text.push_str(", the first reading"),
        Outcome::NotDue => text.push_str(", not due"),
        _ => {}
    }
    if let Some(path) = &source.path {
        text.push_str(&format!(" [{}]", linked(path, &escape_for_terminal(path))));
    }
    text.push('\n');
    text.extend(source.items.iter().take(MOST_ITEMS).map(|item| item_line(item, detail)));
    if source.items.len() > MOST_ITEMS {
        text.push_str(&format!("  … and {} more\n", source.items.len() - MOST_ITEMS));
    }
    if detail == Detail::Verbose {
        for changed in &source.changed {
            let title = changed.new_title.as_ref().map(|title| format!(" title “{title}”"));
            let date = changed.new_date.map(|date| format!(" date {date}"));
            let difference = title.into_iter().chain(date).collect::<Vec<_>>().join(",");
            let difference = escape_for_terminal(&difference);
            text.push_str(&format!("  {} is known; the feed has{difference}\n", changed.id));
        }
    }
    text
}

/// At most this many new items of a source are listed.
const MOST_ITEMS: usize = 20;

/// `  2026-11-16  tide-gazette/456  Bricks, tanks  (letter)`
fn item_line(item: &WrittenItem, detail: Detail) -> String {
    let date = item.date.map_or("no date   ".to_string(), |date| date.to_string());
    let title = escape_for_terminal(item.title.as_deref().unwrap_or_default());
    let title = linked(item.url.as_deref().unwrap_or_default(), &title);
    let tags: Vec<String> = item.tags.iter().map(|tag| escape_for_terminal(&tag.tag)).collect();
    let tags = if tags.is_empty() { String::new() } else { format!("  ({})", tags.join(", ")) };
    let mut text = format!("  {date}  {}  {title}{tags}\n", escape_for_terminal(&item.id));
    if detail == Detail::Verbose {
        for tag in &item.tags {
            if let Some(reason) = &tag.reason {
                let line = format!("      {}: {reason}\n", tag.tag);
                text.push_str(&escape_for_terminal(line.trim_end()));
                text.push('\n');
            }
        }
    }
    text
}

/// Returns the failures and remarks for stderr: `error: far-shore: 403 Forbidden (since 2026-11-20)`.
pub fn problems(sources: &[SourceResult]) -> String {
    let mut text = String::new();
    for source in sources {
        let name = escape_for_terminal(&source.source);
        if let Some(error) = &source.error {
            let since = source.failing_since.map(|date| format!("since {date}"));
            let last = source.last_success.map(|date| format!("last read {date}"));
            let times: Vec<String> = since.into_iter().chain(last).collect();
            let times =
                if times.is_empty() { String::new() } else { format!(" ({})", times.join("; ")) };
            let kind = if source.outcome == Outcome::Damaged { "warning" } else { "error" };
            text.push_str(&format!("{kind}: {name}: {}{times}\n", escape_for_terminal(error)));
        }
        if let Some(url) = &source.moved_to {
            let url = escape_for_terminal(url);
            text.push_str(&format!("note: {name}: moved for good: `feed: {url}`\n"));
        }
        for note in &source.notes {
            text.push_str(&format!("note: {name}: {}\n", escape_for_terminal(note)));
        }
    }
    text
}
