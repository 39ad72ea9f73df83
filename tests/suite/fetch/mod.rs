//! Fetching: what is due, redirects, refused IP addresses, the cache, and the behaviour of hosts.
//!
//! `transport` has a network of functions. Only `http` opens connections, to this machine.

mod address_policy;
mod cache;
mod due;
#[cfg(feature = "fetch")]
mod http;
mod redirect;
mod run;
mod transport;

use chrono::{DateTime, Utc};
use thread_tracker::fetch::{Failure, FailureKind, Options, Request, Run};

/// The time of a run, at noon with some minutes: `time("12:30")`.
fn time(minutes: &str) -> DateTime<Utc> {
    format!("2026-11-23T{minutes}:00Z").parse().expect("a time")
}

fn at(minutes: &str) -> Options {
    Options { now: time(minutes), force: false, offline: false }
}

fn request(url: &str) -> Request {
    Request { url: url.to_string(), allow_private: false }
}

fn body(run: &Run, index: usize) -> &str {
    let fetched = run.answers[index].outcome.as_ref().expect("a body");
    std::str::from_utf8(&fetched.body).expect("UTF-8")
}

fn failure(run: &Run, index: usize) -> &Failure {
    run.answers[index].outcome.as_ref().expect_err("a failure")
}

fn kind(run: &Run, index: usize) -> FailureKind {
    failure(run, index).kind
}
