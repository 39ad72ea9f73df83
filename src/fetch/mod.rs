//! Fetching of URLs: what is due, redirects, refused IP addresses, retries, and the cache.
//!
//! [`Fetcher`] asks for many URLs at once. Rules are functions of values; the network is
//! behind [`Transport`], and the only implementation, `Http`, is part of the cargo feature `fetch`.
//! Without this feature the cache can still be read. Feeds are not parsed here: an answer is bytes.

pub mod address_policy;
mod cache;
pub mod due;
mod exchange;
mod failure;
#[cfg(feature = "fetch")]
mod http;
mod proxies;
pub mod redirect;
mod run;
mod timer;
mod transport;

use std::time::Duration;

use chrono::{DateTime, Utc};

pub use cache::{Cache, Copy, Entry, History, Validators};
pub use due::Due;
pub use failure::{Failure, FailureKind};
#[cfg(feature = "fetch")]
pub use http::Http;
pub use proxies::Proxies;
pub use run::Fetcher;
pub use timer::{SystemTimer, Timer};
pub use transport::{Get, Response, Transport};

/// One URL to fetch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Request {
    /// The URL, as `thread.yaml` has it.
    pub url: String,
    /// True if the URL may belong to this machine or to a private network.
    pub allow_private: bool,
}

/// The settings of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The time of the run, which the cache records.
    pub now: DateTime<Utc>,
    /// True if URLs that were asked for within the last hour are asked for again. A host that
    /// named a time for the next request is not asked before that time.
    pub force: bool,
    /// True if bodies come from the cache alone.
    pub offline: bool,
}

/// Times and sizes at which a request or a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest time until a connection is made, 10 s.
    pub connect: Duration,
    /// Longest time of one request, 30 s. Each redirect is a request.
    pub request: Duration,
    /// Longest time of a run, 5 min.
    pub run: Duration,
    /// Pause between two requests to one host, 3 s.
    pub pause: Duration,
    /// Pause before the second attempt, 5 s.
    pub retry: Duration,
    /// Largest body in bytes, unpacked, 16 MiB.
    pub body: usize,
    /// Largest number of hosts that are asked at the same time, 8.
    pub hosts: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            request: Duration::from_secs(30),
            run: Duration::from_mins(5),
            pause: Duration::from_secs(3),
            retry: Duration::from_secs(5),
            body: 16 << 20,
            hosts: 8,
        }
    }
}

/// The answer to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The body, or the reason why there is none.
    pub outcome: Result<Fetched, Failure>,
    /// The attempts up to this one. A body is a success only after [`Cache::record`].
    pub history: History,
}

/// A body with what is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The body, unpacked. It is never empty.
    pub body: Vec<u8>,
    /// The charset that the header `Content-Type` names, such as `iso-8859-1`.
    pub charset: Option<String>,
    /// The URL that answered, after all redirects.
    pub url: String,
    /// The new URL, if all redirects say that the URL has changed for good.
    pub moved_to: Option<String>,
    /// The origin of the body.
    pub from: Origin,
}

/// The origin of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The host sent it.
    Network,
    /// The host said that the cached body is still current.
    NotModified,
    /// The cache, because the host was asked less than an hour ago or wants to be asked later.
    NotDue,
    /// The cache, because the run is offline.
    Offline,
}

/// The result of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The answers, in the order of the requests.
    pub answers: Vec<Answer>,
    /// The reason why the cache could not be written, if it could not be.
    pub cache_error: Option<crate::model::Error>,
}
