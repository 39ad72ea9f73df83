//! Times at which a URL is asked for.

use chrono::{DateTime, Duration, Utc};
use url::Url;

use crate::fetch::{Copy, History, Options, Validators};

/// A URL is asked for once in this time.
const INTERVAL: Duration = Duration::hours(1);

/// A host can postpone the next request by this time at most.
const LONGEST_WAIT: Duration = Duration::hours(24);

/// A cached body of this age is fetched again as a whole.
const OLDEST_VALIDATED: Duration = Duration::days(7);

/// The decision about one URL in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// It is asked for.
    Now,
    /// It was asked for within the last hour, or the host wants to be asked later. The run does not
    /// ask before this time.
    At(DateTime<Utc>),
    /// The run is offline.
    Never,
}

/// Returns whether a URL with this history is asked for.
///
/// A time that the host named counts even with `force`. A last contact in the future, as a clock
/// that was wrong leaves it, does not count.
pub fn due(history: &History, options: &Options) -> Due {
    if options.offline {
        return Due::Never;
    }
    let now = options.now;
    let named = history.not_before.filter(|&until| until <= now + LONGEST_WAIT);
    let last = history.last_contact.filter(|&last| !options.force && last <= now);
    let until = named.max(last.map(|last| last + INTERVAL));
    until.filter(|&until| until > now).map_or(Due::Now, Due::At)
}

/// Returns the time that a header `Retry-After` names, in seconds or as a date, at most 24 hours
/// after `now`. A value that cannot be read gives `None`.
///
/// At 12:00:00, `120` gives 12:02:00, and `Mon, 23 Nov 2026 12:05:00 GMT` gives 12:05:00.
pub fn retry_after(value: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let value = value.trim();
    let named = if value.bytes().all(|byte| byte.is_ascii_digit()) && !value.is_empty() {
        // A number that is too large is longer than the longest wait.
        let seconds = value.parse().unwrap_or(u32::MAX);
        now + Duration::seconds(i64::from(seconds))
    } else {
        DateTime::parse_from_rfc2822(value).ok()?.to_utc()
    };
    Some(named.min(now + LONGEST_WAIT)).filter(|&until| until > now)
}

/// Returns the validators to send to a URL: those of the cached body, if this URL sent it
/// less than 7 days ago.
pub fn validators<'a>(copy: &'a Copy, url: &Url, now: DateTime<Utc>) -> Option<&'a Validators> {
    let age = now - copy.received;
    let is_fresh = age >= Duration::zero() && age < OLDEST_VALIDATED;
    let is_sender = copy.url == url.as_str();
    (is_fresh && is_sender && !copy.validators.is_empty()).then_some(&copy.validators)
}
