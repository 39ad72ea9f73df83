//! Runs `thread attest`.

use anyhow::Result;

use super::args::AttestArgs;
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;

/// Runs `thread attest`.
///
/// # Errors
/// The request is not possible, or a file cannot be written.
pub fn run(session: &Session, args: &AttestArgs) -> Result<Output> {
    edit(session, &args.writing, true, |context| super::edit::attest(context, args))
}
