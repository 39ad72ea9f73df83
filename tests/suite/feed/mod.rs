//! Reading of feeds and lists.

mod expected;
mod limits;
mod opml;

use chrono::NaiveDate;
use thread_tracker::feed::{Format, NotAFeed, Origin, Reading, read};
use url::Url;

/// Reads bytes of `https://feeds.example.org/news/feed.xml` on 2026-11-23.
fn reading(bytes: &[u8], format: Format) -> Result<Reading, NotAFeed> {
    let base = Url::parse("https://feeds.example.org/news/feed.xml").expect("a URL");
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
    read(bytes, &Origin { format, charset: None, base: Some(&base), today })
}
