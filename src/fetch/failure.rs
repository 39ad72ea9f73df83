//! Reasons why there is no body.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The reason why a URL gave no body.
///
/// It is displayed as its message: "403 Forbidden".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The kind.
    pub kind: FailureKind,
    /// The problem, without the URL.
    pub message: String,
    /// The remedy, if there is one.
    pub help: Option<String>,
    /// The time before which the host does not want to be asked again.
    pub not_before: Option<DateTime<Utc>>,
}

/// The kind of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// A status other than success, such as 404.
    Status(u16),
    /// The URL cannot be parsed, or contains a user or a password.
    Url,
    /// The scheme is not http or https.
    Scheme,
    /// The URL belongs to this machine, a private network, or a reserved range.
    Private,
    /// More redirects than are followed.
    Redirects,
    /// A redirect without a usable URL.
    Location,
    /// A redirect from https to http.
    Downgrade,
    /// The name of the host has no address.
    Dns,
    /// The connection could not be made, or not in time.
    Connect,
    /// The proxy refused the connection.
    Proxy,
    /// The connection is not secure: the certificate or the protocol is wrong.
    Tls,
    /// There was a connection, and the answer took too long.
    Timeout,
    /// The body is too large.
    Size,
    /// The connection ended before the answer was complete.
    CutOff,
    /// The answer is not HTTP.
    Protocol,
    /// The body is compressed in a way that was not asked for, or damaged.
    Encoding,
    /// The body is empty.
    Empty,
    /// The body was received, and the caller could not use it.
    Content,
    /// The run ended before the URL could be asked for.
    RunTime,
    /// The run asks no host, and the cache has no body.
    NotCached,
}

impl Failure {
    /// Returns a failure without a help and without a time.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), help: None, not_before: None }
    }

    /// Adds the remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Returns the failure for a status: `403 Forbidden`.
    pub fn status(status: u16, reason: &str) -> Self {
        let message = format!("{status} {reason}");
        let failure = Self::new(FailureKind::Status(status), message.trim_end());
        match status {
            403 => failure.help(
                "some hosts refuse programs: save the feed in a browser, then run `thread catalog import SOURCE FILE`",
            ),
            410 => failure.help("the feed is gone for good: remove `feed` from thread.yaml"),
            _ => failure,
        }
    }

    /// Returns whether a host was reached before the failure, or may have been.
    pub fn reached_host(&self) -> bool {
        use FailureKind::{Connect, Dns, NotCached, Private, Proxy, RunTime, Scheme, Url};
        !matches!(self.kind, Url | Scheme | Private | Dns | Connect | Proxy | RunTime | NotCached)
    }

    /// Returns whether a second attempt a little later may succeed: connection, time, 502 to 504.
    /// A host that names a time for the next request is not asked again before it.
    pub fn is_passing(&self) -> bool {
        let is_passing = matches!(
            self.kind,
            FailureKind::Connect | FailureKind::Timeout | FailureKind::Status(502..=504)
        );
        is_passing && self.not_before.is_none()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
