//! What git would commit, and where its hooks are. Asks the `git` on the path; the only user of other
//! programs.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::load;
use crate::workspace::Documents;

/// What `check --staged` wants of git.
const STAGED: &str = "what is staged";

/// The modes of entries that are no files: a link, and a commit of another repository.
const LINK: &str = "120000";
const SUBMODULE: &str = "160000";

/// Why git could not be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitError {
    /// What was wanted.
    wanted: &'static str,
    /// What git or the system said.
    said: String,
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} cannot be found: {}\nhelp: the workspace must lie in a git repository, and git on the path",
            self.wanted, self.said
        )
    }
}

impl std::error::Error for GitError {}

/// A file that the index lists: its path below the workspace, and the object with its content.
struct Entry {
    path: String,
    object: String,
    is_link: bool,
}

/// The files of the workspace at `root` as the index has them: what the next commit would hold.
///
/// Within a hook git says by `GIT_INDEX_FILE` which index that is; for `commit -a` and `commit PATH` it
/// is a passing one. Of a submodule the index holds no file, and of a file that is only meant to be
/// added (`add -N`) no content; neither is judged.
///
/// # Errors
/// There is no repository or no git.
pub fn staged(root: &Path) -> Result<Documents, GitError> {
    let folder = git(root, STAGED, ["rev-parse", "--show-toplevel"])?;
    let top = PathBuf::from(line(&folder));
    let real = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let prefix = real.strip_prefix(&top).unwrap_or(Path::new("")).to_path_buf();
    let entries = entries(root, &real, &prefix)?;
    let mut files = blobs(root, &entries)?;
    if files.values().any(Vec::is_empty) {
        let added = added(root, &prefix)?;
        files.retain(|path, content| !content.is_empty() || added.contains(path));
    }
    let mut links = BTreeMap::new();
    for entry in entries.into_iter().filter(|entry| entry.is_link) {
        if let Some(target) = files.remove(&entry.path) {
            links.insert(entry.path, String::from_utf8_lossy(&target).into_owned());
        }
    }
    Ok(load::from_files(root, files, &links))
}

fn entries(root: &Path, real: &Path, prefix: &Path) -> Result<Vec<Entry>, GitError> {
    let asked = ["ls-files", "--stage", "--full-name", "-z", "--"].map(OsStr::new);
    let listed = git(root, STAGED, asked.into_iter().chain([real.as_os_str()]))?;
    let mut entries = Vec::new();
    for entry in parts(&listed) {
        let Some((about, path)) = entry.split_once('\t') else { continue };
        let mut about = about.split(' ');
        let mode = about.next().unwrap_or_default();
        let object = about.next().unwrap_or_default().to_string();
        if mode != SUBMODULE {
            entries.push(Entry { path: below(prefix, path), object, is_link: mode == LINK });
        }
    }
    Ok(entries)
}

/// The paths that a commit would hold, without those that are only meant to be added.
fn added(root: &Path, prefix: &Path) -> Result<BTreeSet<String>, GitError> {
    let nothing = git(root, STAGED, ["hash-object", "-t", "tree", "--stdin"])?;
    let asked = ["diff-index", "--cached", "--name-only", "--ita-invisible-in-index", "-z"];
    let listed = git(root, STAGED, asked.into_iter().chain([line(&nothing).as_str()]))?;
    Ok(parts(&listed).map(|path| below(prefix, &path)).collect())
}

/// What stands between the zero bytes of an answer.
fn parts(listed: &[u8]) -> impl Iterator<Item = Cow<'_, str>> {
    let parts = listed.split(|byte| *byte == 0).filter(|part| !part.is_empty());
    parts.map(String::from_utf8_lossy)
}

fn below(prefix: &Path, path: &str) -> String {
    let below = Path::new(path).strip_prefix(prefix).unwrap_or(Path::new(path));
    below.to_string_lossy().replace('\\', "/")
}

/// The folder in which git looks for the hooks of the repository that holds `root`, and the path from
/// the top of its work tree, where hooks run, to `root`.
///
/// # Errors
/// There is no repository or no git.
pub fn hooks(root: &Path) -> Result<(PathBuf, PathBuf), GitError> {
    let wanted = "the folder of the hooks";
    let folder = git(root, wanted, ["rev-parse", "--git-path", "hooks"])?;
    let prefix = git(root, wanted, ["rev-parse", "--show-prefix"])?;
    Ok((root.join(line(&folder)), PathBuf::from(line(&prefix))))
}

/// Tells git, in the configuration of this repository alone, how to merge files with `merge=thread`.
///
/// # Errors
/// There is no repository or no git.
pub fn set_merge_driver(root: &Path, driver: &str) -> Result<(), GitError> {
    let wanted = "the configuration of the repository";
    let name = "threads and catalogs, by meaning";
    for (key, value) in [("merge.thread.name", name), ("merge.thread.driver", driver)] {
        git(root, wanted, ["config", "--local", key, value])?;
    }
    Ok(())
}

/// The contents of objects, by the names of their files. Of a file in conflict the last side counts;
/// its marks are found in the text, or the sides differ and git does not commit.
fn blobs(root: &Path, entries: &[Entry]) -> Result<BTreeMap<String, Vec<u8>>, GitError> {
    let asked: String = entries.iter().map(|entry| format!("{}\n", entry.object)).collect();
    let fail = |error: &io::Error| GitError { wanted: STAGED, said: error.to_string() };
    let mut child = command(root)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| fail(&error))?;
    let mut stdin = child.stdin.take().expect("it is piped");
    let writer = std::thread::spawn(move || stdin.write_all(asked.as_bytes()));
    let output = child.wait_with_output().map_err(|error| fail(&error))?;
    let _ = writer.join();
    let mut rest = output.stdout.as_slice();
    let mut files = BTreeMap::new();
    for entry in entries {
        let Some(end) = rest.iter().position(|byte| *byte == b'\n') else { break };
        let head = String::from_utf8_lossy(&rest[..end]).into_owned();
        rest = &rest[end + 1..];
        // `<object> <type> <size>`, else `<object> missing`, which has no content.
        let Some(size) = head.split(' ').nth(2).and_then(|size| size.parse::<usize>().ok()) else {
            continue;
        };
        files.insert(entry.path.clone(), rest.get(..size).unwrap_or_default().to_vec());
        rest = rest.get(size + 1..).unwrap_or_default();
    }
    Ok(files)
}

/// Git in the folder where this process was started if a hook set its variables, which speak of that
/// folder; else in the workspace.
fn command(root: &Path) -> Command {
    let mut command = Command::new("git");
    let is_hook = ["GIT_DIR", "GIT_INDEX_FILE"].iter().any(|name| std::env::var_os(name).is_some());
    if !is_hook {
        command.current_dir(root);
    }
    command
}

fn git<S: AsRef<OsStr>>(
    root: &Path,
    wanted: &'static str,
    arguments: impl IntoIterator<Item = S>,
) -> Result<Vec<u8>, GitError> {
    let output = command(root)
        .args(arguments)
        .output()
        .map_err(|error| GitError { wanted, said: format!("git does not run: {error}") })?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.lines().next().unwrap_or("git says nothing").trim().to_string();
            Err(GitError { wanted, said })
        }
    }
}

fn line(output: &[u8]) -> String {
    String::from_utf8_lossy(output).trim_end_matches(['\n', '\r']).to_string()
}
