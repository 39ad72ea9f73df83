//! Writing files: whole or not at all, as the same file, and never over somebody else's change.
//!
//! Modes, owners, links and pipes are Unix's; on Windows none of this has been tried.
#![cfg(unix)]

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Barrier, mpsc};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use tempfile::TempDir;
use thread_tracker::store::lock::{LockError, lock};
use thread_tracker::store::save::{SaveError, Saved, create, replace, sweep};

use super::scratch::Scratch;

/// Tells a test that it runs again in a child process, as somebody else or with less.
const CHILD: &str = "THREAD_TRACKER_TEST_CHILD";

/// The user and group `nobody` of most systems; any but root would do.
const NOBODY: u32 = 65534;

fn put(path: &Path, text: &str) {
    File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn inode(path: &Path) -> u64 {
    fs::metadata(path).unwrap().ino()
}

/// All names in a folder, hidden ones too: a temporary file left behind would be among them.
fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap().map(Result::unwrap);
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A folder with one file, `t.md`.
fn folder_with(text: &str) -> (TempDir, PathBuf) {
    with_file(tempfile::tempdir().unwrap(), text)
}

/// The same in memory, where a sync takes no time, so that races meet ten times as often.
fn fast_folder_with(text: &str) -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
    with_file(directory.unwrap(), text)
}

fn with_file(directory: TempDir, text: &str) -> (TempDir, PathBuf) {
    let path = directory.path().join("t.md");
    put(&path, text);
    (directory, path)
}

fn is_changed(result: &Result<Saved, SaveError>) -> bool {
    matches!(result, Err(SaveError::Changed { .. }))
}

fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// The command that runs one test of this module again, behind `prefix`, in `folder`.
fn again(test: &str, prefix: &[&str], directory: &Path) -> Command {
    let module = module_path!().split_once("::").unwrap().1;
    let mut words: Vec<_> = prefix.iter().map(PathBuf::from).collect();
    words.push(std::env::current_exe().unwrap());
    let mut command = Command::new(&words[0]);
    command
        .args(&words[1..])
        .args(["--exact", &format!("{module}::{test}")])
        .env(CHILD, "1")
        .current_dir(directory);
    command
}

/// Runs one test of this module again and demands that it ran and passed.
fn passes_again(test: &str, prefix: &[&str], directory: &Path) {
    let output = match again(test, prefix, directory).output() {
        Ok(output) if !matches!(output.status.code(), Some(126 | 127)) => output,
        error => {
            let _ = writeln!(io::stderr(), "skipped {test}: {prefix:?} gave {error:?}");
            return;
        }
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("1 passed"), "the test was not found: {said}");
}

/// Runs one test of this module again as a user who may not do everything.
fn passes_as_nobody(test: &str, directory: &Path) {
    let (user, group) = (format!("--reuid={NOBODY}"), format!("--regid={NOBODY}"));
    passes_again(test, &["setpriv", &user, &group, "--clear-groups"], directory);
}

#[test]
fn the_mode_is_kept_and_the_file_is_a_new_one() {
    for wanted in [0o640, 0o755, 0o600, 0o666] {
        let (directory, path) = folder_with("old");
        set_mode(&path, wanted);
        let before = inode(&path);
        assert_eq!(replace(&path, b"old", b"new").unwrap(), Saved::Written);
        assert_eq!(text(&path), "new");
        assert_eq!(mode(&path), wanted, "{wanted:o}");
        assert_ne!(inode(&path), before, "written in place");
        assert_eq!(names(directory.path()), ["t.md"]);
    }
}

#[test]
fn a_symbolic_link_stays_and_its_target_is_replaced() {
    let (target_folder, target) = folder_with("old");
    let link_folder = tempfile::tempdir().unwrap();
    let link = link_folder.path().join("link.md");
    symlink(&target, &link).unwrap();
    replace(&link, b"old", b"new").unwrap();
    assert_eq!(fs::read_link(&link).unwrap(), target);
    assert!(!target.is_symlink());
    assert_eq!(text(&target), "new");
    assert_eq!(names(target_folder.path()), ["t.md"]);
    assert_eq!(names(link_folder.path()), ["link.md"]);
}

#[test]
fn hard_links_stay_linked_through_longer_and_shorter_texts() {
    let (directory, path) = folder_with("old");
    let other = directory.path().join("u.md");
    fs::hard_link(&path, &other).unwrap();
    replace(&path, b"old", b"a longer text").unwrap();
    assert_eq!(text(&other), "a longer text");
    replace(&other, b"a longer text", b"short").unwrap();
    assert_eq!(text(&path), "short");
    assert_eq!(inode(&path), inode(&other));
    assert!(is_changed(&replace(&path, b"a longer text", b"new")));
    assert_eq!(text(&other), "short");
    assert_eq!(names(directory.path()), ["t.md", "u.md"]);
}

#[test]
fn identical_bytes_are_not_written() {
    let (directory, path) = folder_with("same");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    file.set_modified(long_ago).unwrap();
    let before = inode(&path);
    assert_eq!(replace(&path, b"same", b"same").unwrap(), Saved::Unchanged);
    assert_eq!(inode(&path), before);
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), long_ago);
    assert!(
        is_changed(&replace(&path, b"older", b"older")),
        "nothing to write, but what was loaded is out of date"
    );
    assert_eq!(names(directory.path()), ["t.md"]);
}

#[test]
fn a_file_changed_or_removed_meanwhile_is_left_alone() {
    let (directory, path) = folder_with("what an editor saved");
    let result = replace(&path, b"what was loaded", b"new");
    assert!(is_changed(&result), "{result:?}");
    assert_eq!(text(&path), "what an editor saved");
    assert_eq!(names(directory.path()), ["t.md"]);
    fs::remove_file(&path).unwrap();
    assert!(is_changed(&replace(&path, b"what an editor saved", b"new")));
    assert!(names(directory.path()).is_empty());
}

#[test]
fn a_folder_that_vanished_is_named() {
    let (directory, path) = folder_with("old");
    directory.close().unwrap();
    for error in [replace(&path, b"old", b"new").unwrap_err(), create(&path, b"new").unwrap_err()] {
        assert!(matches!(error, SaveError::Io { .. }), "{error}");
        assert!(error.to_string().contains("its folder is still there"), "{error}");
    }
    assert!(!path.parent().unwrap().exists());
}

#[test]
fn a_read_only_file_is_refused_even_to_root() {
    let (directory, path) = folder_with("old");
    set_mode(&path, 0o444);
    let before = inode(&path);
    let error = replace(&path, b"old", b"new").unwrap_err().to_string();
    assert!(error.contains("read-only") && error.contains("t.md"), "{error}");
    assert_eq!((text(&path).as_str(), inode(&path)), ("old", before));
    assert_eq!(replace(&path, b"old", b"old").unwrap(), Saved::Unchanged);
    assert_eq!(names(directory.path()), ["t.md"]);
}

#[test]
fn a_pipe_and_a_folder_are_refused_without_waiting() {
    let directory = tempfile::tempdir().unwrap();
    let pipe = directory.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [pipe, directory.path().to_owned()] {
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || sender.send(replace(&path, b"", b"new")));
        let result = receiver.recv_timeout(Duration::from_secs(5)).expect("no waiting");
        let error = result.unwrap_err().to_string();
        assert!(error.contains("not a regular file"), "{error}");
    }
    assert_eq!(names(directory.path()), ["pipe"]);
}

#[test]
fn in_a_folder_that_may_not_be_written_a_file_is_written_in_place() {
    if is_root() {
        let test = "in_a_folder_that_may_not_be_written_a_file_is_written_in_place";
        return passes_as_nobody(test, Path::new("/"));
    }
    let workspace = tempfile::tempdir().unwrap();
    put(&workspace.path().join("thread.yaml"), "");
    let directory = workspace.path().join("threads");
    fs::create_dir(&directory).unwrap();
    let path = directory.join("t.md");
    put(&path, "an old text");
    let before = inode(&path);
    set_mode(&directory, 0o555);
    let results =
        [replace(&path, b"an old text", b"new"), replace(&path, b"an old text", b"newer")];
    assert_eq!(*results[0].as_ref().unwrap(), Saved::Written);
    assert!(is_changed(&results[1]));
    assert_eq!((text(&path).as_str(), inode(&path)), ("new", before));
    assert_eq!(names(workspace.path()), ["thread.yaml", "threads"], "no record is left");
    set_mode(workspace.path(), 0o555);
    let result = replace(&path, b"new", b"newer");
    set_mode(workspace.path(), 0o755);
    set_mode(&directory, 0o755);
    let error = result.unwrap_err().to_string();
    assert!(error.contains("no file can be created in its directory\nhelp: "), "{error}");
    assert_eq!(text(&path), "new", "without a record nothing is written");
    set_mode(&path, 0o466);
    let result = replace(&path, b"new", b"newer");
    assert!(matches!(result, Err(SaveError::Io { .. })), "{result:?}");
    assert_eq!(text(&path), "new", "its owner had protected it");
}

#[test]
fn the_owner_of_a_file_stays_its_owner() {
    if is_child() {
        // In a folder of ours, a file of root's that everybody may write.
        replace(Path::new("t.md"), b"old", b"new").unwrap();
        return;
    }
    if !is_root() {
        let _ = writeln!(io::stderr(), "skipped: only root can make a foreign file");
        return;
    }
    let (directory, path) = folder_with("old");
    chown(directory.path(), Some(NOBODY), Some(NOBODY)).unwrap();
    set_mode(&path, 0o666);
    passes_as_nobody("the_owner_of_a_file_stays_its_owner", directory.path());
    let metadata = fs::metadata(&path).unwrap();
    assert_eq!((metadata.uid(), metadata.gid()), (0, 0), "written by nobody");
    let loaded = fs::read(&path).unwrap();
    chown(&path, Some(NOBODY), Some(NOBODY)).unwrap();
    set_mode(&path, 0o640);
    replace(&path, &loaded, b"by root").unwrap();
    let metadata = fs::metadata(&path).unwrap();
    assert_eq!((metadata.uid(), metadata.gid()), (NOBODY, NOBODY), "written by root");
    assert_eq!(mode(&path), 0o640);
    assert_eq!(names(directory.path()), ["t.md"]);
}

#[test]
fn a_full_disk_leaves_the_old_text_and_nothing_else() {
    if !is_child() {
        // A limit on the size of files stands in for the disk: to us the two look alike.
        let limit = ["sh", "-c", r#"trap '' XFSZ; ulimit -f 8; exec "$0" "$@""#];
        let test = "a_full_disk_leaves_the_old_text_and_nothing_else";
        return passes_again(test, &limit, Path::new("/"));
    }
    let (directory, path) = folder_with("old");
    let much = vec![b'x'; 65536];
    let new_path = directory.path().join("u.md");
    let linked = directory.path().join("linked.md");
    for error in
        [replace(&path, b"old", &much).unwrap_err(), create(&new_path, &much).unwrap_err(), {
            fs::hard_link(&path, &linked).unwrap();
            replace(&path, b"old", &much).unwrap_err()
        }]
    {
        assert!(error.to_string().contains("make room"), "{error}");
    }
    assert_eq!(text(&path), "old");
    assert_eq!(names(directory.path()), ["linked.md", "t.md"]);
}

#[test]
fn a_run_killed_at_any_moment_leaves_old_or_new_text() {
    let texts = ["a".repeat(300_000), "b".repeat(200_000)];
    let other = |text: &str| &texts[usize::from(text == texts[0])];
    if is_child() {
        loop {
            let loaded = text(Path::new("t.md"));
            replace(Path::new("t.md"), loaded.as_bytes(), other(&loaded).as_bytes()).unwrap();
        }
    }
    let (directory, path) = folder_with(&texts[0]);
    for round in 0..20 {
        let test = "a_run_killed_at_any_moment_leaves_old_or_new_text";
        let before = inode(&path);
        let mut command = again(test, &[], directory.path());
        let mut child = command.stdout(Stdio::null()).spawn().unwrap();
        let deadline = Instant::now() + Duration::from_secs(20);
        while inode(&path) == before {
            assert!(Instant::now() < deadline, "the child never got to write");
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_micros(200 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(texts.contains(&text(&path)), "torn");
    }
    sweep(directory.path()).unwrap();
    assert_eq!(names(directory.path()), ["t.md"]);
}

#[test]
fn a_new_file_never_overwrites() {
    let (directory, path) = folder_with("a person's");
    let dangling = directory.path().join("dangling.md");
    symlink("nowhere", &dangling).unwrap();
    for taken in [&path, &dangling] {
        let error = create(taken, b"ours").unwrap_err();
        assert!(error.to_string().contains("another name"), "{error}");
    }
    assert_eq!(text(&path), "a person's");
    let new = directory.path().join("u.md");
    create(&new, b"ours").unwrap();
    assert_eq!(text(&new), "ours");
    assert_eq!(mode(&new), mode(&path), "what any new file gets");
    assert_eq!(names(directory.path()), ["dangling.md", "t.md", "u.md"]);
}

#[test]
fn of_many_who_create_a_file_one_succeeds_and_the_others_find_it_whole() {
    let (directory, _) = fast_folder_with("");
    for round in 0..100 {
        let path = directory.path().join(format!("{round}.md"));
        let start = Barrier::new(4);
        let run = |who: &str| {
            let content = who.repeat(100_000);
            start.wait();
            let won = create(&path, content.as_bytes()).is_ok();
            (won, won == (text(&path) == content), text(&path).len())
        };
        let runs: Vec<_> = thread::scope(|scope| {
            let runs = ["a", "b", "c", "d"].map(|who| scope.spawn(move || run(who)));
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        assert_eq!(runs.iter().filter(|(won, ..)| *won).count(), 1, "{runs:?}");
        assert!(runs.iter().all(|(_, found, _)| *found), "{runs:?}");
        assert!(runs.iter().all(|(.., length)| *length == 100_000), "{runs:?}");
    }
    assert_eq!(names(directory.path()).len(), 101);
}

#[test]
fn sweep_removes_only_what_dead_runs_left() {
    let mut dead = Command::new("true").spawn().unwrap();
    dead.wait().unwrap();
    let (dead, own) = (dead.id(), std::process::id());
    let kept = [
        format!(".t.md.{own}-0.thread-tmp"),
        ".t.md.1-0.thread-tmp".to_owned(),
        format!("t.md.{dead}-0.thread-tmp"),
        format!(".t.md.{dead}-0.thread-tmp.md"),
        format!(".t.md.{dead}.thread-tmp"),
        format!(".t.md.{dead}-0x.thread-tmp"),
        format!(".t.md.x{dead}-0.thread-tmp"),
        format!(".t.md.+{dead}-0.thread-tmp"),
        ".t.md.0-0.thread-tmp".to_owned(),
        ".t.md.99999999999999999999-0.thread-tmp".to_owned(),
        ".t.md.-1-0.thread-tmp".to_owned(),
        ".thread-tmp".to_owned(),
    ];
    let (directory, _) = folder_with("");
    let stale = format!(".t.md.{dead}-12.thread-tmp");
    for name in kept.iter().chain([&stale]) {
        put(&directory.path().join(name), "");
    }
    let subdirectory = format!(".d.md.{dead}-0.thread-tmp");
    fs::create_dir(directory.path().join(&subdirectory)).unwrap();
    assert_eq!(sweep(directory.path()).unwrap(), 1);
    let mut expected = kept.to_vec();
    expected.extend(["t.md".to_owned(), subdirectory]);
    expected.sort();
    assert_eq!(names(directory.path()), expected);
    assert_eq!(sweep(&directory.path().join("nowhere")).unwrap(), 0);
}

#[test]
fn scan_removes_what_dead_runs_left_in_every_directory_of_the_workspace() {
    let mut dead = Command::new("true").spawn().unwrap();
    dead.wait().unwrap();
    let mut scratch =
        Scratch::new().with("threads/a/t.md", "---\nripeness: {level: low}\n---\n# T\n");
    for directory in ["", "threads/a/", "backlogs/", "drafts/"] {
        scratch = scratch.with(&format!("{directory}.x.md.{}-0.thread-tmp", dead.id()), "half");
    }
    assert_eq!(scratch.run(&["scan"]).code, Some(0));
    assert_eq!(scratch.files().into_keys().collect::<Vec<_>>(), ["threads/a/t.md"]);
}

#[test]
fn two_writers_under_the_lock_lose_no_line() {
    let (directory, path) = fast_folder_with("");
    let write = |who: &str| {
        for round in 0..100 {
            let held = lock(directory.path(), Duration::from_secs(60)).unwrap();
            let loaded = fs::read(&path).unwrap();
            let new = [loaded.as_slice(), format!("{who} {round}\n").as_bytes()].concat();
            assert_eq!(replace(&path, &loaded, &new).unwrap(), Saved::Written);
            drop(held);
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| write("one"));
        scope.spawn(|| write("two"));
    });
    assert_eq!(text(&path).lines().count(), 200);
    assert_eq!(names(directory.path()), ["t.md"]);
}

// Only where files can be exchanged: a rename leaves a moment in which a line can be lost.
#[cfg(target_os = "linux")]
#[test]
fn an_appending_editor_that_knows_no_lock_loses_no_line() {
    let (directory, path) = fast_folder_with("");
    let edit = |round: usize| {
        let began = Instant::now();
        // Exchanged or renamed, the file is there at every moment.
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        let line = format!("editor {round}\n");
        file.write_all(line.as_bytes()).unwrap();
        // An editor that sleeps between opening and writing, for as long as a whole replacement
        // takes, writes to the old file; nobody can help that, so only quick ones count.
        let quick = began.elapsed() < Duration::from_micros(20);
        thread::sleep(Duration::from_micros(100));
        quick.then_some(line)
    };
    let lines: Vec<_> = thread::scope(|scope| {
        let editor = scope.spawn(|| (0..500).filter_map(edit).collect());
        while !editor.is_finished() {
            let loaded = fs::read(&path).unwrap();
            let _ = replace(&path, &loaded, &[b"ours\n", loaded.as_slice()].concat());
        }
        editor.join().unwrap()
    });
    let files = names(directory.path());
    let all: String = files.iter().map(|name| text(&directory.path().join(name))).collect();
    assert!(all.contains("ours\n"), "we never got to write");
    assert!(!files.iter().any(|name| name.starts_with('.')), "{files:?}");
    let lost: Vec<_> = lines.iter().filter(|line| !all.contains(*line)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn a_held_lock_makes_others_wait_and_leaves_nothing_behind() {
    let directory = tempfile::tempdir().unwrap();
    let held = lock(directory.path(), Duration::ZERO).unwrap();
    let began = Instant::now();
    let error = lock(directory.path(), Duration::from_millis(60)).unwrap_err();
    assert!(matches!(error, LockError::Busy { .. }), "{error}");
    assert!(began.elapsed() >= Duration::from_millis(60));
    thread::scope(|scope| {
        let waiting = scope.spawn(|| lock(directory.path(), Duration::from_secs(60)).is_ok());
        thread::sleep(Duration::from_millis(50));
        assert!(!waiting.is_finished());
        drop(held);
        assert!(waiting.join().unwrap());
    });
    assert!(names(directory.path()).is_empty());
    let error = lock(&directory.path().join("nowhere"), Duration::from_secs(60)).unwrap_err();
    assert!(matches!(error, LockError::Io { .. }), "{error}");
}
