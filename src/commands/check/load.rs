//! The files that `thread check` reads, and those of them that its arguments name.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::Result;

use super::CheckArgs;
use crate::commands::shared::session::Session;
use crate::model::Error;
use crate::text::escape_path;
use crate::workspace::{Documents, load};

/// The files of a workspace, and the paths to report on.
pub(super) struct Loaded {
    /// All files.
    pub documents: Documents,
    /// Paths that the arguments name; empty for all.
    pub only: Vec<String>,
}

impl Loaded {
    /// Loads the workspace from disk.
    ///
    /// # Errors
    /// The workspace has no files, or an argument is not one of its files.
    pub fn from_disk(session: &Session, args: &CheckArgs) -> Result<Self, Error> {
        let documents = load::load(&session.root);
        let is_empty = documents.threads.is_empty() && documents.catalogs.is_empty();
        if is_empty && documents.problems.is_empty() {
            return Err(Error::request(
                format!("no threads or catalogs in {}", escape_path(&session.root)),
                "run `thread check` in a workspace, or name one with `-C DIR`",
            ));
        }
        Self::new(session, &args.files, documents)
    }

    /// Selects the files that the arguments name.
    ///
    /// # Errors
    /// An argument is not one of the files.
    pub fn new(session: &Session, files: &[PathBuf], documents: Documents) -> Result<Self, Error> {
        let unreadable = documents.problems.iter().map(|problem| &problem.path);
        let paths: BTreeSet<&String> =
            documents.all().map(|document| &document.path).chain(unreadable).collect();
        let mut only = Vec::new();
        for file in files {
            let path = session.below(file);
            if !paths.contains(&path) {
                return Err(Error::request(
                    format!("{} is not a thread or catalog in this workspace", escape_path(file)),
                    "name a file of its `threads` or `backlogs` directory",
                ));
            }
            only.push(path);
        }
        Ok(Self { documents, only })
    }
}

/// Returns whether the arguments name a path; without arguments they name all.
pub(super) fn is_asked_for(only: &[String], path: &str) -> bool {
    only.is_empty() || only.iter().any(|asked| asked == path)
}
