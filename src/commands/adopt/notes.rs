//! The notes that arguments name.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use walkdir::WalkDir;

use crate::commands::shared::session::Session;
use crate::model::Error;
use crate::text::escape_for_terminal;

/// Returns whether the arguments are one file, and no directory.
pub(super) fn is_file(session: &Session, files: &[PathBuf]) -> bool {
    matches!(files, [file] if !session.directory.join(file).is_dir())
}

/// Returns the files that arguments name, each once, in order. For a directory, these are the `.md`
/// and `.txt` files in it, except for hidden ones.
///
/// # Errors
/// A directory cannot be listed, or has no such file.
pub(super) fn find(session: &Session, files: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut notes: Vec<PathBuf> = Vec::new();
    for file in files {
        if !session.directory.join(file).is_dir() {
            notes.push(file.clone());
            continue;
        }
        let before = notes.len();
        for entry in WalkDir::new(session.directory.join(file))
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.path()))
        {
            let entry = entry?;
            if entry.file_type().is_file() && is_note(entry.path()) {
                let below = entry.path().strip_prefix(&session.directory);
                notes.push(below.unwrap_or(entry.path()).to_path_buf());
            }
        }
        if notes.len() == before {
            let name = file.to_string_lossy();
            let message = format!("{} has no .md or .txt file", escape_for_terminal(&name));
            bail!(Error::request(message, "name the files of the notes"));
        }
    }
    let mut seen = Vec::new();
    notes.retain(|note| {
        let is_new = !seen.contains(note);
        seen.push(note.clone());
        is_new
    });
    Ok(notes)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

fn is_note(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md" || extension == "txt")
}
