//! `close`, `dormant` and `reopen`: whether a thread is followed.

use super::StatusChangeArgs;
use crate::commands::shared::edit::context::{EditContext, optional_line};
use crate::commands::shared::edit::plan::EditPlan;
use crate::edit::Change;
use crate::model::{Error, LogEntry, Status};
use crate::text::Spanned;

/// Sets the status of a thread, and logs the reason if there is one. Without a change, the plan is
/// empty.
pub fn set_status(
    context: &EditContext<'_>,
    args: &StatusChangeArgs,
    to: Status,
) -> Result<EditPlan, Error> {
    let file = context.thread(&args.thread)?;
    let from = file.thread.status;
    if from == to {
        return Ok(EditPlan::default());
    }
    let reason = optional_line("--reason", args.reason.as_deref())?;
    let mut changes = vec![Change::Status { from, to }];
    if let Some(reason) = &reason {
        context.may_log(file)?;
        let by = context.who(args.by.as_deref())?;
        changes.push(EditContext::log(LogEntry {
            by: by.map(Spanned::from),
            ..LogEntry::new(context.date(file), format!("{}: {}", word(to), reason.text))
        })?);
    }
    let rewrite = context.rewrite(file, changes)?;
    let notes = reason.and_then(|reason| reason.note).into_iter().collect();
    Ok(EditPlan { rewrites: vec![rewrite], notes, ..EditPlan::default() })
}

/// The word for a change of status in the log.
fn word(to: Status) -> &'static str {
    match to {
        Status::Active => "reopened",
        Status::Dormant => "dormant",
        Status::Closed => "closed",
    }
}
