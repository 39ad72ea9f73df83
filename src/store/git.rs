//! The `git` on the PATH: its next commit, its hooks and its configuration. The only
//! user of other programs.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::model::Error;
use crate::text::escape_path;

/// Settings of every git command. They override the configuration of a repository.
///
/// Reading the index runs the command of `core.fsmonitor`. Hooks, filters, `textconv`, external
/// diffs and aliases are not run by the commands that are used here.
const SETTINGS: [&str; 1] = ["core.fsmonitor=false"];

/// Variables of every git command. An object that is missing from a partial clone would be fetched:
/// by ssh, by `core.sshCommand` or by a helper of the remote.
const VARIABLES: [(&str, &str); 4] = [
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
];

/// Returns the error for a part of a repository that cannot be read or set. `reason` is the message
/// of git or the system.
pub fn git_failed(wanted: &str, reason: &str) -> Error {
    let help = "the workspace must be in a git repository, and git on the PATH";
    Error::system(format!("{wanted} cannot be found: {reason}"), Some(help.into()))
}

/// Returns the error for a link that leads out of a repository: a write would change a file
/// elsewhere.
pub fn outside_of_repository(path: &Path, target: &Path) -> Error {
    Error::request(
        format!(
            "{} leads to {}, outside of the repository",
            escape_path(path),
            escape_path(target)
        ),
        "replace the link by a file or directory of the repository",
    )
}

/// Returns whether this process or one of its parents was started by git in a hook. The environment
/// of a hook names its repository and its index.
pub fn is_hook() -> bool {
    ["GIT_DIR", "GIT_INDEX_FILE"].iter().any(|name| std::env::var_os(name).is_some())
}

/// Returns a git command that runs nothing which a repository configures.
///
/// In a hook, git runs in the working directory of this process, to which the environment of the
/// hook refers; otherwise it runs in `directory`.
pub fn command(directory: &Path) -> Command {
    let mut command = Command::new("git");
    command.args(["--no-pager", "--literal-pathspecs"]);
    command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
    command.envs(VARIABLES);
    if !is_hook() {
        command.current_dir(directory);
    }
    command
}

/// Runs git and returns what it prints.
pub fn git<S: AsRef<OsStr>>(
    directory: &Path,
    wanted: &'static str,
    arguments: impl IntoIterator<Item = S>,
) -> Result<Vec<u8>, Error> {
    let output = command(directory)
        .args(arguments)
        .output()
        .map_err(|error| git_failed(wanted, &format!("git does not run: {error}")))?;
    checked_output(wanted, output)
}

/// The output of git, or the first line of its error message.
pub fn checked_output(wanted: &'static str, output: Output) -> Result<Vec<u8>, Error> {
    if output.status.success() {
        Ok(output.stdout)
    } else {
        let printed = String::from_utf8_lossy(&output.stderr);
        let reason = printed.lines().next().unwrap_or("git printed nothing");
        Err(git_failed(wanted, reason.trim()))
    }
}

/// Returns the first line of an output of git.
pub fn first_line(output: &[u8]) -> String {
    String::from_utf8_lossy(output).trim_end_matches(['\n', '\r']).to_string()
}

/// The parts of an output that zero bytes separate.
pub fn nul_separated(listed: &[u8]) -> impl Iterator<Item = Cow<'_, str>> {
    let parts = listed.split(|byte| *byte == 0).filter(|part| !part.is_empty());
    parts.map(String::from_utf8_lossy)
}

/// Returns the nearest directory at or above `path` that exists.
pub fn nearest_directory(path: &Path) -> &Path {
    path.ancestors().find(|directory| directory.is_dir()).unwrap_or(path)
}

/// Resolves the links of a path as far as it exists.
pub fn real_path(path: &Path) -> PathBuf {
    for above in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (above.canonicalize(), path.strip_prefix(above)) {
            // Joining an empty rest would add a separator.
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    path.to_path_buf()
}
