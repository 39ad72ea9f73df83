//! The only wiring: each command a straight line from documents to output.

mod adopt;
mod backtest;
mod catalog;
mod check;
mod edit;
mod hook;
mod init;
mod log;
mod merge;
mod next;
mod scan;
mod schema;
mod shells;
mod show;
mod status;
mod test;
mod verb;

use std::cell::RefCell;
use std::ffi::OsString;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use rayon::prelude::*;

use crate::cli::{self, Cli, Command, Shared, StatusArgs, WorkspaceCommand as Inside, WritingArgs};
use crate::environment::Environment;
use crate::evaluate::{Archive, Judgement, day_of, judge};
use crate::model::{Date, Diagnostic, Status, Thread};
use crate::parse::ThreadFile;
use crate::render;
use crate::report::ahead::{Ahead, ahead};
use crate::store::lock::{self, WorkspaceLock};
use crate::store::root::normal;
use crate::store::save::Job;
use crate::store::{load, root};
use crate::text::{Document, shown, shown_path};
use crate::verbs::Direction;
use crate::workspace::{Texts, Workspace};

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
    if let Some(Command::Inside(Inside::Check(args))) = &cli.command
        && let Some(output) = check::about_rules(args, cli.shared.json)
    {
        return output;
    }
    match cli.command.unwrap_or(Command::Inside(Inside::Status(StatusArgs::default()))) {
        Command::Init(args) => init::run(&cli.shared, environment, &args),
        Command::Merge(args) => merge::run(&cli.shared, environment, &args),
        Command::Completions(args) => shells::completions(&args),
        Command::Man(args) => shells::man(&cli.shared, environment, &args),
        Command::Schema(args) => Ok(schema::run(&cli.shared, environment, &args)),
        Command::Inside(Inside::Check(args)) if args.commit.staged => {
            check::staged(&cli.shared, environment, &args)
        }
        Command::Inside(command) => {
            let run = Run::new(&cli.shared, environment)?;
            let output = run_inside(&run, command)?;
            Ok(Output { stderr: run.notes.take() + &output.stderr, ..output })
        }
    }
}

/// What is said where a run could not be done. No line of it holds what a terminal would obey.
pub fn failed(error: &anyhow::Error) -> Output {
    let text = format!("error: {error:#}");
    let lines = text.lines().map(|line| shown(line) + "\n");
    Output::new(String::new(), lines.collect(), Exit::Impossible)
}

/// Answers a shell that asks how `words`, those of this process, may go on.
///
/// # Errors
/// The shell is unknown, or nobody listens.
pub fn complete(environment: &Environment, words: &[OsString]) -> Result<()> {
    let typed: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let known = shells::known(environment, &typed);
    Ok(cli::complete(words, &environment.folder, known)?)
}

fn run_inside(run: &Run, command: Inside) -> Result<Output> {
    match command {
        Inside::New(args) => verb::new(run, args),
        Inside::Adopt(args) => adopt::run(run, &args),
        Inside::Status(args) => status::run(run, &args.threads),
        Inside::Show(args) => show::run(run, &args.thread),
        Inside::Scan(args) => scan::run(run, &args),
        Inside::Check(args) => check::run(run, &args),
        Inside::Hook(args) => hook::run(run, &args.command),
        Inside::Test(args) => test::run(run, &args),
        Inside::Backtest(args) => backtest::run(run, &args),
        Inside::Next(args) => next::run(run, &args),
        Inside::Log(args) => log::run(run, &args),
        Inside::Read(args) => verb::read(run, args),
        Inside::Promote(args) => verb::set_level(run, args, Direction::Up),
        Inside::Demote(args) => verb::set_level(run, args, Direction::Down),
        Inside::Hold(args) => verb::hold(run, args),
        Inside::Release(args) => verb::release(run, &args),
        Inside::Attest(args) => verb::attest(run, args),
        Inside::Draft(args) => verb::draft(run, args),
        Inside::Add(args) => verb::add(run, args),
        Inside::Catalog(args) => catalog::run(run, args.command),
        Inside::Map(args) => verb::map(run, &args),
        Inside::Unmap(args) => verb::unmap(run, &args),
        Inside::Close(args) => verb::set_status(run, &args, Status::Closed),
        Inside::Dormant(args) => verb::set_status(run, &args, Status::Dormant),
        Inside::Reopen(args) => verb::set_status(run, &args, Status::Active),
    }
}

/// The folder in which a command starts.
fn start(shared: &Shared, environment: &Environment) -> PathBuf {
    match &shared.directory {
        Some(directory) => environment.folder.join(directory),
        None => environment.folder.clone(),
    }
}

/// The real path of the directory in which a command starts, without `..` and symbolic links.
fn directory(start: &Path) -> Result<PathBuf> {
    let help = "check `-C` or THREAD_DIR";
    match start.canonicalize() {
        Ok(real) if real.is_dir() => Ok(real),
        Ok(_) => anyhow::bail!("{} is not a directory\nhelp: {help}", shown_path(start)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            anyhow::bail!("there is no directory {}\nhelp: {help}", shown_path(start))
        }
        Err(error) => anyhow::bail!("cannot use {}: {error}\nhelp: {help}", shown_path(start)),
    }
}

/// A workspace that is never taken apart: the process ends soon, and to give back every piece of it
/// would take a sixth of its time.
type Lasting = ManuallyDrop<Workspace>;

/// What every command begins with.
struct Run {
    root: PathBuf,
    folder: PathBuf,
    today: Date,
    /// True if `today` is the date of `--as-of`, and not the clock.
    looks_back: bool,
    width: Option<usize>,
    styled: bool,
    json: bool,
    me: Option<String>,
    /// Lines for stderr that belong to no report.
    notes: RefCell<String>,
}

impl Run {
    fn new(shared: &Shared, environment: &Environment) -> Result<Self> {
        let folder = directory(&start(shared, environment))?;
        Ok(Self::at(root::find(&folder)?, folder, shared, environment))
    }

    /// A run in a workspace that has been found.
    fn at(root: PathBuf, folder: PathBuf, shared: &Shared, environment: &Environment) -> Self {
        Self {
            root,
            folder,
            today: shared.as_of.or(shared.today).unwrap_or(environment.today),
            looks_back: shared.as_of.is_some(),
            width: environment.width,
            styled: environment.styled,
            json: shared.json,
            me: environment.me.clone(),
            notes: RefCell::default(),
        }
    }

    /// The date that is today for each thread, for a command that shows. A date in the past is taken exactly.
    fn shown_day(&self) -> impl Fn(&Thread) -> Date + Sync + use<> {
        let (today, looks_back) = (self.today, self.looks_back);
        move |thread| if looks_back { today } else { day_of(thread, today) }
    }

    /// The threads for which another date is today, each with a note on stderr; JSON has a list of them instead.
    fn ahead<'t>(
        &self,
        threads: impl Iterator<Item = &'t Thread>,
        day: impl Fn(&Thread) -> Date,
    ) -> Vec<Ahead> {
        let ahead = ahead(threads, self.today, day);
        for Ahead { thread, today } in ahead.iter().filter(|_| !self.json) {
            let local = self.today;
            self.note(&format!(
                "{thread}: today is {today} for this thread, the date of its last log entry, not {local}"
            ));
        }
        ahead
    }

    /// Loads and reads the workspace. A `thread.yaml` in error ends every command but `check`,
    /// because nothing can be judged on a guess of it.
    fn workspace(&self) -> Result<Lasting, Output> {
        self.workspace_keeping(Texts::All)
    }

    /// The same for a command that shows no place in a catalog but those of findings.
    fn workspace_to_judge(&self) -> Result<Lasting, Output> {
        self.workspace_keeping(Texts::Doubtful)
    }

    fn workspace_keeping(&self, texts: Texts) -> Result<Lasting, Output> {
        let documents = load::load(&self.root);
        let workspace = Lasting::new(Workspace::read_keeping(documents, texts));
        match workspace.is_misconfigured() {
            true => Err(self.misconfigured(&workspace)),
            false => Ok(workspace),
        }
    }

    /// Locks the workspace and finishes the writes that a stopped run left unfinished. A dry run needs no
    /// lock.
    fn lock(&self, writing: &WritingArgs) -> Result<Option<WorkspaceLock>> {
        if writing.dry_run {
            return Ok(None);
        }
        let lock = lock::lock(&self.root, Duration::from_secs(writing.wait))?;
        for path in load::finish_writes(&self.root) {
            self.note(&format!("{path}: finished a write that an earlier run had left unfinished"));
        }
        Ok(Some(lock))
    }

    /// Adds a line for stderr.
    fn note(&self, text: &str) {
        self.notes.borrow_mut().push_str(&format!("note: {}\n", shown(text)));
    }

    /// The path of a file of the command line below the workspace, with `/` between its parts; the
    /// whole path of a file elsewhere.
    fn below(&self, file: &Path) -> String {
        let path = normal(&self.folder.join(file));
        let is_root = |above: &&Path| {
            *above == self.root || above.canonicalize().is_ok_and(|real| real == self.root)
        };
        let root = path.ancestors().find(is_root);
        let below = root.and_then(|root| path.strip_prefix(root).ok()).unwrap_or(&path);
        let parts: Vec<_> =
            below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }

    /// A file and its new text on their way to the disk.
    fn job(&self, before: &Document, after: &str) -> Job {
        Job {
            path: self.root.join(&before.path),
            loaded: Some(before.text.clone().into_bytes()),
            new: after.as_bytes().to_vec(),
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

/// Judges threads and takes from each judgement what is asked of it: a judgement holds all that its
/// thread knows, which is too much to keep for thousands.
fn judge_each<'w, T: Send>(
    workspace: &'w Workspace,
    archive: &Archive<'_>,
    day: impl Fn(&Thread) -> Date + Sync,
    wanted: &[&str],
    take: impl Fn(&'w ThreadFile, Judgement<'w>) -> T + Sync,
) -> Vec<T> {
    let is_wanted = |file: &&ThreadFile| wanted.is_empty() || wanted.contains(&&*file.thread.slug);
    let threads = workspace.threads.par_iter().filter(is_wanted);
    let judged = threads.map(|file| {
        let day = day(&file.thread);
        let judgement = judge(&file.thread, archive, &workspace.configuration, day);
        take(file, judgement)
    });
    judged.collect()
}

/// The thread that a word calls.
fn resolve<'w>(workspace: &'w Workspace, word: &str) -> Result<Resolved<'w>> {
    let slug = workspace.slug(word)?;
    let file = workspace.threads.iter().find(|file| file.thread.slug == slug);
    Ok(file.map_or(Resolved::Broken(slug), Resolved::Read))
}

/// The slugs of the threads that words call, also of those that cannot be read; none for all.
fn wanted<'w>(workspace: &'w Workspace, words: &[String]) -> Result<Vec<&'w str>> {
    words.iter().map(|word| Ok(workspace.slug(word)?)).collect()
}

/// The threads of these slugs; all where none is given.
fn threads<'w>(workspace: &'w Workspace, wanted: &[&str]) -> impl Iterator<Item = &'w Thread> {
    let threads = workspace.threads.iter().map(|file| &file.thread);
    threads.filter(|thread| wanted.is_empty() || wanted.contains(&thread.slug.as_str()))
}

/// What a word led to.
enum Resolved<'w> {
    /// A thread.
    Read(&'w ThreadFile),
    /// A file of this slug that could not be read as a thread.
    Broken(&'w str),
}
