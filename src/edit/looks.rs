//! New lines of looks, see [`crate::parse::looks`].

use crate::edit::rewrite::Patched;
use crate::edit::{Refusal, Rewrite};
use crate::model::Date;
use crate::text::{Document, Edit};

/// Adds looks at the end of the file of their year.
///
/// # Errors
/// The lines cannot be added.
pub fn add(document: &Document, today: Date, sources: &[String]) -> Result<Rewrite, Refusal> {
    let lines = sources.iter().map(|source| line(today, source)).collect();
    let edit = Edit::NewLines { at: document.text.len(), lines };
    Ok(Patched::new(document, vec![edit])?.rewrite(document, Vec::new()))
}

/// Returns the text of a new file of looks.
pub fn new_text(today: Date, sources: &[String]) -> String {
    let year = today.format("%Y");
    let lines: String = sources.iter().map(|source| line(today, source) + "\n").collect();
    format!("# Looks that found nothing new, {year}\n\n{lines}")
}

/// `- 2026-11-20 — tide-gazette`
fn line(today: Date, source: &str) -> String {
    format!("- {today} — {source}")
}
