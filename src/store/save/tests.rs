//! Tests of states between two steps of a save.

use std::process;

use crate::model::{Error, ErrorKind};
use crate::store::save::*;

/// Returns a replacement of `t.md`, which contains `found`, with the new content in a temporary
/// file.
fn on_the_way(directory: &Path, found: &str) -> (Replacement<'static>, Temporary) {
    let target = directory.join("t.md");
    put(&target, found);
    let mut temporary = Temporary::create(&target, 0o600).unwrap();
    temporary.fill(b"new", None).unwrap();
    let replacement = Replacement {
        path: Path::new("t.md"),
        metadata: fs::metadata(&target).unwrap(),
        target,
        loaded: b"old",
        new: b"new",
    };
    (replacement, temporary)
}

fn put(path: &Path, text: &str) {
    let mut file = File::create(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

fn files(directory: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(directory).unwrap().map(Result::unwrap);
    let mut files: Vec<_> = entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// Asserts that the result is "changed", and that the directory contains only `t.md` with `text`.
fn left_alone(directory: &Path, result: Result<(), Error>, text: &str) {
    let error = result.unwrap_err();
    assert!(error.kind == ErrorKind::Changed, "{error}");
    assert_eq!(files(directory), [("t.md".to_owned(), text.to_owned())]);
}

#[test]
fn replace_after_a_save_by_an_editor_keeps_the_saved_text() {
    let directory = tempfile::tempdir().unwrap();
    let (replacement, temporary) = on_the_way(directory.path(), "foreign");
    left_alone(directory.path(), replacement.install(temporary), "foreign");
    left_alone(directory.path(), replacement.overwrite(), "foreign");
}

#[test]
#[cfg(target_os = "linux")]
fn replace_restores_a_text_saved_just_before_the_exchange() {
    let directory = tempfile::tempdir().unwrap();
    let (replacement, temporary) = on_the_way(directory.path(), "foreign");
    platform::exchange(&temporary.path, &replacement.target).unwrap();
    let result = replacement.settle(temporary, || panic!("too late"));
    left_alone(directory.path(), result, "foreign");
}

#[test]
#[cfg(target_os = "linux")]
fn replace_restores_a_text_written_to_the_old_file_after_the_exchange() {
    let directory = tempfile::tempdir().unwrap();
    let (replacement, temporary) = on_the_way(directory.path(), "old");
    platform::exchange(&temporary.path, &replacement.target).unwrap();
    let old = temporary.path.clone();
    let result = replacement.settle(temporary, || {
        put(&old, "late");
        Ok(())
    });
    left_alone(directory.path(), result, "late");
}

#[test]
#[cfg(target_os = "linux")]
fn replace_keeps_two_texts_saved_before_and_after_the_exchange() {
    let directory = tempfile::tempdir().unwrap();
    let (replacement, temporary) = on_the_way(directory.path(), "foreign one");
    platform::exchange(&temporary.path, &replacement.target).unwrap();
    put(&replacement.target, "foreign two");
    let result = replacement.settle(temporary, || panic!("too late"));
    let error = result.unwrap_err().to_string();
    assert!(error.contains(".rescued"), "{error}");
    let files = files(directory.path());
    assert_eq!(files.len(), 2, "{files:?}");
    assert_eq!(files[0], ("t.md".to_owned(), "foreign one".to_owned()));
    assert!(files[1].0.starts_with("t.md.") && files[1].0.ends_with(".rescued"));
    assert_eq!(files[1].1, "foreign two");
}

#[test]
fn sweep_knows_the_names_that_are_given() {
    let directory = tempfile::tempdir().unwrap();
    for name in ["t.md", "a.b-7.c", "-", &"é".repeat(120)] {
        let temporary = Temporary::create(&directory.path().join(name), 0o600).unwrap();
        let process = temporary::process_of(temporary.path.file_name().unwrap());
        assert_eq!(process, i32::try_from(process::id()).ok(), "{name}");
    }
}

#[test]
fn create_without_hard_links_never_overwrites_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("t.md");
    create_directly(&path, b"first").unwrap();
    let error = create_directly(&path, b"second").unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(fs::read(&path).unwrap(), b"first");
}

#[test]
#[cfg(target_os = "linux")]
fn replace_keeps_attributes_and_access_lists() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("t.md");
    put(&path, "old");
    // An access list: the owner and user 1234 may read and write, other users may not.
    let list: &[u8] = &[
        2, 0, 0, 0, 1, 0, 6, 0, 255, 255, 255, 255, 2, 0, 6, 0, 210, 4, 0, 0, 4, 0, 0, 0, 255, 255,
        255, 255, 16, 0, 6, 0, 255, 255, 255, 255, 32, 0, 0, 0, 255, 255, 255, 255,
    ];
    let noted: [(&str, &[u8]); 2] = [("user.colour", b"green"), ("system.posix_acl_access", list)];
    let mut kept = Vec::new();
    for (name, value) in noted {
        match setxattr(&path, name, value, XattrFlags::empty()) {
            Ok(()) => kept.push((name, value)),
            // A file system that takes no such note has none to lose.
            Err(error) => assert_eq!(error, rustix::io::Errno::NOTSUP, "{name}"),
        }
    }
    assert_eq!(replace(&path, b"old", b"new").unwrap(), Saved::Written);
    for (name, value) in kept {
        let mut buffer = [0; 256];
        let length = getxattr(&path, name, &mut buffer[..]).unwrap();
        assert_eq!(&buffer[..length], value, "{name}");
    }
    assert_eq!(files(directory.path()), [("t.md".to_owned(), "new".to_owned())]);
}

/// Returns a replacement of `threads/t.md` in `root`, prepared while the directory existed.
fn below(root: &Path) -> (PathBuf, Replacement<'static>, Temporary) {
    let directory = root.join("threads");
    fs::create_dir(&directory).unwrap();
    let (replacement, temporary) = on_the_way(&directory, "old");
    let path = Box::leak(replacement.target.clone().into_boxed_path());
    (directory, Replacement { path, ..replacement }, temporary)
}

/// Asserts that the error names the missing directory, that it was not created again, and that
/// `t.md` contains `text` in the directory's new location.
fn went_away(root: &Path, result: Result<(), Error>, text: &str) {
    let error = result.unwrap_err().to_string();
    assert!(error.contains("t.md") && error.contains("its directory still exists"), "{error}");
    assert!(!root.join("threads").exists(), "the folder was made anew");
    let files = files(&root.join("elsewhere"));
    let of_the_name = files.iter().find(|(name, _)| name == "t.md");
    assert_eq!(of_the_name.unwrap().1, text);
    let temporary = |(name, _): &(String, String)| name == "t.md" || name.ends_with(".thread-tmp");
    assert!(files.iter().all(temporary), "{files:?}");
}

#[test]
fn replace_in_a_directory_that_disappears_before_a_step_names_it() {
    let root = tempfile::tempdir().unwrap();
    let (directory, replacement, temporary) = below(root.path());
    fs::rename(directory, root.path().join("elsewhere")).unwrap();
    let prepared = replacement.prepare().map(drop);
    went_away(root.path(), prepared, "old");
    went_away(root.path(), replacement.overwrite(), "old");
    went_away(root.path(), replacement.install(temporary), "old");
}

#[test]
#[cfg(target_os = "linux")]
fn replace_in_a_directory_that_disappears_after_the_exchange_names_it() {
    let root = tempfile::tempdir().unwrap();
    let (directory, replacement, temporary) = below(root.path());
    platform::exchange(&temporary.path, &replacement.target).unwrap();
    fs::rename(directory, root.path().join("elsewhere")).unwrap();
    let result = replacement.settle(temporary, || panic!("too late"));
    went_away(root.path(), result, "new");
}

#[test]
#[cfg(target_os = "linux")]
fn replace_in_a_directory_that_disappears_during_the_sync_names_it() {
    let root = tempfile::tempdir().unwrap();
    let (directory, replacement, temporary) = below(root.path());
    platform::exchange(&temporary.path, &replacement.target).unwrap();
    let result = replacement.settle(temporary, || {
        fs::rename(&directory, root.path().join("elsewhere")).unwrap();
        Ok(())
    });
    went_away(root.path(), result, "new");
}

/// Kinds of files that may replace a regular file: a link to a file of the same text, a directory,
/// a pipe.
#[cfg(unix)]
const STAND_INS: [&str; 3] = ["link", "folder", "pipe"];

/// Replaces `target` by another kind of file.
#[cfg(unix)]
fn stand_in(kind: &str, target: &Path) {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let other = target.with_file_name("other.md");
    put(&other, "old");
    fs::remove_file(target).unwrap();
    match kind {
        "link" => std::os::unix::fs::symlink(other, target).unwrap(),
        "folder" => fs::create_dir(target).unwrap(),
        _ => mknodat(CWD, target, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap(),
    }
}

/// Asserts that a save of another kind of file returns an error that names it, and follows no link.
#[cfg(unix)]
fn refuses(
    kind: &str,
    directory: &Path,
    save: impl FnOnce() -> Result<(), Error> + Send + 'static,
) {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || sender.send(save()));
    let result = receiver.recv_timeout(std::time::Duration::from_secs(5));
    let error = result.unwrap_or_else(|_| panic!("a {kind} made it wait")).unwrap_err();
    assert!(error.to_string().contains("t.md"), "{kind}: {error}");
    let found = fs::symlink_metadata(directory.join("t.md")).unwrap().file_type();
    let is_kept = match kind {
        "link" => found.is_symlink(),
        "folder" => found.is_dir(),
        _ => !found.is_file() && !found.is_dir() && !found.is_symlink(),
    };
    assert!(is_kept, "{kind}: {found:?}");
    assert_eq!(fs::read_to_string(directory.join("other.md")).unwrap(), "old", "{kind}");
    assert_eq!(fs::read_dir(directory).unwrap().count(), 2, "{kind}: a temporary file is left");
}

#[test]
#[cfg(unix)]
fn replace_of_another_kind_of_file_is_refused() {
    for kind in STAND_INS {
        let directory = tempfile::tempdir().unwrap();
        let (replacement, temporary) = on_the_way(directory.path(), "old");
        stand_in(kind, &replacement.target);
        refuses(kind, directory.path(), move || replacement.install(temporary));
    }
}

#[test]
#[cfg(unix)]
fn overwrite_of_another_kind_of_file_is_refused_without_waiting() {
    for kind in STAND_INS {
        let directory = tempfile::tempdir().unwrap();
        let (replacement, temporary) = on_the_way(directory.path(), "old");
        drop(temporary);
        stand_in(kind, &replacement.target);
        refuses(kind, directory.path(), move || replacement.overwrite());
    }
}

#[test]
#[cfg(target_os = "linux")]
fn replace_restores_another_kind_of_file_after_the_exchange() {
    for kind in STAND_INS {
        let directory = tempfile::tempdir().unwrap();
        let (replacement, temporary) = on_the_way(directory.path(), "old");
        stand_in(kind, &replacement.target);
        platform::exchange(&temporary.path, &replacement.target).unwrap();
        refuses(kind, directory.path(), move || {
            replacement.settle(temporary, || panic!("it was taken for the file"))
        });
    }
}

#[test]
#[cfg(unix)]
fn open_of_a_pipe_is_refused_for_reading_and_writing() {
    let directory = tempfile::tempdir().unwrap();
    let pipe = directory.path().join("t.md");
    put(&pipe, "");
    stand_in("pipe", &pipe);
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let written = regular::open(&pipe, OpenOptions::new().write(true)).map(drop);
        sender.send([regular::read_file(&pipe).map(drop), written])
    });
    let results = receiver.recv_timeout(std::time::Duration::from_secs(5)).expect("no waiting");
    for result in results {
        assert!(result.unwrap_err().to_string().contains("not a regular file"));
    }
}
