//! Paths as text, without the file system.

use std::path::{Component, Path, PathBuf};

/// The path without `.` and `..`, as text: the file system is not asked.
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
