//! `thread show`.

pub mod report;
mod text;

use anyhow::Result;
use clap::Args;

use self::report::{ShowDocument, ShowReport, UnreadableReport};
use crate::commands::shared::findings::findings;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::{Resolved, Session, resolve};
use crate::evaluate::{CatalogIndex, evaluate};
use crate::workspace::Workspace;

/// Arguments of `show`.
#[derive(Debug, Clone, Args)]
pub struct ShowArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
}

/// Runs `thread show`.
///
/// # Errors
/// The workspace cannot be read, or there is no such thread.
pub fn run(session: &Session, args: &ShowArgs) -> Result<Output> {
    let workspace = session.workspace_without_texts()?;
    let problems = findings(&workspace, workspace.errors());
    let file = match resolve(&workspace, &args.thread)? {
        Resolved::Read(file) => file,
        Resolved::Broken(slug) => {
            let report = UnreadableReport { thread: slug.to_string(), problems };
            return Ok(respond(session, &workspace, &ShowDocument::Unreadable(report)));
        }
    };
    let configuration = &workspace.configuration;
    let index = CatalogIndex::new(&workspace.catalogs, configuration);
    let today = session.date_of_thread();
    let evaluation = evaluate(&file.thread, &index, configuration, today(&file.thread))
        .looking_beyond(&index, configuration);
    let ahead = session.ahead([&file.thread].into_iter(), today);
    let report = ShowReport::new(&evaluation, &index, configuration, ahead, problems);
    let output = respond(session, &workspace, &ShowDocument::Read(Box::new(report)));
    Ok(output.failing_if(evaluation.decision.is_conflict()))
}

fn respond(session: &Session, workspace: &Workspace, document: &ShowDocument) -> Output {
    session.respond(workspace, document, |document| text::render(document, session.width))
}
