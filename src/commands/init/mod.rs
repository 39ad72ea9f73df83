//! `thread init`.

pub mod report;
mod text;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use self::report::InitReport;
use crate::commands::hook::attributes;
use crate::commands::hook::report::FileReport;
use crate::commands::shared::args::GlobalArgs;
use crate::commands::shared::json;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::start;
use crate::environment::Environment;
use crate::model::{Configuration, Error};
use crate::store::git::{nearest_directory, real_path};
use crate::store::save::Job;
use crate::store::{find, save};
use crate::text::escape_path;
use crate::workspace::CONFIGURATION;

/// Arguments of `init`.
#[derive(Debug, Clone, Args)]
pub struct InitArgs {
    /// Directory of the new workspace; by default the working directory
    #[arg(value_name = "DIR")]
    pub target: Option<PathBuf>,
}

/// Content of a new `thread.yaml`: comments that explain all keys.
const TEXT: &str = include_str!("thread.yaml");

/// Runs `thread init`.
///
/// # Errors
/// The directory is in a workspace, or a file cannot be written.
pub fn run(shared: &GlobalArgs, environment: &Environment, args: &InitArgs) -> Result<Output> {
    let start = start(shared, environment);
    let directory =
        args.target.as_ref().map_or_else(|| start.clone(), |directory| start.join(directory));
    refuse_workspace(&directory)?;
    let defaults = Configuration::default();
    let attributes = if is_in_git(&directory) {
        Some(attributes::of_looks(&directory, &defaults)?).filter(Job::is_news)
    } else {
        None
    };
    let configuration =
        Job { path: directory.join(CONFIGURATION), loaded: None, new: TEXT.as_bytes().to_vec() };
    let files: Vec<Job> = std::iter::once(configuration).chain(attributes.clone()).collect();
    save::save_all(&files)?;
    let Configuration { threads, backlogs, .. } = defaults;
    for name in [&threads, &backlogs] {
        save::make_directory(&directory.join(name))?;
    }
    let report = InitReport {
        created: vec![CONFIGURATION.to_string(), format!("{threads}/"), format!("{backlogs}/")],
        attributes: attributes.map(|_| FileReport { path: ".gitattributes".into(), written: true }),
    };
    let stdout = if shared.json { json::document(&report) } else { text::render(&report) };
    Ok(Output::new(stdout, String::new(), Exit::Success))
}

/// Returns whether a directory is in the work tree of a git repository.
fn is_in_git(directory: &Path) -> bool {
    let nearest = real_path(nearest_directory(directory));
    nearest.ancestors().any(|above| above.join(".git").exists())
}

/// Refuses a directory inside a workspace, which would hide the outer workspace.
fn refuse_workspace(directory: &Path) -> Result<(), Error> {
    let nearest = directory.ancestors().find(|above| above.is_dir()).unwrap_or(directory);
    match find::find_workspace(nearest) {
        Err(_) => Ok(()),
        Ok(known) => Err(Error::request(
            format!("{} is already a workspace", escape_path(&known)),
            "`thread new TITLE` creates a thread in it; a second workspace needs a directory outside \
             of it",
        )),
    }
}
