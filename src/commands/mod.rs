//! The only wiring: each command a straight line from documents to output.

mod backtest;
mod catalog;
mod check;
mod edit;
mod log;
mod next;
mod scan;
mod show;
mod status;
mod test;
mod verb;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;

use crate::cli::{Cli, Command, Shared, StatusArgs, WritingArgs};
use crate::environment::Environment;
use crate::evaluate::{Archive, Judgement, judge};
use crate::model::{Date, Diagnostic, Status};
use crate::parse::ThreadFile;
use crate::render;
use crate::store::lock::{self, WorkspaceLock};
use crate::store::{load, root};
use crate::verbs::Direction;
use crate::workspace::Workspace;

/// How often a command starts over because an editor saved a file while it was at work.
const ATTEMPTS: usize = 5;

/// How a run ended, for whoever called it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Well.
    Well = 0,
    /// Something in the files needs a person.
    NeedsPerson = 1,
    /// The run could not be done.
    Impossible = 2,
}

/// What a run says, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The product.
    pub stdout: String,
    /// Talk and trouble.
    pub stderr: String,
    /// How it ended.
    pub exit: Exit,
    /// Whether stdout is to be written byte for byte; otherwise its styles are stripped where they
    /// are not wanted.
    pub exact: bool,
}

impl Output {
    /// Text for people or a JSON document.
    pub fn new(stdout: String, stderr: String, exit: Exit) -> Self {
        Self { stdout, stderr, exit, exact: false }
    }
}

/// Runs a command.
///
/// # Errors
/// Why it could not be done; the caller prints it and exits with 2.
pub fn run(cli: Cli, environment: &Environment) -> Result<Output> {
    let run = Run::new(cli.shared, environment)?;
    match cli.command.unwrap_or(Command::Status(StatusArgs::default())) {
        Command::Status(args) => status::run(&run, &args.threads),
        Command::Show(args) => show::run(&run, &args.thread),
        Command::Scan(args) => scan::run(&run, &args),
        Command::Check(args) => check::run(&run, &args),
        Command::Test(args) => test::run(&run, &args),
        Command::Backtest(args) => backtest::run(&run, &args),
        Command::Next(args) => next::run(&run, &args),
        Command::Log(args) => log::run(&run, &args),
        Command::Read(args) => verb::read(&run, args),
        Command::Promote(args) => verb::set_level(&run, args, Direction::Up),
        Command::Demote(args) => verb::set_level(&run, args, Direction::Down),
        Command::Hold(args) => verb::hold(&run, args),
        Command::Release(args) => verb::release(&run, &args),
        Command::Attest(args) => verb::attest(&run, args),
        Command::Draft(args) => verb::draft(&run, args),
        Command::Add(args) => verb::add(&run, args),
        Command::Catalog(args) => catalog::run(&run, args.command),
        Command::Map(args) => verb::map(&run, &args),
        Command::Unmap(args) => verb::unmap(&run, &args),
        Command::Close(args) => verb::set_status(&run, &args, Status::Closed),
        Command::Dormant(args) => verb::set_status(&run, &args, Status::Dormant),
        Command::Reopen(args) => verb::set_status(&run, &args, Status::Active),
    }
}

/// What every command begins with.
struct Run {
    root: PathBuf,
    folder: PathBuf,
    today: Date,
    width: Option<usize>,
    styled: bool,
    json: bool,
    me: Option<String>,
}

impl Run {
    fn new(shared: Shared, environment: &Environment) -> Result<Self> {
        let folder = match shared.directory {
            Some(directory) => environment.folder.join(directory),
            None => environment.folder.clone(),
        };
        if !folder.is_dir() {
            anyhow::bail!(
                "there is no folder {}\nhelp: check `-C` or THREAD_DIR",
                folder.display()
            );
        }
        Ok(Self {
            root: root::find(&folder)?,
            folder,
            today: shared.today.unwrap_or(environment.today),
            width: environment.width,
            styled: environment.styled,
            json: shared.json,
            me: environment.me.clone(),
        })
    }

    /// Loads and reads the workspace. A `thread.yaml` in error ends every command but `check`,
    /// because nothing can be judged on a guess of it.
    fn workspace(&self) -> Result<Workspace, Output> {
        let workspace = Workspace::read(load::load(&self.root));
        match workspace.is_misconfigured() {
            true => Err(self.misconfigured(&workspace)),
            false => Ok(workspace),
        }
    }

    /// One writer at a time; who only shows what would change needs no lock.
    fn lock(&self, writing: &WritingArgs) -> Result<Option<WorkspaceLock>> {
        match writing.dry_run {
            true => Ok(None),
            false => Ok(Some(lock::lock(&self.root, Duration::from_secs(writing.wait))?)),
        }
    }

    /// A difference as stdout takes it.
    fn diff(&self, exact: &str) -> String {
        if self.styled { render::diff::styled(exact) } else { exact.to_string() }
    }

    fn misconfigured(&self, workspace: &Workspace) -> Output {
        let findings =
            workspace.errors().filter(|finding| finding.path == crate::workspace::CONFIGURATION);
        let stderr = render::diagnostics::render(workspace, findings, self.width);
        Output::new(String::new(), stderr, Exit::Impossible)
    }

    /// The findings as text for stderr; nothing in JSON, whose document has them.
    fn problems<'d>(
        &self,
        workspace: &Workspace,
        problems: impl IntoIterator<Item = &'d Diagnostic>,
    ) -> String {
        match self.json {
            true => String::new(),
            false => render::diagnostics::render(workspace, problems, self.width),
        }
    }
}

/// Judges all threads.
fn judge_all<'w>(workspace: &'w Workspace, archive: &Archive<'_>, day: Date) -> Vec<Judgement<'w>> {
    let threads = workspace.threads.iter();
    threads.map(|file| judge(&file.thread, archive, &workspace.configuration, day)).collect()
}

/// The thread that a word calls.
fn resolve<'w>(workspace: &'w Workspace, word: &str) -> Result<Resolved<'w>> {
    let slug = workspace.slug(word)?;
    let file = workspace.threads.iter().find(|file| file.thread.slug == slug);
    Ok(file.map_or(Resolved::Broken(slug), Resolved::Read))
}

/// The slugs of the threads that words call, also of those that cannot be read.
fn wanted<'w>(workspace: &'w Workspace, words: &[String]) -> Result<Vec<&'w str>> {
    words.iter().map(|word| Ok(workspace.slug(word)?)).collect()
}

/// What a word led to.
enum Resolved<'w> {
    /// A thread.
    Read(&'w ThreadFile),
    /// A file of this slug that could not be read as a thread.
    Broken(&'w str),
}
