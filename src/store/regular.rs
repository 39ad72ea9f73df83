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
    let mut bytes = Vec::new();
    open(path, OpenOptions::new().read(true))?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a regular file without waiting.
///
/// # Errors
/// The system refuses, or the file is not a regular file.
pub fn open(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    let file = without_waiting(path, options)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_regular()) }
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
