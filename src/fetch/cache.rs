//! The cache: for each URL the last body, and when it was asked for.
//!
//! One file for each URL: a line of JSON, then the body. The directory may be missing or
//! read-only, and files may be damaged: an entry that cannot be read counts as absent.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::fetch::{Failure, Fetched, Origin};
use crate::model::Error;
use crate::store::save;
use crate::text::escape_path;

/// Version of the files; entries of other versions count as absent.
const VERSION: u32 = 1;

/// The cache of one workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cache {
    /// The directory with the entries; `None` if the user has no directory for caches.
    directory: Option<PathBuf>,
}

/// All that is known about one URL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Earlier attempts.
    pub history: History,
    /// The last body.
    pub copy: Option<Copy>,
}

/// Earlier attempts to fetch one URL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// The last attempt.
    pub last_try: Option<DateTime<Utc>>,
    /// The last attempt that reached a host.
    pub last_contact: Option<DateTime<Utc>>,
    /// The last attempt whose body the caller could use.
    pub last_success: Option<DateTime<Utc>>,
    /// The first failure after the last success.
    pub failing_since: Option<DateTime<Utc>>,
    /// The last failure, if it is after the last success.
    pub failure: Option<Failure>,
    /// The time before which the host does not want to be asked.
    pub not_before: Option<DateTime<Utc>>,
}

/// A cached body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The URL that sent it, after all redirects.
    pub url: String,
    /// The new URL, if the redirects said that the URL has changed for good.
    pub moved_to: Option<String>,
    /// The charset of the header `Content-Type`.
    pub charset: Option<String>,
    /// The validators that came with it.
    pub validators: Validators,
    /// The time at which it was received.
    pub received: DateTime<Utc>,
    /// The body.
    pub body: Vec<u8>,
}

/// Headers by which a host recognizes a body that it sent, byte for byte.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The header `ETag`.
    pub etag: Option<Vec<u8>>,
    /// The header `Last-Modified`.
    pub last_modified: Option<Vec<u8>>,
}

/// The first line of a file.
#[derive(Serialize, Deserialize)]
struct Header {
    version: u32,
    url: String,
    history: History,
    copy: Option<CopyHeader>,
}

/// A [`Copy`] without its body.
#[derive(Serialize, Deserialize)]
struct CopyHeader {
    url: String,
    moved_to: Option<String>,
    charset: Option<String>,
    validators: Validators,
    received: DateTime<Utc>,
    length: usize,
}

impl Validators {
    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

impl Copy {
    /// Returns the body as an answer.
    pub fn fetched(self, from: Origin) -> Fetched {
        let Self { url, moved_to, charset, body, .. } = self;
        Fetched { body, charset, url, moved_to, from }
    }
}

impl Cache {
    /// Returns the cache of the workspace at `root` in the user's directory for caches:
    /// `<user>/thread/<hash of root>/`.
    pub fn of_workspace(user: Option<&Path>, root: &Path) -> Self {
        let name = hash(root.as_os_str().as_encoded_bytes());
        Self { directory: user.map(|user| user.join("thread").join(name)) }
    }

    /// Returns the attempts to fetch a URL, as far as they are known.
    pub fn history(&self, url: &str) -> History {
        self.read(url).history
    }

    /// Records whether the caller could use the body that it received from a URL at `now`.
    ///
    /// # Errors
    /// The entry cannot be written.
    pub fn record(
        &self,
        url: &str,
        now: DateTime<Utc>,
        reading: Result<(), Failure>,
    ) -> Result<(), Error> {
        let mut entry = self.read(url);
        match reading {
            Ok(()) => entry.history.succeed(now),
            Err(failure) => entry.history.fail(now, failure),
        }
        self.write(url, &entry)
    }

    /// Returns the entry of a URL; an empty one if there is none.
    pub(super) fn read(&self, url: &str) -> Entry {
        let path = self.path(url);
        let bytes = path.and_then(|path| save::read_if_exists(&path).ok().flatten());
        bytes.and_then(|bytes| parse(&bytes, url)).unwrap_or_default()
    }

    /// Replaces the entry of a URL, completely or not at all. Without a directory, nothing is
    /// written.
    ///
    /// # Errors
    /// The system refuses.
    pub(super) fn write(&self, url: &str, entry: &Entry) -> Result<(), Error> {
        let Some(path) = self.path(url) else {
            return Ok(());
        };
        let bytes = serialize(entry, url).map_err(|source| {
            Error::system(format!("cannot write `{}`: {source}", escape_path(&path)), None)
        })?;
        save::put(&path, &bytes)
    }

    /// Removes temporary files of killed runs.
    pub(super) fn sweep(&self) {
        if let Some(directory) = &self.directory {
            // What cannot be removed takes space, and nothing else.
            let _ = save::sweep(directory);
        }
    }

    fn path(&self, url: &str) -> Option<PathBuf> {
        let directory = self.directory.as_ref()?;
        Some(directory.join(format!("{}.feed", hash(url.as_bytes()))))
    }
}

impl History {
    /// Records an attempt whose body was used.
    fn succeed(&mut self, now: DateTime<Utc>) {
        self.last_success = Some(now);
        self.failing_since = None;
        self.failure = None;
    }

    /// Records a failure.
    pub(super) fn fail(&mut self, now: DateTime<Utc>, failure: Failure) {
        self.failing_since.get_or_insert(now);
        self.failure = Some(failure);
    }
}

fn serialize(entry: &Entry, url: &str) -> serde_json::Result<Vec<u8>> {
    let header = Header {
        version: VERSION,
        url: url.to_string(),
        history: entry.history.clone(),
        copy: entry.copy.as_ref().map(|copy| CopyHeader {
            url: copy.url.clone(),
            moved_to: copy.moved_to.clone(),
            charset: copy.charset.clone(),
            validators: copy.validators.clone(),
            received: copy.received,
            length: copy.body.len(),
        }),
    };
    let mut bytes = serde_json::to_vec(&header)?;
    bytes.push(b'\n');
    bytes.extend(entry.copy.iter().flat_map(|copy| &copy.body));
    Ok(bytes)
}

/// Reads an entry; `None` if it is damaged, of another version, or of another URL with the same
/// hash.
fn parse(bytes: &[u8], url: &str) -> Option<Entry> {
    let end = memchr::memchr(b'\n', bytes)?;
    let (line, body) = (&bytes[..end], &bytes[end + 1..]);
    let header: Header = serde_json::from_slice(line).ok()?;
    let length = header.copy.as_ref().map_or(0, |copy| copy.length);
    if header.version != VERSION || header.url != url || length != body.len() {
        return None;
    }
    let copy = header.copy.map(|copy| Copy {
        url: copy.url,
        moved_to: copy.moved_to,
        charset: copy.charset,
        validators: copy.validators,
        received: copy.received,
        body: body.to_vec(),
    });
    Some(Entry { history: header.history, copy })
}

/// Returns a hash as a file name of 16 characters. It is the same in every release (FNV-1a), and
/// entries contain what was hashed, so that a collision is noticed.
fn hash(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
