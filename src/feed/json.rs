//! JSON Feed, arrays and objects of entries, and JSON Lines.

use serde_json::{Map, Value};

use crate::feed::link::address;
use crate::feed::published::{Published, published};
use crate::feed::title::{plain, title};
use crate::feed::{Entry, LONGEST_TEXT, MOST_ENTRIES, NotAFeed, Origin, Reading};
use crate::model::url::is_web;

type Object = Map<String, Value>;

/// Reads a JSON Feed, an array of objects, one object, or JSON Lines: one object on each line.
///
/// The keys of an object are `title`, `url` or `link`, `date`, `published` or `date_published`,
/// `updated` or `date_modified`, `id` or `guid`, `summary`, `author`, `org`, `tags`, `thread` and
/// `read`. Others are ignored.
pub(super) fn read(text: &str, origin: &Origin<'_>) -> Result<Reading, NotAFeed> {
    let mut reader = ObjectReader { origin, reading: Reading::default() };
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => reader.object_or_feed(object)?,
        Ok(Value::Array(values)) => reader.values(values, "entry", Kind::List),
        Ok(_) => return Err(no_entries()),
        Err(error) => reader.lines(text, &error)?,
    }
    Ok(reader.reading)
}

fn no_entries() -> NotAFeed {
    NotAFeed::Other("the JSON has no entries: an entry has a `title`, a `url` or an `id`".into())
}

/// The kind of a list: the tags of a feed are categories.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Feed,
    List,
}

struct ObjectReader<'o> {
    origin: &'o Origin<'o>,
    reading: Reading,
}

impl ObjectReader<'_> {
    fn object_or_feed(&mut self, mut object: Object) -> Result<(), NotAFeed> {
        let version = object.get("version").and_then(Value::as_str).unwrap_or_default();
        let is_feed = version.contains("jsonfeed.org/version/");
        match object.remove("items") {
            Some(Value::Array(items)) => {
                self.values(items, "item", if is_feed { Kind::Feed } else { Kind::List });
                Ok(())
            }
            _ if is_feed => Err(NotAFeed::Other("the JSON Feed has no `items`".into())),
            _ => {
                let entry = self.entry(&object, Kind::List, None).ok_or_else(no_entries)?;
                self.reading.entries.push(entry);
                Ok(())
            }
        }
    }

    fn values(&mut self, values: Vec<Value>, what: &str, kind: Kind) {
        let all = values.len();
        if all > MOST_ENTRIES {
            let damage = format!("only the first {MOST_ENTRIES} of {all} entries were read");
            self.reading.damages.push(damage);
        }
        for (at, value) in values.into_iter().take(MOST_ENTRIES).enumerate() {
            self.add(&value, &format!("{what} {}", at + 1), kind, None);
        }
    }

    /// Reads JSON Lines. `error` is the error of the whole text as one JSON document.
    fn lines(&mut self, text: &str, error: &serde_json::Error) -> Result<(), NotAFeed> {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        for (at, line) in lines {
            if self.reading.entries.len() == MOST_ENTRIES {
                let damage = format!("only the first {MOST_ENTRIES} entries were read");
                self.reading.damages.push(damage);
                break;
            }
            let number = at + 1;
            match serde_json::from_str(line) {
                Ok(value) => self.add(&value, &format!("line {number}"), Kind::List, Some(number)),
                Err(error) => {
                    let damage = format!("line {number} is not JSON: {error}");
                    self.reading.damages.push(damage);
                }
            }
        }
        if self.reading.entries.is_empty() {
            return Err(NotAFeed::Other(format!("the JSON cannot be read: {error}")));
        }
        Ok(())
    }

    fn add(&mut self, value: &Value, place: &str, kind: Kind, line: Option<usize>) {
        let Value::Object(object) = value else {
            self.reading.damages.push(format!("{place} is not an object"));
            return;
        };
        match self.entry(object, kind, line) {
            Some(entry) => self.reading.entries.push(entry),
            None => self.reading.passed_over += 1,
        }
    }

    /// Returns an entry; `None` if it has neither title, URL nor id.
    fn entry(&mut self, object: &Object, kind: Kind, line: Option<usize>) -> Option<Entry> {
        let text = ["summary", "content_text", "content_html"];
        let text = text.iter().find_map(|key| string(object, key));
        let text = text.map(|text| text[..text.floor_char_boundary(LONGEST_TEXT)].to_string());
        let heading = string(object, "title")
            .map(|title| title[..title.floor_char_boundary(LONGEST_TEXT)].to_string());
        let title = title(heading.as_deref(), text.as_deref());
        let id = ["id", "guid"].iter().find_map(|key| string(object, key)).map(|id| plain(&id));
        let link = ["url", "link", "external_url"].iter().find_map(|key| string(object, key));
        let link = link.or_else(|| id.clone().filter(|id| is_web(id)));
        let name = title.clone().or(id.clone()).unwrap_or_else(|| "an entry".into());
        let mut url = None;
        match link.map(|link| address(&link, self.origin.base)) {
            Some(Ok(address)) => url = Some(address),
            Some(Err(reason)) => self.reading.notes.push(format!("{name}: {reason}")),
            None => {}
        }
        if title.is_none() && url.is_none() && id.is_none() {
            return None;
        }
        let dates = ["date", "published", "date_published", "updated", "date_modified"];
        let date = dates.iter().find_map(|key| string(object, key));
        let date = match date.map(|date| published(&date, self.origin.today)) {
            Some(Published::On(date)) => Some(date),
            Some(Published::Ahead(date)) => {
                let note = format!("{name}: the date {date} is in the future and was left out");
                self.reading.notes.push(note);
                None
            }
            Some(Published::Unknown) | None => None,
        };
        let (tags, categories) = match (strings(object, "tags"), kind) {
            (tags, Kind::Feed) => (Vec::new(), tags),
            (tags, Kind::List) => (tags, Vec::new()),
        };
        Some(Entry {
            title,
            url,
            date,
            id,
            summary: text.as_deref().map(plain).filter(|text| !text.is_empty()),
            authors: [strings(object, "author"), strings(object, "authors")].concat(),
            categories,
            tags,
            org: string(object, "org").map(|org| plain(&org)),
            threads: strings(object, "thread"),
            read: object.get("read").is_some_and(|read| *read == Value::Bool(true)),
            line,
        })
    }
}

/// Returns a string or a number that is not empty.
fn string(object: &Object, key: &str) -> Option<String> {
    let text = match object.get(key)? {
        Value::String(text) => text.trim().to_string(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// Returns a string, or the strings of a list, without markup. Objects of a list have a `name`.
fn strings(object: &Object, key: &str) -> Vec<String> {
    let texts = match object.get(key) {
        Some(Value::Array(values)) => values.iter().collect(),
        Some(value) => vec![value],
        None => Vec::new(),
    };
    let text = |value: &&Value| match value {
        Value::Object(object) => string(object, "name"),
        value => value.as_str().map(str::to_string),
    };
    let texts = texts.iter().filter_map(text).map(|text| plain(&text));
    texts.filter(|text| !text.is_empty()).collect()
}
