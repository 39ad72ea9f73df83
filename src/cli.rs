//! The command line: the commands, their global options, and which function runs a command.

use std::ffi::OsString;

use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand};

use crate::commands::add::args::AddArgs;
use crate::commands::adopt::args::AdoptArgs;
use crate::commands::attest::args::AttestArgs;
use crate::commands::backtest::args::BacktestArgs;
use crate::commands::catalog::args::CatalogArgs;
use crate::commands::check::args::CheckArgs;
use crate::commands::completions::args::CompletionsArgs;
use crate::commands::draft::args::DraftArgs;
use crate::commands::hold::args::HoldArgs;
use crate::commands::hook::args::HookArgs;
use crate::commands::init::args::InitArgs;
use crate::commands::log::args::LogArgs;
use crate::commands::man::args::ManArgs;
use crate::commands::map::args::MapArgs;
use crate::commands::merge::args::MergeArgs;
use crate::commands::new::args::NewArgs;
use crate::commands::next::args::NextArgs;
use crate::commands::promote::args::LevelArgs;
use crate::commands::read::args::ReadArgs;
use crate::commands::scan::args::ScanArgs;
use crate::commands::schema::args::SchemaArgs;
use crate::commands::shared::global_args::GlobalArgs;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;
use crate::commands::shared::thread_args::ThreadArgs;
use crate::commands::show::args::ShowArgs;
use crate::commands::status::args::StatusArgs;
use crate::commands::test::args::TestArgs;
use crate::commands::{
    add, adopt, attest, backtest, catalog, check, close, completions, draft, hold, hook, init, log,
    man, map, merge, new, next, promote, read, scan, schema, show, status, test,
};
use crate::environment::Environment;

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
    pub global: GlobalArgs,
}

impl Cli {
    /// Returns whether a command line calls `thread merge`, also if its arguments are wrong.
    pub fn is_merge(words: impl IntoIterator<Item = OsString>) -> bool {
        let matches = Self::command().ignore_errors(true).try_get_matches_from(words);
        matches.is_ok_and(|matches| matches.subcommand_name() == Some("merge"))
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a folder a workspace, with a thread.yaml that explains itself
    Init(InitArgs),
    /// What is done in a workspace
    #[command(flatten)]
    Inside(Inside),
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
pub enum Inside {
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

/// Runs a command.
///
/// # Errors
/// The command cannot be done; the caller prints the error and exits with 2.
pub fn run(cli: Cli, environment: &Environment) -> Result<Output> {
    let global = &cli.global;
    match cli.command.unwrap_or(Command::Inside(Inside::Status(StatusArgs::default()))) {
        Command::Init(args) => init::run::run(global, environment, &args),
        Command::Merge(args) => merge::run::run(global, environment, &args),
        Command::Completions(args) => completions::run::run(&args),
        Command::Man(args) => man::run::run(Cli::command(), global, environment, &args),
        Command::Schema(args) => Ok(schema::run::run(global, environment, &args)),
        Command::Inside(Inside::Check(args)) if args.is_about_rules() => {
            check::list_rules::run(&args, global.json)
        }
        Command::Inside(Inside::Check(args)) if args.commit.staged => {
            check::staged::run(global, environment, &args)
        }
        Command::Inside(command) => {
            let session = Session::new(global, environment)?;
            let output = run_inside(&session, command)?;
            Ok(Output { stderr: session.notes.take() + &output.stderr, ..output })
        }
    }
}

fn run_inside(session: &Session, command: Inside) -> Result<Output> {
    match command {
        Inside::New(args) => new::run::run(session, &args),
        Inside::Adopt(args) => adopt::run::run(session, &args),
        Inside::Status(args) => status::run::run(session, &args),
        Inside::Show(args) => show::run::run(session, &args),
        Inside::Scan(args) => scan::run::run(session, &args),
        Inside::Check(args) => check::run::run(session, &args),
        Inside::Hook(args) => hook::run::run(session, &args),
        Inside::Test(args) => test::run::run(session, &args),
        Inside::Backtest(args) => backtest::run::run(session, &args),
        Inside::Next(args) => next::run::run(session, &args),
        Inside::Log(args) => log::run::run(session, &args),
        Inside::Read(args) => read::run::run(session, &args),
        Inside::Promote(args) => promote::run::run(session, &args),
        Inside::Demote(args) => promote::run::demote(session, &args),
        Inside::Hold(args) => hold::run::run(session, &args),
        Inside::Release(args) => hold::run::release(session, &args),
        Inside::Attest(args) => attest::run::run(session, &args),
        Inside::Draft(args) => draft::run::run(session, &args),
        Inside::Add(args) => add::run::run(session, &args),
        Inside::Catalog(args) => catalog::run::run(session, &args),
        Inside::Map(args) => map::run::run(session, &args),
        Inside::Unmap(args) => map::run::unmap(session, &args),
        Inside::Close(args) => close::run::run(session, &args),
        Inside::Dormant(args) => close::run::dormant(session, &args),
        Inside::Reopen(args) => close::run::reopen(session, &args),
    }
}

/// Answers a shell that asks how the arguments of this process may continue.
///
/// # Errors
/// The shell is unknown, or the answer cannot be written.
pub fn complete(environment: &Environment, arguments: &[OsString]) -> Result<()> {
    completions::run::complete(Cli::command, environment, arguments)
}
