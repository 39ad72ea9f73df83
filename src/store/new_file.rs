//! Checks before a file is created, for a run that writes and for one that only shows.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::model::Error;
use crate::store::save::failure;
use crate::text::escape_path;

/// Checks that a new file can be created at `path`.
///
/// # Errors
/// Something of that name exists, or a part of the path is not a directory.
pub fn check(path: &Path) -> Result<(), Error> {
    let failed = |kind, reason: String| failure(path, "create", &io::Error::new(kind, reason));
    if fs::symlink_metadata(path).is_ok() {
        return Err(failed(io::ErrorKind::AlreadyExists, "it already exists".into()));
    }
    let mut above = path.ancestors().skip(1);
    match above.find(|directory| fs::symlink_metadata(directory).is_ok()) {
        Some(directory) if !directory.is_dir() => {
            let reason = format!("`{}` is not a directory", escape_path(directory));
            Err(failed(io::ErrorKind::NotADirectory, reason))
        }
        _ => Ok(()),
    }
}

/// Resolves the links of a path as far as it exists. Missing parts are kept.
///
/// # Errors
/// A link in the path leads to a missing file, or the system refuses.
pub fn without_links(path: &Path) -> Result<PathBuf, Error> {
    let exists = |directory: &&Path| fs::symlink_metadata(directory).is_ok();
    let known = path.ancestors().find(exists).unwrap_or(path);
    let real = fs::canonicalize(known).map_err(|source| failure(path, "create", &source))?;
    let missing = path.strip_prefix(known).unwrap_or(Path::new(""));
    // Joining an empty path would add a slash at the end.
    Ok(if missing.as_os_str().is_empty() { real } else { real.join(missing) })
}
