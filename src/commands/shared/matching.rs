//! The items that a new selection matches, as lines for the user.

use crate::commands::shared::edit::context::EditContext;
use crate::edit::Rewrite;
use crate::evaluate::items::selection::{Fit, fit_any};
use crate::evaluate::{Item, evaluate};
use crate::model::Selection;
use crate::parse::ThreadFile;

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
    let found: Vec<&Item> = found.collect();
    match found.len() {
        0 => vec!["no item of the thread is in it so far".into()],
        1 => listed("1 item of the thread is in it".into(), &found),
        count => listed(format!("{count} items of the thread are in it"), &found),
    }
}

/// Returns the items that an edit brings into a thread.
pub fn collected(context: &EditContext<'_>, file: &ThreadFile, rewrite: &Rewrite) -> Vec<String> {
    let configuration = &context.workspace.configuration;
    let Some(after) = rewrite.parsed(configuration) else {
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
    let new: Vec<&Item> = new.collect();
    match new.len() {
        0 => vec!["no catalog item comes in by it so far".into()],
        1 => listed("1 catalog item comes in; `thread scan` adds it".into(), &new),
        count => listed(format!("{count} catalog items come in; `thread scan` adds them"), &new),
    }
}

/// Returns a line for each of the first items, given by id and title, and one for the rest.
pub fn first_items<'i>(
    items: impl ExactSizeIterator<Item = (&'i str, &'i str)>,
    most: usize,
) -> Vec<String> {
    let more = items.len().saturating_sub(most);
    let shown = items.take(most).map(|(id, title)| format!("  + {id} {title}"));
    let more = (more > 0).then(|| format!("  + and {more} more"));
    shown.chain(more).collect()
}

/// A line, and the first items below it.
fn listed(line: String, items: &[&Item]) -> Vec<String> {
    let items = items.iter().map(|item| (&*item.id, &*item.title));
    std::iter::once(line).chain(first_items(items, MOST_ITEMS)).collect()
}
