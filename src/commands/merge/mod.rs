//! `thread merge`.

pub mod report;
pub mod text;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::{Args, value_parser};

use self::report::MergeReport;
use crate::commands::shared::args::GlobalArgs;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::start;
use crate::commands::shared::{diff, json};
use crate::environment::Environment;
use crate::merge::{Merged, Versions, merge};
use crate::model::Configuration;
use crate::parse::configuration;
use crate::store::save::Job;
use crate::store::{find, save};
use crate::text::{Document, escape_for_terminal};
use crate::workspace::{CONFIGURATION, load};

/// Default number of characters of a conflict marker.
const DEFAULT_SIZE: u8 = 7;

/// Arguments of `merge`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
git runs it as a merge driver; `thread hook install` sets that up.

Conflicts of an ordinary merge of lines are merged by meaning: items and log
entries that both sides added, the level by the later decision, and `acknowledged`
lists. Contradictions, and bullets that both sides changed, stay between
markers, which `thread check` names.

Exit codes: 0 merged; 1 conflicts, between markers; 255 error, OURS is unchanged.
git stops a merge if its driver exits with more than 128, and takes any other
code for a result.")]
pub struct MergeArgs {
    /// Common ancestor of both sides
    #[arg(value_name = "BASE")]
    pub base: PathBuf,
    /// Our side; the result is written here
    #[arg(value_name = "OURS")]
    pub ours: PathBuf,
    /// Their side
    #[arg(value_name = "THEIRS")]
    pub theirs: PathBuf,
    /// Path of the file in the work tree
    #[arg(long, value_name = "PATH", allow_hyphen_values = true)]
    pub path: Option<PathBuf>,
    /// Number of characters in a conflict marker
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SIZE, value_parser = value_parser!(u8).range(1..))]
    pub marker_size: u8,
    /// Print the changes of OURS as a unified diff, and write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
}

/// git calls this with passing files, from the top of the work tree, for each file in turn.
pub fn run(shared: &GlobalArgs, environment: &Environment, args: &MergeArgs) -> Result<Output> {
    let directory = start(shared, environment);
    let base = read(&directory, args, &args.base, "base")?;
    let ours = read(&directory, args, &args.ours, "ours")?;
    let theirs = read(&directory, args, &args.theirs, "theirs")?;
    let path = args.path.as_deref().unwrap_or(&args.ours);
    let configuration = configuration_of(&directory.join(path));
    let versions = Versions { base: &base.text, ours: &ours.text, theirs: &theirs.text };
    let size = usize::from(args.marker_size);
    let merged = merge(versions, &path.to_string_lossy(), &configuration, size);
    if !args.dry_run {
        let job = Job {
            path: directory.join(&args.ours),
            loaded: Some(ours.text.clone().into_bytes()),
            new: merged.text.clone().into_bytes(),
        };
        save::save_all(&[job])?;
    }
    Ok(output(shared, args, path, &ours, &merged))
}

/// Reads one version. git gives it a passing name, so an error names the file of the work tree.
fn read(directory: &Path, args: &MergeArgs, path: &Path, side: &str) -> Result<Document> {
    let name = match &args.path {
        Some(path) => format!("{} ({side})", path.display()),
        None => path.display().to_string(),
    };
    match load::read_file(&directory.join(path), &path.to_string_lossy()) {
        Ok(document) => Ok(document),
        Err(error) => bail!("{}: {}", escape_for_terminal(&name), error.finding.message),
    }
}

/// Returns the thread.yaml of the workspace of a file; its ladder defines the levels.
fn configuration_of(path: &Path) -> Configuration {
    let above = path.ancestors().skip(1).find(|above| above.is_dir());
    let root = above.and_then(|above| find::find_workspace(above).ok());
    let document =
        root.and_then(|root| load::read_file(&root.join(CONFIGURATION), CONFIGURATION).ok());
    document.map(|document| configuration::parse(&document).0).unwrap_or_default()
}

fn output(
    shared: &GlobalArgs,
    args: &MergeArgs,
    path: &Path,
    ours: &Document,
    merged: &Merged,
) -> Output {
    let path = path.to_string_lossy().into_owned();
    let report = MergeReport { path, conflicts: merged.conflicts, dry_run: args.dry_run };
    let exit = if merged.conflicts == 0 { Exit::Success } else { Exit::Findings };
    let talk = text::render(&report);
    let (stdout, stderr) = match (shared.json, args.dry_run) {
        (true, _) => (json::document(&report), String::new()),
        (false, true) => (diff::between(ours, &merged.text), talk),
        (false, false) => (String::new(), talk),
    };
    Output { exact: args.dry_run, ..Output::new(stdout, stderr, exit) }
}
