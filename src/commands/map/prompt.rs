//! Questions for the threads of unmapped items.

use anyhow::Result;

use super::Mapping;
use crate::commands::catalog::report::unmapped;
use crate::commands::catalog::text::reasons;
use crate::commands::shared::prompt::choose;
use crate::commands::shared::session::Session;
use crate::evaluate::CatalogIndex;
use crate::text::escape_for_terminal;

/// The choices after the proposed threads. Those have a colon.
const OTHER: &str = "another thread";
const NONE: &str = "no thread";
const STOP: &str = "stop here";

/// Asks for the thread of each item that belongs to none, those of the newest scan first.
///
/// # Errors
/// The workspace cannot be read, or the terminal is closed.
pub fn ask(session: &Session) -> Result<Vec<Mapping>> {
    let workspace = session.workspace()?;
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let items = unmapped(&workspace, &index, session.today, &[]);
    let slugs: Vec<&str> = workspace.slugs.iter().map(String::as_str).collect();
    let mut mappings = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let date = item.date.map(|date| format!(" ({date})")).unwrap_or_default();
        let title = escape_for_terminal(&item.title);
        let question = format!("{} of {}: {title}{date}", at + 1, items.len());
        let proposed = item.proposals.iter();
        let proposed: Vec<String> = proposed
            .map(|proposal| format!("{}: {}", proposal.thread, reasons(proposal)))
            .collect();
        let choices: Vec<&str> =
            proposed.iter().map(String::as_str).chain([OTHER, NONE, STOP]).collect();
        let chosen = choose(&question, &choices)?;
        let thread = match choices[chosen] {
            OTHER => slugs[choose("Which thread?", &slugs)?].to_string(),
            NONE => continue,
            STOP => break,
            _ => item.proposals[chosen].thread.clone(),
        };
        let item = item.url.clone().unwrap_or_else(|| item.id.clone());
        mappings.push(Mapping { item, thread });
    }
    Ok(mappings)
}
