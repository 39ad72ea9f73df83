//! The change of `skip`: an item that will not be read.

use super::SkipArgs;
use crate::commands::shared::edit::context::{EditContext, optional_line};
use crate::commands::shared::edit::plan::EditPlan;
use crate::edit::Change;
use crate::model::change::{NewReading, ReadingMark};
use crate::model::{Error, Reading};

/// Marks an item as one that will not be read. It counts as before, and leaves the reading queue.
pub fn skip(context: &EditContext<'_>, args: &SkipArgs) -> Result<EditPlan, Error> {
    let file = context.thread(&args.thread)?;
    let evaluation = context.evaluate(file);
    let item = context.item(&evaluation, &args.item)?;
    let Some(&at) = item.evidence.first() else {
        let message = format!("`{}` is not in the thread yet", item.id);
        return Err(Error::request(message, "`thread scan` adds it"));
    };
    let line = &file.thread.evidence[at];
    let reason = optional_line("--reason", args.reason.as_deref())?;
    let mark = match (line.item.reading, args.undo) {
        (Reading::Read { .. }, _) => {
            let message = format!("`{}` was read", item.id);
            let help =
                format!("`thread read {} {} --undo` marks it as unread", args.thread, item.id);
            return Err(Error::request(message, help));
        }
        (Reading::Dropped, true) => ReadingMark::Unread,
        (_, true) => {
            let message = format!("`{}` is not skipped", item.id);
            return Err(Error::request(message, "nothing is to be undone"));
        }
        (Reading::Dropped, false) if reason.is_none() => return Ok(EditPlan::default()),
        _ => ReadingMark::Skipped { note: reason.as_ref().map(|reason| reason.text.clone()) },
    };
    let reading = NewReading { line: line.item.span.start, item: item.id.clone(), mark };
    let rewrites = vec![context.rewrite(file, vec![Change::Reading(reading)])?];
    let notes = reason.and_then(|reason| reason.note).into_iter().collect();
    Ok(EditPlan { rewrites, notes, ..EditPlan::default() })
}
