//! A repository with a workspace, and the git of this machine in it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::scratch::{self, Ran, Scratch};

pub const GOOD: &str =
    "---\nripeness: {level: low}\n---\n# X\n\nFrom `2026-01-02-lab-backlog.md`.\n";

pub const BAD: &str = "---\nripeness: {level: lwo}\n---\n# X\n";

/// A repository with a valid workspace, which is committed.
pub fn repository() -> Scratch {
    let scratch = Scratch::new()
        .with("thread.yaml", "rules: {missing-catalog: deny}\n")
        .with("threads/x.md", GOOD)
        .with("threads/notes.txt", "no thread")
        .with("backlogs/2026-01-02-lab-backlog.md", "");
    git(&scratch, &["init", "-q"]);
    git(&scratch, &["add", "-A"]);
    assert_eq!(git(&scratch, &["commit", "-qm", "begin"]).code, Some(0));
    scratch
}

/// Runs git with `command`'s settings in a workspace.
pub fn git(scratch: &Scratch, arguments: &[&str]) -> Ran {
    scratch::run(&mut command(&scratch.path("."), arguments))
}

/// A git command with this build of `thread` first on the path, and with no configuration of the
/// machine or the user.
pub fn command(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(directory)
        .env("PATH", path_with_program())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CEILING_DIRECTORIES", directory.parent().expect("a parent directory"))
        .env_remove("THREAD_DIR");
    command
}

/// `PATH` with the directory of this build of `thread` first.
pub fn path_with_program() -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_thread")).parent().expect("a directory");
    let path = std::env::var_os("PATH").unwrap_or_default();
    format!("{}:{}", program.display(), path.display())
}

/// A copy of a workspace to which `git apply` has applied a patch.
pub fn patched(scratch: &Scratch, patch: &str) -> Scratch {
    let copy = scratch.copy().with("patch", patch);
    let ran = git(&copy, &["apply", "--whitespace=nowarn", "patch"]);
    assert_eq!(ran.code, Some(0), "{}\n{patch}", ran.stderr);
    fs::remove_file(copy.path("patch")).expect("the patch is there");
    copy
}

/// Writes a file of a workspace.
pub fn put(scratch: &Scratch, path: &str, text: &str) {
    use std::io::Write;
    let mut file = fs::File::create(scratch.path(path)).expect("it can be written");
    file.write_all(text.as_bytes()).expect("it can be written");
}
