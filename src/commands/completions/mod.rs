//! `thread completions`, and the completions themselves.

pub mod known;

use std::ffi::OsString;
use std::sync::Arc;

use anyhow::Result;
use clap::{Args, Command};
use clap_complete::Shell;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};

use self::known::CompletionValues;
use crate::commands::shared::output::{Exit, Output};
use crate::environment::{COMPLETING, Environment};
use crate::store::find;
use crate::text::is_control;
use crate::workspace::{Workspace, load};

/// Arguments of `completions`.
#[derive(Debug, Clone, Args)]
pub struct CompletionsArgs {
    /// For which shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Prints a script with which a shell requests completions from `thread`.
///
/// # Errors
/// The completion engine does not support the shell.
pub fn run(args: &CompletionsArgs) -> Result<Output> {
    let mut script = Vec::new();
    let name = args.shell.to_string();
    let shells = Shells::builtins();
    let completer =
        shells.completer(&name).ok_or_else(|| anyhow::anyhow!("`{name}` has no completions"))?;
    completer.write_registration(COMPLETING, "thread", "thread", "thread", &mut script)?;
    let script = String::from_utf8_lossy(&script).into_owned();
    Ok(Output::new(script, String::new(), Exit::Success))
}

/// Answers a shell on stdout. `arguments` are those of this process, and `command` builds the
/// command line.
///
/// # Errors
/// The shell is unknown, or the answer cannot be written.
pub fn complete(
    command: fn() -> Command,
    environment: &Environment,
    arguments: &[OsString],
) -> Result<()> {
    let typed: Vec<String> =
        arguments.iter().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let known = Arc::new(known(environment, &typed));
    CompleteEnv::with_factory(|| knowing(command(), &known))
        .var(COMPLETING)
        .try_complete(arguments, Some(&environment.working_directory))?;
    Ok(())
}

/// Returns the values that can follow `typed`. Errors are ignored, because the user is still
/// typing.
fn known(environment: &Environment, typed: &[String]) -> CompletionValues {
    let directory = typed.windows(2).find(|pair| pair[0] == "-C" || pair[0] == "--directory");
    let directory = directory.map(|pair| pair[1].clone()).or_else(|| environment.directory.clone());
    let start = directory.map_or(environment.working_directory.clone(), |dir| {
        environment.working_directory.join(dir)
    });
    match find::find_workspace(&start) {
        Ok(root) => CompletionValues::of(&Workspace::read(load::load(&root)), typed),
        Err(_) => CompletionValues::everywhere(),
    }
}

/// Adds the values of a workspace to each argument of a command, by the name of its value.
fn knowing(command: Command, known: &Arc<CompletionValues>) -> Command {
    let command = command.mut_args(|argument| {
        let kind = argument.get_value_names().and_then(|names| names.first()).cloned();
        match kind {
            Some(kind) if known.words(&kind).next().is_some() => {
                let known = Arc::clone(known);
                argument.add(ArgValueCandidates::new(move || candidates(&known, &kind)))
            }
            _ => argument,
        }
    });
    command.mut_subcommands(|inner| knowing(inner, known))
}

fn candidates(known: &CompletionValues, kind: &str) -> Vec<CompletionCandidate> {
    let words = known.words(kind).map(|(word, what)| {
        let what: String = what.chars().filter(|c| !is_control(*c)).collect();
        CompletionCandidate::new(word).help((!what.is_empty()).then(|| what.into()))
    });
    words.collect()
}
