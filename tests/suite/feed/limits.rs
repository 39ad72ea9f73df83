//! Hostile feeds: none panics, and the entries behind the hostile part are found.

use std::fmt::Write;

use thread_tracker::feed::{Format, LARGEST, MOST_ENTRIES, NotAFeed, Reading};

use super::reading;

/// An RSS feed with a hostile part and an entry after it.
fn feed(part: &str) -> String {
    format!(
        "<rss version=\"2.0\"><channel><title>x</title>{part}\
         <item><title>Last</title><link>https://example.org/last</link></item></channel></rss>"
    )
}

fn read(feed: &str) -> Reading {
    reading(feed.as_bytes(), Format::Auto).unwrap_or_else(|reason| panic!("{reason}"))
}

/// Returns whether the entry after the hostile part was read.
fn has_last(reading: &Reading) -> bool {
    let last = reading.entries.last().and_then(|entry| entry.url.as_deref());
    last == Some("https://example.org/last")
}

#[test]
fn feed_with_elements_200000_deep_keeps_the_entries_behind() {
    let part = format!("<item><d>{}x{}</d></item>", "<a>".repeat(200_000), "</a>".repeat(200_000));
    assert!(has_last(&read(&feed(&part))));
    let unclosed = format!("<item><title>y</title>{}</item>", "<a>".repeat(200_000));
    assert!(has_last(&read(&feed(&unclosed))));
    let stray = format!("<item><title>y</title>{}</item>", "</a>".repeat(200_000));
    assert!(has_last(&read(&feed(&stray))));
}

#[test]
fn feed_with_100000_attributes_keeps_the_entries_behind() {
    let mut part = String::from("<item><title");
    for number in 0..100_000 {
        write!(part, " a{number}=\"x\"").expect("a string");
    }
    part.push_str(">y</title></item>");
    let reading = read(&feed(&part));
    assert!(has_last(&reading));
    assert_eq!(reading.entries[0].title.as_deref(), Some("y"));
}

#[test]
fn feed_with_2_million_stray_tags_in_a_title_keeps_the_entries_behind() {
    let tags = "<a".repeat(2_000_000);
    for title in [tags.clone(), tags.replace('<', "&lt;"), format!("<![CDATA[{tags}]]>")] {
        let reading = read(&feed(&format!("<item><title>{title}</title></item>")));
        assert!(has_last(&reading), "{}", &title[..20]);
        assert!(reading.entries[0].title.is_some(), "{}", &title[..20]);
    }
}

#[test]
fn feed_with_nested_entities_expands_none() {
    let declarations =
        "<!DOCTYPE rss [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\"><!ENTITY c \"&b;&b;\">]>";
    let feed = format!("{declarations}{}", feed("<item><title>&c; &amp; y</title></item>"));
    let reading = read(&feed);
    assert!(has_last(&reading));
    assert_eq!(reading.entries[0].title.as_deref(), Some("&c; & y"));
}

#[test]
fn feed_with_200000_entries_is_damaged_and_has_the_first_ones() {
    let items: String =
        (0..200_000).map(|number| format!("<item><title>{number}</title></item>")).collect();
    let reading = read(&feed(&items));
    assert_eq!(reading.entries.len(), MOST_ENTRIES);
    assert_eq!(reading.damages, ["only the first 10000 of 200001 entries were read"]);
}

#[test]
fn feed_that_is_larger_than_the_limit_is_refused() {
    let large = feed(&format!("<item><title>{}</title></item>", "x".repeat(LARGEST)));
    assert_eq!(reading(large.as_bytes(), Format::Auto), Err(NotAFeed::TooLarge));
    let below = feed(&format!("<item><title>{}</title></item>", "x".repeat(LARGEST - 1000)));
    assert!(has_last(&read(&below)));
}

#[test]
fn json_with_200000_brackets_is_refused() {
    let deep = "[".repeat(200_000);
    assert!(reading(deep.as_bytes(), Format::Auto).is_err());
}

#[test]
fn title_with_many_comments_and_entities_is_read() {
    for part in ["<!-- ", "&", "&#x", "</", "<script>", "\u{200d}"] {
        let title = part.repeat(100_000).replace('&', "&amp;").replace('<', "&lt;");
        assert!(has_last(&read(&feed(&format!("<item><title>{title}</title></item>")))), "{part}");
    }
}

#[test]
fn page_with_a_million_attributes_offers_the_feeds_before_them() {
    let attributes: String = (0..1_000_000).map(|number| format!(" a{number}=x")).collect();
    let link = "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed.xml\">";
    let page = format!("<html><head>{link}</head><body{attributes}></body></html>");
    let offered = vec!["https://feeds.example.org/feed.xml".to_string()];
    assert_eq!(reading(page.as_bytes(), Format::Auto), Err(NotAFeed::Html(offered)));
}
