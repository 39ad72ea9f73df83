//! Any bytes as a feed, from the decoding to the entries: no panic, and every text of an entry is on
//! one line without control characters.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thread_tracker::feed::{Format, MOST_ENTRIES, Origin, offered_feeds, read};
use thread_tracker::model::date;
use thread_tracker::model::url::is_web;
use thread_tracker::text::is_control;

fuzz_target!(|bytes: &[u8]| {
    let today = date::parse("2026-11-23").expect("a date");
    for format in [Format::Auto, Format::Json, Format::Sitemap] {
        let origin = Origin { format, charset: None, base: None, today };
        let Ok(reading) = read(bytes, &origin) else { continue };
        assert!(reading.entries.len() <= MOST_ENTRIES);
        for entry in &reading.entries {
            let texts = [&entry.title, &entry.summary, &entry.id];
            for text in texts.into_iter().flatten() {
                assert!(!text.chars().any(is_control) && !text.is_empty(), "{text:?}");
            }
            assert!(entry.url.as_deref().is_none_or(is_web), "{:?}", entry.url);
        }
    }
    if let Ok(html) = std::str::from_utf8(bytes) {
        offered_feeds(html, None);
    }
});
