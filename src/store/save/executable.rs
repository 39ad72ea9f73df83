//! Files that are to be run, such as hooks.

use std::io::ErrorKind;
use std::path::Path;

use crate::store::save::{
    SaveError, create, directory_of, failure, make_directory, platform, regular, replace,
};

/// What a file holds; `None` where it is not there.
///
/// # Errors
/// It cannot be read.
pub fn known(path: &Path) -> Result<Option<Vec<u8>>, SaveError> {
    match regular::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failure(path, "read", error)),
    }
}

/// Writes a file that everybody who may read it may run; `loaded` is what it held, as [`known`] said.
///
/// # Errors
/// The file is no longer what was known of it, or the system refuses.
pub fn executable(path: &Path, loaded: Option<&[u8]>, new: &[u8]) -> Result<(), SaveError> {
    match loaded {
        Some(loaded) => {
            replace(path, loaded, new)?;
        }
        None => {
            make_directory(directory_of(path))?;
            create(path, new)?;
        }
    }
    platform::make_executable(path).map_err(|source| failure(path, "make executable", source))
}
