//! Times at which a URL is asked for.

use chrono::Duration;
use thread_tracker::fetch::due::{due, retry_after, validators};
use thread_tracker::fetch::redirect::parse;
use thread_tracker::fetch::{Copy, Due, History, Options, Validators};

use super::{at, time};

fn asked(minutes: &str) -> History {
    History { last_contact: Some(time(minutes)), ..History::default() }
}

fn postponed(minutes: &str) -> History {
    History { not_before: Some(time(minutes)), ..asked("12:00") }
}

#[test]
fn due_is_once_an_hour() {
    assert_eq!(due(&History::default(), &at("12:00")), Due::Now);
    assert_eq!(due(&asked("12:00"), &at("12:00")), Due::At(time("13:00")));
    assert_eq!(due(&asked("12:00"), &at("12:59")), Due::At(time("13:00")));
    assert_eq!(due(&asked("12:00"), &at("13:00")), Due::Now);
}

#[test]
fn due_with_force_is_now_unless_the_host_named_a_time() {
    let force = |minutes| Options { force: true, ..at(minutes) };
    assert_eq!(due(&asked("12:00"), &force("12:01")), Due::Now);
    assert_eq!(due(&postponed("12:05"), &force("12:04")), Due::At(time("12:05")));
    assert_eq!(due(&postponed("12:05"), &force("12:05")), Due::Now);
}

#[test]
fn due_after_a_named_time_still_waits_for_the_hour() {
    assert_eq!(due(&postponed("12:05"), &at("12:30")), Due::At(time("13:00")));
    assert_eq!(due(&postponed("15:00"), &at("13:30")), Due::At(time("15:00")));
}

#[test]
fn due_offline_is_never() {
    let offline = Options { offline: true, force: true, ..at("12:00") };
    assert_eq!(due(&History::default(), &offline), Due::Never);
}

#[test]
fn due_ignores_times_of_a_wrong_clock() {
    let history = History {
        last_contact: Some(time("12:00") + Duration::days(400)),
        not_before: Some(time("12:00") + Duration::days(400)),
        ..History::default()
    };
    assert_eq!(due(&history, &at("12:00")), Due::Now);
}

#[test]
fn retry_after_is_a_number_of_seconds_or_a_date_of_at_most_a_day() {
    let now = time("12:00");
    for (value, expected) in [
        ("120", Some(now + Duration::seconds(120))),
        (" 60 ", Some(now + Duration::seconds(60))),
        ("Mon, 23 Nov 2026 12:05:00 GMT", Some(time("12:05"))),
        ("86400", Some(now + Duration::hours(24))),
        ("86401", Some(now + Duration::hours(24))),
        ("99999999999999999999", Some(now + Duration::hours(24))),
        ("Tue, 23 Nov 2027 12:05:00 GMT", Some(now + Duration::hours(24))),
        ("0", None),
        ("Mon, 23 Nov 2026 11:00:00 GMT", None),
        ("-5", None),
        ("soon", None),
        ("", None),
    ] {
        assert_eq!(retry_after(value, now), expected, "{value:?}");
    }
}

#[test]
fn validators_are_sent_to_the_sender_of_a_body_under_seven_days_old() {
    let etag = Validators { etag: Some(b"\"a\"".to_vec()), last_modified: None };
    let copy = Copy {
        url: "https://example.org/feed".into(),
        moved_to: None,
        charset: None,
        validators: etag.clone(),
        received: time("12:00"),
        body: b"x".to_vec(),
    };
    let sender = parse("https://example.org/feed").expect("a URL");
    let other = parse("https://example.org/other").expect("a URL");
    let after = |age| time("12:00") + age;
    let week = Duration::days(7);
    let second = Duration::seconds(1);
    assert_eq!(validators(&copy, &sender, after(Duration::zero())), Some(&etag));
    assert_eq!(validators(&copy, &sender, after(week - second)), Some(&etag));
    assert_eq!(validators(&copy, &sender, after(week)), None);
    assert_eq!(validators(&copy, &sender, after(-second)), None);
    assert_eq!(validators(&copy, &other, after(second)), None);
    let without = Copy { validators: Validators::default(), ..copy };
    assert_eq!(validators(&without, &sender, after(second)), None);
}
