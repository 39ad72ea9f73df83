//! Replaces a user's file completely or not at all, and never over a change by another process.
//!
//! The new content is written to a temporary file in the same directory, which gets the owner and
//! mode of the file, is synced, and is exchanged with the file in one step. The file that comes out
//! of the exchange is compared with the loaded text; if an editor has saved in the meantime, the
//! exchange is undone. Symbolic links stay links.
//!
//! Four kinds of files are written in place, because a new file would not be the same file: one
//! with several hard links, one whose owner or group this process cannot set, one whose extended
//! attributes cannot be copied, and one in a directory in which no file can be created or renamed.
//! A write in place that fails is undone. One that is interrupted is completed or undone by the
//! next run that writes, from a record of both texts ([`finish`]). It relies on the caller's
//! [`super::lock`].
//!
//! Not covered:
//! - extended attributes and access lists of a replaced file are lost on systems other than Linux;
//! - an editor that opened the file before the exchange and writes to it after the second
//!   comparison writes to the old file;
//! - if the process is killed between exchange and comparison, a change that an editor made in the
//!   microseconds before the exchange is in the temporary file, and is removed with it;
//! - if files cannot be exchanged (all systems except Linux, some network directories), a plain
//!   rename leaves a moment between comparison and rename;
//! - Windows has not been tested.

mod all;
mod platform;
mod temporary;
#[cfg(test)]
mod tests;
mod unfinished;

use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use crate::model::Error;
use crate::model::ErrorKind;
use crate::store::save::temporary::Temporary;
use crate::store::save::unfinished::WriteRecord;

use crate::store::regular;
use crate::text::escape_path;

pub use all::{
    Job, Move, make_directory, put, read_if_exists, save_all, save_and_move, save_executable,
};
pub use unfinished::{Places, Unfinished, WriteState, find as find_unfinished, finish};

/// Result of replacing a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It held the new content already; it was not touched.
    Unchanged,
    /// It holds the new content now, on the disk.
    Written,
}

/// The reason why a file was not written, with a help of its own.
#[derive(Debug)]
struct Explained {
    reason: String,
    help: String,
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.reason)
    }
}

impl std::error::Error for Explained {}

/// Returns a help line for an error of the system, if there is one.
fn remedy(kind: io::ErrorKind) -> Option<&'static str> {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Some("make room, then run the command again")
        }
        io::ErrorKind::PermissionDenied => {
            Some("check the permissions of the file and its directory")
        }
        io::ErrorKind::AlreadyExists => Some("choose another name, or move that file away first"),
        io::ErrorKind::NotADirectory => Some("choose another path"),
        io::ErrorKind::NotFound => Some("check that its directory still exists"),
        _ => None,
    }
}

/// Replaces the content of `path` (`loaded` when it was read) by `new`, completely or not at all.
///
/// The caller holds the workspace lock, on which writes in place rely.
///
/// # Errors
/// [`ErrorKind::Changed`] if the content is no longer `loaded`, even if there is nothing to write;
/// [`ErrorKind::System`] if the file is read-only or not a regular file, or the system refuses. In
/// both cases the file is unchanged. Exception: an error about the directory means that the file
/// was replaced, but may not be on disk yet.
pub fn replace(path: &Path, loaded: &[u8], new: &[u8]) -> Result<Saved, Error> {
    let failed = |source| trouble(path, "replace", &source);
    let target = fs::canonicalize(path).map_err(failed)?;
    let metadata = fs::metadata(&target).map_err(failed)?;
    if !metadata.is_file() {
        return Err(failed(regular::not_regular()));
    }
    let replacement = Replacement { path, target, metadata, loaded, new };
    replacement.check_unchanged()?;
    if loaded == new {
        return Ok(Saved::Unchanged);
    }
    replacement.check_writable().map_err(failed)?;
    replacement.run()?;
    Ok(Saved::Written)
}

/// Creates a file that must not exist yet, durably; never overwrites.
///
/// # Errors
/// [`ErrorKind::System`] when something of that name exists (its kind is then `AlreadyExists`) or
/// the system refuses; no part of the file is left.
pub fn create(path: &Path, content: &[u8]) -> Result<(), Error> {
    let failed = |source| failure(path, "create", &source);
    let mut temporary = Temporary::create(path, 0o666).map_err(failed)?;
    temporary.fill(content, None).map_err(failed)?;
    match fs::hard_link(&temporary.path, path) {
        // A file system without hard links, such as that of a memory card, gives one of these
        // errors.
        Err(source)
            if matches!(
                source.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported
            ) =>
        {
            create_directly(path, content).map_err(failed)?;
        }
        linked => linked.map_err(failed)?,
    }
    drop(temporary);
    platform::sync_folder(directory_of(path))
        .map_err(|source| failure(path, "sync the directory of", &source))
}

/// Creates a file under its own name. Not whole if the machine stops meanwhile, but never over
/// another.
fn create_directly(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

/// Removes temporary files of killed runs from `directory`, and returns their number.
///
/// It removes only regular files whose name has the pattern of this program and whose process has
/// ended. A file that cannot be removed is left for the next run; a directory that does not exist
/// contains none. The caller holds the workspace lock, because a process in another container may
/// seem to have ended. On systems other than Unix, nothing is removed, because processes cannot be
/// queried. The temporary file for a symbolic link is in the directory of its target.
///
/// # Errors
/// The directory cannot be listed.
pub fn sweep(directory: &Path) -> io::Result<usize> {
    let entries = match fs::read_dir(directory) {
        Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(0),
        entries => entries?,
    };
    let mut removed = 0;
    for entry in entries {
        let entry = entry?;
        let stale = temporary::process_of(&entry.file_name()).is_some_and(platform::is_dead)
            && entry.file_type().is_ok_and(|kind| kind.is_file());
        if stale && fs::remove_file(entry.path()).is_ok() {
            removed += 1;
        }
    }
    Ok(removed)
}

/// One file on its way from `loaded` to `new`.
struct Replacement<'a> {
    /// As the caller named it, for messages.
    path: &'a Path,
    /// The file itself, after resolving symbolic links.
    target: PathBuf,
    metadata: Metadata,
    loaded: &'a [u8],
    new: &'a [u8],
}

impl Replacement<'_> {
    fn run(&self) -> Result<(), Error> {
        if platform::has_other_names(&self.metadata) {
            return self.overwrite();
        }
        match self.prepare()? {
            Some(temporary) => self.install(temporary),
            None => self.overwrite(),
        }
    }

    fn check_unchanged(&self) -> Result<(), Error> {
        match holds(&self.target, self.loaded) {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.changed()),
            Err(source) => Err(trouble(self.path, "read", &source)),
        }
    }

    /// Checks that the file may be written, because a rename does not check it.
    fn check_writable(&self) -> io::Result<()> {
        if self.metadata.permissions().readonly() {
            let reason = "the file is read-only".to_string();
            return Err(io::Error::other(Explained { reason, help: "make it writable".into() }));
        }
        platform::may_write(&self.target)
    }

    /// Writes the new content to a temporary file and syncs it. Returns `None` if the directory or
    /// the owner does not permit one.
    fn prepare(&self) -> Result<Option<Temporary>, Error> {
        let failed = |source| failure(self.path, "write a temporary file next to", &source);
        let mut temporary = match Temporary::create(&self.target, 0o600) {
            Err(source) if source.kind() == io::ErrorKind::PermissionDenied => return Ok(None),
            created => created.map_err(failed)?,
        };
        if platform::give_owner(&temporary.file, &self.metadata).is_err() {
            return Ok(None);
        }
        let mode = self.metadata.permissions();
        temporary.fill(self.new, Some(mode)).map_err(failed)?;
        // An access list contains the mode, so it is set after the mode.
        match platform::give_attributes(&temporary.file, &self.target) {
            Ok(()) => Ok(Some(temporary)),
            Err(_) => Ok(None),
        }
    }

    fn install(&self, temporary: Temporary) -> Result<(), Error> {
        self.check_unchanged()?;
        let moved = match platform::exchange(&temporary.path, &self.target) {
            Ok(()) => return self.settle(temporary, || self.sync_folder()),
            Err(source) if platform::cannot_exchange(&source) => {
                fs::rename(&temporary.path, &self.target)
            }
            Err(source) => Err(source),
        };
        match moved {
            Ok(()) => self.sync_folder(),
            // A file that is itself a mount point (one file lent to a container) cannot be renamed.
            Err(source) if source.kind() == io::ErrorKind::ResourceBusy => self.overwrite(),
            Err(source) => Err(trouble(self.path, "replace", &source)),
        }
    }

    /// After the exchange: removes the old file if its content is the loaded one, else undoes the
    /// exchange.
    ///
    /// The content is compared again after the time that a sync takes, because an editor that
    /// opened the old file before the exchange may write to it a little later.
    fn settle<S>(&self, temporary: Temporary, sync: S) -> Result<(), Error>
    where
        S: FnOnce() -> Result<(), Error>,
    {
        let as_loaded = || holds(&temporary.path, self.loaded).unwrap_or(false);
        if !as_loaded() {
            return Err(self.put_back(temporary));
        }
        sync()?;
        if !as_loaded() {
            return Err(self.put_back(temporary));
        }
        Ok(())
    }

    /// Undoes the exchange. Two edits by other processes, before and after it, are both kept. If
    /// the directory was moved away, both files are in it, and the temporary file is removed later.
    fn put_back(&self, temporary: Temporary) -> Error {
        let undone = platform::exchange(&temporary.path, &self.target);
        if undone.is_ok() && holds(&temporary.path, self.new).unwrap_or(false) {
            let _ = self.sync_folder();
            return self.changed();
        }
        if let Err(source) = undone
            && source.kind() == io::ErrorKind::NotFound
            && !directory_of(&self.target).is_dir()
        {
            return failure(self.path, "replace", &source);
        }
        let kept = temporary.keep();
        let reason = format!(
            "other programs wrote it twice meanwhile; one of the two texts is in `{}`",
            escape_path(&kept)
        );
        let help = "compare it with the file, then remove it".to_string();
        failure(self.path, "replace", &io::Error::other(Explained { reason, help }))
    }

    /// Writes in place without truncating first, so that the file is never empty. A record of both
    /// texts is on disk before the first byte changes.
    fn overwrite(&self) -> Result<(), Error> {
        let failed = |source| trouble(self.path, "write", &source);
        self.check_unchanged()?;
        let mut file =
            regular::open(&self.target, OpenOptions::new().write(true)).map_err(failed)?;
        let record = WriteRecord::keep(&self.target, &self.metadata, self.loaded, self.new)
            .map_err(|source| {
                failure(self.path, "keep a copy before writing in place to", &source)
            })?;
        if let Err(changed) = self.check_unchanged() {
            record.remove();
            return Err(changed);
        }
        let Err(source) = write_over(&mut file, self.new) else {
            record.remove();
            return Ok(());
        };
        let action = match write_over(&mut file, self.loaded) {
            Ok(()) => {
                record.remove();
                "write"
            }
            Err(_) => "write, nor bring back the old text of,",
        };
        Err(failure(self.path, action, &source))
    }

    fn sync_folder(&self) -> Result<(), Error> {
        platform::sync_folder(directory_of(&self.target))
            .map_err(|source| failure(self.path, "sync the directory of", &source))
    }

    fn changed(&self) -> Error {
        changed(self.path)
    }
}

/// Returns the error for an action that the system refused, such as "replace".
pub(super) fn failure(path: &Path, action: &str, source: &io::Error) -> Error {
    let explained = source.get_ref().and_then(|inner| inner.downcast_ref::<Explained>());
    let help = explained.map(|explained| explained.help.clone());
    let help = help.or_else(|| remedy(source.kind()).map(str::to_string));
    Error::system(format!("cannot {action} `{}`: {source}", escape_path(path)), help)
}

/// Returns the error for a file that another process has changed.
fn changed(path: &Path) -> Error {
    let message = format!(
        "`{}` was changed or moved by another program after it was read, so it was left alone",
        escape_path(path)
    );
    let help = Some("run the command again".into());
    Error { kind: ErrorKind::Changed, message, help }
}

/// A failure with a file that was there when it was loaded. That it is gone is a change like
/// another, often a passing one: some editors save by moving the old file away first.
fn trouble(path: &Path, action: &str, source: &io::Error) -> Error {
    if source.kind() == io::ErrorKind::NotFound && directory_of(path).is_dir() {
        return changed(path);
    }
    failure(path, action, source)
}

/// Returns the directory of a path; for a bare name, the working directory.
fn directory_of(path: &Path) -> &Path {
    match path.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => directory,
        _ => Path::new("."),
    }
}

/// Returns whether `path` is a regular file with exactly these bytes. Never opens a pipe or a
/// device.
fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    Ok(fs::symlink_metadata(path)?.is_file() && regular::read_file(path)? == bytes)
}

fn write_over(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.rewind()?;
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}
