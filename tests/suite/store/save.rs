//! `replace` and `create`: one file is written whole or not at all.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::{MetadataExt, chown, symlink};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, SystemTime};

use thread_tracker::model::Error;
use thread_tracker::model::ErrorKind;
use thread_tracker::store::save::{self, Job, Move, Saved, create, replace, save_and_move};

use super::child::{NOBODY, is_child, is_root, passes_as_other_user};
use super::{directory_with, inode, is_changed, mode, names, put, set_mode, text};
use crate::support::scratch::skipped;

#[test]
fn save_keeps_the_mode_and_makes_a_new_file() {
    for wanted in [0o640, 0o755, 0o600, 0o666] {
        let (directory, path) = directory_with("old");
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
fn save_through_a_symbolic_link_replaces_its_target() {
    let (target_folder, target) = directory_with("old");
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
fn save_of_a_hard_link_keeps_it_linked() {
    let (directory, path) = directory_with("old");
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
fn save_of_identical_bytes_writes_nothing() {
    let (directory, path) = directory_with("same");
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
fn save_over_a_changed_or_removed_file_is_refused() {
    let (directory, path) = directory_with("what an editor saved");
    let result = replace(&path, b"what was loaded", b"new");
    assert!(is_changed(&result), "{result:?}");
    assert_eq!(text(&path), "what an editor saved");
    assert_eq!(names(directory.path()), ["t.md"]);
    fs::remove_file(&path).unwrap();
    assert!(is_changed(&replace(&path, b"what an editor saved", b"new")));
    assert!(names(directory.path()).is_empty());
}

#[test]
fn save_into_a_missing_directory_names_it() {
    let (directory, path) = directory_with("old");
    directory.close().unwrap();
    for error in [replace(&path, b"old", b"new").unwrap_err(), create(&path, b"new").unwrap_err()] {
        assert!(error.kind == ErrorKind::System, "{error}");
        assert!(error.to_string().contains("its directory still exists"), "{error}");
    }
    assert!(!path.parent().unwrap().exists());
}

#[test]
fn save_of_a_read_only_file_is_refused_even_to_root() {
    let (directory, path) = directory_with("old");
    set_mode(&path, 0o444);
    let before = inode(&path);
    let error = replace(&path, b"old", b"new").unwrap_err().to_string();
    assert!(error.contains("read-only") && error.contains("t.md"), "{error}");
    assert_eq!((text(&path).as_str(), inode(&path)), ("old", before));
    assert_eq!(replace(&path, b"old", b"old").unwrap(), Saved::Unchanged);
    assert_eq!(names(directory.path()), ["t.md"]);
}

#[test]
fn save_of_a_pipe_or_a_directory_is_refused_without_waiting() {
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
fn save_in_a_read_only_directory_writes_in_place() {
    if is_root() {
        let test = "store::save::save_in_a_read_only_directory_writes_in_place";
        return passes_as_other_user(test, Path::new("/"));
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
    assert!(matches!(result, Err(Error { kind: ErrorKind::System, .. })), "{result:?}");
    assert_eq!(text(&path), "new", "its owner had protected it");
}

#[test]
fn save_keeps_the_owner() {
    if is_child() {
        // A file of root that all users may write, in a directory of the user.
        replace(Path::new("t.md"), b"old", b"new").unwrap();
        return;
    }
    if !is_root() {
        return skipped("only root can make a file of another user");
    }
    let (directory, path) = directory_with("old");
    chown(directory.path(), Some(NOBODY), Some(NOBODY)).unwrap();
    set_mode(&path, 0o666);
    passes_as_other_user("store::save::save_keeps_the_owner", directory.path());
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
fn create_over_an_existing_file_is_refused() {
    let (directory, path) = directory_with("a person's");
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
fn save_and_move_restores_the_files_if_the_file_cannot_be_moved() {
    let (directory, path) = directory_with("old");
    let (from, to) = (directory.path().join("a.md"), directory.path().join("b.md"));
    put(&from, "thread");
    let job = Job { path: path.clone(), loaded: Some(b"old".to_vec()), new: b"new".to_vec() };
    let jobs = [job];
    let moved =
        |loaded: &[u8]| Move { from: from.clone(), to: to.clone(), loaded: loaded.to_vec() };
    assert!(is_changed(&save_and_move(&jobs, Some(&moved(b"other")))));
    assert_eq!((text(&path).as_str(), text(&from).as_str()), ("old", "thread"));
    put(&to, "taken");
    assert!(save_and_move(&jobs, Some(&moved(b"thread"))).is_err());
    assert_eq!((text(&path).as_str(), text(&to).as_str()), ("old", "taken"));
    fs::remove_file(&to).unwrap();
    save_and_move(&jobs, Some(&moved(b"thread"))).unwrap();
    assert_eq!((text(&path).as_str(), text(&to).as_str()), ("new", "thread"));
    assert!(!from.exists());
}

#[test]
fn put_replaces_a_file_in_one_step_and_creates_directories() {
    let (directory, _) = directory_with("");
    let path = directory.path().join("a/b/entry");
    save::put(&path, b"old").unwrap();
    // A reader that opened the file before it was replaced reads the old content to its end.
    let other_name = directory.path().join("old");
    fs::hard_link(&path, &other_name).unwrap();
    save::put(&path, b"new").unwrap();
    assert_eq!((text(&path), text(&other_name)), ("new".into(), "old".into()));
    assert_eq!(mode(&path), 0o600);
    assert_eq!(names(path.parent().unwrap()), ["entry"]);
}

#[test]
fn put_that_fails_leaves_no_temporary_file() {
    let (directory, path) = directory_with("");
    let full = directory.path().join("full");
    fs::create_dir_all(full.join("x")).unwrap();
    assert!(save::put(&full, b"new").is_err());
    assert_eq!(names(directory.path()), ["full", "t.md"]);
    assert!(save::put(&path.join("entry"), b"new").is_err(), "a file in place of a directory");
}
