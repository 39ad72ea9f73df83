//! `thread merge` as typed.

use std::path::PathBuf;

use clap::{Args, value_parser};

/// Number of characters in a conflict marker, unless git asks for another.
const DEFAULT_SIZE: u8 = 7;

/// Arguments of `merge`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
git runs it as a merge driver; `thread hook install` sets that up.

Conflicts of an ordinary merge of lines are merged by meaning: items and log
entries that both sides added, the level by the later decision, and `weighed`
lists. Contradictions, and bullets that both sides changed, stay between
markers, which `thread check` names.

Exit codes: 0 merged; 1 conflicts, between markers; 255 error, OURS is unchanged.
git stops a merge if its driver exits with more than 128, and takes any other
code for a result.")]
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
    #[arg(long, value_name = "PATH", allow_hyphen_values = true)]
    pub path: Option<PathBuf>,
    /// Number of characters in a conflict marker
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SIZE, value_parser = value_parser!(u8).range(1..))]
    pub marker_size: u8,
    /// Print what would be written into OURS as a unified diff and write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
}
