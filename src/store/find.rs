//! The search for the workspace, and paths as text.

use std::path::{Component, Path, PathBuf};

use crate::model::Error;
use crate::text::escape_path;

/// The name of the configuration file.
pub const CONFIGURATION: &str = "thread.yaml";

/// Returns the error for a directory without a workspace at or above it.
pub fn no_workspace(from: &Path) -> Error {
    let from = escape_path(from);
    Error::request(
        format!(
            "no workspace in {from} or above it: there is neither {CONFIGURATION} nor a directory `threads`"
        ),
        format!(
            "name a workspace with `-C DIR` or THREAD_DIR, or create one with `thread init {from}`"
        ),
    )
}

/// Returns the real path of the nearest directory at or above `from` that contains `thread.yaml`,
/// else of the nearest that contains a directory `threads`. `..` and symbolic links in `from` are
/// resolved before the search.
///
/// # Errors
/// There is no such directory.
pub fn find_workspace(from: &Path) -> Result<PathBuf, Error> {
    let from = from.canonicalize().unwrap_or_else(|_| from.to_path_buf());
    // A link that leads nowhere, or a directory of this name, is an error of this workspace, which
    // loading names: a search that went on would end in another one.
    let is_configured =
        |directory: &&Path| directory.join(CONFIGURATION).symlink_metadata().is_ok();
    let configured = from.ancestors().find(is_configured);
    let plain = || from.ancestors().find(|directory| directory.join("threads").is_dir());
    let root = configured.or_else(plain).map(Path::to_path_buf);
    root.ok_or_else(|| no_workspace(&from))
}

/// Removes `.` and `..` from a path as text, without access to the file system: `a/../b` gives `b`.
pub fn normalize(path: &Path) -> PathBuf {
    let mut normalized = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                normalized.pop();
            }
            other => normalized.push(other),
        }
    }
    normalized
}
