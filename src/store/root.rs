//! Where the workspace is.

use std::fmt;
use std::path::{Component, Path, PathBuf};

use crate::text::shown_path;
use crate::workspace::CONFIGURATION;

/// No workspace at or above a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoWorkspace {
    /// The folder where the search began.
    pub from: PathBuf,
}

impl fmt::Display for NoWorkspace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no workspace here: neither {CONFIGURATION} nor a folder `threads` in {} or above it\n\
             help: go to a workspace, name it with `-C DIR` or THREAD_DIR, or make a folder `threads`",
            shown_path(&self.from)
        )
    }
}

impl std::error::Error for NoWorkspace {}

/// The nearest folder at or above `from` that holds `thread.yaml`, else the nearest that holds a
/// folder `threads`.
///
/// # Errors
/// There is neither.
pub fn find(from: &Path) -> Result<PathBuf, NoWorkspace> {
    let holds =
        |name: &'static str| from.ancestors().find(move |folder| folder.join(name).exists());
    let configured = holds(CONFIGURATION);
    let plain = || from.ancestors().find(|folder| folder.join("threads").is_dir());
    let root = configured.or_else(plain).ok_or_else(|| NoWorkspace { from: from.to_path_buf() })?;
    Ok(root.to_path_buf())
}

/// The path without `.` and `..`, by its words alone.
pub fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}
