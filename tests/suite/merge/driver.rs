//! The merge driver that `hook install` writes, with the git of this machine: git never takes our
//! side for the result, independent of the state of the program.

use std::fs;
use std::path::PathBuf;

use crate::support::git::git;
use crate::support::scratch::{self, Scratch};

const FRONT: &str = "---\nripeness: {level: low}\n---\n# A\n\n## Notes\n\n";

/// A repository next to a copy of the program in a directory with a name that a shell would take
/// apart.
struct Installed {
    scratch: Scratch,
    program: PathBuf,
    _bin: Scratch,
}

/// The file that is merged; its name is one that a shell would take apart too.
const FILE: &str = "threads/it's \"a\" %P $x.md";

impl Installed {
    fn new() -> Self {
        let bin = Scratch::new();
        fs::create_dir(bin.path("50% o'clock \"$HOME\"")).unwrap();
        let program = bin.path("50% o'clock \"$HOME\"/thread");
        fs::copy(env!("CARGO_BIN_EXE_thread"), &program).unwrap();
        let scratch = Scratch::new().with(FILE, notes(&["one", "two", "three"]));
        git(&scratch, &["init", "-q", "-b", "ours"]);
        let installed = Self { scratch, program, _bin: bin };
        installed.install();
        installed.commit("begin");
        git(&installed.scratch, &["branch", "theirs"]);
        installed
    }

    fn install(&self) {
        let mut command = std::process::Command::new(&self.program);
        command.args(["hook", "install", "--merge-only"]).current_dir(self.scratch.path("."));
        let ran = scratch::run(&mut command);
        assert_eq!(ran.code, Some(0), "{}", ran.said());
    }

    fn commit(&self, message: &str) {
        git(&self.scratch, &["add", "-A"]);
        let ran = git(&self.scratch, &["commit", "-qm", message]);
        assert_eq!(ran.code, Some(0), "{}", ran.said());
    }

    /// Commits a content on each branch and goes back to ours.
    fn diverge(&self, ours: impl AsRef<[u8]>, theirs: impl AsRef<[u8]>) {
        self.write(ours.as_ref());
        self.commit("ours");
        git(&self.scratch, &["checkout", "-q", "theirs"]);
        self.write(theirs.as_ref());
        self.commit("theirs");
        git(&self.scratch, &["checkout", "-q", "ours"]);
    }

    #[expect(clippy::disallowed_methods, reason = "a scratch file")]
    fn write(&self, content: &[u8]) {
        fs::write(self.scratch.path(FILE), content).unwrap();
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.scratch.path(FILE)).unwrap()).into_owned()
    }

    fn status(&self) -> String {
        git(&self.scratch, &["status", "--porcelain"]).stdout
    }
}

fn notes(paragraphs: &[&str]) -> String {
    format!("{FRONT}{}\n", paragraphs.join("\n\n"))
}

fn log(entry: &str) -> String {
    format!("{}\n## Ripeness\n\n{entry}", notes(&["one", "two", "three"]))
}

/// The ways in which git combines both branches.
const WAYS: [&[&str]; 3] =
    [&["merge", "-m", "m", "theirs"], &["rebase", "theirs"], &["cherry-pick", "theirs"]];

#[test]
fn driver_of_a_program_at_any_path_merges_a_file_of_any_name() {
    for way in WAYS {
        let installed = Installed::new();
        installed.diverge(log("- 2026-02-01: seen\n"), log("- 2026-02-02: seen\n"));
        let ran = git(&installed.scratch, way);
        assert_eq!(ran.code, Some(0), "{way:?}: {}", ran.said());
        let text = installed.text();
        assert!(text.ends_with("- 2026-02-01: seen\n- 2026-02-02: seen\n"), "{way:?}: {text}");
    }
}

#[test]
fn driver_of_a_deleted_program_merges_lines() {
    for way in WAYS {
        let installed = Installed::new();
        installed.diverge(notes(&["OURS", "two", "three"]), notes(&["one", "two", "THEIRS"]));
        fs::remove_file(&installed.program).unwrap();
        let ran = git(&installed.scratch, way);
        assert_eq!(ran.code, Some(0), "{way:?}: {}", ran.said());
        assert!(ran.said().contains("run: thread hook install"), "{}", ran.said());
        assert_eq!(installed.text(), notes(&["OURS", "two", "THEIRS"]), "{way:?}");
    }
}

#[test]
fn driver_of_a_deleted_program_leaves_conflict_markers() {
    let installed = Installed::new();
    installed.diverge(notes(&["OURS"]), notes(&["THEIRS"]));
    fs::remove_file(&installed.program).unwrap();
    let ran = git(&installed.scratch, WAYS[0]);
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    let text = installed.text();
    assert!(text.contains("<<<<<<< ours\nOURS\n=======\nTHEIRS\n>>>>>>> theirs\n"), "{text}");
    assert!(installed.status().starts_with("UU "), "{}", installed.status());
}

#[test]
fn driver_with_more_conflicts_than_an_exit_code_can_count_stops_git() {
    let installed = Installed::new();
    let many = |word: &str| {
        let lines =
            (0..130).map(|number| format!("{}{word}\n\n", format!("same {number}\n\n").repeat(4)));
        format!("{FRONT}{}", lines.collect::<String>())
    };
    installed.write(many("base").as_bytes());
    installed.commit("base");
    git(&installed.scratch, &["branch", "-f", "theirs"]);
    installed.diverge(many("OURS"), many("THEIRS"));
    fs::remove_file(&installed.program).unwrap();
    let ran = git(&installed.scratch, WAYS[0]);
    assert!(ran.code != Some(0) && ran.code != Some(1), "{}", ran.said());
    assert_eq!((installed.status().as_str(), installed.text()), ("", many("OURS")));
}

#[test]
fn driver_of_text_that_is_not_utf8_merges_lines() {
    let installed = Installed::new();
    let theirs = [notes(&["one", "two", "three"]).as_bytes(), b"\nTHEIRS caf\xe9\n"].concat();
    installed.diverge(notes(&["OURS", "two", "three"]), theirs);
    let ran = git(&installed.scratch, WAYS[0]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert!(ran.said().contains("$x.md (theirs): byte 0xE9 is not UTF-8"), "{}", ran.said());
    let text = installed.text();
    assert!(text.contains("OURS") && text.contains("THEIRS"), "{text}");
}

#[test]
fn driver_that_cannot_merge_stops_git_and_changes_nothing() {
    let binary = |word: &str| [FRONT.as_bytes(), b"\0\xff", word.as_bytes(), b"\n"].concat();
    for way in WAYS {
        let installed = Installed::new();
        installed.diverge(binary("OURS"), binary("THEIRS"));
        let before = git(&installed.scratch, &["rev-parse", "ours", "theirs"]).stdout;
        let ran = git(&installed.scratch, way);
        assert!(ran.code != Some(0), "{way:?}: {}", ran.said());
        assert!(ran.said().contains("Cannot merge binary files"), "{}", ran.said());
        git(&installed.scratch, &["rebase", "--abort"]);
        assert_eq!(installed.status(), "", "{way:?}");
        assert!(installed.text().ends_with("OURS\n"), "{way:?}: {}", installed.text());
        assert_eq!(git(&installed.scratch, &["rev-parse", "ours", "theirs"]).stdout, before);
    }
}

#[test]
fn driver_of_a_stash_that_cannot_be_merged_keeps_the_stash() {
    let installed = Installed::new();
    installed.write(&[FRONT.as_bytes(), b"\0\xffstashed\n"].concat());
    assert_eq!(git(&installed.scratch, &["stash", "-q"]).code, Some(0));
    installed.write(&[FRONT.as_bytes(), b"\0\xffcommitted\n"].concat());
    installed.commit("ours");
    let ran = git(&installed.scratch, &["stash", "pop"]);
    assert!(ran.code != Some(0), "{}", ran.said());
    let stashes = git(&installed.scratch, &["stash", "list"]).stdout;
    assert_eq!(stashes.lines().count(), 1, "{stashes}");
}

#[test]
fn driver_of_version_0_1_stops_git_if_the_file_cannot_be_merged() {
    let installed = Installed::new();
    let first = "thread merge %O %A %B --path %P";
    git(&installed.scratch, &["config", "merge.thread.driver", first]);
    let theirs = [notes(&["one"]).as_bytes(), b"\nTHEIRS caf\xe9\n"].concat();
    installed.diverge(notes(&["OURS"]), theirs);
    let ran = git(&installed.scratch, WAYS[0]);
    assert!(ran.code != Some(0), "{}", ran.said());
    assert_eq!(git(&installed.scratch, &["log", "--merges", "--oneline"]).stdout, "");
    installed.install();
    let driver = git(&installed.scratch, &["config", "merge.thread.driver"]).stdout;
    assert!(driver.contains("git merge-file") && !driver.contains(first), "{driver}");
    let ran = git(&installed.scratch, WAYS[0]);
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    assert!(installed.text().contains("THEIRS"), "{}", installed.text());
}

#[test]
fn driver_keeps_the_markers_of_thread_merge() {
    let installed = Installed::new();
    installed.write(log("- 2026-02-01: seen\n").as_bytes());
    installed.commit("base");
    git(&installed.scratch, &["branch", "-f", "theirs"]);
    installed.diverge(log("- 2026-02-01: seen once\n"), log("- 2026-02-01: seen twice\n"));
    let ran = git(&installed.scratch, WAYS[0]);
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    assert!(ran.said().contains("1 conflict left between"), "{}", ran.said());
    assert!(!ran.said().contains("git merges its lines"), "{}", ran.said());
    let both = "<<<<<<< ours\n- 2026-02-01: seen once\n=======\n- 2026-02-01: seen twice\n>>>>>>> theirs\n";
    assert!(installed.text().ends_with(both), "{}", installed.text());
}

#[test]
fn driver_of_crlf_files_merges_with_crlf() {
    let installed = Installed::new();
    let crlf = |text: String| text.replace('\n', "\r\n");
    let base = ["one", "two", "three"];
    installed.write(crlf(notes(&base)).as_bytes());
    installed.commit("base");
    git(&installed.scratch, &["branch", "-f", "theirs"]);
    let [ours, theirs] = [["OURS", "two", "three"], ["one", "two", "THEIRS"]];
    for is_deleted in [false, true] {
        installed.diverge(crlf(notes(&ours)), crlf(notes(&theirs)));
        if is_deleted {
            fs::remove_file(&installed.program).unwrap();
        }
        let ran = git(&installed.scratch, WAYS[0]);
        assert_eq!(ran.code, Some(0), "{}", ran.said());
        assert_eq!(installed.text(), crlf(notes(&["OURS", "two", "THEIRS"])));
        for branch in ["theirs", "ours"] {
            git(&installed.scratch, &["checkout", "-q", branch]);
            git(&installed.scratch, &["reset", "-q", "--hard", ":/base"]);
        }
    }
}

#[test]
fn driver_with_thread_dir_set_merges_in_this_repository() {
    let installed = Installed::new();
    installed.diverge(log("- 2026-02-01: seen\n"), log("- 2026-02-02: seen\n"));
    let elsewhere = Scratch::new();
    let mut command = std::process::Command::new("git");
    command
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
        .args(WAYS[0])
        .current_dir(installed.scratch.path("."))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("THREAD_DIR", elsewhere.path("."));
    let ran = scratch::run(&mut command);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
}
