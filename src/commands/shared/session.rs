//! The context of one run in a workspace.

use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use chrono::{DateTime, Utc};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::args::{GlobalArgs, WritingArgs};
use super::json::Report;
use super::output::{Exit, Output};
use super::{diff, findings, json};
use crate::environment::Environment;
use crate::evaluate::{CatalogIndex, Evaluation, day_of, evaluate};
use crate::fetch::Proxies;
use crate::model::{Date, Diagnostic, Error, ErrorKind, Thread};
use crate::parse::ThreadFile;
use crate::store::find::normalize;
use crate::store::lock::WorkspaceLock;
use crate::store::save::Job;
use crate::store::{find, lock};
use crate::text::{Document, escape_for_terminal, escape_path};
use crate::workspace::{CONFIGURATION, Texts, Workspace, load};

/// Number of attempts if another process saves files while a command runs.
pub const ATTEMPTS: usize = 5;

/// Returns the directory in which a command starts.
pub fn start(shared: &GlobalArgs, environment: &Environment) -> PathBuf {
    match &shared.directory {
        Some(directory) => environment.working_directory.join(directory),
        None => environment.working_directory.clone(),
    }
}

/// The real path of the directory in which a command starts, without `..` and symbolic links.
pub fn real_directory(start: &Path) -> Result<PathBuf, Error> {
    let (path, help) = (escape_path(start), "check `-C` or THREAD_DIR");
    match start.canonicalize() {
        Ok(real) if real.is_dir() => Ok(real),
        Ok(_) => Err(Error::request(format!("{path} is not a directory"), help)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(Error::request(format!("there is no directory {path}"), help))
        }
        Err(error) => Err(Error::request(format!("cannot use {path}: {error}"), help)),
    }
}

/// A workspace that is never freed: that would take a sixth of the run time just before the process
/// exits.
pub type LeakedWorkspace = ManuallyDrop<Workspace>;

/// The state that all commands share.
#[expect(clippy::struct_excessive_bools, reason = "each is an answer of its own")]
pub struct Session {
    /// Real path of the workspace.
    pub root: PathBuf,
    /// Directory in which the command starts; relative arguments are relative to it.
    pub directory: PathBuf,
    /// The date of `--as-of` or `--today`, else the local date.
    pub today: Date,
    /// True if `today` is the date of `--as-of`, and not the clock.
    pub looks_back: bool,
    /// Columns of the terminal; `None` if stdout is not one.
    pub width: Option<usize>,
    /// True if stdout takes colors.
    pub styled: bool,
    /// True if titles and paths in stdout are links.
    pub hyperlinks: bool,
    /// True if the user can be asked: stdin and stderr are terminals, and text is printed.
    pub asks: bool,
    /// True for JSON instead of text.
    pub json: bool,
    /// The programs that open URLs, from `BROWSER`.
    pub browser: Option<String>,
    /// The editor with its arguments, from `VISUAL` or `EDITOR`.
    pub editor: Option<String>,
    /// The time.
    pub now: DateTime<Utc>,
    /// The user's directory for caches.
    pub cache: Option<PathBuf>,
    /// The values of the proxy variables.
    pub proxies: Proxies,
    /// True if stderr is a terminal, on which progress is shown.
    pub shows_progress: bool,
    /// The user, from `THREAD_BY`.
    pub me: Option<String>,
    /// Lines for stderr that belong to no report.
    pub notes: RefCell<String>,
}

impl Session {
    /// Finds the workspace of a run.
    ///
    /// # Errors
    /// There is no workspace at or above the directory.
    pub fn new(shared: &GlobalArgs, environment: &Environment) -> Result<Self> {
        let directory = real_directory(&start(shared, environment))?;
        Ok(Self::at(find::find_workspace(&directory)?, directory, shared, environment))
    }

    /// A run in a workspace that has been found.
    pub fn at(
        root: PathBuf,
        directory: PathBuf,
        shared: &GlobalArgs,
        environment: &Environment,
    ) -> Self {
        Self {
            root,
            directory,
            today: shared.as_of.or(shared.today).unwrap_or(environment.today),
            looks_back: shared.as_of.is_some(),
            width: environment.width,
            styled: environment.styled,
            hyperlinks: environment.hyperlinks && !shared.json,
            asks: environment.asks && !shared.json,
            json: shared.json,
            browser: environment.browser.clone(),
            editor: environment.editor.clone(),
            now: environment.now,
            cache: environment.cache.clone(),
            proxies: environment.proxies.clone(),
            shows_progress: environment.shows_progress && !shared.json,
            me: environment.me.clone(),
            notes: RefCell::default(),
        }
    }

    /// The date that is today for each thread, for a command that shows. A date in the past is
    /// taken exactly.
    pub fn date_of_thread(&self) -> impl Fn(&Thread) -> Date + Sync + use<> {
        let (today, looks_back) = (self.today, self.looks_back);
        move |thread| if looks_back { today } else { day_of(thread, today) }
    }

    /// The threads for which another date is today, each with a note on stderr; JSON has a list of
    /// them instead.
    pub fn ahead<'t>(
        &self,
        threads: impl Iterator<Item = &'t Thread>,
        date: impl Fn(&Thread) -> Date,
    ) -> Vec<Ahead> {
        let ahead = ahead(threads, self.today, date);
        for Ahead { thread, today } in ahead.iter().filter(|_| !self.json) {
            let local = self.today;
            self.note(&format!(
                "{thread}: today is {today} for this thread, the date of its last log entry, not {local}"
            ));
        }
        ahead
    }

    /// Loads and parses the workspace. An error in `thread.yaml` ends every command except `check`,
    /// because threads cannot be evaluated without it.
    pub fn workspace(&self) -> Result<LeakedWorkspace> {
        self.workspace_keeping(Texts::All)
    }

    /// Like [`Self::workspace`], without the texts of files that have no findings.
    pub fn workspace_without_texts(&self) -> Result<LeakedWorkspace> {
        self.workspace_keeping(Texts::WithFindings)
    }

    fn workspace_keeping(&self, texts: Texts) -> Result<LeakedWorkspace> {
        let documents = load::load(&self.root);
        let workspace = LeakedWorkspace::new(Workspace::read_keeping(documents, texts));
        if workspace.is_misconfigured() {
            return Err(self.misconfigured(&workspace).into());
        }
        Ok(workspace)
    }

    /// Locks the workspace and finishes the writes that a stopped run left unfinished. A dry run
    /// needs no lock.
    pub fn lock(&self, writing: &WritingArgs) -> Result<Option<WorkspaceLock>> {
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
    pub fn note(&self, text: &str) {
        self.notes.borrow_mut().push_str(&format!("note: {}\n", escape_for_terminal(text)));
    }

    /// The path of a file of the command line below the workspace, with `/` between its parts; the
    /// whole path of a file elsewhere.
    pub fn below(&self, file: &Path) -> String {
        let path = normalize(&self.directory.join(file));
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
    pub fn job(&self, before: &Document, after: &str) -> Job {
        Job {
            path: self.root.join(&before.path),
            loaded: Some(before.text.clone().into_bytes()),
            new: after.as_bytes().to_vec(),
        }
    }

    /// A difference as stdout takes it.
    pub fn diff(&self, exact: &str) -> String {
        if self.styled { diff::styled(exact) } else { exact.to_string() }
    }

    fn misconfigured(&self, workspace: &Workspace) -> Error {
        let findings = workspace.errors().filter(|finding| finding.path == CONFIGURATION);
        let message = findings::text::render(workspace, findings, self.width);
        Error { kind: ErrorKind::Configuration, message, help: None }
    }

    /// Returns the output of a command that shows a workspace: the report as JSON or as text, and
    /// the errors of its files, which also are the exit code.
    pub fn respond<R: Report>(
        &self,
        workspace: &Workspace,
        report: &R,
        text: impl FnOnce(&R) -> String,
    ) -> Output {
        let stdout = if self.json { json::document(report) } else { text(report) };
        let has_errors = workspace.errors().next().is_some();
        let exit = if has_errors { Exit::Findings } else { Exit::Success };
        Output::new(stdout, self.problems(workspace, workspace.errors()), exit)
    }

    /// Reads a file that an argument names, relative to the directory in which the command starts.
    ///
    /// # Errors
    /// The file cannot be read, or is not UTF-8.
    pub fn read_argument(&self, path: &Path) -> Result<Document> {
        load::read_file(&self.directory.join(path), &path.to_string_lossy())
            .map_err(|error| unreadable(&error))
    }

    /// Reads a file that an argument names, like [`Session::read_argument`], as bytes.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read_bytes(&self, path: &Path) -> Result<Vec<u8>> {
        load::read_bytes(&self.directory.join(path), &path.to_string_lossy())
            .map_err(|error| unreadable(&error))
    }

    /// The findings as text for stderr; nothing in JSON, whose document has them.
    pub fn problems<'d>(
        &self,
        workspace: &Workspace,
        problems: impl IntoIterator<Item = &'d Diagnostic>,
    ) -> String {
        if self.json {
            String::new()
        } else {
            findings::text::render(workspace, problems, self.width)
        }
    }
}

fn unreadable(error: &load::LoadError) -> anyhow::Error {
    let path = escape_for_terminal(&error.finding.path);
    anyhow::anyhow!("{path}: {}", error.finding.message)
}

/// Evaluates threads and returns what `take` extracts from each evaluation. The evaluations
/// themselves are dropped, because they would take too much memory for thousands of threads.
pub fn evaluate_each<'w, T: Send>(
    workspace: &'w Workspace,
    index: &CatalogIndex<'_>,
    date: impl Fn(&Thread) -> Date + Sync,
    wanted: &[&str],
    take: impl Fn(&'w ThreadFile, Evaluation<'w>) -> T + Sync,
) -> Vec<T> {
    let is_wanted = |file: &&ThreadFile| wanted.is_empty() || wanted.contains(&&*file.thread.slug);
    let threads = workspace.threads.par_iter().filter(is_wanted);
    let evaluated = threads.map(|file| {
        let date = date(&file.thread);
        let evaluation = evaluate(&file.thread, index, &workspace.configuration, date);
        take(file, evaluation)
    });
    evaluated.collect()
}

/// Returns the thread for a reference.
pub fn resolve<'w>(workspace: &'w Workspace, word: &str) -> Result<Resolved<'w>> {
    let slug = workspace.slug(word)?;
    let file = workspace.threads.iter().find(|file| file.thread.slug == slug);
    Ok(file.map_or(Resolved::Broken(slug), Resolved::Read))
}

/// Returns the thread for a reference, or the output of a command on a thread that cannot be read.
pub fn readable<'w>(
    session: &Session,
    workspace: &'w Workspace,
    word: &str,
) -> Result<Result<&'w ThreadFile, Output>> {
    Ok(match resolve(workspace, word)? {
        Resolved::Read(file) => Ok(file),
        Resolved::Broken(_) => {
            let stderr = session.problems(workspace, workspace.errors());
            Err(Output::new(String::new(), stderr, Exit::Findings))
        }
    })
}

/// Returns the slugs for references, including threads with errors; an empty list for all threads.
pub fn wanted<'w>(workspace: &'w Workspace, words: &[String]) -> Result<Vec<&'w str>> {
    words.iter().map(|word| Ok(workspace.slug(word)?)).collect()
}

/// The threads of these slugs; all where none is given.
pub fn threads<'w>(workspace: &'w Workspace, wanted: &[&str]) -> impl Iterator<Item = &'w Thread> {
    let threads = workspace.threads.iter().map(|file| &file.thread);
    threads.filter(|thread| wanted.is_empty() || wanted.contains(&thread.slug.as_str()))
}

/// Result of resolving a reference to a thread.
pub enum Resolved<'w> {
    /// A thread.
    Read(&'w ThreadFile),
    /// A file of this slug that could not be read as a thread.
    Broken(&'w str),
}

/// A thread whose last log entry is dated one day after the local date, which is today for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Ahead {
    /// The thread.
    pub thread: String,
    /// The date that is today for it.
    pub today: Date,
}

/// Returns the threads whose `date` is not `today`.
pub fn ahead<'t>(
    threads: impl Iterator<Item = &'t Thread>,
    today: Date,
    date: impl Fn(&Thread) -> Date,
) -> Vec<Ahead> {
    let threads = threads.map(|thread| Ahead { thread: thread.slug.clone(), today: date(thread) });
    threads.filter(|ahead| ahead.today != today).collect()
}
