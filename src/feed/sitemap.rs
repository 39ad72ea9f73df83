//! Sitemaps: URLs without titles. `lastmod` is the date of an edit, not of publication.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::feed::link::address;
use crate::feed::repair::Repaired;
use crate::feed::title::entity;
use crate::feed::{Entry, MOST_ENTRIES, NotAFeed, Reading};

/// Reads the URLs of a sitemap.
pub(super) fn read(repaired: &Repaired) -> Result<Reading, NotAFeed> {
    match repaired.root.as_str() {
        "urlset" => {}
        "sitemapindex" => {
            let reason = "it is an index of sitemaps; import one of the sitemaps that it lists";
            return Err(NotAFeed::Other(reason.into()));
        }
        _ => return Err(NotAFeed::Other("it is not a sitemap".into())),
    }
    let mut reading = Reading { damages: repaired.damages.clone(), ..Reading::default() };
    let mut reader = Reader::from_str(&repaired.xml);
    let mut elements: Vec<String> = Vec::new();
    let mut text = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                elements.push(element.local_name().as_ref().to_string());
                text.clear();
            }
            Ok(Event::Text(part)) => text.push_str(&part),
            Ok(Event::GeneralRef(name)) => text.push_str(&entity(&name).unwrap_or_default()),
            Ok(Event::End(_)) => {
                if elements == ["urlset", "url", "loc"] && reading.entries.len() < MOST_ENTRIES {
                    match address(&text, None) {
                        Ok(url) => {
                            let entry = Entry { url: Some(url), ..Entry::default() };
                            reading.entries.push(entry);
                        }
                        Err(reason) => reading.notes.push(reason),
                    }
                }
                elements.pop();
            }
            Ok(Event::Eof) | Err(_) => return Ok(reading),
            Ok(_) => {}
        }
    }
}
