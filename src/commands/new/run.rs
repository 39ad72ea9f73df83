//! Runs `thread new`.

use anyhow::Result;

use super::args::NewArgs;
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;

/// Runs `thread new`.
///
/// # Errors
/// The request is not possible, or a file cannot be written.
pub fn run(session: &Session, args: &NewArgs) -> Result<Output> {
    edit(session, &args.writing, true, |context| super::edit::new(context, args))
}
