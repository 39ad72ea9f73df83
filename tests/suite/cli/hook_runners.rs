//! pre-commit and prek themselves, with the configuration that `docs/setup.md` shows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::git::{BAD, GOOD, git, path_with_program, put, repository};
use crate::support::root;
use crate::support::scratch::{self, Ran, Scratch};

const PRE_COMMIT: &str = "pre-commit==4.7.0";

const PREK: &str = "prek==0.5.11";

/// The directory in which both are installed, once for all runs of the tests.
fn runners() -> Result<PathBuf, String> {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hook-runners");
    let done = directory.join("bin").join(format!("{PRE_COMMIT}-{PREK}"));
    if done.exists() {
        return Ok(directory);
    }
    let run = |program: &Path, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output();
        let output = output.map_err(|error| format!("{}: {error}", program.display()))?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(()) } else { Err(said) }
    };
    let place = directory.display().to_string();
    run(Path::new("python3"), &["-m", "venv", "--clear", &place])?;
    let pip = ["install", "--quiet", "--disable-pip-version-check", PRE_COMMIT, PREK];
    run(&directory.join("bin/pip"), &pip)?;
    fs::File::create(done).map_err(|error| error.to_string())?;
    Ok(directory)
}

/// The configuration in `docs/setup.md`, which begins with the name of its file.
fn configuration() -> String {
    let guide = fs::read_to_string(root().join("docs/setup.md")).expect("the guide");
    let (_, block) = guide.split_once("# .pre-commit-config.yaml\n").expect("it is shown");
    block.split("```").next().expect("it ends").to_string()
}

fn tool(runners: &Path, scratch: &Scratch, name: &str, arguments: &[&str]) -> Ran {
    let mut command = Command::new(runners.join("bin").join(name));
    command.args(arguments).current_dir(scratch.path("."));
    scratch::run(&mut command)
}

#[test]
fn hook_runners_check_what_is_committed() {
    let runners = match runners() {
        Ok(runners) => runners,
        Err(why) => return scratch::skipped(&format!("no pre-commit and prek: {why}")),
    };
    for name in ["pre-commit", "prek"] {
        let scratch = repository();
        put(&scratch, ".pre-commit-config.yaml", &configuration());
        git(&scratch, &["add", "-A"]);
        git(&scratch, &["commit", "-qm", "configure"]);
        let ran = tool(&runners, &scratch, name, &["install"]);
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.said());
        judges(name, &scratch);
        checks_all_files(&runners, name);
        takes_the_manifest(&runners, name);
    }
}

/// One repository with a runner installed.
fn judges(name: &str, scratch: &Scratch) {
    let commit = |rule: Option<&str>, arguments: &[&str]| {
        let ran = git(scratch, &[&["commit", "-m", "x"], arguments].concat());
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert_eq!(ran.code, Some(i32::from(rule.is_some())), "{name} {arguments:?}: {said}");
        if let Some(rule) = rule {
            assert!(said.contains(&format!("error[{rule}]")), "{name} {arguments:?}: {said}");
        }
    };
    let bad = Some("unknown-level");
    put(scratch, "threads/x.md", BAD);
    commit(bad, &["-a"]);
    commit(bad, &["--", "threads/x.md"]);
    git(scratch, &["add", "-A"]);
    put(scratch, "threads/x.md", GOOD);
    commit(bad, &[]);
    git(scratch, &["add", "-A"]);
    put(scratch, "threads/y.md", GOOD);
    git(scratch, &["add", "-A"]);
    put(scratch, "threads/y.md", BAD);
    commit(None, &[]);
    put(scratch, "threads/y.md", GOOD);
    git(scratch, &["rm", "-q", "backlogs/2026-01-02-lab-backlog.md"]);
    commit(Some("missing-catalog"), &[]);
}

/// Everything is checked if nothing is staged, as in CI.
fn checks_all_files(runners: &Path, name: &str) {
    let scratch = repository();
    put(&scratch, ".pre-commit-config.yaml", &configuration());
    put(&scratch, "threads/x.md", BAD);
    git(&scratch, &["add", "-A"]);
    git(&scratch, &["commit", "-qm", "bad"]);
    let mut command = Command::new(runners.join("bin").join(name));
    command
        .args(["run", "--all-files"])
        .current_dir(scratch.path("."))
        .env("PATH", path_with_program());
    let ran = scratch::run(&mut command);
    assert_eq!(ran.code, Some(1), "{name}: {}", ran.said());
    assert!(ran.said().contains("error[unknown-level]"), "{name}: {}", ran.said());
}

/// The manifest of this repository, and one that is broken.
fn takes_the_manifest(runners: &Path, name: &str) {
    let manifest = root().join(".pre-commit-hooks.yaml");
    let scratch = Scratch::new().with("broken.yaml", "- id: nameless\n");
    for (path, code) in [(manifest, 0), (scratch.path("broken.yaml"), 1)] {
        let path = path.display().to_string();
        let ran = tool(runners, &scratch, name, &["validate-manifest", &path]);
        assert_eq!(ran.code, Some(code), "{name}: {}", ran.said());
    }
}
