//! The file that takes the new content until it is whole.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions, Permissions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{fs, io, process};

use crate::store::save::platform;

/// End of the name of a temporary file. The name starts with a dot, so that searches ignore it.
const SUFFIX: &str = ".thread-tmp";

/// A temporary file in the directory of its target, with a name that [`super::sweep`] recognizes.
/// It is removed when dropped.
pub struct Temporary {
    /// Its path until it is renamed.
    pub path: PathBuf,
    /// The file, open for writing.
    pub file: File,
    /// True if dropping this value removes the file.
    passing: bool,
}

impl Temporary {
    /// Creates an empty file in the directory of `target`. It has `mode` until [`Self::fill`] sets
    /// another.
    pub fn create(target: &Path, mode: u32) -> io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        // Cut, because with ours added a long name would be longer than file systems allow.
        let name: String = name.chars().take(48).collect();
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        platform::set_mode(&mut options, mode);
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let name = format!(".{name}.{}-{count}{SUFFIX}", process::id());
            let path = target.with_file_name(name);
            let file = match options.open(&path) {
                // A killed run had our process id.
                Err(source) if source.kind() == ErrorKind::AlreadyExists => continue,
                opened => opened?,
            };
            let passing = true;
            return Ok(Self { path, file, passing });
        }
    }

    /// Writes all and brings it to the disk. The mode comes after the content, and after the owner.
    pub fn fill(&mut self, content: &[u8], mode: Option<Permissions>) -> io::Result<()> {
        self.file.write_all(content)?;
        if let Some(mode) = mode {
            self.file.set_permissions(mode)?;
        }
        self.file.sync_all()
    }

    /// Renames the file to a name with `suffix`, which [`super::sweep`] does not recognize.
    pub fn rename(mut self, suffix: &str) -> io::Result<PathBuf> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let path = self.path.with_file_name(name.replace(SUFFIX, suffix));
        if path.symlink_metadata().is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        fs::rename(&self.path, &path)?;
        self.passing = false;
        Ok(path)
    }

    /// Leaves the file to the person, under a name that they see and [`super::sweep`] does not.
    pub fn keep(mut self) -> PathBuf {
        self.passing = false;
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let name = name.trim_start_matches('.').replace(SUFFIX, ".rescued");
        let visible = self.path.with_file_name(name);
        match fs::rename(&self.path, &visible) {
            Ok(()) => visible,
            Err(_) => self.path.clone(),
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if self.passing {
            // After a rename there is nothing left to remove, and after an error nothing to be
            // done.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Returns the id of the process that wrote the temporary file `name`: `.NAME.PID-n.thread-tmp`.
/// Other names have none.
pub fn process_of(name: &OsStr) -> Option<i32> {
    let stem = name.to_str()?.strip_prefix('.')?.strip_suffix(SUFFIX)?;
    let (_, place) = stem.rsplit_once('.')?;
    let (process, count) = place.split_once('-')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(process) && digits(count)).then(|| process.parse().ok())?
}
