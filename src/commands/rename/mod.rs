//! `thread rename`.

pub mod edit;

use anyhow::Result;
use clap::Args;

use crate::commands::shared::args::WritingArgs;
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;
use crate::workspace::load;

/// Arguments of `rename`.
#[derive(Debug, Clone, Default, Args)]
#[command(after_help = "\
The file of the thread gets the new name. Mappings in catalogs (`[thread:: …]`) and tests below `tests/` \
that name the thread follow, all of them or none. Links in the text of other files stay; they are listed.")]
pub struct RenameArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// New slug: lower-case letters and digits, joined by `-`
    #[arg(value_name = "NEW")]
    pub new: String,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}

/// Runs `thread rename`.
///
/// # Errors
/// The new slug is not free, or a file cannot be written.
pub fn run(session: &Session, args: &RenameArgs) -> Result<Output> {
    edit(session, &args.writing, |context| {
        edit::rename(context, args, &load::test_files(&session.root))
    })
}
