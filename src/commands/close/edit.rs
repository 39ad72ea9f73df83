//! `close`, `dormant` and `reopen`: whether a thread is followed.

use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::edit::plan::EditPlan;
use crate::edit::Change;
use crate::model::{Error, Status};

/// Sets the status of a thread. Without a change, the plan is empty.
pub fn set_status(context: &EditContext<'_>, thread: &str, to: Status) -> Result<EditPlan, Error> {
    let file = context.thread(thread)?;
    let from = file.thread.status;
    if from == to {
        return Ok(EditPlan::default());
    }
    let rewrite = context.rewrite(file, vec![Change::Status { from, to }])?;
    Ok(EditPlan { rewrites: vec![rewrite], ..EditPlan::default() })
}
