//! The change of `drop`: an item that is no evidence of a thread.

use super::DropArgs;
use crate::commands::shared::edit::context::{EditContext, optional_line};
use crate::commands::shared::edit::plan::EditPlan;
use crate::edit::Change;
use crate::evaluate::Item;
use crate::model::change::{NewReading, ReadingMark};
use crate::model::{Dropped, Error};
use crate::parse::ThreadFile;

/// Drops an item from a thread, or makes it evidence again.
pub fn drop(context: &EditContext<'_>, args: &DropArgs) -> Result<EditPlan, Error> {
    let file = context.thread(&args.thread)?;
    let evaluation = context.evaluate(file);
    if args.undo {
        let item = EditContext::dropped_item(&evaluation, &args.item)?;
        let is_dropped = |at: &usize| file.thread.evidence[*at].dropped.is_some();
        let lines = item.evidence.iter().copied().filter(is_dropped);
        let changes = lines.map(|at| change(file, item, at, ReadingMark::Restored)).collect();
        let rewrites = vec![context.rewrite(file, changes)?];
        return Ok(EditPlan { rewrites, ..EditPlan::default() });
    }
    if evaluation.items.find_dropped(&args.item).is_some() {
        return Ok(EditPlan::default());
    }
    let item = context.item(&evaluation, &args.item)?;
    let Some(&at) = item.evidence.first() else {
        let message = format!("`{}` is not in the thread yet", item.id);
        return Err(Error::request(message, "`thread scan` adds it"));
    };
    let reason = optional_line("--reason", args.reason.as_deref())?;
    let dropped = Dropped {
        on: context.date(file),
        reason: reason.as_ref().map(|reason| reason.text.clone()),
    };
    let changes = vec![change(file, item, at, ReadingMark::Dropped(dropped))];
    let rewrites = vec![context.rewrite(file, changes)?];
    let notes = reason.and_then(|reason| reason.note).into_iter().collect();
    Ok(EditPlan { rewrites, notes, ..EditPlan::default() })
}

fn change(file: &ThreadFile, item: &Item, at: usize, mark: ReadingMark) -> Change {
    let line = file.thread.evidence[at].item.span.start;
    Change::Reading(NewReading { line, item: item.id.clone(), mark })
}
