//! The command line as typed: the only user of clap.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::{Date, date};

/// Follow research storylines in plain markdown: evidence, ripeness, and triggers that explain
/// themselves
#[derive(Debug, Parser)]
#[command(name = "thread", version, disable_help_subcommand = true, max_term_width = 100)]
#[command(after_help = "\
Exit codes: 0 well; 1 something in the files needs a person; 2 the run could not be done.
Without a command, `thread` shows the status.")]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    /// What all commands share
    pub shared: Shared,
}

/// Options of all commands.
#[derive(Debug, Clone, Args)]
pub struct Shared {
    /// Start in DIR instead of the working directory
    #[arg(short = 'C', long = "directory", value_name = "DIR", env = "THREAD_DIR", global = true)]
    pub directory: Option<PathBuf>,
    /// Take DATE (YYYY-MM-DD) for today; what is dated later is invisible
    #[arg(long, visible_alias = "as-of", value_name = "DATE", env = "THREAD_TODAY", global = true, value_parser = date::parse)]
    pub today: Option<Date>,
    /// Print one JSON document instead of text
    #[arg(long, global = true)]
    pub json: bool,
    /// When to use colours; `NO_COLOR` is respected
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: ColorWhen,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal that has them
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show where every thread stands, ripe first, and what needs a person
    Status(StatusArgs),
    /// Show one thread: triggers with have and need, evidence, log
    Show(ShowArgs),
    /// Bring in what the catalogs found, judge the triggers, rewrite the threads in place
    Scan(ScanArgs),
    /// Report every problem in every file; writes nothing
    Check(CheckArgs),
    /// Run unit tests of triggers: given facts by date, expected states
    Test(TestArgs),
    /// Show day by day what the triggers of a thread would have done; writes nothing
    Backtest(BacktestArgs),
}

/// Arguments of `status`.
#[derive(Debug, Clone, Default, Args)]
pub struct StatusArgs {
    /// Only these threads
    #[arg(value_name = "THREAD")]
    pub threads: Vec<String>,
}

/// Arguments of `show`.
#[derive(Debug, Clone, Args)]
pub struct ShowArgs {
    /// The thread: its slug, its file, or the only slug that begins so
    #[arg(value_name = "THREAD")]
    pub thread: String,
}

/// Arguments of `scan`.
#[derive(Debug, Clone, Args)]
pub struct ScanArgs {
    /// Print what would change as a unified diff and write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Not a word when nothing changed (for cron)
    #[arg(short, long)]
    pub quiet: bool,
    /// Wait so many seconds for another `thread` that is writing
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub wait: u64,
}

/// Arguments of `check`.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// Report only on these files; they are checked against the whole workspace all the same
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Fail on warnings too
    #[arg(long)]
    pub strict: bool,
}

/// Arguments of `test`.
#[derive(Debug, Clone, Args)]
pub struct TestArgs {
    /// Files of trigger tests (YAML; see docs/triggers.md)
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// List the conditions that no test saw satisfied, or unsatisfied
    #[arg(long)]
    pub coverage: bool,
}

/// Arguments of `backtest`.
#[derive(Debug, Clone, Args)]
pub struct BacktestArgs {
    /// The thread: its slug, its file, or the only slug that begins so
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// The first day; without it the day the thread was opened
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub from: Option<Date>,
    /// The last day; without it today
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub to: Option<Date>,
}
