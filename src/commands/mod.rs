//! The only wiring: each command a straight line from documents to output.

mod backtest;
mod check;
mod scan;
mod show;
mod status;
mod test;

use std::path::PathBuf;

use anyhow::Result;

use crate::cli::{Cli, Command, Shared};
use crate::environment::Environment;
use crate::evaluate::{Archive, Judgement, judge};
use crate::model::{Date, Diagnostic};
use crate::parse::ThreadFile;
use crate::parse::fields::unknown_word_help;
use crate::render;
use crate::store::{load, root};
use crate::workspace::Workspace;

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
    match cli.command {
        None => status::run(&run, &[]),
        Some(Command::Status(args)) => status::run(&run, &args.threads),
        Some(Command::Show(args)) => show::run(&run, &args.thread),
        Some(Command::Scan(args)) => scan::run(&run, &args),
        Some(Command::Check(args)) => check::run(&run, &args),
        Some(Command::Test(args)) => test::run(&run, &args),
        Some(Command::Backtest(args)) => backtest::run(&run, &args),
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

/// The thread that a word means: its slug, its path, or the only slug that begins so.
fn resolve<'w>(workspace: &'w Workspace, word: &str) -> Result<Resolved<'w>> {
    let slug = crate::parse::thread::slug(word);
    let slugs = &workspace.slugs;
    let beginning: Vec<&String> = slugs.iter().filter(|known| known.starts_with(slug)).collect();
    let slug = match (slugs.iter().find(|known| *known == slug), beginning.as_slice()) {
        (Some(exact), _) => exact,
        (None, [only]) => only,
        (None, []) => {
            let help = unknown_word_help(word, slugs.iter().map(String::as_str));
            anyhow::bail!("there is no thread `{word}`\nhelp: {help}");
        }
        (None, several) => {
            let names: Vec<&str> = several.iter().map(|slug| slug.as_str()).collect();
            anyhow::bail!("`{word}` may mean {}\nhelp: write more of it", names.join(" or "));
        }
    };
    let file = workspace.threads.iter().find(|file| file.thread.slug == *slug);
    Ok(file.map_or(Resolved::Broken(slug), Resolved::Read))
}

/// What a word led to.
enum Resolved<'w> {
    /// A thread.
    Read(&'w ThreadFile),
    /// A file of this slug that could not be read as a thread.
    Broken(&'w str),
}
