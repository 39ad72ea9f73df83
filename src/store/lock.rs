//! One writer at a time in a workspace.
//!
//! The lock makes runs of this program wait for each other. Editors do not use it; [`super::save`]
//! handles what an editor writes in the meantime.
//!
//! The workspace directory itself is locked, so that no lock file remains that git would have to
//! ignore. If a directory cannot be opened (Windows) or locked (NFS needs a handle that is open for
//! writing), an empty file `.thread.lock` in it is locked instead. That file stays: if it were
//! removed, two runs could each lock their own file of that name. Only the lock of directories on
//! Linux has been tested. The system releases a lock when the process that has it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fmt, io, thread};

use crate::text::escape_path;

/// Pause between two attempts.
const PAUSE: Duration = Duration::from_millis(20);

/// Name of the file that is locked if the directory cannot be locked.
const SIDE_LOCK: &str = ".thread.lock";

/// The right to write in a workspace, held until dropped.
#[derive(Debug)]
#[must_use = "the workspace is unlocked as soon as this is dropped"]
pub struct WorkspaceLock {
    /// Closing this handle releases the lock.
    _held: File,
}

/// The reason why a workspace could not be locked.
#[derive(Debug)]
pub enum LockError {
    /// Another run kept the lock for longer than the caller was willing to wait.
    Busy {
        /// The workspace directory.
        root: PathBuf,
    },
    /// The system refused.
    Io {
        /// The workspace directory.
        root: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
}

impl fmt::Display for LockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy { root } => write!(
                f,
                "another run of this program is writing in `{}`\n\
                 help: run the command again when it has finished",
                escape_path(root)
            ),
            Self::Io { root, source } => write!(
                f,
                "cannot lock the workspace `{}`: {source}\nhelp: check that the directory exists and can be read",
                escape_path(root)
            ),
        }
    }
}

// The message contains the error of the system, so it is not a `source` as well.
impl std::error::Error for LockError {}

/// Locks the workspace at `root`, waiting up to `patience` for another run to finish.
///
/// With no patience at all there is still one attempt.
///
/// # Errors
/// [`LockError::Busy`] when patience ran out, [`LockError::Io`] when there is nothing to lock.
pub fn lock(root: &Path, patience: Duration) -> Result<WorkspaceLock, LockError> {
    let began = Instant::now();
    loop {
        let attempt =
            attempt(root).map_err(|source| LockError::Io { root: root.to_owned(), source })?;
        if let Some(held) = attempt {
            return Ok(WorkspaceLock { _held: held });
        }
        let left = patience.saturating_sub(began.elapsed());
        if left.is_zero() {
            return Err(LockError::Busy { root: root.to_owned() });
        }
        thread::sleep(PAUSE.min(left));
    }
}

/// The lock, or `None` while another run holds it.
fn attempt(root: &Path) -> io::Result<Option<File>> {
    take(File::open(root)).or_else(|_| take(open_beside(root)))
}

fn take(file: io::Result<File>) -> io::Result<Option<File>> {
    let file = file?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(source),
    }
}

fn open_beside(root: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(false).open(root.join(SIDE_LOCK))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_folder_cannot_be_locked_a_file_in_it_is() {
        let root = tempfile::tempdir().unwrap();
        let held = take(open_beside(root.path())).unwrap();
        assert!(held.is_some());
        assert!(take(open_beside(root.path())).unwrap().is_none());
        drop(held);
        assert!(take(open_beside(root.path())).unwrap().is_some());
        assert!(root.path().join(SIDE_LOCK).exists());
    }
}
