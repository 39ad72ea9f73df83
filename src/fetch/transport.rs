//! The boundary to the network: one request, one response.

use std::time::Duration;

use url::Url;

use crate::fetch::{Failure, Validators};

/// Sends requests.
pub trait Transport: Sync {
    /// Sends one GET request, and follows no redirect.
    ///
    /// # Errors
    /// There is no response, or its body is incomplete. A status such as 404 is a response.
    fn get(&self, request: &Get<'_>) -> Result<Response, Failure>;
}

/// One GET request.
#[derive(Debug, Clone, Copy)]
pub struct Get<'a> {
    /// The URL: http or https, without user, password and fragment.
    pub url: &'a Url,
    /// True if private addresses may be connected to.
    pub allow_private: bool,
    /// The validators of the cached body, if the host is asked whether it is current.
    pub validators: Option<&'a Validators>,
    /// Longest time until a connection is made.
    pub connect: Duration,
    /// Longest time until the body is complete.
    pub timeout: Duration,
    /// Largest body in bytes, unpacked.
    pub body: usize,
}

/// One response. Headers that occur several times have their first value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The status, such as 200.
    pub status: u16,
    /// The usual words for the status, such as "Not Found".
    pub reason: String,
    /// The header `Location`.
    pub location: Option<String>,
    /// The header `Retry-After`.
    pub retry_after: Option<String>,
    /// The header `Content-Type`.
    pub content_type: Option<String>,
    /// The headers by which the body is recognized later.
    pub validators: Validators,
    /// The body, unpacked. It is read after a [success](Response::is_success) alone.
    pub body: Vec<u8>,
}

impl Response {
    /// Returns whether a status comes with the whole body: 200, and 203 of a proxy.
    pub fn is_success(status: u16) -> bool {
        matches!(status, 200 | 203)
    }

    /// Returns the charset of the header `Content-Type`: `text/xml; charset="UTF-8"` gives `UTF-8`.
    pub fn charset(&self) -> Option<String> {
        let parameters = self.content_type.as_deref()?.split(';').skip(1);
        let mut parameters = parameters.filter_map(|parameter| parameter.split_once('='));
        let (_, value) =
            parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
        let value = value.trim().trim_matches(['"', '\'']).trim();
        (!value.is_empty()).then(|| value.to_string())
    }
}
