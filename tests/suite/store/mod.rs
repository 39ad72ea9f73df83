//! The store: files are written whole or not at all, and never over a change of another process.
//!
//! Modes, owners, links and pipes are those of Unix; none of this has been tried on Windows.
#![cfg(unix)]

mod child;
pub mod directories;
mod lock;
mod save;
mod save_faults;
mod sweep;
mod unfinished;

use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use thread_tracker::model::Error;
use thread_tracker::model::ErrorKind;

fn put(path: &Path, text: &str) {
    File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn inode(path: &Path) -> u64 {
    fs::metadata(path).unwrap().ino()
}

/// All names in a directory, hidden ones too, such as a temporary file that was not removed.
fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap().map(Result::unwrap);
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A directory with one file, `t.md`.
fn directory_with(text: &str) -> (TempDir, PathBuf) {
    with_file(tempfile::tempdir().unwrap(), text)
}

/// The same in memory, where a sync takes no time, so that races meet ten times as often.
fn fast_directory_with(text: &str) -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
    with_file(directory.unwrap(), text)
}

fn with_file(directory: TempDir, text: &str) -> (TempDir, PathBuf) {
    let path = directory.path().join("t.md");
    put(&path, text);
    (directory, path)
}

fn is_changed<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error { kind: ErrorKind::Changed, .. }))
}
