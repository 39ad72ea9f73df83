//! `thread completions` and `thread man`

use anyhow::Result;

use crate::cli::{self, CompletionsArgs, ManArgs, Shared};
use crate::environment::Environment;
use crate::report::known::Known;
use crate::store::save::{self, Job};
use crate::store::{load, root};
use crate::text::shown_path;
use crate::workspace::Workspace;

use super::{Exit, Output, start};

pub(super) fn completions(args: &CompletionsArgs) -> Result<Output> {
    Ok(Output::new(cli::completions(args.shell)?, String::new(), Exit::Well))
}

/// The words that may stand on a command line that begins with `typed`. What cannot be read is no
/// news while somebody types.
pub(super) fn known(environment: &Environment, typed: &[String]) -> Known {
    let directory = typed.windows(2).find(|pair| pair[0] == "-C" || pair[0] == "--directory");
    let directory = directory.map(|pair| pair[1].clone()).or_else(|| environment.directory.clone());
    let start = directory.map_or(environment.folder.clone(), |dir| environment.folder.join(dir));
    match root::find(&start) {
        Ok(root) => Known::of(&Workspace::read(load::load(&root)), typed),
        Err(_) => Known::everywhere(),
    }
}

/// Pages that are there already are replaced: they belong to an older `thread`.
pub(super) fn man(shared: &Shared, environment: &Environment, args: &ManArgs) -> Result<Output> {
    let pages = cli::manual()?;
    let Some(folder) = &args.folder else {
        let main = pages.into_iter().next().map(|(_, page)| page).unwrap_or_default();
        let text = String::from_utf8_lossy(&main).into_owned();
        return Ok(Output::new(text, String::new(), Exit::Well));
    };
    let start = start(shared, environment);
    let folder = start.join(folder);
    let mut jobs = Vec::new();
    for (name, page) in pages {
        let path = folder.join(name);
        jobs.push(Job { loaded: save::known(&path)?, path, new: page });
    }
    save::all(&jobs)?;
    let told = format!("{}: {} pages\n", shown_path(&folder), jobs.len());
    Ok(Output::new(told, String::new(), Exit::Well))
}
