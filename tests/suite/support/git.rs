//! A repository with a workspace, and the git of this machine in it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::scratch::{self, Ran, Scratch};

pub const GOOD: &str =
    "---\nripeness: {level: low}\n---\n# X\n\nFrom `2026-01-02-lab-backlog.md`.\n";

pub const BAD: &str = "---\nripeness: {level: lwo}\n---\n# X\n";

/// A repository whose workspace is well and committed.
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

/// Git, with this build of `thread` first on the path and no configuration but its own.
pub fn git(scratch: &Scratch, arguments: &[&str]) -> Ran {
    let directory = Path::new(env!("CARGO_BIN_EXE_thread")).parent().expect("it lies in a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut command = Command::new("git");
    command
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(scratch.path("."))
        .env("PATH", format!("{}:{}", directory.display(), path.display()))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("THREAD_DIR");
    scratch::run(&mut command)
}

pub fn put(scratch: &Scratch, path: &str, text: &str) {
    use std::io::Write;
    let mut file = fs::File::create(scratch.path(path)).expect("it can be written");
    file.write_all(text.as_bytes()).expect("it can be written");
}
