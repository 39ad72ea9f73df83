//! The hooks and the configuration of one repository.

use std::path::{Path, PathBuf};

use crate::model::Error;
use crate::store::find::normalize;
use crate::store::git::{first_line, git, is_hook, outside_of_repository, real_path};

/// Name of the configuration in error messages.
const CONFIGURATION: &str = "the configuration of the repository";

/// The hooks of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hooks {
    /// The directory in which git looks for them.
    pub directory: PathBuf,
    /// The path from the top of the work tree, where hooks run, to the workspace.
    pub prefix: PathBuf,
    /// True if other repositories may use the directory too.
    pub is_shared: bool,
}

/// The directories of a repository, without links in their paths.
struct Repository {
    /// The top of the work tree.
    top: PathBuf,
    /// The git directory that all its work trees have in common.
    common: PathBuf,
}

impl Repository {
    fn has(&self, path: &Path) -> bool {
        path.starts_with(&self.top) || path.starts_with(&self.common)
    }

    /// Refuses a path that leads out of the repository.
    fn check(&self, path: &Path) -> Result<(), Error> {
        let target = destination(path);
        let path = path.to_path_buf();
        if self.has(&target) { Ok(()) } else { Err(outside_of_repository(&path, &target)) }
    }
}

/// The destination of a path, also if nothing is there.
fn destination(path: &Path) -> PathBuf {
    match (path.canonicalize(), path.read_link(), path.parent()) {
        (Err(_), Ok(target), Some(directory)) => real_path(directory).join(target),
        _ => real_path(path),
    }
}

/// Finds the hooks of the repository that holds `root`.
///
/// # Errors
/// There is no repository or no git, or the directory of the hooks is a link out of the repository.
pub fn hooks(root: &Path) -> Result<Hooks, Error> {
    let wanted = "the directory of the hooks";
    let repository = repository(root, wanted)?;
    let directory = git_path(root, wanted, "hooks")?;
    let prefix = git(root, wanted, ["rev-parse", "--show-prefix"])?;
    let is_outside = !repository.has(&directory);
    if !is_outside {
        repository.check(&directory)?;
    }
    let prefix = PathBuf::from(first_line(&prefix));
    Ok(Hooks { directory, prefix, is_shared: is_outside || is_set_for_all(root) })
}

/// Returns whether `core.hooksPath` names one directory for all repositories of a user or machine.
fn is_set_for_all(root: &Path) -> bool {
    let asked = ["config", "--show-scope", "--type=path", "--get", "core.hooksPath"];
    let set = git(root, "core.hooksPath", asked).map(|set| first_line(&set)).unwrap_or_default();
    let of_all = ["global", "system"].iter().find_map(|scope| set.strip_prefix(scope));
    of_all.is_some_and(|path| Path::new(path.trim_start()).is_absolute())
}

fn repository(root: &Path, wanted: &'static str) -> Result<Repository, Error> {
    let top = git(root, wanted, ["rev-parse", "--show-toplevel"])?;
    let common = git(root, wanted, ["rev-parse", "--git-common-dir"])?;
    let common = real_path(&base(root).join(first_line(&common)));
    Ok(Repository { top: real_path(Path::new(&first_line(&top))), common })
}

/// The path of a file of the git directory. Links in the answer of git are left in it.
fn git_path(root: &Path, wanted: &'static str, name: &str) -> Result<PathBuf, Error> {
    let path = git(root, wanted, ["rev-parse", "--git-path", name])?;
    Ok(normalize(&real_path(base(root)).join(first_line(&path))))
}

/// The directory in which git runs, and which its answers are relative to.
fn base(root: &Path) -> &Path {
    if is_hook() { Path::new(".") } else { root }
}

/// Checks that the configuration of the repository can be written to.
///
/// # Errors
/// There is no repository or no git, or the configuration is a link out of the repository.
pub fn check_configuration(root: &Path) -> Result<(), Error> {
    repository(root, CONFIGURATION)?.check(&git_path(root, CONFIGURATION, "config")?)
}

/// Configures git in this repository to merge files with the attribute `merge=thread`. Returns
/// whether the configuration changed.
///
/// # Errors
/// There is no repository or no git.
pub fn set_merge_driver(root: &Path, driver: &str) -> Result<bool, Error> {
    let name = "threads and catalogs, by meaning";
    let mut is_new = false;
    for (key, value) in [("merge.thread.name", name), ("merge.thread.driver", driver)] {
        let known = git(root, CONFIGURATION, ["config", "--local", "--get", key]);
        if known.is_ok_and(|known| first_line(&known) == value) {
            continue;
        }
        git(root, CONFIGURATION, ["config", "--local", "--replace-all", key, value])?;
        is_new = true;
    }
    Ok(is_new)
}
