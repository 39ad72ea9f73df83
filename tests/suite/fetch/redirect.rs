//! URLs and redirects.

use thread_tracker::fetch::FailureKind;
use thread_tracker::fetch::redirect::{MOST, next, parse};

fn followed(from: &str, location: &str) -> Result<String, FailureKind> {
    let from = parse(from).expect("a URL");
    next(&from, Some(location), 0).map(|url| url.to_string()).map_err(|failure| failure.kind)
}

#[test]
fn parse_accepts_web_addresses_and_drops_the_fragment() {
    for (written, parsed) in [
        ("https://example.org/feed.xml", "https://example.org/feed.xml"),
        ("HTTP://Example.org", "http://example.org/"),
        ("https://example.org/f?a=1#top", "https://example.org/f?a=1"),
        ("https://müller.example/ä b", "https://xn--mller-kva.example/%C3%A4%20b"),
        ("http://127.1:8080/", "http://127.0.0.1:8080/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://0x7f.0.0.1/", "http://127.0.0.1/"),
    ] {
        assert_eq!(parse(written).expect(written).as_str(), parsed);
    }
}

#[test]
fn parse_refuses_other_schemes_and_users() {
    for (written, kind) in [
        ("file:///etc/passwd", FailureKind::Scheme),
        ("ftp://example.org/feed", FailureKind::Scheme),
        ("data:text/xml,<rss/>", FailureKind::Scheme),
        ("feed.xml", FailureKind::Url),
        ("https://", FailureKind::Url),
        ("https://me@example.org/", FailureKind::Url),
        ("https://:secret@example.org/", FailureKind::Url),
    ] {
        assert_eq!(parse(written).expect_err(written).kind, kind, "{written}");
    }
}

#[test]
fn parse_of_an_address_with_a_password_does_not_repeat_it() {
    let failure = parse("https://me:secret@example.org/").expect_err("a password");
    assert_eq!(failure.message, "a URL of `example.org` contains a user or a password");
}

#[test]
fn next_resolves_relative_addresses() {
    let from = "https://example.org/a/feed.xml?x=1";
    for (location, to) in [
        ("/b.xml", "https://example.org/b.xml"),
        ("b.xml", "https://example.org/a/b.xml"),
        ("../b.xml", "https://example.org/b.xml"),
        ("?y=2", "https://example.org/a/feed.xml?y=2"),
        ("//cdn.example/b.xml", "https://cdn.example/b.xml"),
        ("https://other.example/", "https://other.example/"),
    ] {
        assert_eq!(followed(from, location).as_deref(), Ok(to), "{location}");
    }
}

#[test]
fn next_from_https_to_http_is_refused_and_from_http_to_https_followed() {
    let to_http = followed("https://example.org/", "http://example.org/");
    assert_eq!(to_http, Err(FailureKind::Downgrade));
    let to_https = followed("http://example.org/", "https://example.org/");
    assert_eq!(to_https.as_deref(), Ok("https://example.org/"));
}

#[test]
fn next_refuses_other_schemes_and_users() {
    let from = "http://example.org/";
    assert_eq!(followed(from, "file:///etc/passwd"), Err(FailureKind::Scheme));
    assert_eq!(followed(from, "javascript:0"), Err(FailureKind::Scheme));
    assert_eq!(followed(from, "http://a:b@example.org/"), Err(FailureKind::Url));
    assert_eq!(followed(from, "http://[::1"), Err(FailureKind::Url));
}

#[test]
fn next_after_the_last_redirect_or_without_a_location_is_a_failure() {
    let from = parse("https://example.org/").expect("a URL");
    assert!(next(&from, Some("/x"), MOST - 1).is_ok());
    assert_eq!(next(&from, Some("/x"), MOST).map_err(|e| e.kind), Err(FailureKind::Redirects));
    assert_eq!(next(&from, None, 0).map_err(|e| e.kind), Err(FailureKind::Location));
}

#[test]
fn next_to_an_address_with_control_characters_names_it_without_them() {
    let from = parse("https://example.org/").expect("a URL");
    let failure = next(&from, Some("x:\u{1b}[2J"), 0).expect_err("another scheme");
    assert!(!failure.message.contains('\u{1b}'), "{failure}");
}
