//! What can only be seen between two steps of a save.

use super::*;
use std::process;

/// A replacement of `t.md`, now holding `found`, whose new content lies beside it.
fn on_the_way(folder: &Path, found: &str) -> (Replacement<'static>, Temporary) {
    let target = folder.join("t.md");
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

fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut files: Vec<_> = entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// Demands the answer "changed", and a folder with nothing but `t.md` holding `text`.
fn left_alone(folder: &Path, result: Result<(), SaveError>, text: &str) {
    let error = result.unwrap_err();
    assert!(matches!(error, SaveError::Changed { .. }), "{error}");
    assert_eq!(files(folder), [("t.md".to_owned(), text.to_owned())]);
}

#[test]
fn what_was_saved_after_the_first_comparison_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (replacement, temporary) = on_the_way(folder.path(), "foreign");
    left_alone(folder.path(), replacement.install(temporary), "foreign");
    left_alone(folder.path(), replacement.overwrite(), "foreign");
}

#[test]
#[cfg(target_os = "linux")]
fn what_was_saved_just_before_the_exchange_is_put_back_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (replacement, temporary) = on_the_way(folder.path(), "foreign");
    platform::exchange(&temporary.path, &replacement.target).unwrap();
    let result = replacement.settle(temporary, || panic!("too late"));
    left_alone(folder.path(), result, "foreign");
}

#[test]
#[cfg(target_os = "linux")]
fn what_was_written_to_the_old_file_after_the_exchange_is_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let (replacement, temporary) = on_the_way(folder.path(), "old");
    platform::exchange(&temporary.path, &replacement.target).unwrap();
    let old = temporary.path.clone();
    let result = replacement.settle(temporary, || {
        put(&old, "late");
        Ok(())
    });
    left_alone(folder.path(), result, "late");
}

#[test]
#[cfg(target_os = "linux")]
fn two_foreign_texts_on_either_side_of_the_exchange_are_both_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (replacement, temporary) = on_the_way(folder.path(), "foreign one");
    platform::exchange(&temporary.path, &replacement.target).unwrap();
    put(&replacement.target, "foreign two");
    let result = replacement.settle(temporary, || panic!("too late"));
    let error = result.unwrap_err().to_string();
    assert!(error.contains(".rescued"), "{error}");
    let files = files(folder.path());
    assert_eq!(files.len(), 2, "{files:?}");
    assert_eq!(files[0], ("t.md".to_owned(), "foreign one".to_owned()));
    assert!(files[1].0.starts_with("t.md.") && files[1].0.ends_with(".rescued"));
    assert_eq!(files[1].1, "foreign two");
}

#[test]
fn sweep_knows_the_names_that_are_given() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["t.md", "a.b-7.c", "-", &"é".repeat(120)] {
        let temporary = Temporary::create(&folder.path().join(name), 0o600).unwrap();
        let process = temporary::process_of(temporary.path.file_name().unwrap());
        assert_eq!(process, i32::try_from(process::id()).ok(), "{name}");
    }
}

#[test]
fn without_hard_links_a_new_file_is_still_never_written_over_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.md");
    create_directly(&path, b"first").unwrap();
    let error = create_directly(&path, b"second").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    assert_eq!(fs::read(&path).unwrap(), b"first");
}

#[test]
#[cfg(target_os = "linux")]
fn what_else_is_noted_of_a_file_is_kept() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.md");
    put(&path, "old");
    // An access list: the owner and user 1234 may read and write, nobody else.
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
    assert_eq!(files(folder.path()), [("t.md".to_owned(), "new".to_owned())]);
}
