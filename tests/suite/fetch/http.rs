//! Hosts of many kinds, on this machine; `tests/feeds/server.py` lists its paths.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use thread_tracker::fetch::{
    FailureKind, Fetched, Fetcher, Http, Limits, Options, Origin, Proxies, Request, Run,
};

use super::transport::{Pauses, Place};
use super::{at, body, failure, kind, request, time};
use crate::support::feed_server::FeedServer;

const NAME: &str = "01-plain-rss.xml";
const FEED: &str = "<rss version=\"2.0\"><channel><title>Kelp</title></channel></rss>\n";

/// The server with one feed.
fn server() -> Option<FeedServer> {
    FeedServer::start(&[(NAME, FEED)])
}

fn network() -> Http {
    Http::new(&Proxies::default()).expect("no proxies")
}

fn allowed(url: &str) -> Request {
    Request { url: url.to_string(), allow_private: true }
}

/// Fetches a path of the server without a cache of earlier runs.
fn fetch(server: &FeedServer, path: &str) -> Run {
    Place::new().run(&network(), &[allowed(&server.at(path))], &at("12:00"))
}

fn fetched(run: &Run) -> &Fetched {
    run.answers[0].outcome.as_ref().expect("a body")
}

/// The requests that the server has answered, as lines of JSON.
fn log(server: &FeedServer) -> Vec<String> {
    body(&fetch(server, "/log"), 0).lines().map(str::to_string).collect()
}

#[test]
fn http_with_a_current_body_answers_304_and_with_a_new_one_200() {
    let Some(mut server) = server() else { return };
    let place = Place::new();
    for path in ["/etag-only", "/lm-only", "/weak", "/feeds/01-plain-rss.xml"] {
        let url = [allowed(&server.at(path))];
        for (minutes, from) in [("12:00", Origin::Network), ("13:00", Origin::NotModified)] {
            let run = place.run(&network(), &url, &at(minutes));
            assert_eq!((body(&run, 0), fetched(&run).from), (FEED, from), "{path}");
        }
    }
    let new = FEED.replace("Kelp", "Dulse");
    server.put(NAME, &new);
    let run = place.run(&network(), &[allowed(&server.at("/etag-only"))], &at("14:00"));
    assert_eq!((body(&run, 0), fetched(&run).from), (&*new, Origin::Network));
}

#[test]
fn http_that_ignores_validators_answers_200() {
    let Some(server) = server() else { return };
    let place = Place::new();
    for minutes in ["12:00", "13:00"] {
        let run = place.run(&network(), &[allowed(&server.at("/never-304"))], &at(minutes));
        assert_eq!((body(&run, 0), fetched(&run).from), (FEED, Origin::Network));
    }
    assert_eq!(kind(&fetch(&server, "/304-always"), 0), FailureKind::Status(304));
}

#[test]
fn http_sends_a_name_the_types_of_feeds_and_no_traces() {
    let Some(server) = server() else { return };
    let run = fetch(&server, "/echo");
    let headers = body(&run, 0).to_lowercase();
    let names: Vec<&str> =
        headers.lines().filter_map(|line| line.split_once(':')).map(|(name, _)| name).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["accept", "accept-encoding", "host", "user-agent"]);
    let version = env!("CARGO_PKG_VERSION");
    assert!(headers.contains(&format!("user-agent: thread/{version}\n")), "{headers}");
    assert!(headers.contains("accept: application/atom+xml, application/rss+xml"), "{headers}");
    assert!(headers.contains("accept-encoding: gzip\n"), "{headers}");
}

#[test]
fn http_body_is_unpacked_and_the_charset_is_named() {
    let Some(server) = server() else { return };
    let run = fetch(&server, "/gzip/01-plain-rss.xml");
    assert_eq!((body(&run, 0), &fetched(&run).charset), (FEED, &None));
    let run = fetch(&server, "/charset/iso-8859-1/01-plain-rss.xml");
    assert_eq!((body(&run, 0), fetched(&run).charset.as_deref()), (FEED, Some("iso-8859-1")));
    let run = fetch(&server, "/deflate/01-plain-rss.xml");
    assert_eq!(kind(&run, 0), FailureKind::Encoding);
}

#[test]
fn http_redirects_are_followed_up_to_five() {
    let Some(server) = server() else { return };
    let end = server.at("/feeds/01-plain-rss.xml");
    for (path, moved) in [
        ("/r/301/5/01-plain-rss.xml", true),
        ("/r/308/1/01-plain-rss.xml", true),
        ("/r/302/5/01-plain-rss.xml", false),
        ("/r/303/1/01-plain-rss.xml", false),
        ("/r/307/2/01-plain-rss.xml", false),
    ] {
        let run = fetch(&server, path);
        assert_eq!((body(&run, 0), &fetched(&run).url), (FEED, &end), "{path}");
        assert_eq!(fetched(&run).moved_to.is_some(), moved, "{path}");
    }
    for (path, expected) in [
        ("/r/302/6/01-plain-rss.xml", FailureKind::Redirects),
        ("/loop", FailureKind::Redirects),
        ("/to?file:///etc/passwd", FailureKind::Scheme),
        ("/to?ftp://127.0.0.1/feed", FailureKind::Scheme),
        ("/to?http://a:b@127.0.0.1/", FailureKind::Url),
        ("/to?", FailureKind::Redirects),
    ] {
        assert_eq!(kind(&fetch(&server, path), 0), expected, "{path}");
    }
}

#[test]
fn http_status_of_a_failure_is_named() {
    let Some(server) = server() else { return };
    for (status, message) in [
        (403, "403 Forbidden"),
        (404, "404 Not Found"),
        (410, "410 Gone"),
        (500, "500 Internal Server Error"),
        (502, "502 Bad Gateway"),
        (204, "204 No Content"),
    ] {
        let run = fetch(&server, &format!("/status/{status}"));
        assert_eq!(kind(&run, 0), FailureKind::Status(status));
        assert_eq!(failure(&run, 0).message, message);
    }
    let gone = fetch(&server, "/status/410");
    assert!(failure(&gone, 0).help.as_ref().is_some_and(|help| help.contains("remove `feed`")));
}

#[test]
fn http_that_is_busy_is_not_asked_before_the_time_that_it_names() {
    let Some(server) = server() else { return };
    let place = Place::new();
    let url = [allowed(&server.at("/status/429"))];
    let run = place.run(&network(), &url, &at("12:00"));
    assert_eq!(failure(&run, 0).not_before, Some(time("12:02")));
    let force = Options { force: true, ..at("12:01") };
    let run = place.run(&network(), &url, &force);
    assert_eq!(kind(&run, 0), FailureKind::Status(429));
    assert_eq!(log(&server).len(), 1);
    let force = Options { force: true, ..at("12:02") };
    place.run(&network(), &url, &force);
    assert_eq!(log(&server).len(), 2);
    // The date of this answer is that of the machine's clock, not that of the run.
    let run = fetch(&server, "/retry-date");
    assert_eq!(kind(&run, 0), FailureKind::Status(429));
}

#[test]
fn http_that_recovers_is_asked_twice() {
    let Some(server) = server() else { return };
    let run = fetch(&server, "/seq/a/503,200/01-plain-rss.xml");
    assert_eq!(body(&run, 0), FEED);
}

#[test]
fn http_body_that_is_too_large_is_not_read_to_its_end() {
    let Some(server) = server() else { return };
    for path in ["/bomb/64", "/endless"] {
        let run = fetch(&server, path);
        assert_eq!(kind(&run, 0), FailureKind::Size, "{path}");
        assert_eq!(failure(&run, 0).message, "the answer is larger than 16 MiB");
    }
    assert_eq!(fetched(&fetch(&server, "/bomb/15")).body.len(), (15 << 20) + 60);
}

#[test]
fn http_body_that_ends_early_is_a_failure() {
    let Some(server) = server() else { return };
    for path in ["/short/01-plain-rss.xml", "/reset/01-plain-rss.xml"] {
        assert_eq!(kind(&fetch(&server, path), 0), FailureKind::CutOff, "{path}");
    }
}

#[test]
fn http_that_is_slow_is_given_up() {
    let Some(server) = server() else { return };
    // The server waits for a minute, or needs five seconds for each byte.
    for path in ["/slow-head/60", "/slow-body/5/01-plain-rss.xml"] {
        let limits = Limits { request: Duration::from_millis(300), ..Limits::default() };
        let (place, timer, network) = (Place::new(), Pauses::default(), network());
        let fetcher = Fetcher { transport: &network, timer: &timer, cache: &place.cache(), limits };
        let run = fetcher.run(&[allowed(&server.at(path))], &at("12:00"), &|_| {});
        assert_eq!(kind(&run, 0), FailureKind::Timeout, "{path}");
        assert_eq!(failure(&run, 0).message, "no complete answer within 0.3 seconds");
        assert_eq!(timer.seconds(), [5], "{path}: tried twice");
    }
}

#[test]
fn http_with_many_headers_is_a_failure_and_no_panic() {
    let Some(server) = server() else { return };
    assert_eq!(body(&fetch(&server, "/headers/90"), 0), "x\n");
    assert_eq!(kind(&fetch(&server, "/headers/5000"), 0), FailureKind::Protocol);
}

#[test]
fn http_to_private_addresses_is_refused_before_a_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    for host in [
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "0.0.0.0",
        "[::]",
        "10.0.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "[fe80::1]",
        "[fc00::1]",
        "[ff02::1]",
    ] {
        let url = format!("http://{host}:{port}/");
        let run = Place::new().run(&network(), &[request(&url)], &at("12:00"));
        assert_eq!(kind(&run, 0), FailureKind::Private, "{url}");
    }
    listener.set_nonblocking(true).expect("set");
    assert!(listener.accept().is_err(), "no connection was made");
}

#[test]
fn http_to_a_private_address_says_how_to_allow_it() {
    let url = "http://169.254.169.254/latest/";
    let run = Place::new().run(&network(), &[request(url)], &at("12:00"));
    let failure = failure(&run, 0);
    assert_eq!(failure.message, "`169.254.169.254` has the link-local address 169.254.169.254");
    assert!(failure.help.as_ref().is_some_and(|help| help.contains("allow-private: true")));
}

#[test]
fn http_to_a_closed_port_cannot_connect() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    drop(listener);
    let run = Place::new().run(&network(), &[allowed(&url)], &at("12:00"));
    assert_eq!(kind(&run, 0), FailureKind::Connect);
    assert!(failure(&run, 0).message.starts_with("cannot connect: "), "{}", failure(&run, 0));
}

#[test]
fn http_to_an_unknown_host_names_it() {
    let url = "http://nothing.invalid/";
    let run = Place::new().run(&network(), &[request(url)], &at("12:00"));
    assert_eq!(kind(&run, 0), FailureKind::Dns);
    let start = "cannot find the host `nothing.invalid`: ";
    assert!(failure(&run, 0).message.starts_with(start), "{}", failure(&run, 0));
}

#[test]
fn https_to_a_port_without_tls_is_not_secure() {
    let Some(server) = server() else { return };
    let url = server.at("/feeds/01-plain-rss.xml").replace("http:", "https:");
    let run = Place::new().run(&network(), &[allowed(&url)], &at("12:00"));
    assert_eq!(kind(&run, 0), FailureKind::Tls, "{}", failure(&run, 0));
    assert!(failure(&run, 0).message.starts_with("no secure connection: "));
}

/// A proxy that answers the first request in place of its host. Returns its URL, and the two
/// first lines that it received when it has ended.
fn proxy() -> (String, thread::JoinHandle<[String; 2]>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let ran = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut lines = BufReader::new(stream.try_clone().expect("a copy")).lines();
        let mut heads = [String::new(), String::new()];
        let answers =
            ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nproxy"];
        for (head, answer) in heads.iter_mut().zip(answers) {
            let mut lines = lines.by_ref().map(|line| line.expect("a line"));
            *head = lines.next().expect("a request");
            lines.find(String::is_empty).expect("the end of the head");
            stream.write_all(answer.as_bytes()).expect("sent");
        }
        heads
    });
    (url, ran)
}

#[test]
fn http_through_a_proxy_leaves_the_name_and_the_policy_to_it() {
    let (url, ran) = proxy();
    let proxies = Proxies { http: Some(url), ..Proxies::default() };
    let network = Http::new(&proxies).expect("a proxy");
    let run = Place::new().run(&network, &[request("http://feeds.invalid/a")], &at("12:00"));
    assert_eq!(body(&run, 0), "proxy");
    let heads = ran.join().expect("the proxy ended");
    assert_eq!(heads, ["CONNECT feeds.invalid:80 HTTP/1.1", "GET /a HTTP/1.1"]);
}

#[test]
fn http_to_a_host_without_a_proxy_connects_directly_and_keeps_the_policy() {
    let Some(server) = server() else { return };
    let proxies = Proxies {
        all: Some("http://proxy.invalid:1".into()),
        none: Some("other.invalid, 127.0.0.1".into()),
        ..Proxies::default()
    };
    let network = Http::new(&proxies).expect("a proxy");
    let url = server.at("/feeds/01-plain-rss.xml");
    let run = Place::new().run(&network, &[allowed(&url)], &at("12:00"));
    assert_eq!(body(&run, 0), FEED);
    let run = Place::new().run(&network, &[request(&url)], &at("12:00"));
    assert_eq!(kind(&run, 0), FailureKind::Private);
}

#[test]
fn http_with_a_wrong_proxy_does_not_repeat_its_password() {
    let proxies = Proxies { https: Some("gopher://me:secret@x".into()), ..Proxies::default() };
    let error = Http::new(&proxies).err().expect("another scheme").to_string();
    assert!(error.contains("a proxy for https") && !error.contains("secret"), "{error}");
}
