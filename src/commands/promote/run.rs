//! Runs `thread promote` and `thread demote`.

use anyhow::Result;

use super::args::LevelArgs;
use super::edit::{Direction, set_level};
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;

/// Runs `thread promote`.
///
/// # Errors
/// The request is not possible, or a file cannot be written.
pub fn run(session: &Session, args: &LevelArgs) -> Result<Output> {
    edit(session, &args.writing, true, |context| set_level(context, args, Direction::Up))
}

/// Runs `thread demote`.
///
/// # Errors
/// The request is not possible, or a file cannot be written.
pub fn demote(session: &Session, args: &LevelArgs) -> Result<Output> {
    edit(session, &args.writing, true, |context| set_level(context, args, Direction::Down))
}
