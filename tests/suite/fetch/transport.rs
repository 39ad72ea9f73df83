//! A network of functions, and a clock that jumps.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use tempfile::TempDir;
use thread_tracker::fetch::{
    Cache, Failure, Fetcher, Get, Limits, Options, Request, Response, Run, Timer, Transport,
    Validators,
};

/// A request that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub url: String,
    pub allow_private: bool,
    pub validators: Option<Validators>,
    pub timeout: Duration,
}

/// A network that answers by a function.
pub struct Scripted<F> {
    answer: F,
    sent: Mutex<Vec<Sent>>,
}

impl<F: Fn(&str) -> Result<Response, Failure> + Sync> Scripted<F> {
    pub fn new(answer: F) -> Self {
        Self { answer, sent: Mutex::default() }
    }

    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().expect("the list").clone()
    }

    pub fn urls(&self) -> Vec<String> {
        self.sent().into_iter().map(|sent| sent.url).collect()
    }
}

impl<F: Fn(&str) -> Result<Response, Failure> + Sync> Transport for Scripted<F> {
    fn get(&self, request: &Get<'_>) -> Result<Response, Failure> {
        self.sent.lock().expect("the list").push(Sent {
            url: request.url.to_string(),
            allow_private: request.allow_private,
            validators: request.validators.cloned(),
            timeout: request.timeout,
        });
        (self.answer)(request.url.as_str())
    }
}

/// A clock on which only pauses take time.
#[derive(Default)]
pub struct Pauses(Mutex<Vec<Duration>>);

impl Pauses {
    pub fn seconds(&self) -> Vec<u64> {
        self.0.lock().expect("the list").iter().map(Duration::as_secs).collect()
    }
}

impl Timer for Pauses {
    fn elapsed(&self) -> Duration {
        self.0.lock().expect("the list").iter().sum()
    }

    fn sleep(&self, pause: Duration) {
        self.0.lock().expect("the list").push(pause);
    }
}

/// A directory for caches, and a workspace.
pub struct Place {
    directory: TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { directory: tempfile::tempdir().expect("a scratch directory") }
    }

    /// The directory for caches.
    pub fn path(&self) -> PathBuf {
        self.directory.path().join("cache")
    }

    pub fn cache(&self) -> Cache {
        Cache::of_workspace(Some(&self.path()), Path::new("/notes"))
    }

    /// Runs with this cache and the usual limits.
    pub fn run(&self, transport: &dyn Transport, requests: &[Request], options: &Options) -> Run {
        self.run_at(transport, requests, options, &Pauses::default())
    }

    pub fn run_at(
        &self,
        transport: &dyn Transport,
        requests: &[Request],
        options: &Options,
        timer: &dyn Timer,
    ) -> Run {
        let limits = Limits::default();
        let fetcher = Fetcher { transport, timer, cache: &self.cache(), limits };
        fetcher.run(requests, options, &|_| {})
    }
}

/// A response with this body.
pub fn ok(body: &str) -> Response {
    Response { status: 200, body: body.as_bytes().to_vec(), ..Response::default() }
}

/// A response with this body and an `ETag`.
pub fn tagged(body: &str, etag: &[u8]) -> Response {
    let validators = Validators { etag: Some(etag.to_vec()), last_modified: None };
    Response { validators, ..ok(body) }
}

/// A response without a body.
pub fn status(status: u16) -> Response {
    Response { status, ..Response::default() }
}

/// A redirect.
pub fn moved(code: u16, location: &str) -> Response {
    Response { location: Some(location.to_string()), ..status(code) }
}
