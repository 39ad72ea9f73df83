//! The cache on disk.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use thread_tracker::fetch::{Cache, Failure, FailureKind, History, Options, Origin};

use super::transport::{Place, Scripted, ok, status, tagged};
use super::{at, body, kind, request, time};

const FEED: &str = "https://example.org/feed";

/// The file of the only entry.
fn entry(place: &Place) -> PathBuf {
    let directories = place.path().join("thread");
    let workspace = fs::read_dir(directories).expect("a directory").next().expect("a workspace");
    let workspace = workspace.expect("listed").path();
    let mut entries: Vec<_> = fs::read_dir(workspace).expect("entries").collect();
    assert_eq!(entries.len(), 1, "one file for one URL: {entries:?}");
    entries.remove(0).expect("listed").path()
}

fn replace(path: &Path, content: &[u8]) {
    File::create(path).and_then(|mut file| file.write_all(content)).expect("written");
}

/// A place whose cache has a body of 12:00.
fn filled() -> Place {
    let place = Place::new();
    place.run(&Scripted::new(|_| Ok(tagged("one", b"\"1\""))), &[request(FEED)], &at("12:00"));
    place
}

fn offline(place: &Place) -> Result<String, FailureKind> {
    let network = Scripted::new(|_| panic!("offline asks no host"));
    let options = Options { offline: true, ..at("15:00") };
    let run = place.run(&network, &[request(FEED)], &options);
    match &run.answers[0].outcome {
        Ok(_) => Ok(body(&run, 0).to_string()),
        Err(failure) => Err(failure.kind),
    }
}

#[test]
fn cache_offline_gives_the_last_body_or_says_that_there_is_none() {
    assert_eq!(offline(&filled()).as_deref(), Ok("one"));
    assert_eq!(offline(&Place::new()), Err(FailureKind::NotCached));
    let refused = Place::new();
    refused.run(&Scripted::new(|_| Ok(status(403))), &[request(FEED)], &at("12:00"));
    assert_eq!(offline(&refused), Err(FailureKind::NotCached));
}

#[test]
fn cache_entry_that_is_damaged_counts_as_absent() {
    let whole = fs::read(entry(&filled())).expect("an entry");
    let line = whole.iter().position(|&byte| byte == b'\n').expect("a line");
    let mut other_version = whole.clone();
    other_version.splice(..12, *b"{\"version\":9");
    assert!(whole.starts_with(b"{\"version\":1"));
    for damaged in [
        &b""[..],
        b"\n",
        b"{}\n",
        b"\xff\x00 nonsense",
        &whole[..line],
        &whole[..whole.len() - 1],
        &[&whole[..], b"x"].concat(),
        &other_version,
    ] {
        let place = filled();
        replace(&entry(&place), damaged);
        assert_eq!(offline(&place), Err(FailureKind::NotCached), "{damaged:?}");
        let network = Scripted::new(|_| Ok(ok("two")));
        let run = place.run(&network, &[request(FEED)], &at("12:01"));
        assert_eq!(body(&run, 0), "two");
        assert_eq!(run.cache_error, None);
        assert!(network.sent()[0].validators.is_none());
    }
}

#[test]
fn cache_entry_of_another_address_counts_as_absent() {
    let place = filled();
    let text = fs::read_to_string(entry(&place)).expect("an entry");
    replace(&entry(&place), text.replace(FEED, "https://example.com/feed").as_bytes());
    assert_eq!(offline(&place), Err(FailureKind::NotCached));
}

#[test]
fn cache_entry_that_is_a_directory_is_an_error_of_the_cache_alone() {
    let place = filled();
    let path = entry(&place);
    fs::remove_file(&path).expect("removed");
    fs::create_dir_all(path.join("full")).expect("a directory");
    let run = place.run(&Scripted::new(|_| Ok(ok("two"))), &[request(FEED)], &at("12:01"));
    assert_eq!(body(&run, 0), "two");
    assert!(run.cache_error.expect("an error").message.starts_with("cannot write `"));
}

#[test]
fn cache_that_cannot_be_written_does_not_prevent_a_run() {
    let place = Place::new();
    // A file in place of the directory refuses writes of every user.
    replace(&place.path(), b"");
    let network = Scripted::new(|_| Ok(ok("one")));
    for minutes in ["12:00", "12:01"] {
        let run = place.run(&network, &[request(FEED)], &at(minutes));
        assert_eq!(body(&run, 0), "one");
        assert!(run.cache_error.is_some());
    }
    assert_eq!(network.sent().len(), 2);
}

#[test]
fn cache_without_a_directory_stores_nothing() {
    let cache = Cache::of_workspace(None, Path::new("/notes"));
    assert_eq!(cache.record(FEED, time("12:00"), Ok(())), Ok(()));
    assert_eq!(cache.history(FEED), History::default());
}

#[test]
fn cache_of_another_workspace_is_another() {
    let place = filled();
    let other = Cache::of_workspace(Some(&place.path()), Path::new("/other"));
    assert_eq!(other.history(FEED), History::default());
    assert_ne!(place.cache().history(FEED), History::default());
}

#[test]
fn cache_leaves_no_temporary_file() {
    let place = filled();
    let network = Scripted::new(|_| Ok(status(500)));
    place.run(&network, &[request(FEED)], &at("13:00"));
    entry(&place);
}

#[test]
fn cache_sweeps_temporary_files_of_killed_runs() {
    let place = filled();
    let left = entry(&place).with_file_name(".x.feed.999999999-0.thread-tmp");
    replace(&left, b"half");
    place.run(&Scripted::new(|_| Ok(ok("two"))), &[request(FEED)], &at("13:00"));
    assert!(!left.exists());
}

#[test]
fn history_of_a_body_is_a_success_when_the_caller_says_so() {
    let place = filled();
    let history = place.cache().history(FEED);
    assert_eq!(history.last_try, Some(time("12:00")));
    assert_eq!(history.last_success, None);
    place.cache().record(FEED, time("12:00"), Ok(())).expect("recorded");
    assert_eq!(place.cache().history(FEED).last_success, Some(time("12:00")));
    assert_eq!(offline(&place).as_deref(), Ok("one"), "the body is kept");
}

#[test]
fn history_of_failures_keeps_the_first_and_the_last_success() {
    let place = filled();
    place.cache().record(FEED, time("12:00"), Ok(())).expect("recorded");
    let refused = Scripted::new(|_| Ok(status(403)));
    let run = place.run(&refused, &[request(FEED)], &at("13:00"));
    assert_eq!(kind(&run, 0), FailureKind::Status(403));
    let page = Failure::new(FailureKind::Content, "the answer is a page");
    place.cache().record(FEED, time("14:00"), Err(page.clone())).expect("recorded");
    let history = place.cache().history(FEED);
    assert_eq!(history.failing_since, Some(time("13:00")));
    assert_eq!(history.last_success, Some(time("12:00")));
    assert_eq!(history.failure, Some(page));
    place.cache().record(FEED, time("15:00"), Ok(())).expect("recorded");
    let history = place.cache().history(FEED);
    assert_eq!((history.failing_since, history.failure), (None, None));
}

#[test]
fn cache_keeps_validators_and_body_byte_for_byte() {
    let place = Place::new();
    let bytes: Vec<u8> = (0..=255).collect();
    let response =
        thread_tracker::fetch::Response { body: bytes.clone(), ..tagged("", b"W/\"\xe9\x80 \"") };
    let network = Scripted::new(|_| Ok(response.clone()));
    place.run(&network, &[request(FEED)], &at("12:00"));
    let run = place.run(&network, &[request(FEED)], &at("13:00"));
    let sent = network.sent()[1].validators.clone().expect("validators");
    assert_eq!(sent.etag.as_deref(), Some(&b"W/\"\xe9\x80 \""[..]));
    assert_eq!(run.answers[0].outcome.as_ref().map(|fetched| &fetched.body), Ok(&bytes));
    let run = place.run(&network, &[request(FEED)], &at("13:01"));
    let fetched = run.answers[0].outcome.as_ref().expect("a body");
    assert_eq!((fetched.from, &fetched.body), (Origin::NotDue, &bytes));
}
