//! The workspace in git's index: the files of the next commit.
//!
//! In a hook, git names the index in `GIT_INDEX_FILE`; for `commit -a` and `commit PATH` it is a
//! temporary one. The index contains no files of submodules, and no content of files added with
//! `add -N`; neither are checked.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::model::{Configuration, Error};
use crate::parse::configuration;
use crate::store::git::{
    checked_output, command, first_line, git, git_failed, is_hook, nearest_directory,
    nul_separated, real_path,
};
use crate::text::{Document, escape_path};
use crate::workspace::load::Content;
use crate::workspace::{CONFIGURATION, Documents, load};

/// Name of the index in error messages.
const STAGED: &str = "what is staged";

/// The modes of entries that are no files: a link, and a commit of another repository.
const LINK: &str = "120000";
const SUBMODULE: &str = "160000";

/// The directory in which a workspace has its threads, where no configuration names another.
const THREADS: &str = "threads";

/// A workspace in the index.
#[derive(Debug)]
pub struct Index {
    /// The directory of the workspace. It may be missing from the disk.
    pub root: PathBuf,
    /// The directory of the workspace below the top of the work tree, with `/` between its parts
    /// and at its end, or empty.
    prefix: String,
    /// The files below the workspace.
    entries: Vec<IndexEntry>,
    /// True if some of the files are links.
    has_links: bool,
}

/// A file that the index lists: its path, and the object with its content.
#[derive(Debug)]
struct IndexEntry {
    path: String,
    object: String,
    is_link: bool,
}

/// Finds the workspace at or above `directory` in the index: the nearest directory with a
/// `thread.yaml`, else the nearest one with files in `threads`. Returns `None` if the next commit
/// contains no such directory.
///
/// # Errors
/// There is no repository or no git.
pub fn find_index(directory: &Path) -> Result<Option<Index>, Error> {
    let near = nearest_directory(directory);
    let top = PathBuf::from(first_line(&git(near, STAGED, ["rev-parse", "--show-toplevel"])?));
    let start = real_path(directory);
    let Ok(start) = start.strip_prefix(&top) else {
        let said = format!("{} is outside of {}", escape_path(&start), escape_path(&top));
        return Err(git_failed(STAGED, &said));
    };
    let entries = entries(near, &top)?;
    let prefixes: Vec<String> = start.ancestors().map(prefix).collect();
    let configured = prefixes.iter().find(|prefix| is_configured(&entries, prefix));
    let plain = || prefixes.iter().find(|prefix| has_threads(&entries, prefix));
    let Some(prefix) = configured.or_else(plain).cloned() else { return Ok(None) };
    let below = entries.into_iter().filter_map(|entry| {
        let path = entry.path.strip_prefix(&prefix)?.to_string();
        Some(IndexEntry { path, ..entry })
    });
    let entries: Vec<IndexEntry> = below.collect();
    let has_links = entries.iter().any(|entry| entry.is_link);
    Ok(Some(Index { root: top.join(&prefix), prefix, entries, has_links }))
}

fn is_configured(entries: &[IndexEntry], prefix: &str) -> bool {
    entries.iter().any(|entry| entry.path.strip_prefix(prefix) == Some(CONFIGURATION))
}

/// Returns whether a directory has files in `threads`, or a link of that name.
fn has_threads(entries: &[IndexEntry], prefix: &str) -> bool {
    entries.iter().any(|entry| {
        let path = entry.path.strip_prefix(prefix).and_then(|path| path.strip_prefix(THREADS));
        path.is_some_and(|rest| rest.starts_with('/') || (entry.is_link && rest.is_empty()))
    })
}

/// The path of a directory with `/` between its parts and at its end; empty for the top.
fn prefix(directory: &Path) -> String {
    let parts = directory.components().map(|part| part.as_os_str().to_string_lossy() + "/");
    parts.collect()
}

/// All files of the index, by their paths from the top of the work tree.
fn entries(directory: &Path, top: &Path) -> Result<Vec<IndexEntry>, Error> {
    let asked = ["ls-files", "--stage", "--full-name", "-z", "--"].map(OsStr::new);
    let listed = git(directory, STAGED, asked.into_iter().chain([top.as_os_str()]))?;
    let mut entries = Vec::new();
    for entry in nul_separated(&listed) {
        let Some((about, path)) = entry.split_once('\t') else { continue };
        let mut about = about.split(' ');
        let mode = about.next().unwrap_or_default();
        let object = about.next().unwrap_or_default().to_string();
        if mode != SUBMODULE {
            entries.push(IndexEntry { path: path.to_string(), object, is_link: mode == LINK });
        }
    }
    Ok(entries)
}

impl Index {
    /// Reads the documents of the workspace.
    ///
    /// # Errors
    /// There is no git.
    pub fn documents(&self) -> Result<Documents, Error> {
        let mut files = self.contents(|entry| self.is_document(entry))?;
        if files.values().any(|content| content.as_ref().is_some_and(Vec::is_empty)) {
            let added = self.added()?;
            files.retain(|path, content| {
                content.as_ref().is_none_or(|content| !content.is_empty()) || added.contains(path)
            });
        }
        let mut links = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| entry.is_link) {
            if let Some(target) = files.remove(&entry.path) {
                let target = target.unwrap_or_default();
                links.insert(entry.path.clone(), String::from_utf8_lossy(&target).into_owned());
            }
        }
        for entry in self.entries.iter().filter(|entry| !self.is_document(entry)) {
            files.insert(entry.path.clone(), Some(Vec::new()));
        }
        Ok(load::from_files(&self.root, files, &links))
    }

    /// Returns whether the content of an entry is needed. A link may lead to any file.
    fn is_document(&self, entry: &IndexEntry) -> bool {
        self.has_links || entry.path == CONFIGURATION || load::is_markdown(&entry.path)
    }

    /// Returns whether the next commit changes a file of the workspace.
    ///
    /// If nothing is staged at all and git runs no hook, this is no commit but a check of
    /// everything, as before a push or in CI.
    ///
    /// # Errors
    /// There is no git.
    pub fn is_touched(&self) -> Result<bool, Error> {
        let Ok(head) =
            git(nearest_directory(&self.root), STAGED, ["rev-parse", "--verify", "-q", "HEAD"])
        else {
            return Ok(true);
        };
        let changed = self.changed(&first_line(&head))?;
        if changed.is_empty() {
            return Ok(!is_hook());
        }
        let configuration = self.configuration()?;
        let directories = [&configuration.threads, &configuration.backlogs, &configuration.drafts];
        let directories = directories.map(|directory| directory.trim_start_matches("./"));
        let is_part = |path: &str| {
            let below = |directory: &str| path.strip_prefix(directory);
            path == CONFIGURATION
                || directories.iter().any(|directory| {
                    below(directory).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                })
        };
        // Through a link, any file of the repository may be part of the workspace.
        let mut links = self.entries.iter().filter(|entry| entry.is_link);
        let is_linked = links.any(|entry| is_part(&entry.path));
        let mut below = changed.iter().filter_map(|path| path.strip_prefix(&self.prefix));
        Ok(is_linked || below.any(is_part))
    }

    fn configuration(&self) -> Result<Configuration, Error> {
        let mut files = self.contents(|entry| entry.path == CONFIGURATION)?;
        let content = files.remove(CONFIGURATION).flatten().unwrap_or_default();
        let text = String::from_utf8_lossy(&content).into_owned();
        Ok(configuration::parse(&Document::new(CONFIGURATION, text)).0)
    }

    /// Returns the paths of the workspace in the next commit, without files added with `add -N`.
    fn added(&self) -> Result<BTreeSet<String>, Error> {
        let nothing =
            git(nearest_directory(&self.root), STAGED, ["hash-object", "-t", "tree", "--stdin"])?;
        let added = self.changed(&first_line(&nothing))?.into_iter();
        Ok(added.filter_map(|path| path.strip_prefix(&self.prefix).map(str::to_string)).collect())
    }

    /// Paths from the top of the work tree in which the index differs from a tree or commit.
    fn changed(&self, tree: &str) -> Result<BTreeSet<String>, Error> {
        let asked = ["diff-index", "--cached", "--name-only", "--no-renames", "--no-ext-diff"];
        let more = ["--no-textconv", "--ita-invisible-in-index", "-z", tree];
        let listed = git(nearest_directory(&self.root), STAGED, asked.into_iter().chain(more))?;
        Ok(nul_separated(&listed).map(std::borrow::Cow::into_owned).collect())
    }

    /// Contents of some entries by their paths; `None` for one that is not in this clone. Of a file
    /// in conflict the last side counts; its markers are found in the text, or the sides differ and
    /// git does not commit.
    fn contents(
        &self,
        is_wanted: impl Fn(&IndexEntry) -> bool,
    ) -> Result<BTreeMap<String, Content>, Error> {
        let entries: Vec<&IndexEntry> =
            self.entries.iter().filter(|entry| is_wanted(entry)).collect();
        let asked: String = entries.iter().map(|entry| format!("{}\n", entry.object)).collect();
        let output = blobs(nearest_directory(&self.root), asked)?;
        let mut rest = output.as_slice();
        let mut files = BTreeMap::new();
        for entry in entries {
            let Some(end) = rest.iter().position(|byte| *byte == b'\n') else { break };
            let head = String::from_utf8_lossy(&rest[..end]).into_owned();
            rest = &rest[end + 1..];
            // `<object> <type> <size>`, else `<object> missing`, which has no content.
            let size = head.split(' ').nth(2).and_then(|size| size.parse::<usize>().ok());
            files.insert(
                entry.path.clone(),
                size.map(|size| rest.get(..size).unwrap_or_default().to_vec()),
            );
            rest = size.map_or(rest, |size| rest.get(size + 1..).unwrap_or_default());
        }
        Ok(files)
    }
}

/// Answer of `git cat-file --batch` to the names of objects, a line each.
fn blobs(directory: &Path, asked: String) -> Result<Vec<u8>, Error> {
    let fail = |error: &io::Error| git_failed(STAGED, &error.to_string());
    let mut child = command(directory)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| fail(&error))?;
    let mut stdin = child.stdin.take().expect("it is a pipe");
    let writer = std::thread::spawn(move || stdin.write_all(asked.as_bytes()));
    let output = child.wait_with_output().map_err(|error| fail(&error))?;
    let _ = writer.join();
    checked_output(STAGED, output)
}
