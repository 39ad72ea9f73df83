//! Runs `thread read`.

use anyhow::Result;

use super::args::ReadArgs;
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;

/// Runs `thread read`.
///
/// # Errors
/// The request is not possible, or a file cannot be written.
pub fn run(session: &Session, args: &ReadArgs) -> Result<Output> {
    edit(session, &args.writing, !args.no_scan, |context| super::edit::read(context, args))
}
