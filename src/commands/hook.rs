//! `thread hook`

use anyhow::{Result, bail};

use crate::cli::{HookCommand, HookInstallArgs};
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

fn install(run: &Run, args: &HookInstallArgs) -> Result<Output> {
    let workspace = match run.workspace() {
        Ok(workspace) => workspace,
        Err(output) => return Ok(output),
    };
    let hook = if args.merge_only { None } else { Some(commit_hook(run, args.force)?) };
    let attributes = attributes(run, &workspace.configuration)?;
    git::set_merge_driver(&run.root, DRIVER)?;
    let report = HookReport { hook, attributes, driver: DRIVER.to_string() };
    let stdout = match run.json {
        true => report::json("hook", &report),
        false => render::hook::render(&report),
    };
    Ok(Output::new(stdout, String::new(), Exit::Well))
}

/// Writes the hook that judges what is committed.
fn commit_hook(run: &Run, force: bool) -> Result<FileReport> {
    let Hooks { folder, prefix, .. } = git::hooks(&run.root)?;
    let path = folder.join("pre-commit");
    let text = script(&prefix.to_string_lossy().replace('\\', "/"));
    let known = save::known(&path)?;
    let written = match &known {
        Some(known) if known == text.as_bytes() => false,
        Some(known) if !force => {
            let first = String::from_utf8_lossy(known);
            let first = first.lines().find(|line| !line.starts_with("#!")).unwrap_or("").trim();
            bail!(
                "{} is there already; it begins: `{}`\n\
                 help: add `thread check --staged` to it, or replace it with `--force`; \
                 `--merge-only` leaves it alone",
                shown_path(&path),
                shown(first)
            )
        }
        _ => true,
    };
    if written {
        save::executable(&path, known.as_deref(), text.as_bytes())?;
    }
    Ok(FileReport { path: path.display().to_string(), written })
}

/// Says in `.gitattributes`, beside what stands there, which files are merged by meaning.
fn attributes(run: &Run, configuration: &Configuration) -> Result<FileReport> {
    let path = run.root.join(".gitattributes");
    let known = save::known(&path)?;
    let mut new = known.clone().unwrap_or_default();
    for folder in [&configuration.threads, &configuration.backlogs] {
        let line = format!("{}/**/*.md merge=thread", folder.trim_start_matches("./"));
        if new.split(|byte| *byte == b'\n').any(|known| known.trim_ascii() == line.as_bytes()) {
            continue;
        }
        if !new.is_empty() && !new.ends_with(b"\n") {
            new.push(b'\n');
        }
        new.extend(format!("{line}\n").into_bytes());
    }
    let written = known.as_ref() != Some(&new);
    if written {
        save::all(&[Job { path: path.clone(), loaded: known, new }])?;
    }
    Ok(FileReport { path: path.display().to_string(), written })
}

/// How git calls `thread` to merge a file.
const DRIVER: &str = "thread merge %O %A %B --path %P";

/// The hook; `prefix` leads from the top of the work tree, where hooks run, to the workspace.
fn script(prefix: &str) -> String {
    let place = match prefix {
        "" => String::new(),
        prefix => format!(" -C '{}'", prefix.replace('\'', "'\\''")),
    };
    format!(
        "#!/bin/sh\n\
         # Written by `thread hook install`: checks what git is about to commit.\n\
         exec thread{place} check --staged\n"
    )
}
