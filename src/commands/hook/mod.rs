//! `thread hook install`.

pub mod attributes;
pub mod git_setup;
pub mod report;
pub mod scripts;
pub mod text;

use std::path::Path;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};

use self::git_setup::Hooks;
use self::report::{FileReport, HookReport};
use crate::commands::shared::json;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::Session;
use crate::environment;
use crate::model::Error;
use crate::store::save;
use crate::store::save::Job;
use crate::text::escape_path;

/// Arguments of `hook`.
#[derive(Debug, Clone, Args)]
pub struct HookArgs {
    /// Command to run
    #[command(subcommand)]
    pub command: HookCommand,
}

/// The commands on hooks.
#[derive(Debug, Clone, Subcommand)]
pub enum HookCommand {
    /// Install a git hook that checks commits, and a driver that merges threads and catalogs
    Install(HookInstallArgs),
}

/// Arguments of `hook install`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Merging needs `thread merge` in the configuration of this clone, and three lines of
.gitattributes next to thread.yaml, which all clones share. git never copies the
configuration: run the command once in each clone.

The hook and the configuration have the absolute path of this program. Run the
command again when the program has moved: it replaces what it wrote before, and
needs --force only for a hook of your own. It writes through no link that leads
out of the repository.")]
pub struct HookInstallArgs {
    /// Replace a pre-commit hook that is there
    #[arg(long)]
    pub force: bool,
    /// Install only the merge driver, for repositories with pre-commit or prek
    #[arg(long, conflicts_with = "force")]
    pub merge_only: bool,
}

/// Runs `thread hook`.
///
/// # Errors
/// The workspace cannot be read, an argument is wrong, or a file cannot be written.
pub fn run(session: &Session, args: &HookArgs) -> Result<Output> {
    match &args.command {
        HookCommand::Install(args) => install(session, args),
    }
}

/// Plans every write before the first one is made.
fn install(session: &Session, args: &HookInstallArgs) -> Result<Output> {
    let workspace = session.workspace()?;
    let program = program()?;
    let hooks = if args.merge_only { None } else { Some(git_setup::hooks(&session.root)?) };
    let hook = hooks.as_ref().map(|hooks| commit_hook(hooks, &program, args.force)).transpose()?;
    let attributes = attributes::of_merge_driver(&session.root, &workspace.configuration)?;
    git_setup::check_configuration(&session.root)?;
    if let Some(job) = &hook
        && job.is_news()
    {
        save::save_executable(&job.path, job.loaded.as_deref(), &job.new)?;
    }
    if attributes.is_news() {
        save::save_all(std::slice::from_ref(&attributes))?;
    }
    let driver = scripts::driver(&program);
    let driver_written = git_setup::set_merge_driver(&session.root, &driver)?;
    let shared = hooks.filter(|hooks| hooks.is_shared).map(|hooks| hooks.directory);
    let report = HookReport {
        hook: hook.as_ref().map(file_report),
        attributes: file_report(&attributes),
        driver,
        driver_written,
        shared_hooks: shared.map(|directory| directory.display().to_string()),
    };
    let stdout = if session.json { json::document(&report) } else { text::render(&report) };
    Ok(Output::new(stdout, text::warning(&report), Exit::Success))
}

/// The path of this program, as text: git keeps it in its configuration.
fn program() -> Result<String> {
    let program = environment::program()?;
    let Some(text) = program.to_str() else {
        let message = format!("the path of this program is not UTF-8: {}", escape_path(&program));
        bail!(Error::request(message, "install it in another directory"))
    };
    // The shell that comes with git for Windows takes both separators, one of them also in quotes.
    Ok(if cfg!(windows) { text.replace('\\', "/") } else { text.to_string() })
}

fn file_report(job: &Job) -> FileReport {
    FileReport { path: job.path.display().to_string(), written: job.is_news() }
}

/// Returns the hook that checks commits.
fn commit_hook(hooks: &Hooks, program: &str, force: bool) -> Result<Job> {
    if hooks.directory.exists() && !hooks.directory.is_dir() {
        let directory = escape_path(&hooks.directory);
        bail!(Error::request(
            format!("{directory} is not a directory, so git runs no hooks"),
            "unset `core.hooksPath`, or install only the merge driver with `--merge-only`",
        ));
    }
    let path = hooks.directory.join("pre-commit");
    refuse_link(&path, "remove the link first, or add `thread check --staged` to that file")?;
    let prefix = hooks.prefix.to_string_lossy().replace('\\', "/");
    let new = scripts::script(program, &prefix);
    let loaded = save::read_if_exists(&path)?;
    if let Some(known) = &loaded {
        let known = String::from_utf8_lossy(known);
        if !force && !scripts::is_script(&known, &prefix) {
            let first = known.lines().find(|line| !line.starts_with("#!")).unwrap_or("").trim();
            bail!(Error::request(
                format!("{} already exists; its first line is `{first}`", escape_path(&path)),
                "add `thread check --staged` to it, or replace it with `--force`; `--merge-only` \
                 keeps it",
            ))
        }
    }
    Ok(Job { path, loaded, new: new.into_bytes() })
}

/// Refuses to write through a link, which may lead to a file of another repository.
fn refuse_link(path: &Path, help: &str) -> Result<(), Error> {
    if let Ok(target) = path.read_link() {
        let message = format!("{} is a link to {}", escape_path(path), escape_path(&target));
        return Err(Error::request(message, help));
    }
    Ok(())
}
