//! Well-formed XML to the entries of a feed.

use std::panic::catch_unwind;

use chrono::{DateTime, Timelike, Utc};
use feedparser_rs::{ParseOptions, ParsedFeed, ParserLimits, parse_with_options};
use foldhash::{HashMap, HashMapExt};

use crate::feed::link::{Address, address};
use crate::feed::published::{Published, published};
use crate::feed::repair::Repaired;
use crate::feed::title::{plain, title};
use crate::feed::{Entry, LARGEST, MOST_ENTRIES, NotAFeed, Origin, Reading};
use crate::model::url::is_web;

/// A date that this many entries share with the feed itself, to the second, is the time at which the
/// feed was built.
const BUILT_TOGETHER: usize = 3;

/// Reads the entries of a feed.
pub(super) fn read(repaired: &Repaired, origin: &Origin<'_>) -> Result<Reading, NotAFeed> {
    match repaired.root.as_str() {
        "rss" | "feed" | "RDF" => {}
        "urlset" | "sitemapindex" => return Err(NotAFeed::Sitemap),
        "" => return Err(NotAFeed::Other("it is not XML and not JSON".into())),
        root => return Err(NotAFeed::Other(format!("the XML has `{root}`, not a feed"))),
    }
    let mut reading = Reading { damages: repaired.damages.clone(), ..Reading::default() };
    let options = ParseOptions {
        // Links of Atom are relative to `xml:base`, those of RSS to the URL of the feed.
        resolve_relative_uris: repaired.root == "feed",
        sanitize_html: false,
        limits: limits(),
    };
    let parsed = catch_unwind(|| parse_with_options(repaired.xml.as_bytes(), &options));
    let feed = match parsed {
        Ok(Ok(feed)) => feed,
        Ok(Err(error)) => return Err(NotAFeed::Other(format!("the XML is not a feed: {error}"))),
        Err(_) => return Err(NotAFeed::Other("the parser of feeds failed".into())),
    };
    if feed.bozo {
        let reason = feed.bozo_exception.clone().unwrap_or_else(|| "the feed has an error".into());
        if !reason.to_lowercase().contains("entity") {
            reading.damages.push(reason);
        }
    }
    let built = built_together(&feed);
    for parsed in feed.entries.iter().take(MOST_ENTRIES) {
        match entry(parsed, built, origin, &mut reading.notes) {
            Some(entry) => reading.entries.push(entry),
            None => reading.passed_over += 1,
        }
    }
    Ok(reading)
}

/// The limits of the parser, at which it would stop. The stage before has limits of its own.
fn limits() -> ParserLimits {
    ParserLimits {
        max_entries: MOST_ENTRIES,
        max_feed_size_bytes: 4 * LARGEST,
        max_text_length: LARGEST,
        max_nesting_depth: 1000,
        ..ParserLimits::permissive()
    }
}

/// Returns the time at which the feed was built, if entries have it as their date. Midnight is the
/// time of a date.
fn built_together(feed: &ParsedFeed) -> Option<DateTime<Utc>> {
    let built = [feed.feed.updated, feed.feed.published];
    let mut counts: HashMap<DateTime<Utc>, usize> = HashMap::new();
    for entry in &feed.entries {
        if let Some(time) = entry.published.or(entry.updated) {
            *counts.entry(time).or_default() += 1;
        }
    }
    let is_shared = |time: &DateTime<Utc>| {
        time.num_seconds_from_midnight() > 0
            && counts.get(time).is_some_and(|count| *count >= BUILT_TOGETHER)
    };
    built.into_iter().flatten().find(is_shared)
}

/// Returns an entry; `None` if it has neither title, URL nor id.
fn entry(
    parsed: &feedparser_rs::Entry,
    built: Option<DateTime<Utc>>,
    origin: &Origin<'_>,
    notes: &mut Vec<String>,
) -> Option<Entry> {
    let content = parsed.content.first().map(|content| content.value.as_str());
    let text = parsed.summary.as_deref().filter(|text| !text.trim().is_empty()).or(content);
    let title = title(parsed.title.as_deref(), text);
    let id = parsed.id.as_deref().map(str::trim).filter(|id| !id.is_empty()).map(plain);
    let name = title.clone().or(id.clone()).unwrap_or_else(|| "an entry".into());
    let url = match link(parsed, origin) {
        Some(Ok(url)) => Some(url),
        Some(Err(reason)) => {
            notes.push(format!("{name}: {reason}"));
            None
        }
        None => None,
    };
    let is_built = built.is_some() && parsed.published.or(parsed.updated) == built;
    let written = parsed.published_str.as_deref().or(parsed.updated_str.as_deref());
    let date = match written.filter(|_| !is_built).map(|text| published(text, origin.today)) {
        Some(Published::On(date)) => Some(date),
        Some(Published::Ahead(date)) => {
            notes.push(format!("{name}: the date {date} is in the future and was left out"));
            None
        }
        Some(Published::Unknown) | None => None,
    };
    if title.is_none() && url.is_none() && id.is_none() {
        return None;
    }
    let authors = parsed.authors.iter().filter_map(|author| author.name.as_deref());
    let author = parsed.author.as_deref().filter(|_| parsed.authors.is_empty());
    let categories = parsed.tags.iter().map(|tag| plain(&tag.term));
    Some(Entry {
        title,
        url,
        date,
        id,
        summary: text.map(plain).filter(|text| !text.is_empty()),
        authors: authors.chain(author).map(plain).collect(),
        categories: categories.filter(|category| !category.is_empty()).collect(),
        ..Entry::default()
    })
}

/// Returns the URL of an entry: its alternate link, HTML before other types; else an id that is a
/// URL and is not said to be none. An enclosure is not a link.
fn link(parsed: &feedparser_rs::Entry, origin: &Origin<'_>) -> Option<Address> {
    let is_alternate = |link: &&feedparser_rs::Link| {
        link.rel.as_deref().is_none_or(|rel| rel.is_empty() || rel == "alternate")
            && !link.href.trim().is_empty()
    };
    let mut links = parsed.links.iter().filter(is_alternate).peekable();
    let first = links.peek().copied();
    let html = links.find(|link| link.link_type.as_deref() == Some("text/html"));
    let link = html.or(first).map(|link| link.href.to_string());
    let id = parsed.id.as_deref().map(str::trim).filter(|id| is_web(id));
    let id = id.filter(|_| parsed.guidislink != Some(false));
    link.or_else(|| id.map(str::to_string)).map(|link| address(&link, origin.base))
}
