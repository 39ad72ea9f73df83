//! Runs: what is asked, in which order, and what comes from the cache.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use thread_tracker::fetch::{
    Failure, FailureKind, Fetcher, Limits, Options, Origin, Request, Response,
};

use super::transport::{Pauses, Place, Scripted, moved, ok, status, tagged};
use super::{at, body, failure, kind, request, time};

const FEED: &str = "https://example.org/feed";

fn unreachable_host(_: &str) -> Result<Response, Failure> {
    Err(Failure::new(FailureKind::Dns, "cannot find the host"))
}

#[test]
fn run_asks_again_after_an_hour_with_the_validators_of_the_body() {
    let place = Place::new();
    let version = AtomicUsize::new(1);
    let network = Scripted::new(|_| match version.load(Ordering::Relaxed) {
        1 => Ok(tagged("one", b"\"1\"")),
        2 => Ok(status(304)),
        _ => Ok(tagged("three", b"\"3\"")),
    });
    let steps = [
        (1, "12:00", "one", Origin::Network),
        (1, "12:59", "one", Origin::NotDue),
        (2, "13:00", "one", Origin::NotModified),
        (2, "13:30", "one", Origin::NotDue),
        (3, "14:00", "three", Origin::Network),
        (3, "15:00", "three", Origin::Network),
    ];
    for (number, minutes, text, from) in steps {
        version.store(number, Ordering::Relaxed);
        let run = place.run(&network, &[request(FEED)], &at(minutes));
        assert_eq!(body(&run, 0), text, "{minutes}");
        assert_eq!(run.answers[0].outcome.as_ref().map(|fetched| fetched.from), Ok(from));
    }
    let etags: Vec<_> = network
        .sent()
        .into_iter()
        .map(|sent| sent.validators.and_then(|validators| validators.etag))
        .collect();
    let tag = |text: &str| Some(text.as_bytes().to_vec());
    assert_eq!(etags, [None, tag("\"1\""), tag("\"1\""), tag("\"3\"")]);
}

#[test]
fn run_with_a_304_that_was_not_asked_for_fails() {
    let network = Scripted::new(|_| Ok(status(304)));
    let run = Place::new().run(&network, &[request(FEED)], &at("12:00"));
    assert_eq!(kind(&run, 0), FailureKind::Status(304));
}

#[test]
fn run_with_an_empty_body_fails() {
    let run = Place::new().run(&Scripted::new(|_| Ok(ok(""))), &[request(FEED)], &at("12:00"));
    assert_eq!(kind(&run, 0), FailureKind::Empty);
}

#[test]
fn run_follows_five_redirects_and_names_the_last_address() {
    let network = Scripted::new(|url| match url.rsplit('/').next() {
        Some("5") => Ok(ok("end")),
        Some(number) => {
            let number: usize = number.parse().unwrap_or(0);
            Ok(moved(302, &format!("https://{number}.example/{}", number + 1)))
        }
        None => Ok(status(404)),
    });
    let run = Place::new().run(&network, &[request("https://example.org/0")], &at("12:00"));
    let fetched = run.answers[0].outcome.as_ref().expect("a body");
    assert_eq!(fetched.url, "https://4.example/5");
    assert_eq!(fetched.moved_to, None);
    assert_eq!(network.sent().len(), 6);
}

#[test]
fn run_in_a_loop_of_redirects_stops_after_five() {
    let network = Scripted::new(|_| Ok(moved(302, "/feed")));
    let run = Place::new().run(&network, &[request(FEED)], &at("12:00"));
    assert_eq!(kind(&run, 0), FailureKind::Redirects);
    assert_eq!(network.sent().len(), 6);
}

#[test]
fn run_with_permanent_redirects_alone_says_that_the_address_moved() {
    for (first, second, expected) in
        [(301, 308, Some("https://example.org/c")), (301, 302, None), (307, 301, None)]
    {
        let network = Scripted::new(|url| match url {
            "https://example.org/a" => Ok(moved(first, "/b")),
            "https://example.org/b" => Ok(moved(second, "/c")),
            _ => Ok(ok("x")),
        });
        let place = Place::new();
        let requests = [request("https://example.org/a")];
        for minutes in ["12:00", "12:30"] {
            let run = place.run(&network, &requests, &at(minutes));
            let fetched = run.answers[0].outcome.as_ref().expect("a body");
            assert_eq!(fetched.moved_to.as_deref(), expected, "{first}, {second}, {minutes}");
        }
    }
}

#[test]
fn run_without_redirects_says_nothing_about_a_move() {
    let run = Place::new().run(&Scripted::new(|_| Ok(ok("x"))), &[request(FEED)], &at("12:00"));
    assert_eq!(run.answers[0].outcome.as_ref().map(|fetched| fetched.moved_to.clone()), Ok(None));
}

#[test]
fn run_refuses_a_redirect_from_https_to_http_and_does_not_ask() {
    let network = Scripted::new(|_| Ok(moved(302, "http://example.org/feed")));
    let run = Place::new().run(&network, &[request(FEED)], &at("12:00"));
    assert_eq!(kind(&run, 0), FailureKind::Downgrade);
    assert_eq!(network.urls(), [FEED]);
}

#[test]
fn run_allows_private_addresses_on_a_redirect_only_if_the_request_does() {
    for allow_private in [false, true] {
        let network = Scripted::new(|url| match url {
            "http://example.org/" => Ok(moved(302, "http://169.254.169.254/")),
            _ => Ok(ok("x")),
        });
        let requests = [Request { url: "http://example.org/".into(), allow_private }];
        Place::new().run(&network, &requests, &at("12:00"));
        let allowed: Vec<bool> = network.sent().iter().map(|sent| sent.allow_private).collect();
        assert_eq!(allowed, [allow_private; 2]);
    }
}

#[test]
fn run_tries_once_more_after_five_seconds_if_the_failure_may_pass() {
    let postponed = Response { retry_after: Some("9".into()), ..status(503) };
    for (answer, attempts) in [
        (Err(Failure::new(FailureKind::Connect, "refused")), 2),
        (Err(Failure::new(FailureKind::Timeout, "late")), 2),
        (Ok(status(502)), 2),
        (Ok(status(503)), 2),
        (Ok(status(504)), 2),
        (Ok(postponed), 1),
        (Ok(status(500)), 1),
        (Ok(status(404)), 1),
        (unreachable_host(""), 1),
    ] {
        let network = Scripted::new(|_| answer.clone());
        let timer = Pauses::default();
        let place = Place::new();
        let run = place.run_at(&network, &[request(FEED)], &at("12:00"), &timer);
        assert!(run.answers[0].outcome.is_err());
        assert_eq!(network.sent().len(), attempts, "{answer:?}");
        assert_eq!(timer.seconds(), vec![5; attempts - 1], "{answer:?}");
    }
}

#[test]
fn run_that_succeeds_at_the_second_attempt_has_the_body() {
    let attempts = AtomicUsize::new(0);
    let network = Scripted::new(|_| match attempts.fetch_add(1, Ordering::Relaxed) {
        0 => Ok(status(503)),
        _ => Ok(ok("x")),
    });
    let run = Place::new().run(&network, &[request(FEED)], &at("12:00"));
    assert_eq!(body(&run, 0), "x");
    assert_eq!(run.answers[0].history.failing_since, None);
}

#[test]
fn run_tries_once_more_for_each_url_and_not_for_each_redirect() {
    let attempts = AtomicUsize::new(0);
    let network = Scripted::new(|_| match attempts.fetch_add(1, Ordering::Relaxed) {
        1 => Ok(moved(302, "/b")),
        _ => Ok(status(503)),
    });
    let run = Place::new().run(&network, &[request(FEED)], &at("12:00"));
    assert_eq!(kind(&run, 0), FailureKind::Status(503));
    assert_eq!(network.urls(), [FEED, FEED, "https://example.org/b"]);
}

#[test]
fn run_respects_a_retry_after_of_an_earlier_run() {
    let place = Place::new();
    let busy = Scripted::new(|_| Ok(Response { retry_after: Some("7200".into()), ..status(429) }));
    let run = place.run(&busy, &[request(FEED)], &at("12:00"));
    assert_eq!(failure(&run, 0).not_before, Some(time("14:00")));
    let later = Scripted::new(|_| Ok(ok("x")));
    for minutes in ["12:30", "13:59"] {
        for force in [false, true] {
            let run = place.run(&later, &[request(FEED)], &Options { force, ..at(minutes) });
            assert_eq!(kind(&run, 0), FailureKind::Status(429));
            assert_eq!(run.answers[0].history.failing_since, Some(time("12:00")));
        }
    }
    assert!(later.sent().is_empty());
    let run = place.run(&later, &[request(FEED)], &at("14:00"));
    assert_eq!(body(&run, 0), "x");
    assert_eq!(place.cache().history(FEED).not_before, None);
}

#[test]
fn run_that_reached_no_host_is_repeated_at_once() {
    let place = Place::new();
    let network = Scripted::new(unreachable_host);
    place.run(&network, &[request(FEED)], &at("12:00"));
    place.run(&network, &[request(FEED)], &at("12:01"));
    assert_eq!(network.sent().len(), 2);
    let history = place.cache().history(FEED);
    assert_eq!(history.last_try, Some(time("12:01")));
    assert_eq!(history.failing_since, Some(time("12:00")));
}

#[test]
fn run_with_a_failure_keeps_the_body_for_runs_that_are_not_due() {
    let place = Place::new();
    place.run(&Scripted::new(|_| Ok(ok("one"))), &[request(FEED)], &at("12:00"));
    let broken = Scripted::new(|_| Ok(status(500)));
    let run = place.run(&broken, &[request(FEED)], &at("13:00"));
    assert_eq!(kind(&run, 0), FailureKind::Status(500));
    let run = place.run(&broken, &[request(FEED)], &at("13:30"));
    assert_eq!(body(&run, 0), "one");
    assert_eq!(run.answers[0].history.failing_since, Some(time("13:00")));
}

#[test]
fn run_answers_in_the_order_of_the_requests_and_asks_equal_ones_once() {
    let network = Scripted::new(|url| Ok(ok(url)));
    let urls =
        ["https://b.example/", "https://a.example/", "https://b.example/2", "https://b.example/"];
    let run = Place::new().run(&network, &urls.map(request), &at("12:00"));
    for (index, url) in urls.iter().enumerate() {
        assert_eq!(body(&run, index), *url);
    }
    assert_eq!(network.sent().len(), 3);
}

#[test]
fn run_with_one_host_down_has_the_bodies_of_the_others() {
    let network = Scripted::new(|url| match url {
        "https://b.example/" => unreachable_host(url),
        url => Ok(ok(url)),
    });
    let urls = ["https://a.example/", "https://b.example/", "https://c.example/"];
    let run = Place::new().run(&network, &urls.map(request), &at("12:00"));
    assert_eq!((body(&run, 0), body(&run, 2)), (urls[0], urls[2]));
    assert_eq!(kind(&run, 1), FailureKind::Dns);
}

#[test]
fn run_with_an_address_that_cannot_be_asked_sends_nothing() {
    let network = Scripted::new(|url| Ok(ok(url)));
    for (url, expected) in [
        ("file:///etc/passwd", FailureKind::Scheme),
        ("https://me:secret@example.org/", FailureKind::Url),
        ("feed.xml", FailureKind::Url),
    ] {
        let run = Place::new().run(&network, &[request(url)], &at("12:00"));
        assert_eq!(kind(&run, 0), expected, "{url}");
    }
    assert!(network.sent().is_empty());
}

#[test]
fn run_pauses_three_seconds_between_requests_to_a_host() {
    let network = Scripted::new(|url| match url {
        "https://a.example/1" => Ok(moved(302, "/1b")),
        url => Ok(ok(url)),
    });
    let urls = ["https://a.example/1", "https://a.example/2", "https://a.example/3"];
    let timer = Pauses::default();
    Place::new().run_at(&network, &urls.map(request), &at("12:00"), &timer);
    assert_eq!(timer.seconds(), [3, 3], "not before the redirect within the host");
    assert_eq!(network.urls()[1], "https://a.example/1b");
}

#[test]
fn run_pauses_before_a_redirect_to_a_host_that_was_asked() {
    let network = Scripted::new(|url| match url {
        "https://a.example/2" => Ok(moved(302, "https://b.example/")),
        "https://a.example/1" => Ok(moved(302, "https://b.example/1")),
        url => Ok(ok(url)),
    });
    let urls = ["https://a.example/1", "https://a.example/2"];
    let timer = Pauses::default();
    Place::new().run_at(&network, &urls.map(request), &at("12:00"), &timer);
    // The clock passes only by pauses: 3 s before the second request, which are over for `b`.
    assert_eq!(timer.seconds(), [3]);
    let direct = Scripted::new(|url| match url {
        "https://a.example/" => Ok(moved(302, "https://b.example/1")),
        "https://b.example/1" => Ok(moved(302, "https://a.example/2")),
        url => Ok(ok(url)),
    });
    let timer = Pauses::default();
    Place::new().run_at(&direct, &[request("https://a.example/")], &at("12:00"), &timer);
    assert_eq!(timer.seconds(), [3], "before the second request to `a`");
}

#[test]
fn run_does_not_pause_on_this_machine_if_that_is_allowed() {
    let network = Scripted::new(|url| Ok(ok(url)));
    for (allow_private, pauses) in [(true, vec![]), (false, vec![3])] {
        let requests = ["http://localhost/1", "http://localhost/2"]
            .map(|url| Request { url: url.into(), allow_private });
        let timer = Pauses::default();
        Place::new().run_at(&network, &requests, &at("12:00"), &timer);
        assert_eq!(timer.seconds(), pauses);
    }
}

#[test]
fn run_ends_after_five_minutes_and_does_not_record_what_it_did_not_ask() {
    let place = Place::new();
    let urls: Vec<_> =
        (0..120).map(|number| request(&format!("https://example.org/{number}"))).collect();
    let network = Scripted::new(|url| Ok(ok(url)));
    let timer = Pauses::default();
    let run = place.run_at(&network, &urls, &at("12:00"), &timer);
    // Pauses of 3 s: the hundredth is at 297 s, and the next one would end at 300 s.
    assert_eq!(network.sent().len(), 100);
    assert_eq!(network.sent()[99].timeout, Duration::from_secs(3), "the rest of the run");
    assert_eq!(kind(&run, 100), FailureKind::RunTime);
    assert_eq!(place.cache().history(&urls[100].url).last_try, None);
    assert_eq!(run.answers[100].history.failing_since, None);
}

/// Counts the requests that are being answered.
#[derive(Default)]
struct Busy {
    hosts: Mutex<Vec<String>>,
    most: AtomicUsize,
    changed: Condvar,
}

impl Busy {
    /// Answers when eight hosts were asked at the same time. Fails if a host is asked twice.
    fn answer(&self, url: &str) -> Response {
        let host = url.split('/').nth(2).expect("a host").to_string();
        let mut hosts = self.hosts.lock().expect("the list");
        assert!(!hosts.contains(&host), "{host} is asked for one URL after the other");
        hosts.push(host.clone());
        self.most.fetch_max(hosts.len(), Ordering::Relaxed);
        self.changed.notify_all();
        // A limit for hangs: eight hosts arrive at once.
        let (mut hosts, _) = self
            .changed
            .wait_timeout_while(hosts, Duration::from_mins(1), |_| {
                self.most.load(Ordering::Relaxed) < 8
            })
            .expect("the list");
        hosts.retain(|known| *known != host);
        ok(url)
    }
}

#[test]
fn run_asks_eight_hosts_at_the_same_time_and_each_for_one_address() {
    let busy = Busy::default();
    let network = Scripted::new(|url| Ok(busy.answer(url)));
    let urls: Vec<_> = (0..48)
        .map(|number| request(&format!("https://host{}.example/{number}", number % 12)))
        .collect();
    let done = AtomicUsize::new(0);
    let (place, timer) = (Place::new(), Pauses::default());
    let limits = Limits { pause: Duration::ZERO, ..Limits::default() };
    let fetcher = Fetcher { transport: &network, timer: &timer, cache: &place.cache(), limits };
    let run = fetcher.run(&urls, &at("12:00"), &|count| {
        done.fetch_max(count, Ordering::Relaxed);
    });
    assert!(run.answers.iter().all(|answer| answer.outcome.is_ok()));
    assert_eq!(busy.most.load(Ordering::Relaxed), 8);
    assert_eq!(done.load(Ordering::Relaxed), 48);
}
