//! Opening of regular files.
//!
//! A path may change between a check and the opening, and opening a pipe waits for its other end.
//! So a file is opened without waiting, and its kind is checked on the open handle.

use std::fs::{File, OpenOptions};
use std::io;
use std::io::Read;
use std::path::Path;

/// Reads a regular file.
///
/// # Errors
/// The system refuses, or the file is not a regular file.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    read_at_most(path, u64::MAX - 1)
}

/// Reads a regular file of at most `most` bytes.
///
/// # Errors
/// As [`read_file`], or [`io::ErrorKind::FileTooLarge`].
pub fn read_at_most(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let (file, length) = open_measured(path, OpenOptions::new().read(true))?;
    let too_large = || io::Error::from(io::ErrorKind::FileTooLarge);
    let length = usize::try_from(length).ok().filter(|_| length <= most).ok_or_else(too_large)?;
    // With space for one byte more, the end is found without another system call for the length.
    let mut bytes = Vec::with_capacity(length.saturating_add(1));
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
}

/// Opens a regular file without waiting.
///
/// # Errors
/// The system refuses, or the file is not a regular file.
pub fn open(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    open_measured(path, options).map(|(file, _)| file)
}

/// Like [`open`], also returns the length of the file.
fn open_measured(path: &Path, options: &mut OpenOptions) -> io::Result<(File, u64)> {
    let file = without_waiting(path, options)?;
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok((file, metadata.len())) } else { Err(not_regular()) }
}

/// Returns the error for a file that is not a regular file.
pub fn not_regular() -> io::Error {
    io::Error::other("it is not a regular file")
}

#[cfg(unix)]
fn without_waiting(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    use rustix::fs::OFlags;
    use rustix::io::Errno;
    use std::os::unix::fs::OpenOptionsExt;
    match options.custom_flags(OFlags::NONBLOCK.bits().cast_signed()).open(path) {
        // A pipe without a reader.
        Err(source) if Errno::from_io_error(&source) == Some(Errno::NXIO) => Err(not_regular()),
        // Another program has a lease on it, which it gives back: only regular files have them.
        Err(source) if source.kind() == io::ErrorKind::WouldBlock => {
            options.custom_flags(0).open(path)
        }
        opened => opened,
    }
}

#[cfg(not(unix))]
fn without_waiting(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    options.open(path)
}
