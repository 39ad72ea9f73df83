//! `thread catalog`

use anyhow::Result;

use crate::cli::{CatalogAddArgs, CatalogCommand, CatalogListArgs};
use crate::parse::fields::unknown_word_help;
use crate::report::catalog::{ScansReport, UnmappedReport, scans, unmapped};
use crate::report::{self, diagnostics};
use crate::text::shown;
use crate::verbs;
use crate::workspace::Workspace;
use crate::{evaluate::Archive, render};

use super::edit::edit;
use super::verb::new_item;
use super::{Exit, Output, Run};

pub(super) fn run(run: &Run, command: CatalogCommand) -> Result<Output> {
    match command {
        CatalogCommand::Add(args) => add(run, args),
        CatalogCommand::List(args) => list(run, &args),
        CatalogCommand::Unmapped(args) => list_unmapped(run, &args),
    }
}

fn add(run: &Run, args: CatalogAddArgs) -> Result<Output> {
    let CatalogAddArgs { source, what, threads, about, writing } = args;
    let item = what.map(|what| new_item(what, about));
    edit(run, &writing, true, |desk| verbs::list(desk, &source, item.as_ref(), &threads))
}

/// The slugs of the sources that were asked for; each must have been scanned.
fn sources(workspace: &Workspace, words: &[String]) -> Result<Vec<String>> {
    let known: Vec<&str> =
        workspace.catalogs.iter().map(|catalog| catalog.source.as_str()).collect();
    let slug = |word: &String| {
        let slug = workspace.configuration.source_slug(word);
        match known.contains(&slug.as_str()) {
            true => Ok(slug),
            false => {
                let help = unknown_word_help(&slug, known.iter().copied());
                anyhow::bail!("there is no catalog of `{word}`\nhelp: {}", shown(&help))
            }
        }
    };
    words.iter().map(slug).collect()
}

fn list(run: &Run, args: &CatalogListArgs) -> Result<Output> {
    let workspace = match run.workspace() {
        Ok(workspace) => workspace,
        Err(output) => return Ok(output),
    };
    let only = sources(&workspace, &args.sources)?;
    let problems = diagnostics::findings(&workspace, workspace.errors());
    let catalogs = scans(&workspace, run.today, &only);
    let report = ScansReport { today: run.today, catalogs, problems };
    let stdout = match run.json {
        true => report::json("catalogs", &report),
        false => render::catalog::scans(&report),
    };
    Ok(told(run, &workspace, stdout))
}

fn list_unmapped(run: &Run, args: &CatalogListArgs) -> Result<Output> {
    let workspace = match run.workspace() {
        Ok(workspace) => workspace,
        Err(output) => return Ok(output),
    };
    let only = sources(&workspace, &args.sources)?;
    let archive = Archive::new(&workspace.catalogs, &workspace.configuration);
    let problems = diagnostics::findings(&workspace, workspace.errors());
    let items = unmapped(&workspace, &archive, run.today, &only);
    let report = UnmappedReport { today: run.today, items, problems };
    let stdout = match run.json {
        true => report::json("unmapped", &report),
        false => render::catalog::unmapped(&report),
    };
    Ok(told(run, &workspace, stdout))
}

fn told(run: &Run, workspace: &Workspace, stdout: String) -> Output {
    let exit = match workspace.errors().next() {
        Some(_) => Exit::NeedsPerson,
        None => Exit::Well,
    };
    Output::new(stdout, run.problems(workspace, workspace.errors()), exit)
}
