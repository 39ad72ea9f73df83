//! The command line: the commands, their global options, and which function runs a command.

use std::ffi::OsString;

use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand};

use crate::commands::shared::args::{GlobalArgs, ThreadArgs};
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::hyperlinks;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;
use crate::commands::{
    add, adopt, attest, backtest, catalog, check, close, collect, completions, draft, drop, edit,
    fetch, find, hold, hook, init, list, log, man, map, merge, new, next, open, promote, read,
    rename, scan, schema, set, show, skip, source, status, test, trigger,
};
use crate::environment::Environment;
use crate::model::Status;

/// Follow research storylines in plain markdown: evidence, ripeness, and triggers that explain
/// themselves
#[derive(Debug, Parser)]
#[command(name = "thread", version, disable_help_subcommand = true, max_term_width = 100)]
#[command(after_help = "\
Exit codes: 0 success; 1 problems found, or an edit that the files do not allow; 2 error.
Without a command, `thread` shows the status.")]
pub struct Cli {
    /// Command to run
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    /// Options of all commands
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
    /// Create thread.yaml, threads/ and backlogs/ in a directory
    Init(init::InitArgs),
    /// A command in a workspace
    #[command(flatten)]
    Inside(Inside),
    /// Merge three versions of a thread or catalog (git merge driver)
    Merge(merge::MergeArgs),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArgs),
    /// Print the manual page, or write the pages of all commands
    Man(man::ManArgs),
    /// Print a JSON Schema: of front matter, of thread.yaml, or of `--json` output
    Schema(schema::SchemaArgs),
}

/// The commands that need a workspace.
#[derive(Debug, Subcommand)]
pub enum Inside {
    /// Create a thread
    New(new::NewArgs),
    /// Convert a note to a thread, from markdown or from text whose markup was lost
    Adopt(adopt::AdoptArgs),
    /// Show the level and the next step of every thread, ripe ones first
    #[command(visible_aliases = ["st", "ls"])]
    Status(Box<status::StatusArgs>),
    /// Show a thread: triggers with their counts, evidence, log
    #[command(visible_alias = "cat")]
    Show(show::ShowArgs),
    /// Add the items of new catalogs, evaluate the triggers, and update the threads in place
    Scan(scan::ScanArgs),
    /// Show what to read next in all threads, and why
    Next(next::NextArgs),
    /// List threads or items in a format of your own, for pickers and scripts
    List(list::ListArgs),
    /// Show changes of level, readings, attestations and drafts
    Log(log::LogArgs),
    /// Mark an item as read, and show what that settles
    Read(read::ReadArgs),
    /// Mark an item as one that will not be read
    Skip(skip::SkipArgs),
    /// Mark an item as no evidence of a thread, with a reason
    Drop(drop::DropArgs),
    /// Open the URL of an item in a browser
    Open(open::OpenArgs),
    /// Open a thread, a line of an item or a draft in an editor, and check it afterwards
    Edit(edit::EditArgs),
    /// Find threads, items, drafts and log entries by words
    Find(find::FindArgs),
    /// Raise the level of a thread
    Promote(promote::LevelArgs),
    /// Lower the level of a thread
    Demote(promote::LevelArgs),
    /// Block promotions until a date or until an item is read
    Hold(hold::HoldArgs),
    /// End a hold today
    Release(ThreadArgs),
    /// Attest a claim that a trigger waits for, or withdraw it
    Attest(attest::AttestArgs),
    /// Create a draft that lists the evidence, or change the state of one
    Draft(draft::DraftArgs),
    /// Add an item to the evidence of a thread
    Add(add::AddArgs),
    /// Write and list catalogs
    Catalog(catalog::CatalogArgs),
    /// Fetch the feeds of all sources, and add what is new to today's catalogs
    Fetch(fetch::FetchArgs),
    /// Declare sources, and show their scans
    Source(source::SourceArgs),
    /// Add, list and remove triggers
    Trigger(trigger::TriggerArgs),
    /// Add sets of items, which triggers count
    Set(set::SetArgs),
    /// Let a thread collect catalog items
    Collect(collect::CollectArgs),
    /// Map an item of a catalog to a thread
    Map(map::MapArgs),
    /// Remove an item's mapping to a thread
    Unmap(map::UnmapArgs),
    /// Close a thread: no items are added, triggers do not act
    Close(close::StatusChangeArgs),
    /// Give a thread another slug; mappings and tests follow
    Rename(rename::RenameArgs),
    /// Make a thread dormant: items are added, triggers do not act
    Dormant(close::StatusChangeArgs),
    /// Reopen a closed or dormant thread
    Reopen(close::StatusChangeArgs),
    /// Report problems in all files; `--fix` fixes them
    Check(check::CheckArgs),
    /// Install the git hook and the merge driver
    Hook(hook::HookArgs),
    /// Run unit tests of triggers
    Test(test::TestArgs),
    /// Show what the triggers of a thread would have done on past dates
    Backtest(backtest::BacktestArgs),
}

/// Runs a command.
///
/// # Errors
/// The command cannot be done; the caller prints the error and exits with 2.
pub fn run(cli: Cli, environment: &Environment) -> Result<Output> {
    let global = &cli.global;
    match cli.command.unwrap_or(Command::Inside(Inside::Status(Box::default()))) {
        Command::Init(args) => init::run(global, environment, &args),
        Command::Merge(args) => merge::run(global, environment, &args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(Cli::command(), global, environment, &args),
        Command::Schema(args) => Ok(schema::run(global, environment, &args)),
        Command::Inside(Inside::Check(args)) if args.is_about_rules() => {
            check::list_rules::run(&args, global.json)
        }
        Command::Inside(Inside::Check(args)) if args.commit.staged => {
            check::run_staged(global, environment, &args)
        }
        Command::Inside(command) => {
            let session = Session::new(global, environment)?;
            let is_long = matches!(command, Inside::Show(_) | Inside::Log(_) | Inside::Next(_));
            let paged = is_long && !global.no_pager && !global.json;
            let output = run_inside(&session, command)?;
            let stderr = session.notes.take() + &output.stderr;
            Ok(with_links(&session, Output { stderr, paged, ..output }))
        }
    }
}

/// Completes the hyperlinks of an output, or removes them.
fn with_links(session: &Session, output: Output) -> Output {
    let root = session.hyperlinks.then_some(session.root.as_path());
    let stdout = hyperlinks::finish(output.stdout, root, session.styled);
    let stderr = hyperlinks::finish(output.stderr, None, true);
    // Removing styles would remove the links as well.
    let exact = output.exact || (session.hyperlinks && !session.styled);
    Output { stdout, stderr, exact, ..output }
}

fn run_inside(session: &Session, command: Inside) -> Result<Output> {
    match command {
        Inside::New(args) => edit(session, &args.writing, |context| new::edit::new(context, &args)),
        Inside::Adopt(args) => adopt::run(session, &args),
        Inside::Status(args) => status::run(session, &args),
        Inside::Show(args) => show::run(session, &args),
        Inside::Scan(args) => scan::run(session, &args),
        Inside::Check(args) => check::run(session, &args),
        Inside::Hook(args) => hook::run(session, &args),
        Inside::Test(args) => test::run(session, &args),
        Inside::Backtest(args) => backtest::run(session, &args),
        Inside::Next(args) => next::run(session, &args),
        Inside::List(args) => list::run(session, &args),
        Inside::Log(args) => log::run(session, &args),
        Inside::Read(args) => {
            edit(session, &args.writing, |context| read::edit::read(context, &args))
        }
        Inside::Skip(args) => {
            edit(session, &args.writing, |context| skip::edit::skip(context, &args))
        }
        Inside::Drop(args) => {
            edit(session, &args.writing, |context| drop::edit::drop(context, &args))
        }
        Inside::Open(args) => open::run(session, &args),
        Inside::Edit(args) => edit::run(session, &args),
        Inside::Find(args) => find::run(session, &args),
        Inside::Promote(args) => edit(session, &args.writing, |context| {
            promote::edit::set_level(context, &args, promote::edit::Direction::Up)
        }),
        Inside::Demote(args) => edit(session, &args.writing, |context| {
            promote::edit::set_level(context, &args, promote::edit::Direction::Down)
        }),
        Inside::Hold(args) => {
            edit(session, &args.writing, |context| hold::edit::hold(context, &args))
        }
        Inside::Release(args) => {
            edit(session, &args.writing, |context| hold::edit::release(context, &args.thread))
        }
        Inside::Attest(args) => {
            edit(session, &args.writing, |context| attest::edit::attest(context, &args))
        }
        Inside::Draft(args) => {
            edit(session, &args.writing, |context| draft::edit::draft(context, &args))
        }
        Inside::Add(args) => edit(session, &args.writing, |context| add::edit::add(context, &args)),
        Inside::Catalog(args) => catalog::run(session, &args),
        Inside::Fetch(args) => fetch::run(session, &args),
        Inside::Source(args) => source::run(session, &args),
        Inside::Trigger(args) => trigger::run(session, &args),
        Inside::Set(args) => {
            let set::SetCommand::Add(args) = args.command;
            edit(session, &args.writing, |context| set::edit::add(context, &args))
        }
        Inside::Collect(args) => {
            let collect::CollectCommand::Add(args) = args.command;
            edit(session, &args.writing, |context| collect::edit::add(context, &args))
        }
        Inside::Map(args) => map::run(session, &args),
        Inside::Unmap(args) => {
            edit(session, &args.writing, |context| map::edit::unmap(context, &args))
        }
        Inside::Rename(args) => rename::run(session, &args),
        Inside::Close(args) => edit(session, &args.writing, |context| {
            close::edit::set_status(context, &args, Status::Closed)
        }),
        Inside::Dormant(args) => edit(session, &args.writing, |context| {
            close::edit::set_status(context, &args, Status::Dormant)
        }),
        Inside::Reopen(args) => edit(session, &args.writing, |context| {
            close::edit::set_status(context, &args, Status::Active)
        }),
    }
}

/// Completes the arguments for a shell.
///
/// # Errors
/// The shell is unknown, or its answer cannot be written.
pub fn complete(environment: &Environment, arguments: &[OsString]) -> Result<()> {
    completions::complete(Cli::command, environment, arguments)
}
