//! `thread merge` as typed.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `merge`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
git calls it as a merge driver, with `thread merge %O %A %B --path %P`; `thread hook install` sets that up.

What an ordinary merge leaves in conflict is merged by meaning: items and log entries that both sides
added, the level by the later decision, what triggers were weighed on. What contradicts itself, or was
edited on both sides, stays between markers, which `thread check` names; then the exit code is 1.")]
pub struct MergeArgs {
    /// What both sides began with
    #[arg(value_name = "BASE")]
    pub base: PathBuf,
    /// Our side; the result is written here
    #[arg(value_name = "OURS")]
    pub ours: PathBuf,
    /// Their side
    #[arg(value_name = "THEIRS")]
    pub theirs: PathBuf,
    /// What the file is called in the work tree
    #[arg(long, value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Print what would be written into OURS as a unified diff and write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
}
