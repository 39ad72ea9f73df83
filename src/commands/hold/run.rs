//! Runs `thread hold` and `thread release`.

use anyhow::Result;

use super::args::HoldArgs;
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;
use crate::commands::shared::thread_args::ThreadArgs;

/// Runs `thread hold`.
///
/// # Errors
/// The request is not possible, or a file cannot be written.
pub fn run(session: &Session, args: &HoldArgs) -> Result<Output> {
    edit(session, &args.writing, true, |context| super::edit::hold(context, args))
}

/// Runs `thread release`.
///
/// # Errors
/// The request is not possible, or a file cannot be written.
pub fn release(session: &Session, args: &ThreadArgs) -> Result<Output> {
    edit(session, &args.writing, true, |context| super::edit::release(context, &args.thread))
}
