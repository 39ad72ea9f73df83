//! Writes bullets such that the parser reads back the intended model.

use crate::edit::wording::item_as_read;
use crate::model::change::{Arrival, Listing, NewDraft};
use crate::model::erase_spans::EraseSpans;
use crate::model::{Diagnostic, ItemRecord, LevelChange, LogEntry, Reading, Rule, url};
use crate::parse;
use crate::parse::bullet::Bullet;
use crate::parse::markdown::BlockKind;
use crate::parse::{bullet, markdown};
use crate::text::{Document, Span};

/// Returns an evidence line without its marker. `with_id` adds the id as a field.
fn evidence(arrival: &Arrival, with_id: bool) -> String {
    let mut line = item(&arrival.item, with_id);
    line.push_str(&field("landed", &arrival.landed.to_string()));
    line
}

/// Returns the whole line of an arrival, with an id field only if the rest of the line gives
/// another id.
pub fn arrival(arrival: &Arrival, prefix: &str) -> String {
    let line = |with_id| format!("{prefix}{}", evidence(arrival, with_id));
    named(line, &arrival.source, &arrival.item.id)
}

/// A catalog line, without its marker.
pub fn listing(listing: &Listing, with_id: bool) -> String {
    let mut line = item(&listing.item, with_id);
    if !listing.threads.is_empty() {
        line.push_str(&field("thread", &listing.threads.join(", ")));
    }
    line
}

/// Returns the line that `write` gives, with an id field only if the rest of the line gives another
/// id.
pub fn named(write: impl Fn(bool) -> String, source: &str, id: &str) -> String {
    let short = write(false);
    if read_back(&short, source).is_some_and(|read| read.id == id) { short } else { write(true) }
}

/// Returns the name of a part of an item that the parser would read differently, except for its
/// title.
pub fn misread(meant: &ItemRecord, line: &str, source: &str) -> Option<&'static str> {
    read_back(line, source).map_or(Some("line"), |found| misread_as(meant, &found))
}

/// Like [`misread`], for the item that the parser reads from the line.
pub fn misread_as(meant: &ItemRecord, found: &ItemRecord) -> Option<&'static str> {
    difference(found, &item_as_read(meant, found))
}

/// Returns the name of the first part in which two items differ.
fn difference(found: &ItemRecord, meant: &ItemRecord) -> Option<&'static str> {
    // Without `..`, so that a new field is compared.
    let ItemRecord {
        span: _,
        id,
        has_written_id,
        source,
        label,
        title,
        url,
        date,
        // A line that the tool writes has its own date.
        dated_by: _,
        org,
        tags,
        same_as,
        reading,
    } = meant;
    let parts = [
        ("id", (&found.id, &found.has_written_id) == (id, has_written_id)),
        ("URL", found.url == *url),
        ("date", found.date == *date),
        ("tags", found.tags == *tags),
        ("source", found.source == *source),
        ("label", found.label == *label),
        ("title", found.title == *title),
        ("org", found.org == *org),
        ("same-as", found.same_as == *same_as),
        ("reading", found.reading == *reading),
    ];
    parts.into_iter().find(|(_, same)| !same).map(|(part, _)| part)
}

/// Returns the item that the parser reads from a bullet alone.
pub fn read_back(line: &str, source: &str) -> Option<ItemRecord> {
    read_alone(line.trim_start(), |_, bullet, _| {
        parse::item::parse_item(bullet, Some(&source.into()), false, None, "", &mut Vec::new())
    })
}

/// Reads a bullet on its own.
pub fn read_alone<T>(
    line: &str,
    read: impl FnOnce(&Document, Bullet<'_>, &[Diagnostic]) -> T,
) -> Option<T> {
    let document = Document::new("", line);
    let outline = markdown::parse(&document, Span::new(0, document.text.len()));
    let BlockKind::List(list) = &outline.blocks.first()?.kind else {
        return None;
    };
    let mut findings = Vec::new();
    let bullet = bullet::parse(&document, list.items.first()?, None, &mut findings);
    (outline.blocks.len() == 1).then(|| read(&document, bullet, &findings))
}

/// Returns an item: box, label, title, URL, date and fields.
fn item(item: &ItemRecord, with_id: bool) -> String {
    let mut line = String::from(match item.reading {
        Reading::Read { .. } => "[x]",
        Reading::Dropped => "[-]",
        Reading::Unread | Reading::Unknown => "[ ]",
    });
    line.push_str(&name(item));
    let read_on = item.reading.date().map(|on| on.to_string());
    let tags: Vec<&str> = item.tags.iter().map(String::as_str).collect();
    let fields = [
        ("org", item.org.clone().unwrap_or_default()),
        ("tags", tags.join(", ")),
        ("id", if with_id { item.id.clone() } else { String::new() }),
        ("same-as", item.same_as.join(", ")),
        ("read", read_on.unwrap_or_default()),
    ];
    for (key, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        line.push_str(&field(key, value));
    }
    line
}

/// Returns label, title, URL and date.
fn name(item: &ItemRecord) -> String {
    let title = item.title.as_deref().map(escaped);
    let line = name_with(item, title.as_ref());
    if item.title.as_deref().is_none_or(is_plain_title) {
        return line;
    }
    let read = read_back(&format!("- {line}"), "").and_then(|read| read.title);
    match item.title.as_deref().map(one_line) {
        // Written otherwise only where the parser would not read it back: `Done.` as `Done&#46;`.
        Some(meant) if read.as_ref() != Some(&meant) => {
            name_with(item, Some(&all_referenced(&meant)))
        }
        _ => line,
    }
}

/// Returns whether a title has no character that a parser could take for markup, as most titles.
fn is_plain_title(title: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || " ,:;'’-".contains(c);
    let ends = |at: Option<char>| at.is_some_and(char::is_alphanumeric);
    title.chars().all(is_plain) && ends(title.chars().next()) && ends(title.chars().next_back())
}

fn name_with(item: &ItemRecord, title: Option<&String>) -> String {
    let mut line = String::new();
    let linked = item.url.as_deref().map(|url| {
        let text = title.cloned().or_else(|| item.label.as_deref().map(escaped));
        link(&text.unwrap_or_else(|| escaped(&item.id)), url)
    });
    if let Some(label) = &item.label {
        line.push_str(&format!(" **{}**", one_line(label)));
    }
    match (&linked, title, &item.label) {
        (Some(link), ..) => line.push_str(&format!(" {link}")),
        (None, Some(title), None) => line.push_str(&format!(" \"{title}\"")),
        (None, None, None) => line.push_str(&format!(" \"{}\"", escaped(&item.id))),
        (None, _, Some(_)) => {}
    }
    if let Some(date) = item.date {
        line.push_str(&format!(" ({date})"));
    }
    if let (None, Some(title), Some(_)) = (&linked, title, &item.label) {
        line.push_str(&format!(" — \"{title}\""));
    }
    line
}

/// A link of this text, which is markdown already.
pub fn link(text: &str, url: &str) -> String {
    format!("[{text}]({})", destination(url))
}

/// A line of the Drafts section, without its marker.
pub fn draft(draft: &NewDraft) -> String {
    let Some(title) = draft.title.as_deref() else {
        return draft_with(draft, None);
    };
    let line = draft_with(draft, Some(&escaped(title)));
    let read = read_alone(&format!("- {line}"), |_, bullet, _| bullet.title).flatten();
    let meant = one_line(title);
    if read.is_some_and(|read| read == meant) {
        line
    } else {
        draft_with(draft, Some(&all_referenced(&meant)))
    }
}

fn draft_with(draft: &NewDraft, title: Option<&str>) -> String {
    let mut line = format!("{} — {}", draft.date, draft.path);
    if let Some(title) = title {
        line.push_str(&format!(" — \"{title}\""));
    }
    line.push_str(&field("state", &draft.state));
    if !draft.anchors.is_empty() {
        line.push_str(&field("anchors", &draft.anchors.join(", ")));
    }
    line
}

/// A log entry, without its marker: written in the plainest way in which the parser reads it back.
///
/// # Errors
/// The part of the entry that cannot be written.
pub fn entry(entry: &LogEntry) -> Result<String, &'static str> {
    let reason = one_line(&entry.reason);
    let mut misread = "line";
    for way in [reason.clone(), guarded(&reason)] {
        let line = entry_with(entry, &way);
        match misread_entry(&line, entry, &reason) {
            None => return Ok(line),
            Some(part) => misread = part,
        }
    }
    Err(misread)
}

fn entry_with(entry: &LogEntry, reason: &str) -> String {
    let change = entry.change.as_ref().map(|LevelChange { from, to }| {
        let (from, to) = (from.as_deref().unwrap_or_default(), &to.value);
        if from == to { format!("stays {to} — ") } else { format!("{from} → {to} — ") }
    });
    let mut line = format!("{}: {}{reason}", entry.date, change.unwrap_or_default());
    let fields = [
        ("trigger", entry.triggers.join(", ")),
        ("on", entry.on.join(", ")),
        ("attested", entry.attested.clone().unwrap_or_default()),
        ("withdrawn", entry.withdrawn.clone().unwrap_or_default()),
        ("by", entry.by.as_ref().map(|by| by.value.clone()).unwrap_or_default()),
    ];
    for (key, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        line.push_str(&field(key, value));
    }
    line
}

/// Returns an inline field with a space before it: ` [org:: metr]`.
pub fn field(key: &str, value: &str) -> String {
    format!(" [{key}:: {}]", field_value(value))
}

/// Returns the name of a part of a log entry that the parser would read differently.
fn misread_entry(line: &str, meant: &LogEntry, reason: &str) -> Option<&'static str> {
    let read = |document: &Document, bullet: Bullet<'_>, findings: &[Diagnostic]| {
        // A reason that `check` takes for a field that is never closed is written in another way.
        let is_open = findings.iter().any(|finding| finding.rule == Rule::UnclosedField);
        parse::thread::log_entry(document, &bullet).filter(|_| !is_open)
    };
    let Some(found) = read_alone(&format!("- {line}"), read).flatten() else {
        return Some("line");
    };
    let parts = [
        ("reason", found.reason == reason && found.date == meant.date),
        ("level", found.change.without_spans() == meant.change.clone().without_spans()),
        ("list of triggers", found.triggers == meant.triggers),
        ("list of facts", found.on == meant.on),
        ("claim", found.attested == meant.attested && found.withdrawn == meant.withdrawn),
        ("name", found.by.without_spans() == meant.by.clone().without_spans()),
    ];
    parts.into_iter().find(|(_, same)| !same).map(|(part, _)| part)
}

/// A text as the value of an inline field: `a [b` becomes `a &#91;b`. Brackets that are balanced
/// stay.
pub fn field_value(text: &str) -> String {
    let text = one_line(text);
    let balanced = is_balanced(&text);
    let is_special = |c: char| "<>`".contains(c) || (!balanced && "[]".contains(c));
    let text = text.replace("&#", "&#38;#");
    text.chars().map(|c| if is_special(c) { referenced(c) } else { c.to_string() }).collect()
}

/// Returns whether every square bracket of a text is closed, and none closes before it opens.
fn is_balanced(text: &str) -> bool {
    let mut open = 0_usize;
    for character in text.chars() {
        match character {
            '[' => open += 1,
            ']' if open == 0 => return false,
            ']' => open -= 1,
            _ => {}
        }
    }
    open == 0
}

/// A text of which every character that could be read as markup is a reference: `"a"` becomes
/// `&#34;a&#34;`.
pub fn all_referenced(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || c == ' ';
    text.chars().map(|c| if is_plain(c) { c.to_string() } else { referenced(c) }).collect()
}

/// `[` as `&#91;`: a character that markdown shows and never takes for markup.
fn referenced(character: char) -> String {
    format!("&#{};", u32::from(character))
}

/// Escapes a sentence such that the parser of log entries reads no field, block id or change of
/// level in it. Characters that a backslash cannot escape become character references.
fn guarded(text: &str) -> String {
    let mut guarded = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let is_first = at == 0 && (!character.is_alphanumeric() || text.starts_with("stays "));
        match character {
            '\\' | '`' | '[' | ']' | '(' | ')' | '<' | '>' | '"' | '^' | '*' | '&' => {
                guarded.extend(['\\', character]);
            }
            '→' | '“' | '”' | '„' => guarded.push_str(&referenced(character)),
            ' ' if !is_first => guarded.push(' '),
            _ if character.is_whitespace() => guarded.push_str(&referenced(character)),
            _ if is_first => guarded.push_str(&referenced(character)),
            _ => guarded.push(character),
        }
    }
    guarded
}

/// The text on one line: control characters, line breaks and repeated spaces become one space each.
pub fn one_line(text: &str) -> String {
    let parts = text.split(|c: char| c == ' ' || c.is_control() || "\u{2028}\u{2029}".contains(c));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A text of which markdown takes no part for markup, and the bullet grammar none for a field or
/// the end of the title.
pub fn escaped(text: &str) -> String {
    let text = one_line(text);
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        let next = rest.clone().next();
        let inside_word = before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric);
        let marks = match character {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '"' => true,
            '_' => !inside_word,
            '&' => is_entity(rest.as_str()),
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

/// Returns whether the text after a `&` makes it a character reference, such as `&copy;`.
fn is_entity(rest: &str) -> bool {
    let name = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.len() < rest.len() && name.starts_with(';')
}

/// Returns a URL as the destination of a link.
fn destination(url: &str) -> String {
    let url = url::written(url);
    // `&copy;` in a destination would be read as a character.
    let url = if url.contains(';') { url.replace('&', "&amp;") } else { url.into_owned() };
    if url.contains(['(', ')']) { format!("<{url}>") } else { url }
}
