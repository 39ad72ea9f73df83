//! The command line as typed: the only user of clap.

mod add;
mod adopt;
mod attest;
mod backtest;
mod catalog;
mod check;
mod draft;
mod hold;
mod hook;
mod init;
mod level;
mod log;
mod map;
mod merge;
mod new;
mod next;
mod read;
mod scan;
mod schema;
mod shells;
mod show;
mod status;
mod test;
mod thread;
mod writing;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::model::{Date, date};

pub use add::{AboutArgs, AddArgs};
pub use adopt::AdoptArgs;
pub use attest::AttestArgs;
pub use backtest::BacktestArgs;
pub use catalog::{CatalogAddArgs, CatalogArgs, CatalogCommand, CatalogListArgs};
pub use check::{CheckArgs, CheckFormat, StanceArgs};
pub use draft::DraftArgs;
pub use hold::HoldArgs;
pub use hook::{HookArgs, HookCommand, HookInstallArgs};
pub use init::InitArgs;
pub use level::LevelArgs;
pub use log::LogArgs;
pub use map::MapArgs;
pub use merge::MergeArgs;
pub use new::NewArgs;
pub use next::NextArgs;
pub use read::ReadArgs;
pub use scan::ScanArgs;
pub use schema::SchemaArgs;
pub use shells::{CompletionsArgs, ManArgs, complete, completions, manual};
pub use show::ShowArgs;
pub use status::StatusArgs;
pub use test::TestArgs;
pub use thread::ThreadArgs;
pub use writing::{WAIT, WritingArgs};

/// Follow research storylines in plain markdown: evidence, ripeness, and triggers that explain
/// themselves
#[derive(Debug, Parser)]
#[command(name = "thread", version, disable_help_subcommand = true, max_term_width = 100)]
#[command(after_help = "\
Exit codes: 0 success; 1 problems found, or an edit that the files do not allow; 2 error.
Without a command, `thread` shows the status.")]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    /// What all commands share
    pub shared: Shared,
}

impl Cli {
    /// Returns whether a command line calls `thread merge`, also if its arguments are wrong.
    pub fn is_merge(words: impl IntoIterator<Item = OsString>) -> bool {
        let matches = Self::command().ignore_errors(true).try_get_matches_from(words);
        matches.is_ok_and(|matches| matches.subcommand_name() == Some("merge"))
    }
}

/// Options of all commands.
#[derive(Debug, Clone, Args)]
pub struct Shared {
    /// Start in DIR instead of the working directory
    #[arg(short = 'C', long = "directory", value_name = "DIR", env = "THREAD_DIR", global = true)]
    pub directory: Option<PathBuf>,
    /// Take DATE (YYYY-MM-DD) for today; what is dated later is invisible
    #[arg(long, value_name = "DATE", env = "THREAD_TODAY", global = true, value_parser = date::parse)]
    pub today: Option<Date>,
    /// Show how things were on DATE, exactly; overrides `--today` and `THREAD_TODAY`
    #[arg(long, value_name = "DATE", global = true, value_parser = date::parse)]
    pub as_of: Option<Date>,
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
    /// Make a folder a workspace, with a thread.yaml that explains itself
    Init(InitArgs),
    /// What is done in a workspace
    #[command(flatten)]
    Inside(WorkspaceCommand),
    /// Merge three versions of a thread or catalog by meaning, as git's merge driver
    Merge(MergeArgs),
    /// Print a script that completes commands, threads, items and rules in a shell
    Completions(CompletionsArgs),
    /// Print the manual, or write a page for each command
    Man(ManArgs),
    /// Print a JSON Schema: of front matter, of thread.yaml, of what `--json` prints
    Schema(SchemaArgs),
}

/// The commands that need a workspace.
#[derive(Debug, Subcommand)]
pub enum WorkspaceCommand {
    /// Begin a thread
    New(NewArgs),
    /// Make a thread of a note: markdown, or text whose marks were lost in copying
    Adopt(AdoptArgs),
    /// Show where every thread stands, ripe first, and what needs a person
    Status(StatusArgs),
    /// Show one thread: triggers with have and need, evidence, log
    Show(ShowArgs),
    /// Bring in what the catalogs found, judge the triggers, rewrite the threads in place
    Scan(ScanArgs),
    /// Show what to read next, over all threads, and why
    Next(NextArgs),
    /// Show how the levels moved, and what was read, attested and drafted
    Log(LogArgs),
    /// Mark the body of an item as read, and say what that settles
    Read(ReadArgs),
    /// Raise the level of a thread by a person's decision
    Promote(LevelArgs),
    /// Lower the level of a thread by a person's decision
    Demote(LevelArgs),
    /// Keep raises waiting until a day or a reading
    Hold(HoldArgs),
    /// End a hold today
    Release(ThreadArgs),
    /// Stand for a claim that a trigger asks for, or take it back
    Attest(AttestArgs),
    /// Begin a draft with what may be cited, or move one on
    Draft(DraftArgs),
    /// Add an item to the evidence of a thread
    Add(AddArgs),
    /// Write and list catalogs
    Catalog(CatalogArgs),
    /// Map an item of a catalog to a thread
    Map(MapArgs),
    /// Take such a mapping back
    Unmap(MapArgs),
    /// Close a thread: nothing happens to it any more
    Close(ThreadArgs),
    /// Let a thread rest: items arrive, triggers are off
    Dormant(ThreadArgs),
    /// Follow a thread again
    Reopen(ThreadArgs),
    /// Report every problem in every file; writes nothing without `--fix`
    Check(CheckArgs),
    /// Let git check what is about to be committed
    Hook(HookArgs),
    /// Run unit tests of triggers: given facts by date, expected states
    Test(TestArgs),
    /// Show day by day what the triggers of a thread would have done; writes nothing
    Backtest(BacktestArgs),
}
