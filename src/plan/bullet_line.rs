//! Bullets as the tool writes them, so that the one parser reads back what was meant.

use crate::model::{Reading, url};

use super::change::{Arrival, NewEntry};

/// An evidence line, without its marker. `with_id` names the id where it would not follow from the
/// rest.
pub fn evidence(arrival: &Arrival, with_id: bool) -> String {
    let item = &arrival.item;
    let mut line = String::from(match item.reading {
        Reading::Read { .. } => "[x]",
        Reading::Dropped => "[-]",
        Reading::Unread | Reading::Unknown => "[ ]",
    });
    let title = item.title.as_deref().map(escaped);
    let linked = item.url.as_deref().map(|url| {
        let text = title.clone().or_else(|| item.label.as_deref().map(escaped));
        format!(" [{}]({})", text.unwrap_or_else(|| escaped(&item.id)), destination(url))
    });
    if let Some(label) = &item.label {
        line.push_str(&format!(" **{}**", one_line(label)));
    }
    match (&linked, &title, &item.label) {
        (Some(link), ..) => line.push_str(link),
        (None, Some(title), None) => line.push_str(&format!(" \"{title}\"")),
        (None, None, None) => line.push_str(&format!(" \"{}\"", escaped(&item.id))),
        (None, _, Some(_)) => {}
    }
    if let Some(date) = item.date {
        line.push_str(&format!(" ({date})"));
    }
    if let (None, Some(title), Some(_)) = (&linked, &title, &item.label) {
        line.push_str(&format!(" — \"{title}\""));
    }
    let read_on = match item.reading {
        Reading::Read { on: Some(on) } => Some(on.to_string()),
        _ => None,
    };
    let tags: Vec<&str> = item.tags.iter().map(String::as_str).collect();
    let fields = [
        ("org", item.org.clone().unwrap_or_default()),
        ("tags", tags.join(", ")),
        ("id", if with_id { item.id.clone() } else { String::new() }),
        ("same-as", item.same_as.join(", ")),
        ("read", read_on.unwrap_or_default()),
        ("landed", arrival.landed.to_string()),
    ];
    for (key, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        line.push_str(&field(key, value));
    }
    line
}

/// A log entry, without its marker.
pub fn entry(entry: &NewEntry) -> String {
    let change = match entry.from == entry.to {
        true => format!("stays {}", entry.to),
        false => format!("{} → {}", entry.from, entry.to),
    };
    let mut line = format!("{}: {change} — {}", entry.date, one_line(&entry.reason));
    for (key, values) in [("trigger", &entry.triggers), ("on", &entry.on)] {
        if !values.is_empty() {
            line.push_str(&field(key, &values.join(", ")));
        }
    }
    line
}

fn field(key: &str, value: &str) -> String {
    format!(" [{key}:: {}]", one_line(value).replace(['[', ']', '<', '>', '`'], ""))
}

/// On one line, without control characters.
fn one_line(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of which markdown takes no part for markup, and the bullet grammar none for a field or
/// the end of the title.
fn escaped(text: &str) -> String {
    let text = one_line(text);
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let inside_word =
            before.is_alphanumeric() && rest.peek().is_some_and(|next| next.is_alphanumeric());
        let marks = match character {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '"' => true,
            '_' => !inside_word,
            '&' => rest.peek().is_some_and(|next| next.is_alphanumeric() || *next == '#'),
            _ => false,
        };
        if marks {
            escaped.push('\\');
        }
        escaped.push(character);
        before = character;
    }
    escaped
}

/// An address as a link's destination.
fn destination(url: &str) -> String {
    let url = url::written(url);
    // `&copy;` in a destination would be read as a sign.
    let url = if url.contains(';') { url.replace('&', "&amp;") } else { url };
    match url.contains(['(', ')']) {
        true => format!("<{url}>"),
        false => url,
    }
}
