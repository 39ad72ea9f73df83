//! `replace` and `create` on a full disk, in a process that is killed, and next to other writers.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use thread_tracker::store::save::{create, replace, sweep};

use super::child::{again, is_child, passes_again};
use super::{directory_with, fast_directory_with, inode, names, text};

#[test]
fn save_on_a_full_disk_leaves_the_old_text_and_no_other_file() {
    if !is_child() {
        // A limit on the size of files replaces the full disk: both give the same error.
        let limit = ["sh", "-c", r#"trap '' XFSZ; ulimit -f 8; exec "$0" "$@""#];
        let test = "store::save_faults::save_on_a_full_disk_leaves_the_old_text_and_no_other_file";
        return passes_again(test, &limit, Path::new("/"));
    }
    let (directory, path) = directory_with("old");
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
fn save_that_is_killed_leaves_the_old_or_the_new_text() {
    let texts = ["a".repeat(300_000), "b".repeat(200_000)];
    let other = |text: &str| &texts[usize::from(text == texts[0])];
    if is_child() {
        loop {
            let loaded = text(Path::new("t.md"));
            replace(Path::new("t.md"), loaded.as_bytes(), other(&loaded).as_bytes()).unwrap();
        }
    }
    let (directory, path) = directory_with(&texts[0]);
    for round in 0..20 {
        let test = "store::save_faults::save_that_is_killed_leaves_the_old_or_the_new_text";
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
fn create_by_four_threads_succeeds_once_with_a_whole_file() {
    let (directory, _) = fast_directory_with("");
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

// Only where files can be exchanged: a rename leaves a moment in which a line can be lost.
#[cfg(target_os = "linux")]
#[test]
fn save_next_to_an_editor_that_appends_loses_no_line() {
    let (directory, path) = fast_directory_with("");
    let edit = |round: usize| {
        let began = Instant::now();
        // Exchanged or renamed, the file is there at every moment.
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        let line = format!("editor {round}\n");
        file.write_all(line.as_bytes()).unwrap();
        // An editor that sleeps between opening and writing, for as long as a whole replacement
        // takes, writes to the old file; no program can avoid that, so only quick ones count.
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
