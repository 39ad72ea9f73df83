//! The requests for one URL: redirects, the second attempt, and the pauses of its hosts.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use url::Url;

use crate::fetch::{
    Copy, Failure, FailureKind, Get, Limits, Request, Response, Timer, Transport, address_policy,
    due, redirect,
};

/// What all requests of a run share.
pub struct Exchange<'a> {
    pub transport: &'a dyn Transport,
    pub timer: &'a dyn Timer,
    pub limits: Limits,
    pub now: DateTime<Utc>,
    /// The hosts that were asked.
    pub hosts: Hosts,
}

/// For each host the end of its last request, locked while the host is asked.
#[derive(Default)]
pub struct Hosts(Mutex<BTreeMap<String, Arc<Mutex<Option<Duration>>>>>);

/// The result for one URL.
pub struct Asked {
    pub outcome: Result<Reply, Failure>,
    /// True if a host was reached.
    pub contacted: bool,
}

/// The answer of the last host.
pub enum Reply {
    /// A body.
    Body(Copy),
    /// The cached body is current.
    NotModified {
        /// The new URL, if the redirects say that the URL has changed for good.
        moved_to: Option<String>,
    },
}

/// The requests for one URL so far.
struct Chain<'a> {
    request: &'a Request,
    /// The cached body.
    copy: Option<&'a Copy>,
    url: Url,
    redirects: usize,
    /// True if all redirects were permanent.
    permanent: bool,
    /// True if a second attempt was made.
    retried: bool,
    /// True if a host was reached.
    contacted: bool,
    /// The host of the redirect that led here.
    from: Option<String>,
}

impl Exchange<'_> {
    /// Asks for a URL. A cached body that is less than 7 days old is validated.
    pub fn ask(&self, request: &Request, copy: Option<&Copy>) -> Asked {
        let url = match redirect::parse(&request.url) {
            Ok(url) => url,
            Err(failure) => return Asked { outcome: Err(failure), contacted: false },
        };
        let (redirects, permanent, retried) = (0, true, false);
        let (contacted, from) = (false, None);
        let mut chain =
            Chain { request, copy, url, redirects, permanent, retried, contacted, from };
        let outcome = self.follow(&mut chain);
        Asked { outcome, contacted: chain.contacted }
    }

    fn follow(&self, chain: &mut Chain<'_>) -> Result<Reply, Failure> {
        loop {
            let response = self.attempt(chain)?;
            if !redirect::is_redirect(response.status) {
                return reply(chain, response, self.now);
            }
            let next = redirect::next(&chain.url, response.location.as_deref(), chain.redirects)?;
            chain.from = Some(redirect::host(&chain.url).to_string());
            chain.url = next;
            chain.redirects += 1;
            chain.permanent &= redirect::is_permanent(response.status);
        }
    }

    /// Sends one request, and once in a chain a second one if the first failed in passing.
    fn attempt(&self, chain: &mut Chain<'_>) -> Result<Response, Failure> {
        let first = self.send(chain);
        match first {
            Err(failure) if failure.is_passing() && !chain.retried => {
                chain.retried = true;
                match self.wait(self.limits.retry) {
                    Ok(()) => self.send(chain),
                    Err(_) => Err(failure),
                }
            }
            first => first,
        }
    }

    /// Sends one request when its host may be asked.
    fn send(&self, chain: &mut Chain<'_>) -> Result<Response, Failure> {
        let host = redirect::host(&chain.url).to_string();
        let gate = self.hosts.of(&host);
        let mut last = gate.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = *last
            && pauses(chain)
        {
            self.wait((last + self.limits.pause).saturating_sub(self.timer.elapsed()))?;
        }
        let validators = chain.copy.and_then(|copy| due::validators(copy, &chain.url, self.now));
        let response = self.transport.get(&Get {
            url: &chain.url,
            allow_private: chain.request.allow_private,
            validators,
            connect: self.limits.connect,
            timeout: self.limits.request.min(self.remaining()?),
            body: self.limits.body,
        });
        *last = Some(self.timer.elapsed());
        chain.contacted |= response.as_ref().map_or_else(Failure::reached_host, |_| true);
        usable(response?, validators.is_some(), self.now)
    }

    /// Waits, unless the run would be over before the end.
    fn wait(&self, pause: Duration) -> Result<(), Failure> {
        if pause >= self.remaining()? {
            return Err(self.over());
        }
        if !pause.is_zero() {
            self.timer.sleep(pause);
        }
        Ok(())
    }

    /// Returns the time that is left of the run.
    fn remaining(&self) -> Result<Duration, Failure> {
        let remaining = self.limits.run.checked_sub(self.timer.elapsed());
        remaining.filter(|remaining| !remaining.is_zero()).ok_or_else(|| self.over())
    }

    fn over(&self) -> Failure {
        let seconds = self.limits.run.as_secs();
        let message = format!("not asked: the run took longer than {seconds} seconds");
        Failure::new(FailureKind::RunTime, message).help("run the command again for the rest")
    }
}

impl Hosts {
    fn of(&self, host: &str) -> Arc<Mutex<Option<Duration>>> {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(hosts.entry(host.to_string()).or_default())
    }
}

/// Returns whether the next request of a chain waits for the pause of its host. A redirect within
/// one host does not, and neither does this machine, if it was allowed.
fn pauses(chain: &Chain<'_>) -> bool {
    let is_same_host = chain.from.as_deref() == Some(redirect::host(&chain.url));
    let is_own = chain.url.host().is_some_and(|host| address_policy::is_loopback(&host));
    let is_allowed = is_own && chain.request.allow_private;
    !is_same_host && !is_allowed
}

/// Returns a response that can be followed or read, or the failure that its status is. A 304 is
/// usable if it was asked for.
fn usable(response: Response, validated: bool, now: DateTime<Utc>) -> Result<Response, Failure> {
    let status = response.status;
    let is_usable = Response::is_success(status)
        || redirect::is_redirect(status)
        || (status == 304 && validated);
    if is_usable {
        return Ok(response);
    }
    let wait = response.retry_after.as_deref().filter(|_| matches!(status, 429 | 503));
    let not_before = wait.and_then(|wait| due::retry_after(wait, now));
    Err(Failure { not_before, ..Failure::status(status, &response.reason) })
}

/// Returns the reply that ends a chain.
fn reply(chain: &Chain<'_>, response: Response, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let has_moved = chain.redirects > 0 && chain.permanent;
    let url = chain.url.to_string();
    let moved_to = has_moved.then(|| url.clone());
    if response.status == 304 {
        return Ok(Reply::NotModified { moved_to });
    }
    if response.body.is_empty() {
        return Err(Failure::new(FailureKind::Empty, "the answer is empty"));
    }
    let charset = response.charset();
    let Response { validators, body, .. } = response;
    Ok(Reply::Body(Copy { url, moved_to, charset, validators, received: now, body }))
}
