//! What shells and readers of manuals need, made from the command line's own definition.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};

use crate::environment::COMPLETING;
use crate::report::known::Known;
use crate::text::is_obeyed;

use super::Cli;

/// Arguments of `completions`.
#[derive(Debug, Clone, Args)]
pub struct CompletionsArgs {
    /// For which shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Clone, Args)]
pub struct ManArgs {
    /// Write a page for each command into this folder; without it the main page goes to stdout
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// A script by which a shell asks `thread` itself for completions.
///
/// # Errors
/// The shell is not known to the completion engine.
pub fn completions(shell: Shell) -> std::io::Result<String> {
    let mut script = Vec::new();
    let name = shell.to_string();
    let shells = Shells::builtins();
    let completer = shells.completer(&name).ok_or(std::io::ErrorKind::Unsupported)?;
    completer.write_registration(COMPLETING, "thread", "thread", "thread", &mut script)?;
    Ok(String::from_utf8_lossy(&script).into_owned())
}

/// Answers a shell that asks for completions, on stdout. `words` are those of this process.
///
/// # Errors
/// The shell is unknown, or nobody listens.
pub fn complete(words: &[OsString], folder: &Path, known: Known) -> clap::error::Result<()> {
    let known = Arc::new(known);
    CompleteEnv::with_factory(|| knowing(Cli::command(), &known))
        .var(COMPLETING)
        .try_complete(words, Some(folder))
        .map(drop)
}

/// The command with the words of a workspace for each argument, by its value's name.
fn knowing(command: Command, known: &Arc<Known>) -> Command {
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

fn candidates(known: &Known, kind: &str) -> Vec<CompletionCandidate> {
    let words = known.words(kind).map(|(word, what)| {
        let what: String = what.chars().filter(|c| !is_obeyed(*c)).collect();
        CompletionCandidate::new(word).help((!what.is_empty()).then(|| what.into()))
    });
    words.collect()
}

/// All manual pages, by the names of their files, the main page first.
///
/// # Errors
/// Never in memory; what the generator says.
pub fn manual() -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let mut command = Cli::command();
    command.build();
    let mut pages = Vec::new();
    add_pages(&command, "thread", &mut pages)?;
    Ok(pages)
}

fn add_pages(
    command: &Command,
    name: &str,
    pages: &mut Vec<(String, Vec<u8>)>,
) -> std::io::Result<()> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).title(name).render(&mut page)?;
    pages.push((format!("{name}.1"), page));
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        add_pages(inner, &format!("{name}-{}", inner.get_name()), pages)?;
    }
    Ok(())
}
