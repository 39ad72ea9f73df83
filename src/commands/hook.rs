//! `thread hook`

mod texts;

use std::path::Path;

use anyhow::{Result, bail};

use crate::cli::{HookCommand, HookInstallArgs};
use crate::environment;
use crate::model::Configuration;
use crate::render;
use crate::report;
use crate::report::hook::{FileReport, HookReport};
use crate::store::git::{self, Hooks};
use crate::store::save::{self, Job};
use crate::text::{shown, shown_path};

use super::{Exit, Output, Run};

pub(super) fn run(run: &Run, command: &HookCommand) -> Result<Output> {
    match command {
        HookCommand::Install(args) => install(run, args),
    }
}

/// Plans every write before the first one is made.
fn install(run: &Run, args: &HookInstallArgs) -> Result<Output> {
    let workspace = match run.workspace() {
        Ok(workspace) => workspace,
        Err(output) => return Ok(output),
    };
    let program = program()?;
    let hooks = if args.merge_only { None } else { Some(git::hooks(&run.root)?) };
    let hook = hooks.as_ref().map(|hooks| commit_hook(hooks, &program, args.force)).transpose()?;
    let attributes = attributes(run, &workspace.configuration)?;
    git::check_configuration(&run.root)?;
    if let Some(job) = &hook
        && job.is_news()
    {
        save::executable(&job.path, job.loaded.as_deref(), &job.new)?;
    }
    if attributes.is_news() {
        save::all(std::slice::from_ref(&attributes))?;
    }
    let driver = texts::driver(&program);
    let driver_written = git::set_merge_driver(&run.root, &driver)?;
    let shared = hooks.filter(|hooks| hooks.is_shared).map(|hooks| hooks.folder);
    let report = HookReport {
        hook: hook.as_ref().map(file_report),
        attributes: file_report(&attributes),
        driver,
        driver_written,
        shared_hooks: shared.map(|folder| folder.display().to_string()),
    };
    let stdout = match run.json {
        true => report::json("hook", &report),
        false => render::hook::render(&report),
    };
    Ok(Output::new(stdout, render::hook::warning(&report), Exit::Well))
}

/// The path of this program, as text: git keeps it in its configuration.
fn program() -> Result<String> {
    let program = environment::program()?;
    let Some(text) = program.to_str() else {
        bail!(
            "the path of this program is not UTF-8: {}\nhelp: install it in another directory",
            shown_path(&program)
        )
    };
    // The shell that comes with git for Windows takes both separators, one of them also in quotes.
    Ok(if cfg!(windows) { text.replace('\\', "/") } else { text.to_string() })
}

fn file_report(job: &Job) -> FileReport {
    FileReport { path: job.path.display().to_string(), written: job.is_news() }
}

/// The hook that checks what is committed.
fn commit_hook(hooks: &Hooks, program: &str, force: bool) -> Result<Job> {
    if hooks.folder.exists() && !hooks.folder.is_dir() {
        bail!(
            "{} is not a directory, so git runs no hooks\n\
             help: unset `core.hooksPath`, or set up merging alone with `--merge-only`",
            shown_path(&hooks.folder)
        );
    }
    let path = hooks.folder.join("pre-commit");
    refuse_link(&path, "remove the link first, or add `thread check --staged` to that file")?;
    let prefix = hooks.prefix.to_string_lossy().replace('\\', "/");
    let new = texts::script(program, &prefix);
    let loaded = save::known(&path)?;
    if let Some(known) = &loaded {
        let known = String::from_utf8_lossy(known);
        if !force && !texts::is_script(&known, &prefix) {
            let first = known.lines().find(|line| !line.starts_with("#!")).unwrap_or("").trim();
            bail!(
                "{} is there already; it begins: `{}`\n\
                 help: add `thread check --staged` to it, or replace it with `--force`; \
                 `--merge-only` leaves it alone",
                shown_path(&path),
                shown(first)
            )
        }
    }
    Ok(Job { path, loaded, new: new.into_bytes() })
}

/// Refuses to write through a link, which may lead to a file of another repository.
fn refuse_link(path: &Path, help: &str) -> Result<()> {
    if let Ok(target) = path.read_link() {
        bail!(
            "{} is a link to {}; nothing was written\nhelp: {help}",
            shown_path(path),
            shown_path(&target)
        );
    }
    Ok(())
}

/// Says in `.gitattributes`, beside what stands there, which files are merged by meaning.
fn attributes(run: &Run, configuration: &Configuration) -> Result<Job> {
    let path = run.root.join(".gitattributes");
    refuse_link(&path, "git ignores such a link: replace it by a file with the same lines")?;
    let loaded = save::known(&path)?;
    let mut new = loaded.clone().unwrap_or_default();
    for folder in [&configuration.threads, &configuration.backlogs] {
        let line = texts::attribute(folder.trim_start_matches("./"));
        if new.split(|byte| *byte == b'\n').any(|known| known.trim_ascii() == line.as_bytes()) {
            continue;
        }
        if !new.is_empty() && !new.ends_with(b"\n") {
            new.push(b'\n');
        }
        new.extend(format!("{line}\n").into_bytes());
    }
    Ok(Job { path, loaded, new })
}
