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
use std::path::Path;
use std::time::{Duration, Instant};
use std::{io, thread};

use crate::model::{Error, ErrorKind};
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

/// Locks the workspace at `root`, waiting up to `patience` for another run to finish.
///
/// Tries at least once, even if `patience` is zero.
///
/// # Errors
/// [`ErrorKind::Locked`] if another run keeps the lock for longer than `patience`,
/// [`ErrorKind::System`] if the system refuses.
pub fn lock(root: &Path, patience: Duration) -> Result<WorkspaceLock, Error> {
    let began = Instant::now();
    loop {
        if let Some(held) = attempt(root).map_err(|source| refused(root, &source))? {
            return Ok(WorkspaceLock { _held: held });
        }
        let left = patience.saturating_sub(began.elapsed());
        if left.is_zero() {
            return Err(locked(root));
        }
        thread::sleep(PAUSE.min(left));
    }
}

fn locked(root: &Path) -> Error {
    Error {
        kind: ErrorKind::Locked,
        message: format!("another run of this program is writing in `{}`", escape_path(root)),
        help: Some("run the command again when it has finished".into()),
    }
}

fn refused(root: &Path, source: &io::Error) -> Error {
    let help = "check that the directory exists and can be read";
    Error::system(
        format!("cannot lock the workspace `{}`: {source}", escape_path(root)),
        Some(help.into()),
    )
}

/// Returns the lock, or `None` if another run has it.
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
    fn lock_of_a_directory_that_cannot_be_locked_uses_a_file_in_it() {
        let root = tempfile::tempdir().unwrap();
        let held = take(open_beside(root.path())).unwrap();
        assert!(held.is_some());
        assert!(take(open_beside(root.path())).unwrap().is_none());
        drop(held);
        assert!(take(open_beside(root.path())).unwrap().is_some());
        assert!(root.path().join(SIDE_LOCK).exists());
    }
}
