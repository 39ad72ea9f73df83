//! `thread man`.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Command};

use crate::commands::shared::args::GlobalArgs;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::start;
use crate::environment::Environment;
use crate::store::save;
use crate::store::save::Job;
use crate::text::escape_path;

/// Arguments of `man`.
#[derive(Debug, Clone, Args)]
pub struct ManArgs {
    /// Write a page for each command to this directory; by default, print the main page
    #[arg(value_name = "DIR")]
    pub target: Option<PathBuf>,
}

/// Prints the main manual page, or writes the pages of all commands. Existing pages are replaced:
/// they belong to an older `thread`.
///
/// # Errors
/// A page cannot be written.
pub fn run(
    command: Command,
    global: &GlobalArgs,
    environment: &Environment,
    args: &ManArgs,
) -> Result<Output> {
    let pages = pages(command)?;
    let Some(directory) = &args.target else {
        let main = pages.into_iter().next().map(|(_, page)| page).unwrap_or_default();
        let text = String::from_utf8_lossy(&main).into_owned();
        return Ok(Output::new(text, String::new(), Exit::Success));
    };
    let start = start(global, environment);
    let directory = start.join(directory);
    let mut jobs = Vec::new();
    for (name, page) in pages {
        let path = directory.join(name);
        jobs.push(Job { loaded: save::read_if_exists(&path)?, path, new: page });
    }
    save::save_all(&jobs)?;
    let told = format!("{}: {} pages\n", escape_path(&directory), jobs.len());
    Ok(Output::new(told, String::new(), Exit::Success))
}

/// Returns all manual pages with the names of their files, the main page first.
fn pages(mut command: Command) -> std::io::Result<Vec<(String, Vec<u8>)>> {
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
