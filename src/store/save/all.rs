//! Several files, all of them or none.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::model::Error;
use crate::store::new_file;
use crate::store::save::temporary::Temporary;
use crate::store::save::{
    changed, create, directory_of, failure, platform, regular, replace, sweep,
};

/// One file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its path.
    pub path: PathBuf,
    /// Its content when it was loaded; `None` for a file that must not be there yet.
    pub loaded: Option<Vec<u8>>,
    /// Its new content.
    pub new: Vec<u8>,
}

impl Job {
    /// Returns whether the new content differs from the old.
    pub fn is_news(&self) -> bool {
        self.loaded.as_ref() != Some(&self.new)
    }
}

/// A file that gets another name in its directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Its path.
    pub from: PathBuf,
    /// Its new path, at which nothing exists.
    pub to: PathBuf,
    /// Its content when it was loaded.
    pub loaded: Vec<u8>,
}

/// Writes all files like [`save_all`], then moves a file. If that fails, the files are restored.
///
/// If the machine stops in between, the same call completes the edit.
///
/// # Errors
/// The error of the file that failed.
pub fn save_and_move(jobs: &[Job], moved: Option<&Move>) -> Result<(), Error> {
    save_all(jobs)?;
    let moved = moved.map_or(Ok(()), move_file);
    if moved.is_err() {
        jobs.iter().rev().for_each(put_back);
    }
    moved
}

/// The caller holds the workspace lock, so that no other run creates the target in the meantime.
fn move_file(Move { from, to, loaded }: &Move) -> Result<(), Error> {
    new_file::check(to)?;
    if !regular::read_file(from).is_ok_and(|content| content == *loaded) {
        return Err(changed(from));
    }
    fs::rename(from, to).map_err(|source| failure(from, "rename", &source))?;
    let directory = directory_of(to);
    platform::sync_folder(directory).map_err(|source| failure(to, "sync the directory of", &source))
}

/// Writes all files in their order. If one fails, those before it are restored. First, temporary
/// files of killed runs are removed from the directories; an error while removing them is ignored.
///
/// If the machine stops in between, each file is old or new.
///
/// # Errors
/// The error of the file that failed.
pub fn save_all(jobs: &[Job]) -> Result<(), Error> {
    let directories: BTreeSet<&Path> = jobs.iter().map(|job| directory_of(&job.path)).collect();
    for directory in directories {
        let _ = sweep(directory);
    }
    for (done, job) in jobs.iter().enumerate() {
        if let Err(error) = write(job) {
            jobs[..done].iter().rev().for_each(put_back);
            return Err(error);
        }
    }
    Ok(())
}

fn write(job: &Job) -> Result<(), Error> {
    match &job.loaded {
        Some(loaded) => replace(&job.path, loaded, &job.new).map(drop),
        None => {
            make_directory(directory_of(&job.path))?;
            create(&job.path, &job.new)
        }
    }
}

/// Creates a directory and its parents, unless they exist.
///
/// # Errors
/// The system refuses.
pub fn make_directory(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|source| failure(path, "create the directory", &source))
}

/// Restores a file, unless another process has changed it in the meantime.
fn put_back(job: &Job) {
    match &job.loaded {
        Some(loaded) => drop(replace(&job.path, &job.new, loaded)),
        None if regular::read_file(&job.path).is_ok_and(|content| content == job.new) => {
            let _ = fs::remove_file(&job.path);
        }
        None => {}
    }
}

/// Returns the content of a file; `None` if it does not exist.
///
/// # Errors
/// The file cannot be read.
pub fn read_if_exists(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match regular::read_file(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failure(path, "read", &error)),
    }
}

/// Creates or replaces a file of this program, such as an entry of a cache, in one step. No change of
/// another process is noticed; the file is readable for its owner alone. Missing directories are
/// created.
///
/// # Errors
/// The system refuses. The file is then as it was.
pub fn put(path: &Path, content: &[u8]) -> Result<(), Error> {
    make_directory(directory_of(path))?;
    let failed = |source| failure(path, "write", &source);
    let mut temporary = Temporary::create(path, 0o600).map_err(failed)?;
    temporary.fill(content, None).map_err(failed)?;
    fs::rename(&temporary.path, path).map_err(failed)
}

/// Writes a file that everyone who may read it may execute. `loaded` is its content as returned by
/// [`read_if_exists`].
///
/// # Errors
/// The content of the file has changed, or the system refuses.
pub fn save_executable(path: &Path, loaded: Option<&[u8]>, new: &[u8]) -> Result<(), Error> {
    match loaded {
        Some(loaded) => {
            replace(path, loaded, new)?;
        }
        None => {
            make_directory(directory_of(path))?;
            create(path, new)?;
        }
    }
    platform::make_executable(path).map_err(|source| failure(path, "make executable", &source))
}
