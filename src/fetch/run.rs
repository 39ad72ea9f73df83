//! A run: many URLs, several hosts at the same time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use chrono::{DateTime, Utc};

use crate::fetch::exchange::{Asked, Exchange, Hosts, Reply};
use crate::fetch::{
    Answer, Cache, Copy, Due, Entry, Failure, FailureKind, Fetched, Limits, Options, Origin,
    Request, Run, Timer, Transport, due, redirect,
};
use crate::model::Error;

/// Fetches URLs.
#[derive(Clone, Copy)]
pub struct Fetcher<'a> {
    /// The network.
    pub transport: &'a dyn Transport,
    /// The time since the beginning of the run.
    pub timer: &'a dyn Timer,
    /// The cache of the workspace.
    pub cache: &'a Cache,
    /// Limits of time and size.
    pub limits: Limits,
}

/// An answer, and the error if it could not be cached.
type Answered = (Answer, Option<Error>);

impl Fetcher<'_> {
    /// Fetches all URLs that are due, and takes the others from the cache.
    ///
    /// Hosts are asked in parallel, at most [`Limits::hosts`] at the same time, and each host for
    /// one URL after the other. Equal requests are asked once. `progress` is called after each
    /// URL, by one thread at a time, with the number of URLs that are done.
    pub fn run(
        &self,
        requests: &[Request],
        options: &Options,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Run {
        let groups = by_host(requests);
        let exchange = Exchange {
            transport: self.transport,
            timer: self.timer,
            limits: self.limits,
            now: options.now,
            hosts: Hosts::default(),
        };
        let results: Mutex<BTreeMap<&Request, Answered>> = Mutex::default();
        let next = AtomicUsize::new(0);
        let work = || {
            while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
                for request in group {
                    let answered = self.answer(request, options, &exchange);
                    let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
                    results.insert(request, answered);
                    progress(results.len());
                }
            }
        };
        self.cache.sweep();
        thread::scope(|scope| {
            for _ in 0..self.limits.hosts.min(groups.len()) {
                scope.spawn(work);
            }
        });
        let results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        let in_order = || requests.iter().map(|request| &results[request]);
        Run {
            answers: in_order().map(|(answer, _)| answer.clone()).collect(),
            cache_error: in_order().find_map(|(_, error)| error.clone()),
        }
    }

    /// Returns the answer to one request, from the network or the cache.
    fn answer(&self, request: &Request, options: &Options, exchange: &Exchange<'_>) -> Answered {
        let entry = self.cache.read(&request.url);
        match due::due(&entry.history, options) {
            Due::Now => self.ask(request, entry, exchange),
            Due::At(_) => (from_cache(entry, Origin::NotDue), None),
            Due::Never => (from_cache(entry, Origin::Offline), None),
        }
    }

    fn ask(&self, request: &Request, mut entry: Entry, exchange: &Exchange<'_>) -> Answered {
        let Asked { outcome, contacted } = exchange.ask(request, entry.copy.as_ref());
        if let Err(failure) = &outcome
            && failure.kind == FailureKind::RunTime
        {
            let outcome = Err(failure.clone());
            return (Answer { outcome, history: entry.history }, None);
        }
        let outcome = note(&mut entry, outcome, contacted, exchange.now);
        let error = self.cache.write(&request.url, &entry).err();
        let outcome = outcome.and_then(|from| body(entry.copy, from));
        (Answer { outcome, history: entry.history }, error)
    }
}

/// Adds the result of an attempt to an entry, and returns the origin of its body.
fn note(
    entry: &mut Entry,
    outcome: Result<Reply, Failure>,
    contacted: bool,
    now: DateTime<Utc>,
) -> Result<Origin, Failure> {
    entry.history.last_try = Some(now);
    if contacted {
        entry.history.last_contact = Some(now);
    }
    entry.history.not_before = outcome.as_ref().err().and_then(|failure| failure.not_before);
    match outcome {
        Ok(Reply::Body(copy)) => {
            entry.copy = Some(copy);
            Ok(Origin::Network)
        }
        Ok(Reply::NotModified { moved_to }) => {
            entry.copy.iter_mut().for_each(|copy| copy.moved_to.clone_from(&moved_to));
            Ok(Origin::NotModified)
        }
        Err(failure) => {
            entry.history.fail(now, failure.clone());
            Err(failure)
        }
    }
}

/// Returns the answer of the cache. If the URL is not due and has no body, it is the failure of the
/// last attempt.
fn from_cache(entry: Entry, from: Origin) -> Answer {
    let Entry { history, copy } = entry;
    let outcome = match (copy, &history.failure) {
        (None, Some(failure)) if from == Origin::NotDue => Err(failure.clone()),
        (copy, _) => body(copy, from),
    };
    Answer { outcome, history }
}

/// Returns the cached body as an answer.
fn body(copy: Option<Copy>, from: Origin) -> Result<Fetched, Failure> {
    copy.map(|copy| copy.fetched(from)).ok_or_else(|| {
        Failure::new(FailureKind::NotCached, "no copy of it is in the cache")
            .help("run `thread fetch` without `--offline`")
    })
}

/// Groups different requests by host, in the order of their first appearance.
fn by_host(requests: &[Request]) -> Vec<Vec<&Request>> {
    let mut groups: Vec<Vec<&Request>> = Vec::new();
    let mut hosts = BTreeMap::new();
    let mut known = BTreeSet::new();
    for request in requests.iter().filter(|request| known.insert(*request)) {
        let url = redirect::parse(&request.url);
        let host = url.map_or_else(|_| String::new(), |url| redirect::host(&url).to_string());
        let index = *hosts.entry(host).or_insert(groups.len());
        if index == groups.len() {
            groups.push(Vec::new());
        }
        groups[index].push(request);
    }
    groups
}
