//! Runs `thread add`.

use anyhow::Result;

use super::args::AddArgs;
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;

/// Runs `thread add`.
///
/// # Errors
/// The request is not possible, or a file cannot be written.
pub fn run(session: &Session, args: &AddArgs) -> Result<Output> {
    edit(session, &args.writing, true, |context| super::edit::add(context, args))
}
