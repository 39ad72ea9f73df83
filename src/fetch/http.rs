//! HTTP and TLS, by `ureq`.

use std::io::{self, Read};
use std::sync::Arc;

use ureq::config::Config;
use ureq::http::{HeaderMap, HeaderName, Uri, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Proxy};

use crate::fetch::{
    Failure, FailureKind, Get, Proxies, Response, Transport, Validators, address_policy,
};
use crate::model::Error;
use crate::text::escape_for_terminal;

/// Media types of feeds. Other types are accepted as well, because many hosts name a wrong one.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, \
                      application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5";

/// Part of the message about a system without certificates, such as a small container.
const NO_CERTIFICATES: &str = "No CA certificates were loaded";

/// The network. It sends no cookies, no referrer and no credentials, and uses the certificates of
/// the system.
pub struct Http {
    http: Agents,
    https: Agents,
}

/// The agents for one scheme. An agent has one resolver.
struct Agents {
    public: Agent,
    private: Agent,
}

impl Http {
    /// Prepares the network. No connection is made.
    ///
    /// # Errors
    /// The value of a proxy is not a URL of a proxy.
    pub fn new(proxies: &Proxies) -> Result<Self, Error> {
        Ok(Self { http: Agents::new(proxies, "http")?, https: Agents::new(proxies, "https")? })
    }
}

impl Agents {
    fn new(proxies: &Proxies, scheme: &str) -> Result<Self, Error> {
        let proxy = proxies.of(scheme).map(|url| proxy(url, scheme, proxies)).transpose()?;
        let cryptography = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(cryptography)
            .build();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_idle_connections(0)
            .proxy(proxy)
            .tls_config(tls)
            .user_agent(concat!("thread/", env!("CARGO_PKG_VERSION")))
            .accept(ACCEPT)
            .build();
        let agent = |allow_private| {
            let resolver = Policed { allow_private, system: DefaultResolver::default() };
            Agent::with_parts(config.clone(), DefaultConnector::default(), resolver)
        };
        Ok(Self { public: agent(false), private: agent(true) })
    }
}

/// Returns a proxy with the hosts that are connected to without it.
fn proxy(url: &str, scheme: &str, proxies: &Proxies) -> Result<Proxy, Error> {
    // The message does not repeat the URL, which may contain a password.
    let wrong = |_| {
        Error::request(
            format!("the environment names a proxy for {scheme} that is not a URL"),
            format!("correct `{scheme}_proxy` or `all_proxy`, such as `http://proxy.example:8080`"),
        )
    };
    let proxy = Proxy::new(url).map_err(wrong)?;
    let mut builder = Proxy::builder(proxy.protocol())
        .host(proxy.host())
        .port(proxy.port())
        .resolve_target(proxy.resolve_target());
    if let Some(username) = proxy.username() {
        builder = builder.username(username);
    }
    if let Some(password) = proxy.password() {
        builder = builder.password(password);
    }
    let builder = proxies.exceptions().fold(builder, ureq::ProxyBuilder::no_proxy);
    builder.build().map_err(wrong)
}

/// A resolver that drops the IP addresses which the policy refuses. The connection is made to the
/// addresses that it returns, so that the address of a name cannot change in between.
#[derive(Debug)]
struct Policed {
    allow_private: bool,
    system: DefaultResolver,
}

impl Resolver for Policed {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.system.resolve(uri, config, timeout).map_err(|error| match error {
            ureq::Error::Timeout(_) => error,
            error => other(unknown_host(uri, &error)),
        })?;
        let is_proxy = config.proxy().is_some_and(|proxy| proxy.uri() == uri);
        if self.allow_private || is_proxy {
            return Ok(found);
        }
        let mut public = self.empty();
        let mut refused = None;
        for address in &found {
            match address_policy::refusal(address.ip()) {
                None => public.push(*address),
                Some(range) => refused = Some((address.ip(), range)),
            }
        }
        match refused {
            Some((address, range)) if public.is_empty() => {
                let host = escape_for_terminal(uri.host().unwrap_or_default());
                let message = format!("`{host}` has the {range} address {address}");
                Err(other(Failure::new(FailureKind::Private, message).help(
                    "if the source is on this machine or network, add `allow-private: true` to it in thread.yaml",
                )))
            }
            _ => Ok(public),
        }
    }
}

fn unknown_host(uri: &Uri, error: &ureq::Error) -> Failure {
    let host = escape_for_terminal(uri.host().unwrap_or_default());
    let reason = match error {
        ureq::Error::Io(reason) => reason.to_string(),
        error => error.to_string(),
    };
    Failure::new(FailureKind::Dns, format!("cannot find the host `{host}`: {reason}"))
}

fn other(failure: Failure) -> ureq::Error {
    ureq::Error::Other(Box::new(failure))
}

impl Transport for Http {
    fn get(&self, request: &Get<'_>) -> Result<Response, Failure> {
        let agents = if request.url.scheme() == "https" { &self.https } else { &self.http };
        let agent = if request.allow_private { &agents.private } else { &agents.public };
        let mut get = agent
            .get(request.url.as_str())
            .config()
            .timeout_resolve(Some(request.connect))
            .timeout_connect(Some(request.connect))
            .timeout_global(Some(request.timeout))
            .build();
        if let Some(Validators { etag, last_modified }) = request.validators {
            for (name, value) in
                [(header::IF_NONE_MATCH, etag), (header::IF_MODIFIED_SINCE, last_modified)]
            {
                if let Some(value) = value {
                    get = get.header(name, value.as_slice());
                }
            }
        }
        let response = get.call().map_err(|error| failure(error, request))?;
        let (head, body) = response.into_parts();
        let headers = &head.headers;
        let mut response = Response {
            status: head.status.as_u16(),
            reason: head.status.canonical_reason().unwrap_or_default().to_string(),
            location: text(headers, &header::LOCATION),
            retry_after: text(headers, &header::RETRY_AFTER),
            content_type: text(headers, &header::CONTENT_TYPE),
            validators: Validators {
                etag: bytes(headers, &header::ETAG),
                last_modified: bytes(headers, &header::LAST_MODIFIED),
            },
            body: Vec::new(),
        };
        if Response::is_success(response.status) {
            check_encoding(headers)?;
            response.body = read(body.into_reader(), request)?;
        }
        Ok(response)
    }
}

/// Checks that the body is not compressed in another way than gzip: `ureq` removes the header of a
/// body that it unpacks.
fn check_encoding(headers: &HeaderMap) -> Result<(), Failure> {
    let packed = text(headers, &header::CONTENT_ENCODING);
    match packed.filter(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
        None => Ok(()),
        Some(encoding) => {
            let encoding = escape_for_terminal(&encoding);
            let message =
                format!("the answer is compressed as `{encoding}`, which was not asked for");
            Err(Failure::new(FailureKind::Encoding, message))
        }
    }
}

/// Reads a body up to its largest size. A connection that ends early is noticed, unless the body has
/// neither a length nor chunks.
fn read(body: impl Read, request: &Get<'_>) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let most = request.body as u64;
    let read = body.take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| failure(error.into(), request))?;
    if bytes.len() > request.body {
        let message = format!("the answer is larger than {} MiB", most >> 20);
        return Err(Failure::new(FailureKind::Size, message));
    }
    Ok(bytes)
}

fn bytes(headers: &HeaderMap, name: &HeaderName) -> Option<Vec<u8>> {
    headers.get(name).map(|value| value.as_bytes().to_vec())
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    bytes(headers, name).map(|value| String::from_utf8_lossy(&value).into_owned())
}

/// Returns the failure for an error of the library.
fn failure(error: ureq::Error, request: &Get<'_>) -> Failure {
    let error = match error {
        ureq::Error::Other(inner) => match inner.downcast::<Failure>() {
            Ok(failure) => return *failure,
            Err(inner) => ureq::Error::Other(inner),
        },
        error => error,
    };
    let (kind, message) = match &error {
        ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => {
            let seconds = request.connect.as_secs_f32();
            (FailureKind::Connect, format!("no connection within {seconds} seconds"))
        }
        ureq::Error::Timeout(_) => {
            let seconds = request.timeout.as_secs_f32();
            (FailureKind::Timeout, format!("no complete answer within {seconds} seconds"))
        }
        ureq::Error::Io(reason) => io_failure(reason, request),
        ureq::Error::ConnectionFailed => (FailureKind::Connect, "cannot connect".to_string()),
        ureq::Error::ConnectProxyFailed(reason) => {
            (FailureKind::Proxy, format!("the proxy did not connect: {reason}"))
        }
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::TlsRequired => {
            (FailureKind::Tls, format!("no secure connection: {error}"))
        }
        ureq::Error::Decompress(_, reason) => match reason.kind() {
            io::ErrorKind::UnexpectedEof => io_failure(reason, request),
            _ => (FailureKind::Encoding, format!("the answer cannot be unpacked: {reason}")),
        },
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => {
            (FailureKind::Url, format!("the URL cannot be asked for: {error}"))
        }
        _ => (FailureKind::Protocol, format!("the answer is not HTTP: {error}")),
    };
    let failure = Failure::new(kind, escape_for_terminal(&message));
    if message.contains(NO_CERTIFICATES) {
        return failure
            .help("install the package `ca-certificates`, or name a file in `SSL_CERT_FILE`");
    }
    failure
}

/// Returns kind and message for an error of a socket. TLS reports its errors as invalid data.
fn io_failure(reason: &io::Error, request: &Get<'_>) -> (FailureKind, String) {
    use io::ErrorKind::{
        BrokenPipe, ConnectionAborted, ConnectionReset, InvalidData, UnexpectedEof,
    };
    match reason.kind() {
        InvalidData if request.url.scheme() == "https" => {
            (FailureKind::Tls, format!("no secure connection: {reason}"))
        }
        UnexpectedEof | ConnectionReset | ConnectionAborted | BrokenPipe => {
            (FailureKind::CutOff, "the connection ended before the answer was complete".to_string())
        }
        _ => (FailureKind::Connect, format!("cannot connect: {reason}")),
    }
}
