//! Arguments that several commands share.

use std::path::PathBuf;

use clap::Args;

use crate::environment::When;
use crate::model::{Date, date};

/// Options of all commands.
#[derive(Debug, Clone, Args)]
pub struct GlobalArgs {
    /// Start in DIR instead of the working directory
    #[arg(short = 'C', long = "directory", value_name = "DIR", env = "THREAD_DIR", global = true)]
    pub directory: Option<PathBuf>,
    /// Use DATE (YYYY-MM-DD) as today; later entries are ignored
    #[arg(long, value_name = "DATE", env = "THREAD_TODAY", global = true, value_parser = date::parse)]
    pub today: Option<Date>,
    /// Show the state on exactly this date; overrides `--today` and `THREAD_TODAY`
    #[arg(long, value_name = "DATE", global = true, value_parser = date::parse)]
    pub as_of: Option<Date>,
    /// Print one JSON document instead of text
    #[arg(long, global = true)]
    pub json: bool,
    /// When to use colours; `NO_COLOR` is respected
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: When,
    /// When titles and paths are links (OSC 8)
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub hyperlinks: When,
    /// Print long output without a pager
    #[arg(long, global = true)]
    pub no_pager: bool,
}

/// Arguments of `release`.
#[derive(Debug, Clone, Default, Args)]
pub struct ThreadArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}

/// Seconds to wait for another `thread` that is writing.
pub const WAIT: u64 = 10;

/// Options of commands that write.
#[derive(Debug, Clone, Default, Args)]
pub struct WritingArgs {
    /// Print the changes as a unified diff, and write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Seconds to wait for another `thread` that is writing
    #[arg(long, value_name = "SECONDS", default_value_t = WAIT)]
    pub wait: u64,
}
