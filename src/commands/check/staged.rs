//! `thread check --staged`: checks the files that git would commit.

use anyhow::{Result, bail};

use super::load::Loaded;
use super::{CheckArgs, check, output};
use crate::commands::shared::global_args::GlobalArgs;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::{Session, real_directory, start};
use crate::environment::Environment;
use crate::store::find::NoWorkspace;
use crate::store::git;
use crate::workspace::{Documents, staged};

/// Runs `thread check --staged` in the workspace that git's index contains.
///
/// The index need not contain a workspace: a commit may remove the last file of one, and a hook may
/// be shared by repositories that have none. Such a commit passes.
///
/// # Errors
/// The index cannot be read, or an argument is wrong.
pub fn run(global: &GlobalArgs, environment: &Environment, args: &CheckArgs) -> Result<Output> {
    let directory = start(global, environment);
    if !git::is_hook() {
        real_directory(&directory)?;
    }
    let index = staged::index(&directory)?;
    if index.is_none() && !args.files.is_empty() {
        bail!(NoWorkspace { from: directory });
    }
    let root = index.as_ref().map_or(&directory, |index| &index.root).clone();
    let directory = directory.canonicalize().unwrap_or(directory);
    let session = Session::at(root, directory, global, environment);
    let format = args.format(session.json)?;
    let documents = match index {
        Some(index) if !args.files.is_empty() || index.is_touched()? => index.documents()?,
        _ => Documents::default(),
    };
    let checked = check(args, Loaded::new(&session, &args.files, documents)?)?;
    Ok(output(&session, args, format, &checked))
}
