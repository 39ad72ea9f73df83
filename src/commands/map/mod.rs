//! `thread map` and `thread unmap`.

pub mod edit;
mod prompt;

use anyhow::Result;
use clap::Args;

use crate::commands::shared::args::WritingArgs;
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;
use crate::model::Error;

/// Arguments of `map`.
#[derive(Debug, Clone, Default, Args)]
pub struct MapArgs {
    /// Catalog item: its id, URL, label (`#455`), the start of its id, or a part of its title
    #[arg(value_name = "ITEM", required_unless_present = "interactive")]
    pub item: Option<String>,
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD", required_unless_present = "interactive")]
    pub thread: Option<String>,
    /// Ask for the thread of each item that belongs to none, and write all answers at the end
    #[arg(long, conflicts_with_all = ["item", "thread"])]
    pub interactive: bool,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}

/// Arguments of `unmap`.
#[derive(Debug, Clone, Default, Args)]
pub struct UnmapArgs {
    /// Catalog item: its id, URL, label (`#455`), the start of its id, or a part of its title
    #[arg(value_name = "ITEM")]
    pub item: String,
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}

/// An item and the thread that it is mapped to, as the user named them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The catalog item.
    pub item: String,
    /// The thread.
    pub thread: String,
}

/// Runs `thread map`.
///
/// # Errors
/// An argument is wrong, a file cannot be written, or there is no terminal for the questions.
pub fn run(session: &Session, args: &MapArgs) -> Result<Output> {
    let mappings = match (&args.item, &args.thread) {
        (Some(item), Some(thread)) => {
            vec![Mapping { item: item.clone(), thread: thread.clone() }]
        }
        _ if session.asks => prompt::ask(session)?,
        _ => {
            let help =
                "`thread catalog unmapped` lists the items, `thread map ITEM THREAD` maps one";
            let message = "`--interactive` asks questions, and this is not a terminal";
            return Err(Error::request(message, help).into());
        }
    };
    edit(session, &args.writing, |context| edit::map(context, &mappings))
}
