//! The items that a new selection matches, as lines for the user.

use crate::commands::shared::edit::context::EditContext;
use crate::edit::Rewrite;
use crate::evaluate::evaluate;
use crate::evaluate::items::selection::{Fit, fit_any};
use crate::model::Selection;
use crate::parse::{ThreadFile, thread};
use crate::text::Document;

/// At most this many items are listed.
const MOST_ITEMS: usize = 5;

/// Returns the items of a thread that are in a set with these selections.
pub fn matching(
    context: &EditContext<'_>,
    file: &ThreadFile,
    selections: &[Selection],
) -> Vec<String> {
    let date = context.date(file);
    let evaluation = evaluate(&file.thread, context.index, &context.workspace.configuration, date);
    let items = evaluation.items.items.iter();
    let found = items.filter(|item| fit_any(selections, item) == Fit::Full);
    let found: Vec<String> = found.map(|item| format!("{} {}", item.id, item.title)).collect();
    match found.len() {
        0 => vec!["no item of the thread is in it so far".into()],
        1 => listed("1 item of the thread is in it".into(), found),
        count => listed(format!("{count} items of the thread are in it"), found),
    }
}

/// Returns the items that an edit brings into a thread.
pub fn collected(context: &EditContext<'_>, file: &ThreadFile, rewrite: &Rewrite) -> Vec<String> {
    let configuration = &context.workspace.configuration;
    let document = Document::new(rewrite.before.path.clone(), rewrite.after.clone());
    let (Some(after), _) = thread::parse(document, configuration) else {
        return Vec::new();
    };
    let date = context.date(file);
    let before = evaluate(&file.thread, context.index, configuration, date);
    let evaluation = evaluate(&after.thread, context.index, configuration, date);
    let new = evaluation
        .items
        .items
        .iter()
        .filter(|item| !before.items.items.iter().any(|known| known.id == item.id));
    let new: Vec<String> = new.map(|item| format!("{} {}", item.id, item.title)).collect();
    match new.len() {
        0 => vec!["no catalog item comes in by it so far".into()],
        1 => listed("1 catalog item comes in; `thread scan` adds it".into(), new),
        count => listed(format!("{count} catalog items come in; `thread scan` adds them"), new),
    }
}

/// A line, and the first items below it.
fn listed(line: String, items: Vec<String>) -> Vec<String> {
    let more = items.len().saturating_sub(MOST_ITEMS);
    let shown = items.into_iter().take(MOST_ITEMS).map(|item| format!("  + {item}"));
    let more = (more > 0).then(|| format!("  + and {more} more"));
    std::iter::once(line).chain(shown).chain(more).collect()
}
