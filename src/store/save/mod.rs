//! Replaces a person's file: whole or not at all, and never over somebody else's change.
//!
//! The new content is written beside the file, given the file's owner and mode, brought to the disk,
//! and exchanged with it in one step. What comes out of the exchange is compared with what was
//! loaded; if an editor saved meanwhile, the exchange is undone. Symbolic links stay links.
//!
//! Four kinds of file are written in place instead, since a new file would not be the same file: one
//! with several hard links, one whose owner or group we may not give away, one whose extended
//! attributes cannot be copied, and one in a directory where nothing can be created or renamed. A failed write
//! in place is undone; one that is broken off is finished or undone by the next run that writes, from a
//! record of both texts ([`finish`]). It counts on the caller's [`super::lock`].
//!
//! Not covered:
//! - extended attributes and access lists of a replaced file are lost on systems other than Linux;
//! - an editor that opened the file before the exchange and writes to it after we have looked twice
//!   writes to the old file;
//! - where we are killed between exchange and comparison, a change that an editor had made in the
//!   microseconds before the exchange lies in the temporary file, and goes with it;
//! - where files cannot be exchanged (all but Linux, some network folders) a plain rename leaves a
//!   moment between comparison and rename;
//! - Windows has not been tried.

mod all;
mod platform;
mod temporary;
#[cfg(test)]
mod tests;
mod unfinished;

use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Seek, Write};
use std::path::{Path, PathBuf};

use crate::store::save::temporary::Temporary;
use crate::store::save::unfinished::Record;

use crate::store::regular;
use crate::text::escape_path;

pub use all::{Job, make_directory, read_if_exists, save_all, save_executable};
pub use unfinished::{Places, State, Unfinished, find as find_unfinished, finish};

/// What became of a file that was to be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It held the new content already; it was not touched.
    Unchanged,
    /// It holds the new content now, on the disk.
    Written,
}

/// Why a file was not written.
#[derive(Debug)]
pub enum SaveError {
    /// The file is no longer what was loaded: another program changed, moved or removed it meanwhile.
    Changed {
        /// The file as the caller named it.
        path: PathBuf,
    },
    /// The system refused, or the file is one that must not be replaced.
    Io {
        /// The file as the caller named it.
        path: PathBuf,
        /// What was tried, as in "cannot … `path`".
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

impl SaveError {
    /// The message, without the help.
    pub fn message(&self) -> String {
        match self {
            Self::Changed { path } => format!(
                "`{}` was changed or moved by another program after it was read, so it was left alone",
                escape_path(path)
            ),
            Self::Io { path, action, source } => {
                format!("cannot {action} `{}`: {source}", escape_path(path))
            }
        }
    }

    /// The remedy, if there is one.
    pub fn help(&self) -> Option<&str> {
        match self {
            Self::Changed { .. } => Some("run the command again"),
            Self::Io { source, .. } => {
                let inner = source.get_ref().and_then(|inner| inner.downcast_ref::<Explained>());
                inner.map(|explained| explained.help).or_else(|| remedy(source.kind()))
            }
        }
    }
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message())?;
        self.help().map_or(Ok(()), |help| write!(f, "\nhelp: {help}"))
    }
}

/// The reason why a file was not written, with a help of its own.
#[derive(Debug)]
struct Explained {
    reason: String,
    help: &'static str,
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.reason)
    }
}

impl std::error::Error for Explained {}

// The text above already says what the system said: a `source` would have it printed twice.
impl std::error::Error for SaveError {}

/// What a person can do about it, where we know.
fn remedy(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            Some("make room, then run the command again")
        }
        ErrorKind::PermissionDenied => Some("check who may write the file and its folder"),
        ErrorKind::AlreadyExists => Some("choose another name, or move that file away first"),
        ErrorKind::NotADirectory => Some("choose another path"),
        ErrorKind::NotFound => Some("check that its folder is still there"),
        _ => None,
    }
}

/// Replaces the content of `path` (was `loaded` when read) by `new`, whole or not at all.
///
/// The caller holds the workspace lock, which the rare write in place counts on.
///
/// # Errors
/// [`SaveError::Changed`] when the file is not `loaded` any more, even if nothing is to be written;
/// [`SaveError::Io`] when it is read-only, no regular file, or the system refuses. Either way the file
/// is as it was, except that a message about the folder means: replaced, but perhaps not yet on disk.
pub fn replace(path: &Path, loaded: &[u8], new: &[u8]) -> Result<Saved, SaveError> {
    let failed = |source| trouble(path, "replace", source);
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
/// [`SaveError::Io`] when something of that name exists (its kind is then `AlreadyExists`) or the
/// system refuses; no part of the file is left.
pub fn create(path: &Path, content: &[u8]) -> Result<(), SaveError> {
    let failed = |source| failure(path, "create", source);
    let mut temporary = Temporary::create(path, 0o666).map_err(failed)?;
    temporary.fill(content, None).map_err(failed)?;
    match fs::hard_link(&temporary.path, path) {
        // A memory card or a phone knows no hard links, and says so in one of these ways.
        Err(source)
            if matches!(source.kind(), ErrorKind::PermissionDenied | ErrorKind::Unsupported) =>
        {
            create_directly(path, content).map_err(failed)?;
        }
        linked => linked.map_err(failed)?,
    }
    drop(temporary);
    platform::sync_folder(directory_of(path))
        .map_err(|source| failure(path, "sync the folder of", source))
}

/// Creates a file under its own name. Not whole if the machine stops meanwhile, but never over another.
fn create_directly(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

/// Removes temporary files that a killed run left in `folder`, and says how many.
///
/// Only regular files of our own name pattern whose process is gone; a file that cannot be removed
/// is left for next time, and a folder that is not there holds none. Call it under the workspace
/// lock: a process in another container may look dead from here. On systems other than Unix nothing is
/// known about processes, and nothing is removed. A file behind a symbolic link has its temporary
/// file in its own folder.
///
/// # Errors
/// When the folder cannot be listed.
pub fn sweep(directory: &Path) -> io::Result<usize> {
    let entries = match fs::read_dir(directory) {
        Err(source) if source.kind() == ErrorKind::NotFound => return Ok(0),
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
    /// The file itself, behind any symbolic links.
    target: PathBuf,
    metadata: Metadata,
    loaded: &'a [u8],
    new: &'a [u8],
}

impl Replacement<'_> {
    fn run(&self) -> Result<(), SaveError> {
        if platform::has_other_names(&self.metadata) {
            return self.overwrite();
        }
        match self.prepare()? {
            Some(temporary) => self.install(temporary),
            None => self.overwrite(),
        }
    }

    fn check_unchanged(&self) -> Result<(), SaveError> {
        match holds(&self.target, self.loaded) {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.changed()),
            Err(source) => Err(trouble(self.path, "read", source)),
        }
    }

    /// A rename asks nobody whether the file itself may be written, so we do.
    fn check_writable(&self) -> io::Result<()> {
        if self.metadata.permissions().readonly() {
            let reason = "the file is read-only".to_string();
            return Err(io::Error::other(Explained { reason, help: "make it writable first" }));
        }
        platform::may_write(&self.target)
    }

    /// The new content, on disk, beside the target; nothing where the folder or the owner forbids it.
    fn prepare(&self) -> Result<Option<Temporary>, SaveError> {
        let failed = |source| failure(self.path, "write a temporary file beside", source);
        let mut temporary = match Temporary::create(&self.target, 0o600) {
            Err(source) if source.kind() == ErrorKind::PermissionDenied => return Ok(None),
            created => created.map_err(failed)?,
        };
        if platform::give_owner(&temporary.file, &self.metadata).is_err() {
            return Ok(None);
        }
        let mode = self.metadata.permissions();
        temporary.fill(self.new, Some(mode)).map_err(failed)?;
        // An access list speaks of the mode too, and so comes behind it.
        match platform::give_attributes(&temporary.file, &self.target) {
            Ok(()) => Ok(Some(temporary)),
            Err(_) => Ok(None),
        }
    }

    fn install(&self, temporary: Temporary) -> Result<(), SaveError> {
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
            Err(source) if source.kind() == ErrorKind::ResourceBusy => self.overwrite(),
            Err(source) => Err(trouble(self.path, "replace", source)),
        }
    }

    /// After the exchange: drops what came out if it is what was loaded, else undoes the exchange.
    ///
    /// The second look, after the time that a sync takes, is for an editor that had opened the old
    /// file before the exchange and wrote to it a little later.
    fn settle<S>(&self, temporary: Temporary, sync: S) -> Result<(), SaveError>
    where
        S: FnOnce() -> Result<(), SaveError>,
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

    /// Undoes the exchange. Two edits by others, one on either side of it, are both kept. A folder that
    /// went away has both files with it; what of ours is there is swept when it is back.
    fn put_back(&self, temporary: Temporary) -> SaveError {
        let undone = platform::exchange(&temporary.path, &self.target);
        if undone.is_ok() && holds(&temporary.path, self.new).unwrap_or(false) {
            let _ = self.sync_folder();
            return self.changed();
        }
        if let Err(source) = undone
            && source.kind() == ErrorKind::NotFound
            && !directory_of(&self.target).is_dir()
        {
            return failure(self.path, "replace", source);
        }
        let kept = temporary.keep();
        let reason = format!(
            "other programs wrote it twice meanwhile; one of the two texts is in `{}`",
            escape_path(&kept)
        );
        let help = "compare it with the file, then remove it";
        failure(self.path, "replace", io::Error::other(Explained { reason, help }))
    }

    /// Writes in place, never truncating first: there is no moment at which the file is empty. A record
    /// of both texts is on disk before the first byte changes.
    fn overwrite(&self) -> Result<(), SaveError> {
        let failed = |source| trouble(self.path, "write", source);
        self.check_unchanged()?;
        let mut file =
            regular::open(&self.target, OpenOptions::new().write(true)).map_err(failed)?;
        let record = Record::keep(&self.target, &self.metadata, self.loaded, self.new).map_err(
            |source| failure(self.path, "keep a copy before writing in place to", source),
        )?;
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
        Err(failure(self.path, action, source))
    }

    fn sync_folder(&self) -> Result<(), SaveError> {
        platform::sync_folder(directory_of(&self.target))
            .map_err(|source| failure(self.path, "sync the folder of", source))
    }

    fn changed(&self) -> SaveError {
        let path = self.path.to_owned();
        SaveError::Changed { path }
    }
}

pub(super) fn failure(path: &Path, action: &'static str, source: io::Error) -> SaveError {
    let path = path.to_owned();
    SaveError::Io { path, action, source }
}

/// A failure with a file that was there when it was loaded. That it is gone is a change like another,
/// often a passing one: some editors save by moving the old file away first.
fn trouble(path: &Path, action: &'static str, source: io::Error) -> SaveError {
    if source.kind() == ErrorKind::NotFound && directory_of(path).is_dir() {
        let path = path.to_owned();
        return SaveError::Changed { path };
    }
    failure(path, action, source)
}

/// The folder that `path` lies in; a bare name lies in the working directory.
fn directory_of(path: &Path) -> &Path {
    match path.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => directory,
        _ => Path::new("."),
    }
}

/// Whether `path` is a regular file of exactly these bytes; never opens a pipe or a device.
fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    Ok(fs::symlink_metadata(path)?.is_file() && regular::read(path)? == bytes)
}

fn write_over(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.rewind()?;
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}
