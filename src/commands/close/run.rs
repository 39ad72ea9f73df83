//! Runs `thread close`, `thread dormant` and `thread reopen`.

use anyhow::Result;

use super::edit::set_status;
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;
use crate::commands::shared::thread_args::ThreadArgs;
use crate::model::Status;

/// Runs `thread close`.
///
/// # Errors
/// The request is not possible, or a file cannot be written.
pub fn run(session: &Session, args: &ThreadArgs) -> Result<Output> {
    edit(session, &args.writing, true, |context| set_status(context, &args.thread, Status::Closed))
}

/// Runs `thread dormant`.
///
/// # Errors
/// The request is not possible, or a file cannot be written.
pub fn dormant(session: &Session, args: &ThreadArgs) -> Result<Output> {
    edit(session, &args.writing, true, |context| set_status(context, &args.thread, Status::Dormant))
}

/// Runs `thread reopen`.
///
/// # Errors
/// The request is not possible, or a file cannot be written.
pub fn reopen(session: &Session, args: &ThreadArgs) -> Result<Output> {
    edit(session, &args.writing, true, |context| set_status(context, &args.thread, Status::Active))
}
