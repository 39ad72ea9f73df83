//! Tests that run again in a child process, as another user or with less room.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::scratch::skipped;

/// Variable that tells a test that it runs in a child process.
pub const CHILD: &str = "THREAD_TRACKER_TEST_CHILD";

/// The user and group `nobody` of most systems; any other than root would do.
pub const NOBODY: u32 = 65534;

pub fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Command that runs a test, named by its full path, in `directory` after the command `prefix`.
pub fn again(test: &str, prefix: &[&str], directory: &Path) -> Command {
    let mut words: Vec<_> = prefix.iter().map(PathBuf::from).collect();
    words.push(std::env::current_exe().unwrap());
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).args(["--exact", test]).env(CHILD, "1").current_dir(directory);
    command
}

/// Runs a test again, and expects that it was found and passed.
pub fn passes_again(test: &str, prefix: &[&str], directory: &Path) {
    let output = match again(test, prefix, directory).output() {
        Ok(output) if !matches!(output.status.code(), Some(126 | 127)) => output,
        refused => {
            return skipped(&format!("{test}: {prefix:?} gave {refused:?}"));
        }
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("1 passed"), "the test was not found: {said}");
}

/// Runs a test again as a user without the rights of root.
pub fn passes_as_other_user(test: &str, directory: &Path) {
    let (user, group) = (format!("--reuid={NOBODY}"), format!("--regid={NOBODY}"));
    passes_again(test, &["setpriv", &user, &group, "--clear-groups"], directory);
}
