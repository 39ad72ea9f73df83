//! Runs `thread draft`.

use anyhow::Result;

use super::args::DraftArgs;
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;

/// Runs `thread draft`.
///
/// # Errors
/// The request is not possible, or a file cannot be written.
pub fn run(session: &Session, args: &DraftArgs) -> Result<Output> {
    edit(session, &args.writing, true, |context| super::edit::draft(context, args))
}
