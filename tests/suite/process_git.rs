//! `check --staged` and `hook install`, with the git of this machine.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::scratch::{self, Ran, Scratch};

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

#[test]
fn what_is_staged_is_judged_and_not_what_lies_in_the_folder() {
    let scratch = repository();
    put(&scratch, "threads/x.md", BAD);
    assert_eq!(scratch.run(&["check", "--staged"]).code, Some(0), "the bad text is not staged");
    git(&scratch, &["add", "-A"]);
    put(&scratch, "threads/x.md", GOOD);
    let ran = scratch.run(&["check", "--staged"]);
    assert_eq!(ran.code, Some(1), "the bad text is staged");
    assert!(ran.stdout.starts_with("error[unknown-level]: "), "{}", ran.said());
    assert_eq!(scratch.run(&["check"]).code, Some(0), "and the folder is well");
    assert_eq!(scratch.run(&["-C", "threads", "check", "--staged", "x.md"]).code, Some(1));
}

#[test]
fn check_staged_without_a_repository_is_an_error() {
    let scratch = Scratch::new().with("threads/x.md", GOOD);
    let ran = scratch.run(&["check", "--staged"]);
    assert_eq!(ran.code, Some(2), "{}", ran.said());
    assert!(
        ran.stderr.contains("\nhelp: the workspace must be in a git repository"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_hook_blocks_what_is_wrong_however_it_is_committed() {
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
fn the_hook_of_a_workspace_within_a_repository_knows_its_folder() {
    let scratch = Scratch::new().with("no te's/threads/x.md", GOOD.replace("From", "Not from"));
    git(&scratch, &["init", "-q"]);
    assert_eq!(scratch.run(&["-C", "no te's/threads", "hook", "install"]).code, Some(0));
    git(&scratch, &["add", "-A"]);
    let ran = git(&scratch, &["commit", "-qm", "well but for a hint"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    put(&scratch, "no te's/threads/x.md", BAD);
    assert_eq!(git(&scratch, &["commit", "-qam", "bad"]).code, Some(1));
}

#[test]
fn a_hook_that_is_there_stays_unless_it_is_to_go() {
    let scratch = repository();
    let hook = scratch.path(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    put(&scratch, ".git/hooks/pre-commit", "#!/bin/sh\nmake lint\n");
    let ran = scratch.run(&["hook", "install"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("it begins: `make lint`\nhelp: add `thread check --staged`"),
        "{}",
        ran.stderr
    );
    assert_eq!(fs::read_to_string(&hook).unwrap(), "#!/bin/sh\nmake lint\n");
    assert_eq!(scratch.run(&["hook", "install", "--force"]).code, Some(0));
    let ran = scratch.run(&["hook", "install", "--json"]);
    assert!(ran.stdout.contains("\"written\": false"), "{}", ran.stdout);
    let ran = git(&scratch, &["config", "--get", "core.hooksPath"]);
    assert_eq!(ran.code, Some(1), "it is never set");
}

#[test]
fn what_is_only_meant_to_be_added_is_not_judged() {
    let scratch = repository();
    put(&scratch, "threads/later.md", BAD);
    put(&scratch, "threads/gone.md", BAD);
    git(&scratch, &["add", "-N", "threads/later.md", "threads/gone.md"]);
    fs::remove_file(scratch.path("threads/gone.md")).unwrap();
    let ran = scratch.run(&["check", "--staged"]);
    assert_eq!(ran.code, Some(0), "no commit would hold them: {}", ran.said());
    put(&scratch, "threads/empty.md", "");
    git(&scratch, &["add", "threads/empty.md"]);
    let ran = scratch.run(&["check", "--staged"]);
    assert_eq!(ran.code, Some(1), "an empty file is a file: {}", ran.said());
    assert!(ran.stdout.contains("--> threads/empty.md:"), "{}", ran.said());
    assert!(!ran.stdout.contains("later"), "{}", ran.said());
}

#[cfg(unix)]
#[test]
fn a_staged_link_is_what_it_leads_to() {
    use std::os::unix::fs::symlink;
    let scratch = repository();
    let evaluated = |code: i32, said: &str| {
        let ran = scratch.run(&["check", "--staged"]);
        assert_eq!(ran.code, Some(code), "{}", ran.said());
        assert!(ran.stdout.contains(said), "{said}: {}", ran.stdout);
    };
    fs::create_dir_all(scratch.path("notes/old")).unwrap();
    put(&scratch, "notes/y.md", GOOD);
    put(&scratch, "notes/old/z.md", GOOD);
    symlink("../notes/./y.md", scratch.path("threads/one.md")).unwrap();
    symlink("one.md", scratch.path("threads/two.md")).unwrap();
    symlink("../notes/old", scratch.path("threads/old")).unwrap();
    git(&scratch, &["add", "-A"]);
    evaluated(0, "");
    assert_eq!(scratch.run(&["check"]).code, Some(0));

    put(&scratch, "notes/y.md", BAD);
    evaluated(0, "");
    git(&scratch, &["add", "-A"]);
    evaluated(1, "--> threads/one.md:2:");
    evaluated(1, "--> threads/two.md:2:");
    put(&scratch, "notes/y.md", GOOD);
    put(&scratch, "notes/old/z.md", BAD);
    git(&scratch, &["add", "-A"]);
    evaluated(1, "--> threads/old/z.md:2:");

    put(&scratch, "notes/old/z.md", GOOD);
    symlink("nowhere.md", scratch.path("threads/lost.md")).unwrap();
    symlink("ring.md", scratch.path("threads/ring.md")).unwrap();
    git(&scratch, &["add", "-A"]);
    evaluated(1, "threads/lost.md");
    evaluated(1, "threads/ring.md");
    let beyond = Scratch::new().with("far.md", BAD);
    for link in ["threads/lost.md", "threads/ring.md"] {
        fs::remove_file(scratch.path(link)).unwrap();
    }
    symlink(beyond.path("far.md"), scratch.path("threads/far.md")).unwrap();
    git(&scratch, &["add", "-A"]);
    evaluated(1, "--> threads/far.md:2:");
}

#[test]
fn a_submodule_is_judged_where_it_is_committed() {
    let scratch = repository();
    let head = git(&scratch, &["rev-parse", "HEAD"]).stdout;
    let entry = format!("160000,{},threads/other.md", head.trim());
    git(&scratch, &["update-index", "--add", "--cacheinfo", &entry]);
    let listed = git(&scratch, &["ls-files", "--stage", "threads/other.md"]).stdout;
    assert!(listed.starts_with("160000 "), "{listed}");
    let ran = scratch.run(&["check", "--staged", "--strict"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
}

/// Commands in the configuration of a repository, each of which would make a file.
fn trap(scratch: &Scratch) {
    let made = scratch.path("made").display().to_string();
    let command = format!("touch {made}; false");
    for key in [
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "core.editor",
        "core.askPass",
        "core.gitProxy",
        "core.alternateRefsCommand",
        "credential.helper",
        "pager.ls-files",
        "pager.diff-index",
        "diff.external",
        "diff.trap.command",
        "diff.trap.textconv",
        "filter.trap.clean",
        "filter.trap.smudge",
        "filter.trap.process",
        "merge.trap.driver",
        "interactive.diffFilter",
        "gpg.program",
        "uploadpack.packObjectsHook",
    ] {
        git(scratch, &["config", key, &command]);
    }
    for name in ["ls-files", "cat-file", "rev-parse", "config", "diff-index", "hash-object"] {
        git(scratch, &["config", &format!("alias.{name}"), &format!("!{command}")]);
    }
    put(scratch, "attributes", "* filter=trap diff=trap merge=trap\n");
    let attributes = scratch.path("attributes").display().to_string();
    git(scratch, &["config", "core.attributesFile", &attributes]);
    for name in ["post-index-change", "pre-commit", "reference-transaction", "fsmonitor-watchman"] {
        let path = format!(".git/trap/{name}");
        fs::create_dir_all(scratch.path(".git/trap")).unwrap();
        put(scratch, &path, &format!("#!/bin/sh\n{command}\n"));
        make_executable(&scratch.path(&path));
    }
    git(scratch, &["config", "core.hooksPath", ".git/trap"]);
}

fn make_executable(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn check_staged_runs_no_command_of_the_repository() {
    let scratch = repository();
    put(&scratch, "threads/x.md", BAD);
    put(&scratch, "threads/empty.md", "");
    git(&scratch, &["add", "-A"]);
    trap(&scratch);
    let _ = fs::remove_file(scratch.path("made"));
    let ran = scratch.run(&["check", "--staged"]);
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    assert!(ran.stdout.contains("error[unknown-level]"), "{}", ran.said());
    scratch.run(&["hook", "install", "--merge-only"]);
    assert!(!scratch.path("made").exists(), "a command of the repository was run");
    git(&scratch, &["ls-files"]);
    assert!(scratch.path("made").exists(), "git itself runs one");
}

#[test]
fn check_staged_in_a_partial_clone_fetches_nothing_and_names_what_is_missing() {
    let scratch = repository();
    let made = scratch.path("made").display().to_string();
    git(&scratch, &["config", "core.repositoryFormatVersion", "1"]);
    git(&scratch, &["config", "extensions.partialClone", "origin"]);
    git(&scratch, &["config", "remote.origin.promisor", "true"]);
    git(&scratch, &["config", "remote.origin.url", &format!("ext::touch {made}")]);
    git(&scratch, &["config", "protocol.allow", "always"]);
    let object = git(&scratch, &["rev-parse", ":threads/x.md"]).stdout;
    let (directory, name) = object.trim().split_at(2);
    fs::remove_file(scratch.path(&format!(".git/objects/{directory}/{name}"))).unwrap();
    let ran = scratch.run(&["check", "--staged"]);
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    assert!(!scratch.path("made").exists(), "the remote was asked");
    assert!(ran.stdout.contains("its content is not in this partial clone"), "{}", ran.said());
    assert!(ran.stdout.contains("--> threads/x.md"), "{}", ran.said());
    git(&scratch, &["show", ":./threads/x.md"]);
    assert!(scratch.path("made").exists(), "git itself asks the remote");
}
