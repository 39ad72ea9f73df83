//! `thread hook`

use anyhow::{Result, bail};

use crate::cli::{HookCommand, HookInstallArgs};
use crate::render::style::shown;
use crate::report;
use crate::report::hook::HookReport;
use crate::store::{git, save};

use super::{Exit, Output, Run};

pub(super) fn run(run: &Run, command: &HookCommand) -> Result<Output> {
    match command {
        HookCommand::Install(args) => install(run, args),
    }
}

fn install(run: &Run, args: &HookInstallArgs) -> Result<Output> {
    let (folder, prefix) = git::hooks(&run.root)?;
    let path = folder.join("pre-commit");
    let text = script(&prefix.to_string_lossy().replace('\\', "/"));
    let known = save::known(&path)?;
    let written = match &known {
        Some(known) if known == text.as_bytes() => false,
        Some(known) if !args.force => {
            let first = String::from_utf8_lossy(known);
            let first = first.lines().find(|line| !line.starts_with("#!")).unwrap_or("").trim();
            bail!(
                "{} is there already; it begins: `{}`\n\
                 help: add `thread check --staged` to it, or replace it with `--force`",
                path.display(),
                shown(first)
            )
        }
        _ => true,
    };
    if written {
        save::executable(&path, known.as_deref(), text.as_bytes())?;
    }
    let report = HookReport { path: path.display().to_string(), written };
    let stdout = match (run.json, written) {
        (true, _) => report::json("hook", &report),
        (false, true) => format!("{}: `git commit` checks what is staged\n", report.path),
        (false, false) => format!("{}: it is so already; nothing was written\n", report.path),
    };
    Ok(Output::new(stdout, String::new(), Exit::Well))
}

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
