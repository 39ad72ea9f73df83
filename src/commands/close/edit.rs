//! `close`, `dormant` and `reopen`: whether a thread is followed.

use crate::edit::Change;
use crate::model::Status;

use crate::commands::shared::edit::context::Desk;
use crate::commands::shared::edit::plan::{Deed, Refused};

/// Sets the status of a thread; nothing where it has it already.
pub fn set_status(desk: &Desk<'_>, thread: &str, to: Status) -> Result<Deed, Refused> {
    let file = desk.thread(thread)?;
    let from = file.thread.status;
    if from == to {
        return Ok(Deed::default());
    }
    let rewrite = desk.rewrite(file, vec![Change::Status { from, to }])?;
    Ok(Deed { rewrites: vec![rewrite], ..Deed::default() })
}
