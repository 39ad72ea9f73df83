//! The lock of a workspace.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use thread_tracker::model::ErrorKind;
use thread_tracker::store::lock::lock;
use thread_tracker::store::save::{Saved, replace};

use super::{fast_directory_with, names, text};

#[test]
fn lock_between_two_writers_loses_no_line() {
    let (directory, path) = fast_directory_with("");
    let write = |who: &str| {
        for round in 0..100 {
            let held = lock(directory.path(), Duration::from_mins(1)).unwrap();
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

#[test]
fn lock_that_is_held_makes_others_wait_and_leaves_no_file() {
    let directory = tempfile::tempdir().unwrap();
    let held = lock(directory.path(), Duration::ZERO).unwrap();
    let began = Instant::now();
    let error = lock(directory.path(), Duration::from_millis(60)).unwrap_err();
    assert!(error.kind == ErrorKind::Locked, "{error}");
    assert!(began.elapsed() >= Duration::from_millis(60));
    thread::scope(|scope| {
        let waiting = scope.spawn(|| lock(directory.path(), Duration::from_mins(1)).is_ok());
        thread::sleep(Duration::from_millis(50));
        assert!(!waiting.is_finished());
        drop(held);
        assert!(waiting.join().unwrap());
    });
    assert!(names(directory.path()).is_empty());
    let error = lock(&directory.path().join("nowhere"), Duration::from_mins(1)).unwrap_err();
    assert!(error.kind == ErrorKind::System, "{error}");
}
