//! The commit hook that `hook install` writes, in the repositories and environments in which git
//! runs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::git::{BAD, GOOD, git, put, repository};
use crate::support::scratch::{self, Ran, Scratch};

pub fn commits(scratch: &Scratch, arguments: &[&str]) {
    let ran = git(scratch, &[&["commit", "-qm", "x"], arguments].concat());
    assert_eq!((ran.code, ran.said().as_str()), (Some(0), ""), "{arguments:?}");
}

pub fn blocks(scratch: &Scratch, arguments: &[&str]) -> Ran {
    let ran = git(scratch, &[&["commit", "-qm", "x"], arguments].concat());
    assert_eq!(ran.code, Some(1), "{arguments:?}: {}", ran.said());
    ran
}

#[test]
fn hook_without_any_thread_lets_a_commit_pass() {
    let scratch = Scratch::new().with("notes.txt", "");
    git(&scratch, &["init", "-q", "-b", "before"]);
    git(&scratch, &["add", "-A"]);
    commits(&scratch, &[]);
    git(&scratch, &["checkout", "-q", "-b", "after"]);
    fs::create_dir(scratch.path("threads")).unwrap();
    put(&scratch, "threads/x.md", "---\nripeness: {level: low}\n---\n# X\n");
    assert_eq!(scratch.run(&["hook", "install"]).code, Some(0));
    git(&scratch, &["add", "-A"]);
    commits(&scratch, &[]);
    git(&scratch, &["checkout", "-q", "before"]);
    commits(&scratch, &["--allow-empty"]);
    put(&scratch, "notes.txt", "more");
    commits(&scratch, &["-a"]);
    git(&scratch, &["checkout", "-q", "after"]);
    git(&scratch, &["rm", "-q", "threads/x.md"]);
    commits(&scratch, &[]);
}

#[test]
fn hook_of_a_commit_outside_of_the_workspace_lets_it_pass() {
    let scratch = repository();
    put(&scratch, "threads/x.md", BAD);
    assert_eq!(git(&scratch, &["commit", "-qam", "bad, before there was a hook"]).code, Some(0));
    assert_eq!(scratch.run(&["hook", "install"]).code, Some(0));
    assert_eq!(
        scratch.run(&["check", "--staged"]).code,
        Some(1),
        "nothing is staged: all is checked"
    );
    put(&scratch, "notes.txt", "mine");
    git(&scratch, &["add", "notes.txt"]);
    let ran = scratch.run(&["check", "--staged", "--json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert!(ran.stdout.contains("\"threads\": 0"), "{}", ran.stdout);
    assert_eq!(
        scratch.run(&["check", "--staged", "threads/x.md"]).code,
        Some(1),
        "it is asked for"
    );
    commits(&scratch, &[]);
    commits(&scratch, &["--allow-empty"]);
    git(&scratch, &["rm", "-q", "backlogs/2026-01-02-lab-backlog.md"]);
    blocks(&scratch, &[]);
}

#[cfg(unix)]
#[test]
fn hook_checks_the_target_of_a_link() {
    let scratch = repository();
    fs::create_dir(scratch.path("notes")).unwrap();
    put(&scratch, "notes/y.md", GOOD);
    std::os::unix::fs::symlink("../notes/y.md", scratch.path("threads/y.md")).unwrap();
    assert_eq!(scratch.run(&["hook", "install"]).code, Some(0));
    git(&scratch, &["add", "-A"]);
    commits(&scratch, &[]);
    put(&scratch, "notes/y.md", BAD);
    blocks(&scratch, &["-a"]);
}

#[test]
fn hook_of_a_workspace_in_a_subdirectory_checks_it_from_anywhere() {
    let scratch = Scratch::new().with("a/no te's/threads/x.md", GOOD).with("b/README.md", "");
    git(&scratch, &["init", "-q"]);
    assert_eq!(scratch.run(&["-C", "a/no te's", "hook", "install"]).code, Some(0));
    git(&scratch, &["add", "-A"]);
    put(&scratch, "a/no te's/threads/x.md", BAD);
    let ran = git(&scratch, &["-C", "b", "commit", "-qam", "x"]);
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    fs::remove_dir_all(scratch.path("a")).unwrap();
    let ran = git(&scratch, &["commit", "-qm", "what is staged, without its directory"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    git(&scratch, &["rm", "-rq", "a"]);
    commits(&scratch, &[]);
}

#[test]
fn hook_in_a_linked_worktree_checks_its_index() {
    let scratch = repository();
    assert_eq!(scratch.run(&["hook", "install"]).code, Some(0));
    git(&scratch, &["add", "-A"]);
    commits(&scratch, &[]);
    let beside = Scratch::new();
    let path = beside.path("tree").display().to_string();
    assert_eq!(git(&scratch, &["worktree", "add", "-q", &path]).code, Some(0));
    let tree = Tree(beside.path("tree"));
    tree.put("threads/x.md", BAD);
    assert_eq!(tree.git(&["commit", "-qam", "x"]).code, Some(1));
    tree.put("threads/x.md", &GOOD.replace("# X", "# Y"));
    let ran = tree.git(&["commit", "-qam", "x"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
}

/// A linked work tree.
struct Tree(PathBuf);

impl Tree {
    #[expect(clippy::disallowed_methods, reason = "a scratch file")]
    fn put(&self, path: &str, text: &str) {
        fs::write(self.0.join(path), text).unwrap();
    }

    fn git(&self, arguments: &[&str]) -> Ran {
        scratch::run(bare(&self.0).args(arguments))
    }
}

/// git as a program with a window starts it: almost without an environment.
fn bare(directory: &Path) -> Command {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = std::env::split_paths(&path).map(|place| place.join("git"));
    let mut command = Command::new(places.find(|git| git.exists()).expect("git is on the PATH"));
    command
        .env_clear()
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
        .current_dir(directory);
    command
}

#[test]
fn hook_without_an_environment_finds_the_program_by_its_path() {
    let scratch = repository();
    assert_eq!(scratch.run(&["hook", "install"]).code, Some(0));
    put(&scratch, "threads/x.md", BAD);
    let ran = scratch::run(bare(&scratch.path(".")).args(["commit", "-qam", "x"]));
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    assert!(ran.said().contains("error[unknown-level]"), "{}", ran.said());
}

#[test]
fn hook_of_a_moved_program_searches_the_path_and_else_explains() {
    let scratch = repository();
    let bin = Scratch::new();
    // Another process copies: a file that this one has open for writing may be inherited by a process
    // of another test, and could not be started until that ends.
    let mut copy = Command::new("cp");
    let ran = scratch::run(copy.arg(env!("CARGO_BIN_EXE_thread")).arg(bin.path("thread")));
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    let mut install = Command::new(bin.path("thread"));
    let ran = scratch::run(install.args(["hook", "install"]).current_dir(scratch.path(".")));
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    fs::remove_file(bin.path("thread")).unwrap();
    put(&scratch, "threads/x.md", BAD);
    assert!(blocks(&scratch, &["-a"]).said().contains("error[unknown-level]"), "by the PATH");

    let ran = scratch::run(bare(&scratch.path(".")).args(["commit", "-qam", "x"]));
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    assert!(
        ran.stderr.starts_with("error: this commit was not checked: `thread` is neither at "),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("\nhelp: install thread, then run `thread hook install`;"),
        "{}",
        ran.stderr
    );
    let other = Scratch::new().with("README.md", "");
    git(&other, &["init", "-q"]);
    git(&other, &["config", "core.hooksPath", &scratch.path(".git/hooks").display().to_string()]);
    git(&other, &["add", "-A"]);
    let ran = scratch::run(bare(&other.path(".")).args(["commit", "-qm", "x"]));
    assert_eq!(ran.code, Some(0), "there are no threads: {}", ran.said());

    let ran = scratch.run(&["hook", "install"]);
    assert_eq!(ran.code, Some(0), "its own hook needs no `--force`: {}", ran.said());
    let ran = scratch::run(bare(&scratch.path(".")).args(["commit", "-qam", "x"]));
    assert!(ran.said().contains("error[unknown-level]"), "{}", ran.said());
}

#[test]
fn hook_ignores_thread_dir() {
    let scratch = repository();
    assert_eq!(scratch.run(&["hook", "install"]).code, Some(0));
    put(&scratch, "threads/x.md", BAD);
    let elsewhere = Scratch::new();
    let mut command = bare(&scratch.path("."));
    let ran =
        scratch::run(command.env("THREAD_DIR", elsewhere.path(".")).args(["commit", "-qam", "x"]));
    assert_eq!(ran.code, Some(1), "{}", ran.said());
}

#[test]
fn hook_shows_errors_last_and_hints_only_if_asked() {
    let scratch = repository()
        .with("threads/b.md", BAD)
        .with("threads/c.md", "---\nripeness: {level: low}\nopend: 2026-01-01\n---\n# C\n")
        .with("threads/d.md", "---\nripeness: {level: low}\nsets: {a: {tag: a}}\n---\n# D\n");
    assert_eq!(scratch.run(&["hook", "install"]).code, Some(0));
    git(&scratch, &["add", "-A"]);
    let said = blocks(&scratch, &[]).said();
    let place = |part: &str| said.find(part).unwrap_or_else(|| panic!("{part} is not in {said}"));
    assert!(place("warning[suspect-key]") < place("error[unknown-level]"), "{said}");
    assert!(
        place("error[unknown-level]") < place("\nFound 1 error, 1 warning in 2 files.\n"),
        "{said}"
    );
    assert!(
        said.contains("hint not shown; `thread check --staged --hints` shows")
            && !said.contains("hint["),
        "{said}"
    );

    let all = scratch.run(&["check", "--staged", "--hints"]).stdout;
    let last = all.rfind("error[").expect("an error");
    assert!(all.find("hint[").is_some_and(|hint| hint < last), "{all}");
    let json = scratch.run(&["check", "--staged", "--json"]).stdout;
    assert!(
        json.find("\"error\"") < json.find("\"warning\"") && json.contains("\"hint\""),
        "{json}"
    );

    git(&scratch, &["rm", "-qf", "threads/b.md", "threads/c.md"]);
    commits(&scratch, &[]);
}

#[test]
fn hook_blocks_errors_in_every_way_of_committing() {
    let scratch = repository();
    assert_eq!(scratch.run(&["hook", "install"]).code, Some(0));
    let blocks = |arguments: &[&str]| {
        let ran = git(&scratch, arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {}", ran.said());
        assert!(ran.said().contains("error["), "{arguments:?}: {}", ran.said());
    };
    put(&scratch, "threads/x.md", BAD);
    blocks(&["commit", "-qam", "all that changed"]);
    blocks(&["commit", "-qm", "one path", "--", "threads/x.md"]);
    git(&scratch, &["add", "-A"]);
    put(&scratch, "threads/x.md", GOOD);
    blocks(&["commit", "-qm", "staged, then mended in the folder"]);
    git(&scratch, &["add", "-A"]);
    git(&scratch, &["rm", "-q", "backlogs/2026-01-02-lab-backlog.md"]);
    blocks(&["commit", "-qm", "only a catalog goes"]);
    git(&scratch, &["reset", "-q", "--hard"]);
    put(&scratch, "threads/x.md", &GOOD.replace("# X", "# Y"));
    assert_eq!(git(&scratch, &["commit", "-qam", "well"]).code, Some(0));
}

#[test]
fn hook_of_a_workspace_in_a_directory_with_a_quote_checks_it() {
    let scratch = Scratch::new().with("no te's/threads/x.md", GOOD.replace("From", "Not from"));
    git(&scratch, &["init", "-q"]);
    assert_eq!(scratch.run(&["-C", "no te's/threads", "hook", "install"]).code, Some(0));
    git(&scratch, &["add", "-A"]);
    let ran = git(&scratch, &["commit", "-qm", "well but for a hint"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    put(&scratch, "no te's/threads/x.md", BAD);
    assert_eq!(git(&scratch, &["commit", "-qam", "bad"]).code, Some(1));
}
