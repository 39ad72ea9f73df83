//! URLs and redirects.

use url::Url;

use crate::fetch::{Failure, FailureKind};
use crate::text::escape_for_terminal;

/// Largest number of redirects that are followed.
pub const MOST: usize = 5;

/// Parses a URL that can be asked for: http or https, without user and password. The fragment
/// is dropped, because it is not sent.
///
/// # Errors
/// [`FailureKind::Scheme`] or [`FailureKind::Url`].
pub fn parse(url: &str) -> Result<Url, Failure> {
    checked(Url::parse(url), url)
}

/// Returns the URL that a redirect leads to. `location` may be relative.
///
/// # Errors
/// [`FailureKind::Redirects`] after five redirects, [`FailureKind::Downgrade`] from https to http,
/// and the errors of [`parse`].
pub fn next(from: &Url, location: Option<&str>, followed: usize) -> Result<Url, Failure> {
    if followed >= MOST {
        let message = format!("more than {MOST} redirects, the last one from {}", shown(from));
        return Err(Failure::new(FailureKind::Redirects, message));
    }
    let Some(location) = location else {
        let message = format!("a redirect without a URL, from {}", shown(from));
        return Err(Failure::new(FailureKind::Location, message));
    };
    let to = checked(from.join(location), location)?;
    if from.scheme() == "https" && to.scheme() == "http" {
        let message = format!("a redirect from https to http: {}", shown(&to));
        return Err(Failure::new(FailureKind::Downgrade, message));
    }
    Ok(to)
}

/// Returns whether a status is a redirect that is followed.
pub fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// Returns whether a redirect says that the URL has changed for good.
pub fn is_permanent(status: u16) -> bool {
    matches!(status, 301 | 308)
}

fn checked(parsed: Result<Url, url::ParseError>, written: &str) -> Result<Url, Failure> {
    let named = escape_for_terminal(written);
    let mut url = parsed.map_err(|reason| {
        Failure::new(FailureKind::Url, format!("`{named}` is not a URL: {reason}"))
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        let message = format!("`{named}` is neither http nor https");
        return Err(Failure::new(FailureKind::Scheme, message));
    }
    if !url.username().is_empty() || url.password().is_some() {
        // The message does not repeat the password.
        let message = format!("a URL of `{}` contains a user or a password", host(&url));
        return Err(Failure::new(FailureKind::Url, message));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Returns the host of a URL, by which requests are kept apart.
pub fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

fn shown(url: &Url) -> String {
    format!("`{}`", escape_for_terminal(url.as_str()))
}
