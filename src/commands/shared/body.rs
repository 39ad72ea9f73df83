//! The bytes of a file that a command imports, or of standard input.

use std::io::Read;
use std::path::Path;

use anyhow::{Result, bail};

use super::session::Session;
use crate::feed::LARGEST;
use crate::model::Error;

/// A file, by its name for messages.
pub struct Body {
    /// The path, or "standard input".
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Body {
    /// Reads a file that an argument names.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn of_file(session: &Session, file: &Path) -> Result<Self> {
        let name = file.to_string_lossy().into_owned();
        session.read_bytes(file).map(|bytes| Self { name, bytes })
    }

    /// Reads standard input.
    ///
    /// # Errors
    /// Standard input cannot be read, or is too large.
    pub fn of_stdin() -> Result<Self> {
        let mut bytes = Vec::new();
        let read = std::io::stdin().take(LARGEST as u64 + 1).read_to_end(&mut bytes);
        let problem = match read {
            Ok(_) if bytes.len() > LARGEST => format!("is larger than {} MiB", LARGEST >> 20),
            Ok(_) => return Ok(Self { name: "standard input".into(), bytes }),
            Err(error) => format!("cannot be read: {error}"),
        };
        bail!(Error::request(format!("the standard input {problem}"), "name a file"))
    }
}
