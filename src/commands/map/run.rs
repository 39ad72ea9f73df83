//! Runs `thread map` and `thread unmap`.

use anyhow::Result;

use super::args::MapArgs;
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;

/// Runs `thread map`.
///
/// # Errors
/// The request is not possible, or a file cannot be written.
pub fn run(session: &Session, args: &MapArgs) -> Result<Output> {
    edit(session, &args.writing, true, |context| super::edit::map(context, args))
}

/// Runs `thread unmap`.
///
/// # Errors
/// The request is not possible, or a file cannot be written.
pub fn unmap(session: &Session, args: &MapArgs) -> Result<Output> {
    edit(session, &args.writing, true, |context| super::edit::unmap(context, args))
}
